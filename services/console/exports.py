"""Which lists can be had as a workbook, and what stands in each of their columns. Pure but for the words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from services.console.columns import Listed, Row, at, behind, named, nominee, plain, roles_of
from services.console.language import Language
from services.console.moments import day, due
from services.console.narrowing import Filter, chosen, coded, typed
from services.console.sheets.book import Column
from services.console.wording import say


@dataclass(frozen=True)
class Export:
    """A list of the API, every filter and order that its page knows (a test sees to it), and its columns."""

    path: str
    title: str
    filters: Mapping[str, Filter]
    columns: Sequence[Listed]
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
        """The filter and the order in words."""
        return [
            (say(language, word), meaning(asked[name], rows, language))
            for name, (word, meaning) in self.filters.items()
            if asked.get(name)
        ]


_CASE = plain("tasks.case", "case_id")
_STAGE = named("tasks.stage", "stage")
_WHO = (
    nominee("fact.name", "name", 14),
    nominee("fact.firm", "firm", 30),
    nominee("fact.credit_code", "credit_code", 22),
)
_NOTED = at("record.at", "at")
_ROLES: Listed = ("record.roles", 24, roles_of)

_TASKS = Export(
    "/tasks",
    "tasks.title",
    {
        "view": chosen("tasks.view", "tasks."),
        "kind": coded("tasks.kind", "kind", "task"),
        "state": coded("tasks.state", "state", "task-state"),
        "due": chosen("tasks.due", "tasks.due_"),
        "sort": chosen("tasks.sort", "tasks.sort_"),
    },
    [
        at("tasks.due", "due", due, 20),
        named("tasks.what", "kind"),
        _STAGE,
        *_WHO,
        named("tasks.unit", "unit"),
        named("tasks.state", "state", 10),
        _CASE,
    ],
)
_CASES = Export(
    "/cases",
    "cases.title",
    {
        "kind": coded("cases.kind", "kind", "kind"),
        "state": coded("cases.state", "state", "state"),
        "parent": typed("figures.batch"),
    },
    [
        _CASE,
        *_WHO,
        named("cases.kind", "kind", 16),
        named("cases.state", "state", 16),
        _STAGE,
        named("fact.district", "district", 16),
        at("cases.opened", "opened_at"),
    ],
    needs="kind",
)
_LETTERS = Export(
    "/notices",
    "letters.title",
    {"case_id": typed("tasks.case"), "show": chosen("letters.show", "letters.show_")},
    [
        at("letters.issued", "issued_at"),
        plain("letters.number", "number", 22),
        ("letters.subject", 50, lambda row, language: str(row["subject"][language])),
        at("letters.reply_by", "reply_by", due, 20),
        _CASE,
    ],
)
_BATCHES = Export(
    "/batches",
    "batches.title",
    {},
    [
        plain("batches.name", "title", 40),
        at("batches.opened", "opened_at"),
        at("batches.closes", "nomination_closes", due, 20),
        at("batches.cut_off", "cut_off", day, 14),
        at("batches.election", "election_at"),
        plain("batches.policy", "policy", 14),
        plain("batches.number", "batch_id"),
    ],
)
_REFUSALS = Export(
    "/record/refusals",
    "record.refusals",
    {},
    [
        _NOTED,
        plain("fact.name", "name", 14),
        plain("record.account", "account_id"),
        _ROLES,
        named("record.act", "act", 24),
        behind("record.about", "target", 30),
        plain("record.target", "target"),
        ("record.why", 50, lambda row, language: str(row["names"].get("code") or "")),
        plain("record.reason", "code"),
    ],
)
_READS = Export(
    "/journal",
    "record.reads",
    {name: typed(f"record.by.{name}") for name in ("case_id", "reader", "person_id")},
    [
        _NOTED,
        plain("record.who", "name", 14),
        plain("accounts.person", "person_id"),
        _ROLES,
        named("record.what", "what"),
        behind("record.about", "about", 30),
        plain("record.case", "case_id"),
        named("record.purpose", "purpose"),
        plain("task.reason", "reason", 40),
    ],
)
EXPORTS: Mapping[str, Export] = {
    "tasks": _TASKS,
    "cases": _CASES,
    "letters": _LETTERS,
    "batches": _BATCHES,
    "refusals": _REFUSALS,
    "reads": _READS,
}
"""By the last part of the page's address."""
