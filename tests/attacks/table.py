"""The table of all attacks, as docs/sign-in-attacks.md holds it. Run it to write the document again."""

from collections import Counter
from pathlib import Path

from tests.attacks.attack import Attack
from tests.attacks.of_factors import FACTORS
from tests.attacks.of_id_tokens import TOKENS as ID_TOKENS
from tests.attacks.of_links import LINKS
from tests.attacks.of_passkeys import PASSKEYS
from tests.attacks.of_provider import ANSWERS, DESCRIPTIONS
from tests.attacks.of_sessions import SESSIONS
from tests.attacks.of_tokens import TOKENS

ATTACKS: tuple[Attack, ...] = (
    *TOKENS,
    *SESSIONS,
    *FACTORS,
    *PASSKEYS,
    *ANSWERS,
    *DESCRIPTIONS,
    *ID_TOKENS,
    *LINKS,
)
DOCUMENT = Path(__file__).parents[2] / "docs" / "sign-in-attacks.md"


def table() -> str:
    """The document."""
    codes = Counter(attack.code for attack in ATTACKS)
    counted = ", ".join(f"{count} `{code}`" for code, count in sorted(codes.items()))
    lines = [
        "# Attacks on sign-in",
        "",
        f"{len(ATTACKS)} attacks, each run by `tests/attacks/test_attacks.py` and each refused: {counted}.",
        "Of the forged tokens most are signed with the API's own key: what they say must give them away.",
        "This page is written by `tests/attacks/table.py`.",
        "",
        "| # | What is tried | Answer | Code |",
        "|---|---|---|---|",
        *(
            f"| {number} | {attack.tries} | {attack.status} | `{attack.code}` |"
            for number, attack in enumerate(ATTACKS, start=1)
        ),
    ]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    DOCUMENT.write_text(table(), encoding="utf-8")
