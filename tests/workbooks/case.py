"""One workbook with one fault or oddity, and the wanted answer. Every case has people of its own."""

import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from services.ctl.demo.roster import credit_code, resident_number
from services.officers.roster.columns import COLUMNS
from tests.invented import name_of
from tests.workbooks import book

HEADER = [column.zh for column in COLUMNS]
LETTER = {column.key: chr(ord("A") + place) for place, column in enumerate(COLUMNS)}


@dataclass(frozen=True)
class At:
    """Refused, and this cell is named."""

    cell: str
    sheet: str = "名册"
    says: str = ""
    """What the sentence in English says of it."""


@dataclass(frozen=True)
class Whole:
    """Refused as a whole with this code."""

    code: str
    says: str = ""


Wanted = tuple[str, ...] | At | Whole
"""The names of the people imported, in their order; or how the file is refused."""


@dataclass(frozen=True)
class Case:
    """A workbook and the wanted answer. `unseen` people stand in the file where nobody sees them."""

    name: str
    body: bytes
    wanted: Wanted
    unseen: int = 0


@dataclass
class Cast:
    """Gives each row another invented person."""

    numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    def row(self, **other: object) -> list[object]:
        """A correct row, with other values where they are given."""
        serial = next(self.numbers)
        values: dict[str, object] = {
            "name": name_of(serial),
            "id_number": resident_number(serial),
            "phone": "000-0000",
            "email": f"n{serial}@example.invalid",
            "firm": f"虚构{serial}有限公司",
            "credit_code": credit_code(serial),
            "position": "董事长",
            "seat": "执委",
            "district": "d01",
            "nominating_unit": "chamber",
            **other,
        }
        return [values[column.key] for column in COLUMNS]

    def rows(self, count: int) -> list[list[object]]:
        """Correct rows."""
        return [self.row() for _ in range(count)]


Made = tuple[bytes, Wanted] | tuple[bytes, Wanted, int]
Maker = Callable[[Cast], Made]


def names(rows: list[list[object]]) -> tuple[str, ...]:
    """The names in the rows."""
    return tuple(str(row[0]) for row in rows)


def plain(rows: list[list[object]], header: list[object] | None = None) -> bytes:
    """One sheet with the header and the rows."""
    return book.pack({"名册": book.page(book.lines([header or list(HEADER), *rows]))})


class Collection:
    """Makers by name; a name stands once."""

    def __init__(self) -> None:
        self._makers: dict[str, Maker] = {}

    def __call__(self, name: str) -> Callable[[Maker], Maker]:
        """Take the maker in under the name."""

        def take(maker: Maker) -> Maker:
            if name in self._makers:
                raise ValueError(f"two cases are called {name}")
            self._makers[name] = maker
            return maker

        return take

    def made(self, cast: Cast) -> list[Case]:
        """Every case, its people out of the cast."""
        return [Case(name, *maker(cast)) for name, maker in self._makers.items()]
