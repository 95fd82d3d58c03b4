"""Waiting cases are taken up one by one: what one cannot, no other has to wait for."""

import itertools
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pytest

from services.kit import cursor, takingup, tries
from services.kit.cursor import Stuck
from services.kit.db import Database, Unit
from services.kit.recordreader import Entry
from services.kit.takingup import TakingUp

CASES = ("broken", "second", "third")


class Record:
    """One entry a case."""

    def __init__(self) -> None:
        self.asked: Counter[str] = Counter()

    async def of_case(self, case_id: str, after: int) -> list[Entry]:
        self.asked[case_id] += 1
        return [Entry(after + 1, "0" * 64, case_id.encode())]


def apply(unit: Unit, entries: Sequence[Entry]) -> None:
    for entry in entries:
        if entry.body == b"broken":
            raise LookupError("no reader of today knows this")


async def test_one_case_that_cannot_be_applied_stops_no_other_and_is_tried_ever_more_rarely(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = [0.0]
    for module, clock in ((tries, "_clock"), (takingup, "_now")):
        monkeypatch.setattr(module, clock, lambda: now[0])
    database, record = Database(f"sqlite+aiosqlite:///{tmp_path / 'f.db'}"), Record()

    def begin(unit: Unit) -> None:
        cursor.create(unit)
        cursor.move(unit, cursor.Place(9, "0" * 64))
        for index, case_id in enumerate(CASES):
            cursor.stick(unit, Stuck(case_id, index, "LookupError"))

    try:
        await database.unit(begin)
        taking_up = TakingUp(database, record, apply)  # type: ignore[arg-type]
        applied = await taking_up.try_due()
        assert [entry.body for entry in applied] == [b"second", b"third"]
        assert [one.case_id for one in await database.look(cursor.stuck)] == ["broken"]

        tried = []
        while len(tried) < 6:
            before = record.asked["broken"]
            now[0] += takingup.LOOK_SECONDS
            await taking_up.try_due()
            tried += [now[0]] * (record.asked["broken"] - before)
        pauses = [later - sooner for sooner, later in itertools.pairwise(tried)]
        assert pauses == sorted(set(pauses)), "each pause is longer than the one before"
        assert (record.asked["second"], record.asked["third"]) == (1, 1)
    finally:
        await database.close()
