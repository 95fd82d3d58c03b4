"""Attendance at plenaries: so many unexcused in a row raise a removal, and never remove by themselves (§8.4)."""

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
    absent = in_a_row(draft.case)
    if len(absent) >= seats_of(draft.policy).absences_in_a_row:
        days = "、".join(meeting.held_on.isoformat() for meeting in absent)
        raise_removal(draft, "absence", days, until=absent[-1].held_on)
    return None


def in_a_row(case: Tenure) -> list[Meeting]:
    """The unexcused meetings on which no lead rests yet, as many as followed one another up to the latest of all."""
    found: list[Meeting] = []
    for meeting in case.meetings:
        absent = meeting.attendance == "unexcused" and meeting.held_on > case.absent_until
        found = [*found, meeting] if absent else []
    return found
