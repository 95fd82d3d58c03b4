"""What the member holds besides when the seat is lost, which is not what they held when the lead was raised (R10)."""

from contracts.commands.tenure import RecordSeat
from contracts.events.tenure import SeatRecorded
from contracts.refusals import RefusalCode
from contracts.saying import say
from workflows.kinds.removal.case import Work
from workflows.rules.verdict import Refused


def record_seat(draft: Work, command: RecordSeat) -> Refused | None:
    """Another seat was won or ended meanwhile. The case that follows the seat alone tells it.

    A removal that itself looks at a seat because another was lost opens nothing further at any level.
    """
    if command.claim.owed_by is None:
        return Refused(RefusalCode.WRONG_ROLE, say("seat-at-tenure"))
    if draft.case.ended:
        return Refused(RefusalCode.CASE_ENDED, say("ended", state=draft.case.state))
    known = command.until is None and command.other in draft.case.other_seats
    if not known and not (draft.case.linked and command.other.here):
        draft.emit(SeatRecorded(other=command.other, since=command.since, until=command.until))
    return None
