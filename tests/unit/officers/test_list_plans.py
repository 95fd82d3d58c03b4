"""How the lists of tasks are looked up: whoever holds a role everywhere looks through the tasks of no other role."""

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import Connection, create_engine, event

from contracts.actor import Actor, Grant
from contracts.policy import loader
from services.officers.identity.scope import scope_of
from services.officers.readmodel.reading.tasks import Order, TaskFilter, _pages, ways_to_act
from services.officers.readmodel.tables import OfficersTable

POLICY = loader.released("2026.1")


def explained(_: Any, __: Any, statement: str, parameters: Any, *___: Any) -> tuple[str, Any]:
    """The question how a statement would be answered."""
    return f"EXPLAIN QUERY PLAN {statement}", parameters


@pytest.fixture
def plans() -> Iterator[Connection]:
    """The read model's tables and indexes, empty: without statistics a plan follows from these alone."""
    engine = create_engine("sqlite://")
    OfficersTable.metadata.create_all(engine)
    event.listen(engine, "before_cursor_execute", explained, retval=True)
    with engine.connect() as connection:
        yield connection
    engine.dispose()


@pytest.mark.parametrize(
    ("grant", "index"),
    [
        (Grant(role="ELECTION_OFFICE"), "tasks_by_role_everywhere"),
        (Grant(role="DEPT_HEAD", unit="tax"), "tasks_by_role_unit_everywhere"),
        (Grant(role="SCREENER", district="d01"), "tasks_by_role"),
        (Grant(role="DEPT_HEAD", unit="tax", district="d01"), "tasks_by_role_unit"),
    ],
)
def test_own_tasks_are_read_in_order_from_those_of_the_role(
    plans: Connection, grant: Grant, index: str
) -> None:
    scope = scope_of(Actor(account_id="a", person_id="p", grants=(grant,)), POLICY)
    page, *_ = _pages(ways_to_act, scope, TaskFilter(), Order.DUE, False)
    cursor = plans.execute(page, {"most": 50}).cursor
    assert cursor is not None
    plan = [step[3] for step in cursor.fetchall()]
    assert f"USING INDEX {index} (" in plan[0], plan
    assert not [step for step in plan if "FOR ORDER BY" in step], plan
