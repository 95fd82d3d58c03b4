"""Attendance at plenaries: so many unexcused in a row raise a removal, and never remove by themselves (§8.4)."""

from itertools import groupby

from contracts.commands.tenure import RecordAttendance
from contracts.events.tenure import AttendanceRecorded
from contracts.refusals import RefusalCode
from contracts.saying import say
from workflows.kinds.tenure.case import REMEMBERED, Meeting, Tenure, Work
from workflows.kinds.tenure.conduct import may_record
from workflows.kinds.tenure.leads import raise_removal, seats_of
from workflows.rules.verdict import Refused


def record_attendance(draft: Work, command: RecordAttendance) -> Refused | None:
    """Note it. Only the latest meetings can still be recorded or corrected, and none that lies ahead."""
    refused = may_record(draft, command, command.held_on)
    if refused is not None:
        return refused
    case = draft.case
    oldest = case.meetings[0].held_on if len(case.meetings) >= REMEMBERED else case.began
    if command.held_on < max(oldest, case.began):
        return Refused(
            RefusalCode.DATE_OUT_OF_RANGE, say("attendance-too-old", day=command.held_on).at("held_on")
        )
    one = Meeting(meeting=command.meeting, held_on=command.held_on, attendance=command.attendance)
    if one in case.meetings:
        return None
    draft.emit(AttendanceRecorded(**one.model_dump()))
    absent = in_a_row(draft.case, one)
    if len(absent) >= seats_of(draft.policy).absences_in_a_row:
        days = "、".join(meeting.held_on.isoformat() for meeting in absent)
        raise_removal(draft, "absence", days, meetings=absent)
    return None


def in_a_row(case: Tenure, recorded: Meeting) -> tuple[Meeting, ...]:
    """The unexcused meetings around this one that followed one another and on which no lead rests yet.

    Whenever it becomes known: a meeting may be recorded late, or corrected when others were held since.
    """
    runs = groupby(case.meetings, key=lambda meeting: _counts(case, meeting))
    found = [tuple(run) for counts, run in runs if counts]
    return next((run for run in found if recorded in run), ())


def _counts(case: Tenure, meeting: Meeting) -> bool:
    rests = meeting.meeting in case.answered or meeting.held_on <= case.absent_until
    return meeting.attendance == "unexcused" and not rests
