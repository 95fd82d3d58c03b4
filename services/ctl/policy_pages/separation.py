"""Separation of duty as a matrix of roles: which rule keeps one person from acting as both on a case. Pure."""

from itertools import combinations
from typing import NamedTuple

from contracts.policy.model import Policy, Text
from services.kit.policy_words import t

ANY_ACT = "*"


class Matrix(NamedTuple):
    """Roles in order, and for each row a cell per role: codes of rules and kinds of task, empty when nothing bars."""

    roles: tuple[tuple[str, Text], ...]
    rows: tuple[tuple[str, ...], ...]


def matrix(policy: Policy) -> Matrix:
    """The roles that any rule names, each against each."""
    barred = _barred(policy)
    named = {role for pair in barred for role in pair}
    roles = tuple((role.code, role.name) for role in policy.roles if role.code in named)
    rows = tuple(
        tuple(" ".join(sorted(barred.get(frozenset((one, other)), ()))) for other, _ in roles)
        for one, _ in roles
    )
    return Matrix(roles, rows)


def _barred(policy: Policy) -> dict[frozenset[str], set[str]]:
    found: dict[frozenset[str], set[str]] = {}
    for rule in policy.separation:
        for one, other in combinations(rule.groups, 2):
            for pair in _pairs(_roles(one, policy), _roles(other, policy)):
                found.setdefault(pair, set()).add(rule.code)
    for kind in policy.tasks:
        for other_kind in kind.distinct_from:
            pair = frozenset((kind.role, policy.task(other_kind).role))
            found.setdefault(pair, set()).add(f"≠ {kind.stage.value}")
    return found


def _pairs(one: set[str], other: set[str]) -> set[frozenset[str]]:
    return {frozenset((a, b)) for a in one for b in other if a != b}


def _roles(group: tuple[str, ...], policy: Policy) -> set[str]:
    """The roles behind a group: those named, those of the tasks named, or all that act on cases."""
    tasks = {kind.code: kind.role for kind in policy.tasks}
    found = set()
    for member in group:
        _, _, role = member.partition(":")
        if member == ANY_ACT:
            found |= {one.code for one in policy.roles if one.on_cases}
        else:
            found.add(role or tasks[member])
    return found


LEGEND = t(
    "格内为禁止同一自然人在同一案件中兼任两角色的规则；≠ 表示该阶段的签字须由不同自然人作出。",
    "A cell names the rules that keep one natural person from acting as both on a case; ≠ marks stages whose "
    "signatures must be given by different people.",
)
