"""How what everybody asks is looked up: neither through the tasks of other roles, nor through all nominations."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import Connection, create_engine, event

from contracts.actor import Actor, Grant
from contracts.policy import loader
from services.officers.identity.bonds.store import _of_person
from services.officers.identity.scope import scope_of
from services.officers.readmodel.reading.cases import nominations
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


def steps(plans: Connection, asked: Any, **given: object) -> list[str]:
    """How it would be answered."""
    cursor = plans.execute(asked, given).cursor
    assert cursor is not None
    return [step[3] for step in cursor.fetchall()]


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
    plan = steps(plans, page, most=50)
    assert f"USING INDEX {index} (" in plan[0], plan
    assert not [step for step in plan if "FOR ORDER BY" in step], plan


def test_who_nominated_somebody_is_found_by_the_person(plans: Connection) -> None:
    plan = steps(plans, _of_person(nominations), person="p", now=datetime.now(UTC))
    cases = [step for step in plan if " cases " in step]
    assert cases == ["SEARCH cases USING COVERING INDEX cases_by_person (person_id=? AND kind=?)"]
    assert not [step for step in plan if step.startswith("SCAN ") and step != "SCAN CONSTANT ROW"], plan
