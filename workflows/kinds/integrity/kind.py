"""The integrity file as one decider. A case without tasks: it keeps what it is told, and tells the awards."""

from contracts.case import CaseKind
from contracts.commands.award import LeaderCleared, LeaderMarked, LeaderMeasured
from contracts.commands.base import Command
from contracts.commands.integrity import EnterLead, EnterMark, EnterReading, OpenIntegrity, WithdrawMark
from contracts.commands.tenure import RemovalBegun, SeatEnded, SeatKept, SeatRestored
from contracts.events.integrity import (
    IntegrityOpened,
    LeadEntered,
    MarkEntered,
    MarkWithdrawn,
    Measured,
    ReadingEntered,
)
from contracts.refusals import RefusalCode
from contracts.saying import say
from workflows.kinds.integrity import removals
from workflows.kinds.integrity.case import FOLDING, Integrity, Work
from workflows.procedure.decider import without_tasks
from workflows.rules.integrity import level
from workflows.rules.verdict import Refused


def begin(work: Work, opening: OpenIntegrity) -> None:
    """Whoever has something to tell begins the file; what it is follows."""
    work.emit(IntegrityOpened(subject=opening.subject, person_id=opening.person_id))


def take(work: Work, command: Command) -> Refused | None:
    """Take what is told, or say why not."""
    # Only cases tell a file anything, and each has decided it where it came to be owed (D17).
    if command.claim.owed_by is None:
        return Refused(RefusalCode.WRONG_ROLE, say("asked-by-cases", act=command.act))
    if isinstance(command, EnterMark | EnterLead) and work.state.person_id is None:
        return Refused(RefusalCode.NOT_THIS_PERSON, say("enterprise-leads-nothing"))
    match command:
        case EnterReading():
            return enter_reading(work, command)
        case EnterMark():
            return enter_mark(work, command)
        case WithdrawMark():
            return withdraw_mark(work, command)
        case EnterLead():
            return enter_lead(work, command)
        case RemovalBegun() | SeatKept() | SeatEnded() | SeatRestored():
            return removals.heard(work, command)
        case _:
            return Refused(
                RefusalCode.UNKNOWN_ACT, say("act-not-taken", kind=CaseKind.INTEGRITY, act=command.act)
            )


def enter_reading(work: Work, command: EnterReading) -> Refused | None:
    """Keep the reading. What the person leads hears of it when it is the latest.

    The same again changes nothing, unless another of that day came meanwhile: then it corrects that one.
    """
    said = Measured(reading=command.reading, level=level(command.reading.index, work.policy.grading))
    day = said.reading.assessed_on
    of_day = [one for one in work.state.readings if one.reading.assessed_on == day]
    if of_day[-1:] == [said]:
        return None
    work.emit(ReadingEntered(private=said))
    if work.state.latest == said:
        _tell_of_reading(work, work.state.leads)
    return None


def enter_mark(work: Work, command: EnterMark) -> Refused | None:
    """Keep the veto, and let every application and title of an organisation that the person leads hear of it."""
    if command.mark in work.state.marks:
        return None
    work.emit(MarkEntered(case=command.mark.case, private=command.mark))
    work.owe_tell(CaseKind.AWARD, work.state.leads, _marked(work, command))
    return None


def withdraw_mark(work: Work, command: WithdrawMark) -> Refused | None:
    """Keep that the veto stands no more, and let whoever heard of it hear that; of no veto that is not kept."""
    if all(mark.case != command.case for mark in work.state.marks):
        return None
    work.emit(MarkWithdrawn(case=command.case))
    word = LeaderCleared(claim=work.claim, person_id=_person(work.state), case=command.case)
    work.owe_tell(CaseKind.AWARD, work.state.leads, word)
    return None


def enter_lead(work: Work, command: EnterLead) -> Refused | None:
    """An application named the person: it hears what stands in the file, whichever came first."""
    if command.award in work.state.leads:
        return None
    work.emit(LeadEntered(award=command.award))
    _tell_of_reading(work, (command.award,))
    for mark in work.state.marks:
        word = LeaderMarked(claim=work.claim, person_id=_person(work.state), mark=mark)
        work.owe_tell(CaseKind.AWARD, (command.award,), word)
    return None


def _marked(work: Work, command: EnterMark) -> LeaderMarked:
    return LeaderMarked(claim=work.claim, person_id=_person(work.state), mark=command.mark)


def _tell_of_reading(work: Work, awards: tuple[str, ...]) -> None:
    latest = work.state.latest
    if latest is not None and awards:
        word = LeaderMeasured(claim=work.claim, person_id=_person(work.state), reading=latest.reading)
        work.owe_tell(CaseKind.AWARD, awards, word)


def _person(file: Integrity) -> str:
    if file.person_id is None:
        raise RuntimeError("an enterprise leads nothing and is not vetoed")
    return file.person_id


DECIDER = without_tasks(FOLDING, begin, take)
"""A file never ends by itself: it is kept as long as its archive says."""
