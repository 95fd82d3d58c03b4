"""Who hands over a one-time code as its witness, from what people hold: the head of whoever it is for. Pure.

That the witness neither asked nor decided nor is concerned, and keeps no accounts, the request's own case sees to.
"""

from collections.abc import Iterable, Iterator, Sequence

from contracts.actor import Grant
from contracts.policy.model import Policy
from services.officers.identity.grants import role_spec
from services.officers.identity.scope import EVERYWHERE

WITNESSING = "witness-codes"


def roles(policy: Policy) -> tuple[str, ...]:
    """Those of whom anybody may be a witness."""
    return policy.askers(WITNESSING)


def witnesses(
    mine: Iterable[Grant], theirs: Iterable[Grant], present: Sequence[Grant], policy: Policy
) -> bool:
    """Whether whoever holds `mine` may hand a code to whoever holds `theirs`.

    A role of every district may to anybody. Else the head of one of their roles may, in their own unit and district,
    and each level above where nobody of those below is `present`: what others hold who could be the witness. What
    somebody holds in another's place makes them nobody's head.
    """
    own = [grant for grant in mine if grant.role in roles(policy) and grant.deputy_for is None]
    if any(policy.role(grant.role).scope == "all" for grant in own):
        return True
    return any(_heads(own, held, present, policy) for held in theirs)


def _heads(own: Sequence[Grant], held: Grant, present: Sequence[Grant], policy: Policy) -> bool:
    for role in _levels(held.role, policy):
        if any(_leads(grant, role, held, policy) for grant in own):
            return True
        if any(_leads(grant, role, held, policy) for grant in present):
            return False
    return False


def _levels(role: str, policy: Policy) -> Iterator[str]:
    """The head of the unit in which the role acts, then the levels above, each once."""
    spec, seen = role_spec(role, policy), {""}
    level = None if spec is None else spec.head or spec.recusal_by or spec.witness
    while level is not None and level not in seen:
        yield level
        seen.add(level)
        above = role_spec(level, policy)
        level = None if above is None else above.recusal_by


def _leads(grant: Grant, role: str, held: Grant, policy: Policy) -> bool:
    """Whether by this grant somebody is of that level above this role. Of everywhere, or of nowhere, leads anybody."""
    if grant.role != role:
        return False
    if policy.role(role).scope == "unit" and grant.unit != held.unit:
        return False
    bound = policy.role(held.role).scope in {"unit", "district"}
    return not bound or grant.district in {EVERYWHERE, held.district}
