"""Removals of the person from seats that no case follows: a seat has one open removal all the same (R01).

The file says which, as the case that follows a seat does. It knows no more of the seat, and decides nothing of it.
"""

from typing import TypeAlias, assert_never

from contracts.case import CaseKind
from contracts.commands.removal import EarlierRemovalOver, KnownOfSeat
from contracts.commands.tenure import RemovalBegun, SeatEnded, SeatKept, SeatRestored
from contracts.events.integrity import RemovalEntered, RemovalLeft
from contracts.matter import INVESTIGATIONS
from contracts.refusals import RefusalCode
from contracts.saying import say
from contracts.vocabulary import Seat
from workflows.kinds.integrity.case import Standing, Work
from workflows.rules.verdict import Refused

Told: TypeAlias = RemovalBegun | SeatKept | SeatEnded | SeatRestored


def heard(work: Work, command: Told) -> Refused | None:
    """Take what a removal tells of itself; of one that is not known here only that it has begun."""
    if work.state.person_id is None:
        return Refused(RefusalCode.NOT_THIS_PERSON, say("enterprise-leads-nothing"))
    match command:
        case RemovalBegun():
            begun(work, command)
        case SeatKept():
            kept(work, command)
        case SeatEnded():
            ended(work, command)
        case SeatRestored():
            restored(work, command)
        case _:
            assert_never(command)
    return None


def begun(work: Work, command: RemovalBegun) -> None:
    """A removal was registered: it hears which one came before it and is open. Said again it changes nothing."""
    if _known(work, command.removal) is not None:
        return
    named = (command.open_removal, command.removal)
    for one in (one for one in named if one is not None and _known(work, one) is None):
        # What the desk names may be of the days before removals told of themselves.
        work.emit(RemovalEntered(removal=one, district=command.district, seat=command.seat))
    first = next(iter(_open(work, (command.district, command.seat))), command.removal)
    word = KnownOfSeat(
        claim=work.claim,
        case=work.state.case_id,
        open_removal=None if first == command.removal else first,
    )
    work.owe_tell(CaseKind.REMOVAL, (command.removal,), word)


def kept(work: Work, command: SeatKept) -> None:
    """It is over, and the member keeps the seat: those that wait go on, and know what it leaves."""
    one = _standing(work, command.removal)
    if one is None:
        return
    waited_for = _open(work, one.place)[0] == one.removal
    work.emit(RemovalLeft(removal=one.removal))
    if waited_for or command.investigated or command.barred:
        _tell_others(work, one, command)


def ended(work: Work, command: SeatEnded) -> None:
    """It is over, and the seat is lost: those that wait have nothing to go on for, unless it is had again."""
    if _standing(work, command.removal) is not None:
        work.emit(RemovalLeft(removal=command.removal))


def restored(work: Work, command: SeatRestored) -> None:
    """The member has the seat again: those that waited go on."""
    one = _known(work, command.removal)
    if one is not None:
        _tell_others(work, one, command)


def _tell_others(work: Work, over: Standing, command: SeatKept | SeatRestored) -> None:
    waiting = _open(work, over.place)
    for one in waiting:
        word = EarlierRemovalOver(
            claim=work.claim,
            removal=over.removal,
            open_removal=None if one == waiting[0] else waiting[0],
            investigated=command.investigated,
            resting=tuple(cause for cause in INVESTIGATIONS if cause is command.suspended),
            barred=command.barred,
        )
        work.owe_tell(CaseKind.REMOVAL, (one,), word)


def _known(work: Work, removal: str) -> Standing | None:
    return next((one for one in work.state.removals if one.removal == removal), None)


def _standing(work: Work, removal: str) -> Standing | None:
    one = _known(work, removal)
    return None if one is None or one.over else one


def _open(work: Work, place: tuple[str, Seat]) -> list[str]:
    return [one.removal for one in work.state.removals if one.place == place and not one.over]
