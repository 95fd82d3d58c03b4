"""Whose colleague somebody is, as values: places in which they may look for others. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from contracts.policy.model import Policy
from services.officers.identity.grants import DEPARTMENT_ROLES
from services.officers.identity.scope import AUDITOR, EVERYWHERE, Act, Scope, Way, way_of

DISCIPLINE = frozenset({"DISC_OFFICER", "DISC_HEAD"})
KEPT: Mapping[str, frozenset[str]] = {
    **dict.fromkeys(DISCIPLINE, DISCIPLINE | {"LEADER_IN_CHARGE", AUDITOR}),
    "REPORT_HANDLER": DISCIPLINE | {"REPORT_HANDLER", AUDITOR},
}
"""Roles whose holders are named to nobody but who holds one of these: whoever inspects is to be out of reach (T4)."""


@dataclass(frozen=True)
class Place:
    """Roles, of one unit or (None) of any, in one district or (`*`) in every one."""

    roles: frozenset[str]
    unit: str | None
    district: str


def kept_from(scope: Scope) -> frozenset[str]:
    """Roles whose holders the caller is not told."""
    return frozenset(role for role, known in KEPT.items() if scope.roles.isdisjoint(known))


def officer_roles(policy: Policy) -> frozenset[str]:
    """Roles in which one acts on the cases of others."""
    return frozenset(role for role, way in _ways(policy).items() if way is not Way.OWN)


def _ways(policy: Policy) -> Mapping[str, Way]:
    return {role.code: way_of(role) for role in policy.roles if role.on_cases}


def places(scope: Scope, policy: Policy) -> tuple[Place, ...]:
    """Where the caller has colleagues: in the teams of their districts, and in their own unit.

    Whoever gives tasks to others finds everybody there who acts on cases; the auditor finds everybody.
    """
    on_cases, officers = _ways(policy), officer_roles(policy)
    if AUDITOR in scope.roles:
        return (Place(officers, None, EVERYWHERE),)
    team = frozenset(role for role, way in on_cases.items() if way is Way.TEAM)
    hidden = kept_from(scope)
    acts = (act for act in scope.acts if act.role in officers)
    return tuple(dict.fromkeys(_place(act, policy, team, officers, hidden) for act in acts))


def _place(
    act: Act, policy: Policy, team: Iterable[str], officers: Iterable[str], hidden: Iterable[str]
) -> Place:
    match act.way:
        case Way.ASKED:
            return Place(DEPARTMENT_ROLES, act.unit, act.district)
        case Way.BROUGHT:
            return Place(frozenset({act.role}), act.unit, act.district)
        case Way.TEAM | Way.OWN:
            reached = officers if act.role in policy.assigners else team
            return Place(frozenset(reached).difference(hidden), None, act.district)
