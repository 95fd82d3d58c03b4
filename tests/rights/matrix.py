"""The matrix: what was tried, and where an answer was another than the table says."""

from collections.abc import Iterable

import pytest

from contracts.policy import loader
from tests.rights.expected import Known, Sight, sight
from tests.rights.house import CHAMBER, GUILD, House
from tests.rights.readers import Reader

LONG = (pytest.mark.deep, pytest.mark.timeout(3600))
"""For what is tried by everybody."""
POLICY = loader.released("2026.1")
UNITS = {"c1": CHAMBER, "c2": CHAMBER, "c3": CHAMBER, "c4": GUILD, "r1": ""}


class Matrix:
    """The cells that were tried, and where an answer was another than the table says."""

    def __init__(self, house: House, known: dict[str, Known]) -> None:
        self.house = house
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

    def sights(self, reader: Reader) -> dict[str, Sight]:
        """How much they see of each case."""
        return {case: sight(reader, one, POLICY) for case, one in self.known.items()}


def known_of(house: House) -> dict[str, Known]:
    """Each case at its end, as the table sees it."""
    return {
        case: Known.of(house.states[case], UNITS[case], house.concerned[case].person_id)
        for case in house.cases
    }
