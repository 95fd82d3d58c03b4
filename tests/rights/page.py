"""The table of docs/rights.md, made of the rules and the policy; `python -m tests.rights.page` writes it again."""

from pathlib import Path

from contracts.policy import loader
from contracts.policy.model import Policy
from services.officers.app import BASE
from services.officers.routes.rights import RULES, Rule, Who

PAGE = Path(__file__).parents[2] / "docs" / "rights.md"
HEAD = "| Route | Who may use it |\n| --- | --- |\n"
WORDS = {
    Who.EVERYBODY: "everybody, without a sign-in",
    Who.SIGNED_IN: "whoever is signed in, for themselves",
    Who.READERS: "whoever has a way to cases, as far as it leads",
    Who.ACTORS: "whoever is shown the task; whose it is, the case says",
}


def table(policy: Policy) -> str:
    """Every route with whom its rule lets in."""
    return HEAD + "".join(
        f"| {name.replace(' ', f' {BASE}', 1)} | {_who(rule, policy)} |\n" for name, rule in RULES.items()
    )


def written(text: str, policy: Policy) -> str:
    """The page with its table as it is now."""
    return text.partition(HEAD)[0] + table(policy)


def _who(rule: Rule, policy: Policy) -> str:
    if rule.who in WORDS:
        return WORDS[rule.who]
    asked = f"to `{rule.act}`: " if rule.act else ""
    return asked + ", ".join(rule.holding(policy))


if __name__ == "__main__":
    PAGE.write_text(written(PAGE.read_text("utf-8"), loader.released("2026.1")), "utf-8")
