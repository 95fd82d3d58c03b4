"""Add steps to the record: what waits is judged and written as one unit on a bare connection."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import text
from sqlalchemy.dialects import postgresql, sqlite

from contracts.record import Declined, Recorded
from services.kit.db import Database, Unit, add_rows
from services.registry.attempts import Attempted, refused_here
from services.registry.intake import Intake, Judgement, Stands
from services.registry.ledger import Entry, StepMark
from services.registry.steps import LARGEST_STEP, Submission, Unfit
from services.registry.store.statements import known
from services.registry.tables import AttemptRow

_STANDING = text(
    "SELECT e.entry_index, e.body, s.until FROM entries e "
    "LEFT JOIN steps s ON s.case_id = e.case_id AND s.until = e.sequence "
    "WHERE e.case_id = :case AND e.sequence >= :first AND e.sequence <= :until ORDER BY e.sequence"
)
_BEGIN = text("SELECT first FROM steps WHERE case_id = :case AND until >= :first ORDER BY until LIMIT 1")
_FOR_EVER = 2**62


@dataclass(frozen=True)
class Shown:
    """Whole steps that stand on the record: their entries' indexes and canonical bodies."""

    indexes: tuple[int, ...] = ()
    bodies: tuple[str, ...] = ()


Answer = Recorded | Declined | Shown


@dataclass(frozen=True)
class Outcome:
    """What came of a batch, once it is committed: an answer each, what was added, and what was kept as an attempt."""

    answers: list[Answer]
    entries: list[Entry]
    attempts: list[Attempted]


class Appending:
    """The record's one way in."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def append(self, steps: Sequence[Submission | Unfit]) -> Outcome:
        """Record what follows and keep what may not be, in one transaction; an answer per step, in order.

        Raises UnavailableError when the database does not answer: whether it was committed is then unknown, and
        the same steps may be sent again.
        """
        return await self._database.unit(lambda unit: _append(unit, steps))

    async def look(self, case_id: str, after: int) -> Shown:
        """The steps of the case after this sequence, from the oldest, as many as fit into an answer."""
        return await self._database.look(lambda unit: show(unit, Stands(case_id, after + 1)))

    async def keep(self, attempt: Attempted) -> None:
        """Keep an attempt of which a service told. Kept again, it changes nothing."""
        await self._database.unit(lambda unit: _keep(unit, [attempt]))


def _append(unit: Unit, steps: Sequence[Submission | Unfit]) -> Outcome:
    fit = [one for one in steps if isinstance(one, Submission)]
    intake = Intake(known(unit, fit))
    judged = iter(intake.judge_all(fit))
    judgements = [one.declined if isinstance(one, Unfit) else next(judged) for one in steps]
    if intake.entries:
        add_rows(unit, "entries", Entry._fields, intake.entries)
        add_rows(unit, "steps", StepMark._fields, intake.steps)
    attempts = [
        refused_here(step.sender, step.raw, declined)
        for step, judgement in zip(steps, judgements, strict=True)
        if (declined := _declined(judgement)) is not None
    ]
    _keep(unit, attempts)
    answers = [show(unit, one) if isinstance(one, Stands) else one for one in judgements]
    return Outcome(answers, intake.entries, attempts)


def show(unit: Unit, stands: Stands) -> Shown:
    """The whole steps that stand there, oldest first, as many as fit into an answer."""
    given = {"case": stands.case_id, "first": stands.first}
    first = unit.execute(_BEGIN, given).scalar()
    if first is None:
        return Shown()
    given |= {"first": first, "until": stands.until or _FOR_EVER}
    indexes: list[int] = []
    bodies: list[str] = []
    whole = size = 0
    for index, body, until in unit.execute(_STANDING, given):
        size += len(body.encode()) + 1
        if size > LARGEST_STEP:
            break
        indexes.append(index)
        bodies.append(body)
        if until is not None:
            whole = len(indexes)
    return Shown(tuple(indexes[:whole]), tuple(bodies[:whole]))


def _declined(judgement: Judgement) -> Declined | None:
    if isinstance(judgement, Declined):
        return judgement
    if isinstance(judgement, Stands) and judgement.reused:
        return Declined(code="key-reused", detail="the key was used for an earlier step of the case")
    return None


def _keep(unit: Unit, attempts: Sequence[Attempted]) -> None:
    dialect = postgresql if unit.dialect.name == "postgresql" else sqlite
    for one in attempts:
        row = {name: getattr(one, name) for name in Attempted.__slots__}
        unit.execute(dialect.insert(AttemptRow).values(row).on_conflict_do_nothing())
