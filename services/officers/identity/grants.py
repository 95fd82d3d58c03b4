"""Which grants make sense, and which one person may hold together. Pure."""

from collections.abc import Iterable

from contracts.actor import Grant
from contracts.policy.model import Policy, RoleSpec, Text

HOLDS = "holds:"
DEPARTMENT_ROLES = frozenset({"DEPT_OFFICER", "DEPT_HEAD"})


def grant_fault(grant: Grant, policy: Policy) -> Text | None:
    """What is wrong with one grant by itself, or None."""
    role = next((role for role in policy.roles if role.code == grant.role), None)
    if role is None:
        return Text(zh=f"没有角色 {grant.role}", en=f"there is no role {grant.role}")
    if role.scope == "unit":
        if not grant.unit or grant.district == "*":
            return Text(
                zh=f"{role.code} 须写明单位和地区", en=f"{role.code} is held for a unit in one district"
            )
        if role.code in DEPARTMENT_ROLES and grant.unit not in {d.code for d in policy.departments}:
            return Text(zh=f"没有部门 {grant.unit}", en=f"there is no department {grant.unit}")
        return None
    if grant.unit:
        return Text(zh=f"{role.code} 不属于某个单位", en=f"{role.code} is not held for a unit")
    if role.scope in {"all", "self"} and grant.district != "*":
        return Text(zh=f"{role.code} 不限于某个地区", en=f"{role.code} is not held for a district")
    return None


def clash(grants: Iterable[Grant], policy: Policy) -> Text | None:
    """Why one natural person may not hold all of these, over all of their accounts; None when they may."""
    held = {grant.role for grant in grants}
    off_cases = held & {role.code for role in policy.roles if not role.on_cases}
    if off_cases and len(held) > 1:
        first = min(off_cases)
        others = "、".join(sorted(held - {first}))
        return Text(
            zh=f"{first} 不能与其他角色同时持有：{others} (SOD-09, SOD-10)",
            en=f"{first} goes with no other role, and here are {others} (SOD-09, SOD-10)",
        )
    for rule in policy.separation:
        sides = [held & {member[len(HOLDS) :] for member in group if _holds(member)} for group in rule.groups]
        if sum(bool(side) for side in sides) > 1:
            roles = "、".join(sorted(set().union(*sides)))
            return Text(
                zh=f"{rule.text.zh} ({rule.code})：{roles}", en=f"{rule.text.en} ({rule.code}): {roles}"
            )
    return None


def role_spec(code: str, policy: Policy) -> RoleSpec | None:
    """The role with this code; None when the policy has none."""
    return next((role for role in policy.roles if role.code == code), None)


def _holds(member: str) -> bool:
    return member.startswith(HOLDS)
