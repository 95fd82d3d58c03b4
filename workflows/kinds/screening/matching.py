"""What a part of a run brings: matches that begin and end, doubts that somebody must look into. Nothing is ruled on."""

from dataclasses import dataclass

from contracts.commands.screening import ReportScreened
from contracts.events.screening import DoubtEnded, MatchBegun, MatchEnded
from contracts.listed import Fitting, MatchEnd
from workflows.kinds.screening import doubting, telling
from workflows.kinds.screening.book import Key, Match, Work, key_of


@dataclass(frozen=True)
class Found:
    """Entries that fit somebody: by their whole number, in part, or set aside by two people before."""

    numbers: tuple[Fitting, ...]
    masked: tuple[Fitting, ...]
    set_aside: int

    @property
    def keys(self) -> frozenset[Key]:
        """Of all that were not set aside."""
        return frozenset(key_of(one) for one in (*self.numbers, *self.masked))


def sort(work: Work, command: ReportScreened) -> Found:
    """The part's entries, each once, without what was set aside for this very entry and person.

    Of a case that ended by a veto nothing is new: only what stands already may still stand.
    """
    known = {one.key for one in (*work.state.matches, *work.state.doubts)}
    told = (one for one in command.fitting if one.case_id not in command.vetoed or key_of(one) in known)
    each = {key_of(one): one for one in told}.values()
    kept = [one for one in each if not _set_aside(work, one)]
    return Found(
        numbers=tuple(one for one in kept if one.fit == "number"),
        masked=tuple(one for one in kept if one.fit == "masked"),
        set_aside=len(each) - len(kept),
    )


def _set_aside(work: Work, fitting: Fitting) -> bool:
    return any(one.covers(fitting) for one in work.state.aside if one.until > work.now)


def take(work: Work, command: ReportScreened, found: Found) -> None:
    """Begin what is new and end what is over, for the cases that the part covers."""
    standing = {one.key for one in work.state.matches}
    looked_at = {one.key for one in work.state.doubts}
    for one in found.numbers:
        if key_of(one) not in standing:
            _begin(work, command, one)
    for one in found.masked:
        if key_of(one) not in looked_at:
            doubting.raise_doubt(work, one, run=command.run, match=None)
    for match in work.state.matches:
        if (cause := _over(work, match, command, found)) is not None:
            work.emit(MatchEnded(match=match.number, run=command.run, cause=cause))
            _tell_ended(work, match.fitting, cause, found)
    for doubt in work.state.doubts:
        if (cause := _over(work, doubt, command, found)) is not None:
            work.emit(DoubtEnded(doubt=doubt.number, run=command.run))
            if doubt.match is None and doubt.settled:
                _tell_ended(work, doubt.told, cause, found)


def _tell_ended(work: Work, ended: Fitting, cause: MatchEnd, found: Found) -> None:
    """The case is told that a fact has ended only where none of what was found is that very fact.

    An entry may have changed, stand on another list, or hide its number from now on.
    """
    if not any(telling.same_fact(work, ended, one) for one in (*found.numbers, *found.masked)):
        telling.tell_ended(work, ended, cause)


def _begin(work: Work, command: ReportScreened, fitting: Fitting) -> None:
    number = work.state.numbers + 1
    work.emit(
        MatchBegun(
            match=number,
            run=command.run,
            list=fitting.list,
            item=telling.item_of(work, fitting),
            case_kind=fitting.case_kind,
            case_id=fitting.case_id,
            private=fitting,
        )
    )
    telling.tell_fact(work, fitting)


def _over(work: Work, match: Match, command: ReportScreened, found: Found) -> MatchEnd | None:
    """Why it stands no more; None while it does, or while its case could not be looked at."""
    case_id = match.fitting.case_id
    if not command.covers(case_id) or case_id in command.missed:
        return None
    if case_id not in command.cases:
        return "not-due"
    if match.key in found.keys:
        return None
    # Of whom two people have set it aside it was never, whether it is listed still or not.
    return "set-aside" if _set_aside(work, match.fitting) else "delisted"
