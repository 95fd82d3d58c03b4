"""The list that a kept demonstration prints: where the pages are, and who may be signed in as. Pure."""

from collections.abc import Iterable

from contracts.actor import Grant
from contracts.policy.loader import released
from contracts.words.naming import known, named
from services.ctl.demo.client import Account
from services.ctl.demo.stage import POLICY

EVERYWHERE = "*"
"""The district of whoever is bound to none, which is not worth saying."""


def sign_ins(console: str, everybody: Iterable[tuple[Account, Grant]]) -> list[str]:
    """The lines: the console's address, then the first of each role by login, password and what they are called.

    In the order of the policy's roles. Raises UnknownWordError for a role that it does not have.
    """
    first: dict[str, tuple[Account, str]] = {}
    for account, grant in everybody:
        first.setdefault(grant.role, (account, called(grant)))
    order = [role.code for role in released(POLICY).roles]
    shown = [first[role] for role in sorted(first, key=order.index)]
    login, password = (
        max(map(len, one)) for one in zip(*((who.login, who.password) for who, _ in shown), strict=True)
    )
    return [
        "Everything goes on running, to be looked at as each of these people. None of them exists, and their",
        "passwords, made for this demonstration alone, end with it.",
        "",
        f"  {console}/sign-in",
        "",
        *(f"  {who.login:{login}}  {who.password:{password}}  {words}" for who, words in shown),
        "",
        "Ctrl-C stops everything and removes its data.",
    ]


def called(grant: Grant) -> str:
    """What the holder is, in both languages, with the department or the district."""
    policy = released(POLICY)
    place = known(grant.unit, "unit", policy)
    if place is None and grant.district != EVERYWHERE:
        place = known(grant.district, "district", policy)
    role = named(grant.role, "role", policy)
    zh, en = (f"{place.zh}·", f", {place.en}") if place else ("", "")
    return f"{zh}{role.zh}  {role.en}{en}"
