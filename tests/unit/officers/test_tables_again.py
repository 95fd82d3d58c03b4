"""A table that was taken is answered by what was sent, whatever is looked up for its people at the repeat."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from contracts.actor import Grant
from contracts.canonical import digest_of
from contracts.commands.base import Command
from contracts.events.base import Event
from contracts.events.batch import IndexesImported, IndexPart, SeatsImported
from services.officers.views.integrity import IndexesBody
from services.officers.views.seats import SeatsBody
from tests.invented import nominee
from tests.officers_rig import Rig
from tests.unit.officers.test_api_awards import row

OFFICE = Grant(role="ELECTION_OFFICE")


def seat(serial: int) -> dict[str, Any]:
    person = nominee(serial)
    told = ("name", "id_number", "phone", "email", "firm", "credit_code", "position")
    term = {"seat": "executive", "district": "d01", "began": date(2025, 3, 3).isoformat()}
    return {**{name: getattr(person, name) for name in told}, **term}


def seats_taken(table: dict[str, Any]) -> SeatsImported:
    digest = digest_of(SeatsBody.model_validate(table).model_dump(mode="json"))
    return SeatsImported(table_digest=digest, tenures=(), people=())


def indexes_taken(table: dict[str, Any]) -> IndexesImported:
    digest = digest_of(IndexesBody.model_validate(table).model_dump(mode="json"))
    return IndexesImported(table_digest=digest, private=IndexPart(entries=()))


@pytest.mark.parametrize(
    ("path", "line", "taken"), [("seats", seat, seats_taken), ("indexes", row, indexes_taken)]
)
async def test_a_repeat_asks_nobody_anew_and_another_table_under_the_key_is_refused(
    rig: Rig,
    path: str,
    line: Callable[[int], dict[str, Any]],
    taken: Callable[[dict[str, Any]], Event],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    await rig.batch()
    officer = await rig.account(OFFICE)
    table, other = {"rows": [line(1)]}, {"rows": [line(2)]}

    async def decide(command: Command) -> Any:
        return await rig.record(command, taken(table))

    rig.engine.answers = decide
    first = await officer.post(f"/v1/batches/b1/{path}", table, key="again")
    reused = await officer.post(f"/v1/batches/b1/{path}", other, key="again")
    assert (first.status_code, reused.json()["code"]) == (201, "idempotency-key-reused")

    async def nobody(*_: Any) -> Any:
        raise AssertionError("looked up again")

    monkeypatch.setattr(rig.office.persons, "ensure", nobody)
    again = await officer.post(f"/v1/batches/b1/{path}", table, key="again")
    assert (again.status_code, again.json()) == (201, first.json())
    assert len(rig.engine.sent) == 1
