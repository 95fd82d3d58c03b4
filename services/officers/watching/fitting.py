"""Which lines of a list fit whom: by the whole number, or by what a masked one shows beside the name. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from contracts.listed import Entry, Fit, Fitting
from contracts.numbers import fits_mask
from services.officers.watching.people import Due, Number


@dataclass(frozen=True)
class Shown:
    """A line that stands on a list, opened."""

    digest: str
    entry: Entry


@dataclass
class Fitted:
    """What fits the people of a part, and how many lines only share a name with them."""

    fitting: list[Fitting] = field(default_factory=list)
    namesakes: int = 0


def fitted(
    list_code: str, lines: Iterable[Shown], people: Sequence[tuple[Due, tuple[Number, ...]]]
) -> Fitted:
    """Hold the lines against the people. A name alone is a warning; it is never a match."""
    found = Fitted()
    for line in lines:
        for due, numbers in people:
            _held_against(list_code, line, due, numbers, found)
    return found


def _held_against(list_code: str, line: Shown, due: Due, numbers: tuple[Number, ...], found: Fitted) -> None:
    own = [number for number in numbers if number.subject is line.entry.subject]
    fits = next((fit for number in own if (fit := _fit(line.entry, number)) is not None), None)
    if fits is not None:
        kind, number = fits
        found.fitting.append(
            Fitting(
                case_kind=due.kind,
                case_id=due.case_id,
                district=due.district,
                person_id=due.person_id,
                list=list_code,
                digest=line.digest,
                fit=kind,
                liable=number.liable,
                entry=line.entry,
            )
        )
    elif any(number.name == line.entry.name for number in own):
        found.namesakes += 1


def _fit(entry: Entry, number: Number) -> tuple[Fit, Number] | None:
    if entry.number == number.number:
        return "number", number
    # Part of a number fits many people: only beside the same name it is worth anybody's look.
    if "*" in entry.number and entry.name == number.name and fits_mask(number.number, entry.number):
        return "masked", number
    return None


def standing(lines: Iterable[tuple[str, str, bool, Shown]]) -> Mapping[tuple[str, str], Shown]:
    """The lines that stand after all files in order: a later one of the same number and paper replaces or takes off.

    Each comes with the keys of number and paper, and whether it takes off.
    """
    left: dict[tuple[str, str], Shown] = {}
    for number, paper, off, line in lines:
        if off:
            left.pop((number, paper), None)
        else:
            left[(number, paper)] = line
    return left
