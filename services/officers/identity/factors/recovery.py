"""Recovery codes: drawn once, shown once, kept as digests, each good for one sign-in. Pure but for the drawing."""

import hashlib
import secrets

HOW_MANY = 10
SIGNS = "ABCDEFGHJKMNPQRSTVWXYZ23456789"
"""Letters and digits that nobody takes for one another."""

GROUPS, GROUP = 4, 5
"""Twenty signs of thirty: 98 bits, too many for any number of guesses."""


def drawn() -> list[str]:
    """Ten codes as they are shown."""
    return ["-".join(_signs(GROUP) for _ in range(GROUPS)) for _ in range(HOW_MANY)]


def digest(account_id: str, code: str) -> str | None:
    """What is kept of a code; None for a text that is none. A digest without stretching will do for 98 drawn bits."""
    said = code.upper().replace("-", "").replace(" ", "")
    if len(said) != GROUPS * GROUP or not set(said) <= set(SIGNS):
        return None
    return hashlib.sha256(f"recovery\x1f{account_id}\x1f{said}".encode()).hexdigest()


def _signs(count: int) -> str:
    return "".join(secrets.choice(SIGNS) for _ in range(count))
