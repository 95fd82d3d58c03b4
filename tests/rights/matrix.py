"""The matrix: what was tried, and where an answer was another than the table says."""

from collections.abc import Iterable

import pytest

from contracts.policy import loader
from tests.rights.expected import Known, Sight, sight
from tests.rights.house import CHAMBER, GUILD, PLACES, House
from tests.rights.readers import Reader
from workflows.procedure.case import Task

LONG = (pytest.mark.deep, pytest.mark.timeout(3600))
"""For what is tried by everybody."""
DEPARTMENTS = ("tax", "police")
"""Those whose officers look."""
POLICY = loader.released("2026.1")
UNITS = {"c1": CHAMBER, "c2": CHAMBER, "c3": CHAMBER, "c4": GUILD}
"""Which of them a unit brought."""


class Matrix:
    """The cells that were tried, and where an answer was another than the table says."""

    def __init__(self, house: House, known: dict[str, Known], *, whole: bool = True) -> None:
        """Unless it is the `whole` matrix, of tasks that differ in nothing but their department one is tried."""
        self.house = house
        self.whole = whole
        self.known = known
        self.every = frozenset().union(*(house.needles(case).personal() for case in known))
        self.cells = 0
        self.wrong: list[str] = []

    def check(self, reader: Reader, what: str, found: object, wanted: object) -> None:
        """One cell."""
        self.cells += 1
        if found != wanted:
            self.wrong.append(f"{reader.name}: {what}: {found} where {wanted} is said")

    def clean(self, reader: Reader, what: str, leaked: Iterable[str]) -> None:
        """An answer in which something stands that may not is as wrong as one that is refused."""
        self.check(reader, f"{what} tells of", list(leaked), [])

    def tasks(self, known: Known) -> Iterable[Task]:
        """The tasks of the case that are tried."""
        if self.whole:
            return known.tasks.values()
        alike = {
            (one.kind, one.state, one.unit in DEPARTMENTS and one.unit): one for one in known.tasks.values()
        }
        return alike.values()

    def sights(self, reader: Reader) -> dict[str, Sight]:
        """How much they see of each case."""
        return {case: sight(reader, one, POLICY) for case, one in self.known.items()}


def known_of(house: House) -> dict[str, Known]:
    """Each case at its end, as the table sees it."""
    nobody = ""
    return {
        case: Known.of(
            house.states[case],
            PLACES[case],
            UNITS.get(case, ""),
            house.concerned[case].person_id if case in house.concerned else nobody,
        )
        for case in house.cases
    }
