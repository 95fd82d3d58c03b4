"""Nobody types a number that only machines know: whatever form asks for an id says from where it is chosen."""

from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from contracts.policy import loader
from services.officers.routes.act_table import ACTS
from services.officers.routes.offers import OF_BATCHES, rule_of
from services.officers.routes.starts import STARTS
from services.officers.views.act_forms import OfferView
from services.officers.views.tasks import CHOSEN

POLICY = "2026.1"
AN_ID = "^[a-zA-Z0-9][a-zA-Z0-9_.:"
"""How the pattern of an id begins."""
TYPED = {("record-attendance", "meeting")}
"""A meeting has no case: its number is what the office calls it."""
BODIES = [*((one.path, one.body) for one in ACTS), *OF_BATCHES, *((one.path, one.body) for one in STARTS)]


def ids(schema: Mapping[str, Any], path: str = "") -> Iterator[str]:
    """The fields that hold ids, by path."""
    inner = schema.get("items", schema)
    if str(inner.get("pattern", "")).startswith(AN_ID) and "enum" not in inner:
        yield path
    for name, field in inner.get("properties", {}).items():
        yield from ids(field, f"{path}.{name}" if path else name)


@pytest.mark.parametrize("path", [path for path, _ in BODIES])
def test_an_act_says_where_its_ids_come_from(path: str) -> None:
    act = rule_of(path).act
    offer = OfferView.of(act, dict(BODIES)[path], path, POLICY)
    asked = {(act, one) for one in ids(offer.form)} - TYPED
    assert asked <= {(act, one) for one in offer.hints}


def test_a_task_says_where_its_ids_come_from() -> None:
    policy = loader.released(POLICY)
    forms = {task.form_of(outcome) for task in policy.tasks for outcome in task.outcomes}
    asked = {(code, path) for code in forms for path in ids(policy.form(code).json_schema)}
    assert asked == {(code, path) for code, hints in CHOSEN.items() for path in hints}
