"""How a nomination is opened."""

from contracts.canonical import digest_of
from contracts.causes import Cause
from contracts.commands.case import LoadCaseCalendar
from contracts.commands.nomination import OpenNomination
from contracts.events.conflict import Conflict
from contracts.events.nomination import CaseOpened, CutOffMoved, ElectionScheduled
from contracts.vocabulary import Stage
from workflows.kinds.nomination import notice
from workflows.kinds.nomination.case import Work
from workflows.kinds.nomination.ended import counts_no_more
from workflows.kinds.nomination.findings import counted
from workflows.kinds.nomination.indexes import take_index
from workflows.kinds.nomination.sharing import introduce, take
from workflows.procedure.recusal import stand_aside
from workflows.rules.verdict import Refused


def open_case(draft: Work, command: OpenNomination) -> None:
    """ST01 is done by being submitted: the eligibility check begins."""
    entry = command.entry
    draft.emit(
        CaseOpened(
            person_id=entry.person_id,
            seat=entry.seat,
            nominating_unit=entry.nominating_unit,
            nominator_id=command.nominator_id,
            batch_opened=command.batch_opened,
            cut_off=command.cut_off,
            late=command.late,
            duplicate_of=command.duplicate_of,
            recommended_by=command.recommended_by,
            firm_digests=entry.nominee.firm_digests,
            content_digest=digest_of(entry.nominee.model_dump(mode="json")),
            private=entry.nominee,
        )
    )
    draft.know(command.calendar_years)
    if command.election_at is not None:
        draft.emit(ElectionScheduled(election_at=command.election_at))
    if entry.evaluation is not None:
        take(draft, entry.evaluation)
    introduce(draft, entry.sisters)
    if command.index is not None:
        take_index(draft, command.index, command.actor.person_id)
    draft.enter(Stage.SCREENING)
    draft.open("screen")
    for tie in command.ties:
        stand_aside(draft, tie.person_id, Conflict(ground=tie.ground, reason=tie.reason), tie.roles)


def calendar_came(draft: Work, command: LoadCaseCalendar) -> None:
    """The cut-off date follows the close of nominations, and the window of a notice is counted anew."""
    if command.cut_off not in {None, draft.case.cut_off}:
        draft.emit(CutOffMoved(cut_off=command.cut_off))
        _look_again(draft)
    notice.recount_window(draft)


def _look_again(draft: Work) -> None:
    """A fact whose look-back is over on the cut-off date that holds now counts no more (§8.2)."""
    for hit in draft.case.hits if not draft.case.filed else ():
        verdict = counted(draft, hit.fact)
        if isinstance(verdict, Refused) and not hit.cancelled:
            counts_no_more(draft, hit, Cause(verdict.code))
