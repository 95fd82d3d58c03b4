"""Which lists can be had as a workbook, and what stands in each of their columns. Pure but for the words."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from services.console.language import Language
from services.console.moments import day, due, instant
from services.console.sheets.book import Column
from services.console.wording import say

Row = Mapping[str, Any]
Cell = Callable[[Row, Language], str]


@dataclass(frozen=True)
class Export:
    """A list of the API, its filters with what each is called, and its columns: heading, width, cell."""

    path: str
    title: str
    filters: Mapping[str, str]
    columns: Sequence[tuple[str, int, Cell]]
    needs: str = ""
    """What a row must have to be told of: of a case that one is kept from there is the number only."""

    def head(self, language: Language) -> list[Column]:
        """The columns."""
        return [Column(say(language, word), width, wrapped=width > 30) for word, width, _ in self.columns]

    def line(self, row: Row, language: Language) -> list[str]:
        """The cells of a row."""
        if self.needs and self.needs not in row:
            return [str(row["case_id"]), *[""] * (len(self.columns) - 1)]
        return [cell(row, language) for _, _, cell in self.columns]

    def narrowed(
        self, rows: Sequence[Row], asked: Mapping[str, str], language: Language
    ) -> list[tuple[str, str]]:
        """The filter in words."""
        return [
            (say(language, self.filters[name]), _meant(rows, name, value))
            for name, value in asked.items()
            if value and name in self.filters
        ]


def _meant(rows: Sequence[Row], name: str, value: str) -> str:
    """What the rows themselves call the code that they were narrowed to."""
    return next((str(row["names"][name]) for row in rows if name in row.get("names", {})), value)


def _plain(name: str) -> Cell:
    return lambda row, _: str(row.get(name) or "")


def _named(name: str) -> Cell:
    return lambda row, _: str(row["names"].get(name) or row.get(name) or "")


def _when(name: str, how: Callable[[str | None], str] = instant) -> Cell:
    return lambda row, _: how(row.get(name))


def _nominee(name: str) -> Cell:
    return lambda row, _: str((row.get("nominee") or {}).get(name) or "")


def _roles(row: Row, language: Language) -> str:
    roles = row["roles"].split() if isinstance(row["roles"], str) else row["roles"]
    return say(language, "comma").join(row["names"].get(role, role) for role in roles)


_WHO: list[tuple[str, int, Cell]] = [
    ("fact.name", 14, _nominee("name")),
    ("fact.firm", 30, _nominee("firm")),
    ("fact.credit_code", 22, _nominee("credit_code")),
]
EXPORTS: Mapping[str, Export] = {
    "tasks": Export(
        "/tasks",
        "tasks.title",
        {"view": "tasks.view", "kind": "tasks.kind", "state": "tasks.state"},
        [
            ("tasks.due", 20, _when("due", due)),
            ("tasks.what", 20, _named("kind")),
            ("tasks.stage", 20, _named("stage")),
            *_WHO,
            ("tasks.unit", 20, _named("unit")),
            ("tasks.state", 10, _named("state")),
            ("tasks.case", 24, _plain("case_id")),
        ],
    ),
    "cases": Export(
        "/cases",
        "cases.title",
        {"kind": "cases.kind", "state": "cases.state", "parent": "figures.batch"},
        [
            ("tasks.case", 24, _plain("case_id")),
            *_WHO,
            ("cases.kind", 16, _named("kind")),
            ("cases.state", 16, _named("state")),
            ("tasks.stage", 20, _named("stage")),
            ("fact.district", 16, _named("district")),
            ("cases.opened", 18, _when("opened_at")),
        ],
        needs="kind",
    ),
    "letters": Export(
        "/notices",
        "letters.title",
        {"case_id": "tasks.case"},
        [
            ("letters.issued", 18, _when("issued_at")),
            ("letters.number", 22, _plain("number")),
            ("letters.subject", 50, lambda row, language: str(row["subject"][language])),
            ("letters.reply_by", 20, _when("reply_by", due)),
            ("tasks.case", 24, _plain("case_id")),
        ],
    ),
    "batches": Export(
        "/batches",
        "batches.title",
        {},
        [
            ("batches.name", 40, _plain("title")),
            ("batches.opened", 18, _when("opened_at")),
            ("batches.closes", 20, _when("nomination_closes", due)),
            ("batches.cut_off", 14, _when("cut_off", day)),
            ("batches.election", 18, _when("election_at")),
            ("batches.policy", 14, _plain("policy")),
            ("batches.number", 24, _plain("batch_id")),
        ],
    ),
    "refusals": Export(
        "/record/refusals",
        "record.refusals",
        {},
        [
            ("record.at", 18, _when("at")),
            ("record.account", 24, _plain("account_id")),
            ("record.roles", 24, _roles),
            ("record.act", 24, _named("act")),
            ("record.target", 24, _plain("target")),
            ("record.reason", 24, _plain("code")),
        ],
    ),
    "reads": Export(
        "/journal",
        "record.reads",
        {"case_id": "record.by.case_id", "reader": "record.by.reader", "person_id": "record.by.person_id"},
        [
            ("record.at", 18, _when("at")),
            ("record.who", 24, _plain("person_id")),
            ("record.roles", 24, _roles),
            ("record.what", 20, _named("what")),
            ("record.case", 24, _plain("case_id")),
            ("record.purpose", 20, _named("purpose")),
            ("task.reason", 40, _plain("reason")),
        ],
    ),
}
"""By the last part of the page's address."""
