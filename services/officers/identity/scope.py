"""What a caller may see: one value from the grants that every list, detail and count obeys (D12)."""

from dataclasses import dataclass

from contracts.actor import Actor
from contracts.policy.model import Policy
from services.officers.identity.grants import DEPARTMENT_ROLES, role_spec

EVERYWHERE = "*"
AUDITOR = "AUDITOR"
SYS_ADMIN = "SYS_ADMIN"


@dataclass(frozen=True)
class Act:
    """A right to act: a role, for one unit or none in particular, in one district or every one."""

    role: str
    unit: str
    district: str


@dataclass(frozen=True)
class Scope:
    """Cases are visible when any of the four ways leads to them; a scope with none sees nothing.

    `districts` None: every district. `departments` and `nominating` are pairs of unit and district. Nobody
    belongs to the team of their own case: as `person` they see of it what a nominee sees, or nothing.
    """

    person: str

    districts: frozenset[str] | None = frozenset()
    departments: frozenset[tuple[str, str]] = frozenset()
    nominating: frozenset[tuple[str, str]] = frozenset()
    nominee: str | None = None
    acts: tuple[Act, ...] = ()
    roles: frozenset[str] = frozenset()

    @property
    def reads_cases(self) -> bool:
        """Whether there is any way to a case at all."""
        return self.districts != frozenset() or bool(self.departments or self.nominating or self.nominee)

    def of_team(self, district: str, nominee: str) -> bool:
        """Whether the caller belongs to the team of this nominee's case in the district."""
        return (self.districts is None or district in self.districts) and nominee != self.person


def scope_of(actor: Actor, policy: Policy) -> Scope:
    """The scope that follows from the actor's grants. A role that the policy does not know opens nothing."""
    districts: set[str] = set()
    departments: set[tuple[str, str]] = set()
    nominating: set[tuple[str, str]] = set()
    nominee: str | None = None
    acts: list[Act] = []
    for grant in actor.grants:
        role = role_spec(grant.role, policy)
        if role is None:
            continue
        if role.on_cases:
            acts.append(Act(role.code, grant.unit, grant.district))
        if role.code in DEPARTMENT_ROLES:
            departments.add((grant.unit, grant.district))
        elif role.scope == "unit":
            nominating.add((grant.unit, grant.district))
        elif role.scope == "self":
            nominee = actor.person_id
        elif role.on_cases or role.code == AUDITOR:
            districts.add(EVERYWHERE if role.scope == "all" else grant.district)
    return Scope(
        person=actor.person_id,
        districts=None if EVERYWHERE in districts else frozenset(districts),
        departments=frozenset(departments),
        nominating=frozenset(nominating),
        nominee=nominee,
        acts=tuple(acts),
        roles=frozenset(grant.role for grant in actor.grants),
    )
