"""What a caller may see: one value from the grants that every list, detail and count obeys (D12)."""

from dataclasses import dataclass
from enum import Enum

from contracts.actor import Actor
from contracts.policy.model import Policy, RoleSpec
from services.officers.identity.grants import DEPARTMENT_ROLES, role_spec

EVERYWHERE = "*"
AUDITOR = "AUDITOR"
SYS_ADMIN = "SYS_ADMIN"
SECURITY_ADMIN = "SECURITY_ADMIN"


class Way(Enum):
    """How a role comes to a case."""

    OWN = "own"
    """It is the person's own case."""
    BROUGHT = "brought"
    """The unit brought it."""
    ASKED = "asked"
    """The unit is asked about it."""
    TEAM = "team"
    """It lies in the district."""


@dataclass(frozen=True)
class Act:
    """A right to act: a role, for one unit or none in particular, in one district or every one."""

    role: str
    unit: str
    district: str
    way: Way
    deputy_for: str | None = None
    """In whose place: what that person had claimed is the deputy's to do meanwhile (SOD-12)."""


@dataclass(frozen=True)
class Scope:
    """Cases are visible when any of the four ways leads to them; a scope with none sees nothing.

    `districts` None: every district. `departments` and `bringing` are pairs of unit and district; `own_roles` are
    the roles in which the caller is concerned themselves. Nobody belongs to the team of their own case: as `person`
    they see of it what the person concerned sees, or nothing. `while_held` are the stages that go on during a hold.
    """

    person: str
    also: frozenset[str] = frozenset()
    """Other ids of the same person: whatever is about one of them is their own."""
    districts: frozenset[str] | None = frozenset()
    departments: frozenset[tuple[str, str]] = frozenset()
    bringing: frozenset[tuple[str, str]] = frozenset()
    own_roles: frozenset[str] = frozenset()
    acts: tuple[Act, ...] = ()
    roles: frozenset[str] = frozenset()
    while_held: frozenset[str] = frozenset()
    side_by_side: frozenset[str] = frozenset()
    """Kinds of task that several people sign, each alone: of one round nobody signs two."""
    only: frozenset[str] = frozenset()
    """Kinds of case that are seen although no others are: the policy's own (SOD-09)."""
    people: frozenset[str] = frozenset()
    """The caller under every id, and whoever they stand in for: what keeps one of them from a case keeps them all."""
    firms: frozenset[str] = frozenset()
    nominated_by: frozenset[str] = frozenset()
    """Ties of these people: a case of their own firm, or of whom the same unit nominated, is not theirs to read."""

    @property
    def ids(self) -> frozenset[str]:
        """Every id under which the caller is known."""
        return self.also | {self.person}

    @property
    def principals(self) -> frozenset[str]:
        """Those in whose place the caller acts, under every id: what bars one of them bars the caller (SOD-12)."""
        return self.people - self.ids

    @property
    def reads_cases(self) -> bool:
        """Whether there is any way to a case at all."""
        return self.districts != frozenset() or bool(self.departments or self.bringing or self.own_roles)

    def of_team(self, district: str, concerned: str) -> bool:
        """Whether the caller belongs to the team of a case in the district that concerns this person."""
        return (self.districts is None or district in self.districts) and concerned not in self.ids


def alone(scope: Scope, policy: Policy) -> Scope:
    """What the caller sees as the person concerned: nothing of what they see in an office they hold."""
    own = policy.self_roles
    return Scope(person=scope.person, also=scope.also, own_roles=own, people=scope.ids)


def way_of(role: RoleSpec) -> Way:
    """How this role comes to a case."""
    if role.code in DEPARTMENT_ROLES:
        return Way.ASKED
    return {"unit": Way.BROUGHT, "self": Way.OWN, "district": Way.TEAM, "all": Way.TEAM}[role.scope]


def scope_of(actor: Actor, policy: Policy) -> Scope:
    """The scope that follows from the actor's grants. A role that the policy does not know opens nothing."""
    districts: set[str] = set()
    pairs: dict[Way, set[tuple[str, str]]] = {Way.ASKED: set(), Way.BROUGHT: set()}
    own_roles: set[str] = set()
    acts: list[Act] = []
    only: set[str] = set()
    for grant in actor.grants:
        role = role_spec(grant.role, policy)
        if role is None:
            continue
        way = way_of(role)
        if role.on_cases or role.only_on:
            acts.append(Act(role.code, grant.unit, grant.district, way, grant.deputy_for))
        only |= set(role.only_on)
        if way in pairs:
            pairs[way].add((grant.unit, grant.district))
        elif way is Way.OWN:
            own_roles.add(role.code)
        elif role.on_cases or role.code == AUDITOR:
            districts.add(EVERYWHERE if role.scope == "all" else grant.district)
    return Scope(
        person=actor.person_id,
        also=actor.ids - {actor.person_id},
        districts=None if EVERYWHERE in districts else frozenset(districts),
        departments=frozenset(pairs[Way.ASKED]),
        bringing=frozenset(pairs[Way.BROUGHT]),
        own_roles=frozenset(own_roles),
        acts=tuple(acts),
        roles=frozenset(grant.role for grant in actor.grants),
        people=actor.all_ids,
        firms=frozenset(firm for one in actor.ties for firm in one.firms),
        nominated_by=frozenset(unit for one in actor.ties for unit in one.nominated_by),
        while_held=frozenset(stage.value for stage in policy.stages_while_held),
        side_by_side=frozenset(task.code for task in policy.tasks if task.people > 1),
        only=frozenset(only),
    )
