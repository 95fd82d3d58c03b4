"""Where something personal may stand in an answer, and whatever stands in one where it may not."""

from collections.abc import Iterator

from contracts.policy.model import Policy
from tests.rights import needles
from tests.rights.expected import PAUSES, REPORTS, Known, Sight
from tests.rights.needles import Needles
from tests.rights.readers import Reader
from workflows.procedure.case import Task

TELLS_OF_REPORTS = (
    "CHECKING_REPORT",
    "check-report",
    "report-received",
    "report.1",
    "report-unproven",
    '"ST12"',
)
TELLS_OF_PAUSES = ("pause-item", '"PAUSE"', "confirm-pause")
READS_REPORTS = frozenset({"REPORT_HANDLER", "DISC_HEAD"})


def acts_in(reader: Reader, case: Known, task: Task, policy: Policy) -> bool:
    """Whether the open task is theirs to act in, by role, unit and place."""
    if task.state != "open":
        return False
    for one in reader.grants:
        spec = policy.role(one.role)
        if one.role != task.role:
            continue
        if spec.scope == "self":
            return reader.person.person_id == case.person_id
        here = one.district in {"*", case.district}
        unit = one.unit == (case.unit if one.role == "NOMINATOR" else task.unit)
        if here and (spec.scope != "unit" or unit):
            return True
    return False


def may_stand(
    reader: Reader, seen: Sight, case: Known, said: Needles, policy: Policy, task: Task | None
) -> set[str]:
    """What of the case may stand in its detail for this reader, or in the detail of this task of it."""
    found: set[str] = set()
    heard = case.kind in {"removal", "review"}
    if seen is Sight.OWN:
        # Of a removal and its review the member knows what is held against them: it is the dossier.
        found |= {said.number, *said.contacts, said.explained, needles.WANTED}
        if (task is not None and task.state == "open") or heard:
            found.add(said.finding)
        return found
    if task is None or not acts_in(reader, case, task, policy):
        return found
    needed = {one.code for one in policy.disclosure.personal if task.role in one.acting}
    found |= {said.finding, said.reply, said.explained, needles.GROUND}
    found |= {needles.WANTED} if case.kind == "data-request" else set()
    found |= {said.number} if "id_number" in needed else set()
    found |= set(said.contacts) if "contact" in needed else set()
    if task.stage.value == "ST12" and task.role in READS_REPORTS:
        found |= {needles.REPORTED, needles.REPORTER, needles.REACHED}
    if task.stage.value == "ST08":
        found.add(needles.OPINION)
    return found


def leaks(text: str, every: frozenset[str], allowed: set[str]) -> Iterator[str]:
    """What stands in an answer and may not."""
    yield from sorted(one for one in every - allowed if one in text)


def secrets(text: str, reader: Reader, seen: Sight, case: Known) -> Iterator[str]:
    """Words that tell of a report under check, or of an investigation, to whom neither may be told."""
    team = seen is Sight.TEAM
    if not (team and reader.roles & REPORTS):
        yield from (one for one in TELLS_OF_REPORTS if one in text)
    # Whoever confirms it, or ends the hold, is told by their own task.
    asked = {task.role for task in case.tasks.values() if _of_pause(task)}
    if not (team and reader.roles & (PAUSES | asked)):
        yield from (one for one in TELLS_OF_PAUSES if one in text)


def _of_pause(task: Task) -> bool:
    return task.kind.startswith("confirm-pause") or task.about.startswith("pause-item")
