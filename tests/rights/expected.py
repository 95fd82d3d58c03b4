"""What each reader may see, said a second time: from the role table and the ties alone, without the product's filter.

It is written as the domain says it (8.5), case by case, and knows nothing of queries. Where it and the API differ, one
of the two is wrong.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from contracts.policy.model import Policy
from tests.rights.readers import Reader, Tie
from workflows.procedure.case import Case, State, Task

REPORTS = frozenset({"REPORT_HANDLER", "NOTICE_OFFICER", "DISC_OFFICER", "DISC_HEAD", "AUDITOR"})
"""Who may know that a report is being checked."""
PAUSES = frozenset({"DISC_OFFICER", "DISC_HEAD", "AUDITOR"})
"""Who may know that somebody is investigated."""
DECLARED = frozenset({"c1", "v1", "a1"})
"""Where whoever declared in c1 may not act either: they signed what v1 attacks, and lead the organisation of a1."""

HANGS = {"d1": "c1"}
"""A request, by the case from whose file it is asked: whoever is kept from that one finds neither."""


class Sight(Enum):
    """How much of a case somebody sees."""

    NOTHING = "nothing"
    NUMBER = "number"
    """They are kept from it, and see that there is such a case."""
    TEAM = "team"
    BROUGHT = "brought"
    ASKED = "asked"
    OWN = "own"


@dataclass(frozen=True)
class Known:
    """A case, as everybody who reads this may know it."""

    case_id: str
    kind: str
    district: str
    unit: str
    person_id: str
    tasks: Mapping[str, Task]

    @classmethod
    def of(cls, case: State, place: tuple[str, str, str], unit: str, person_id: str) -> "Known":
        """From the state that the rules have folded, and where it stands."""
        kind, _, district = place
        tasks = case.tasks if isinstance(case, Case) else {}
        return cls(case.case_id, kind, district, unit, person_id, tasks)


def reads_cases(reader: Reader, policy: Policy) -> bool:
    """Whether they have any way to cases."""
    return any(policy.role(role).on_cases or role == "AUDITOR" for role in reader.roles)


def sight(reader: Reader, case: Known, policy: Policy) -> Sight:
    """How much of the case they see."""
    seen = max(
        (_by_role(reader, grant.role, grant.unit, grant.district, case, policy) for grant in reader.grants),
        key=list(Sight).index,
        default=Sight.NOTHING,
    )
    if seen in {Sight.NOTHING, Sight.OWN}:
        return seen
    if _kept_from(reader, HANGS.get(case.case_id, "")):
        return Sight.NOTHING
    return Sight.NUMBER if _kept_from(reader, case.case_id) else seen


def _by_role(reader: Reader, role: str, unit: str, district: str, case: Known, policy: Policy) -> Sight:
    own = reader.person.person_id == case.person_id
    spec = policy.role(role)
    if spec.scope == "self":
        return Sight.OWN if own and _told(role, case) else Sight.NOTHING
    if not spec.on_cases and role != "AUDITOR":
        return Sight.NOTHING
    if spec.scope == "unit":
        if role == "NOMINATOR":
            return Sight.BROUGHT if (unit, district) == (case.unit, case.district) else Sight.NOTHING
        asked = any(one.unit == unit and one.role.startswith("DEPT") for one in case.tasks.values())
        return Sight.ASKED if asked and district == case.district else Sight.NOTHING
    if own:
        # Nobody belongs to the team of their own case.
        return Sight.NOTHING
    return Sight.TEAM if spec.scope == "all" or district == case.district else Sight.NOTHING


def _told(role: str, case: Known) -> bool:
    """Of a removal a member knows once something is asked of them, of all else the person knows from the beginning."""
    return case.kind != "removal" or any(one.role == role for one in case.tasks.values())


def _kept_from(reader: Reader, case_id: str) -> bool:
    return {
        Tie.NONE: False,
        Tie.CONCERNED: False,
        Tie.DECLARED: case_id in DECLARED,
        Tie.DEPUTY: case_id in DECLARED,
        Tie.STANDS_IN: case_id == "t1",
        Tie.FIRM: case_id == "c2",
        Tie.UNIT: case_id in {"c1", "c3"},
        Tie.OWN: case_id in {"c2", "c3"},
    }[reader.tie]


def sees_task(reader: Reader, seen: Sight, case: Known, task: Task) -> bool:
    """Whether the task is shown to them, of a case of which they see this much."""
    match seen:
        case Sight.TEAM:
            return not _secret(reader, task)
        case Sight.BROUGHT:
            return task.role == "NOMINATOR"
        case Sight.OWN:
            return task.role in reader.roles
        case Sight.ASKED:
            return task.role.startswith("DEPT") and task.unit in {one.unit for one in reader.grants}
        case Sight.NOTHING | Sight.NUMBER:
            return False


def _secret(reader: Reader, task: Task) -> bool:
    mine = task.role in reader.roles
    if task.stage.value == "ST12" and not reader.roles & REPORTS:
        return True
    if task.kind.startswith("confirm-pause") and not (mine or reader.roles & PAUSES):
        return True
    if task.about.startswith("pause-item") and not (mine or reader.roles & PAUSES):
        return True
    return task.about.startswith("report-unproven") and not (mine or reader.roles & REPORTS)
