"""The approval of a late roster as one value: one task of the election office, and what the batch is told."""

from contracts.case import CaseKind
from contracts.causes import Cause
from contracts.commands.batch import AdmitRoster, TurnRosterDown
from contracts.commands.case import CompleteTask
from contracts.commands.late_roster import OpenLateRoster
from contracts.events.late_roster import LateRoster as Listed
from contracts.events.late_roster import LateRosterOpened
from contracts.refusals import RefusalCode
from contracts.saying import say
from contracts.vocabulary import CaseState, Stage
from workflows.kinds.late_roster.case import FOLDING, Work
from workflows.procedure.case import Task
from workflows.procedure.consequences import Ends, Then
from workflows.procedure.decider import of_kind
from workflows.procedure.holding import common
from workflows.procedure.kind import Kind
from workflows.procedure.signatures import Alone
from workflows.rules.verdict import Refused


def open_approval(draft: Work, opening: OpenLateRoster) -> None:
    """The roster is laid before the election office, by its digest."""
    draft.emit(
        LateRosterOpened(
            content_digest=opening.roster_digest,
            submitted_by=opening.actor.person_id,
            private=Listed(lines=opening.lines),
        )
    )
    draft.know(opening.calendar_years)
    draft.enter(Stage.LATE_ROSTER)
    draft.open("approve-roster")


def by_another(draft: Work, task: Task, command: CompleteTask) -> Refused | None:
    """Whoever lets a roster in neither handed it in nor stands on it."""
    ids = command.actor.ids
    if draft.case.nominator_id in ids:
        return Refused(RefusalCode.SAME_PERSON, say("roster-by-you"))
    if ids & draft.case.nominees:
        return Refused(RefusalCode.CONFLICT_OF_INTEREST, say("roster-names-you"))
    return None


def admit(draft: Work, task: Task) -> None:
    """The batch is told to take the roster."""
    word = AdmitRoster(claim=draft.claim, approval=draft.case.case_id)
    draft.owe_tell(CaseKind.BATCH, (draft.case.parent,), word)


def turn_down(draft: Work, task: Task) -> None:
    """The batch is told to drop the roster."""
    word = TurnRosterDown(claim=draft.claim, approval=draft.case.case_id)
    draft.owe_tell(CaseKind.BATCH, (draft.case.parent,), word)


LATE_ROSTER = Kind(
    name=CaseKind.LATE_ROSTER,
    folding=FOLDING,
    signing={
        "approve-roster": Alone(
            {
                "APPROVED": Then(admit, Ends(CaseState.ADMITTED, Cause.ROSTER_ADMITTED)),
                "REFUSED": Then(turn_down, Ends(CaseState.TURNED_DOWN, Cause.ROSTER_TURNED_DOWN)),
            },
            check=by_another,
        ),
        **common({}),
    },
    acts={},
)


DECIDER = of_kind(LATE_ROSTER, open_approval)
