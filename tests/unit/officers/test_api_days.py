"""Every day and instant that a person enters, found in the API's own description and in the forms of every policy."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from contracts.actor import Grant
from contracts.policy import loader
from services.officers.web.days import is_past_day, is_past_instant, last_ahead, last_behind
from services.officers.web.forms import check_form
from services.officers.web.problems import RefusedError
from tests.officers_rig import Rig

DATED = ("date", "date-time")
FIELDS_OF_BODIES = 26
FIELDS_OF_QUERIES = 1
FIELDS_OF_FORMS = 12
"""Of the newest version. Whoever adds a dated field counts it here, and has it asked below."""

NO_DATES = [0, 1, 20260101, 1_700_000_000, 1_700_000_000_000, 2026.5, True, "0", "20260101", "1700000000"]
NO_DATES += ["", " ", "2026-1-1", "2026/01/01", "01.01.2026", "2026年1月1日", "２０２６-０１-０１", "now"]
NO_DATES += ["2026-02-30", "2026-13-01"]
NO_DATES += ["2026-W01-1", "2026-001", "-2026-01-01", "+2026-01-01", "2026-01-01\n", [], {}]
BEYOND = ["0001-01-01", "1066-10-14", "1899-12-31", "2206-03-02", "9999-12-31"]
NO_INSTANTS = ["2026-01-01T00:00:00", "2026-01-01 24:00", "2026-01-01T25:00:00Z", "2026-01-01T00:00:00+99:99"]
BEYOND_INSTANTS = ["9999-12-31T23:59:59-08:00", "9999-12-31T15:59:59Z", "0001-01-01T00:00:00+14:00"]
BEYOND_INSTANTS += ["2206-03-02T00:00:00Z", "1899-12-31T00:00:00Z"]

Place = tuple[str, ...]


def dated(schema: dict[str, Any], whole: dict[str, Any], seen: Place = ()) -> Iterator[tuple[Place, str]]:
    """Where dates stand in a schema: the path, `0` for a member of a list, and which of the two it is."""
    named = schema.get("$ref", "").rpartition("/")[2]
    if named:
        schema = whole["components"]["schemas"][named]
    for part in (*schema.get("anyOf", ()), *schema.get("allOf", ())):
        yield from dated(part, whole, seen)
    if schema.get("format") in DATED:
        yield seen, schema["format"]
    if "items" in schema:
        yield from dated(schema["items"], whole, (*seen, "0"))
    for name, inner in schema.get("properties", {}).items():
        yield from dated(inner, whole, (*seen, name))


def placed(place: Place, value: Any) -> Any:
    """A body with nothing but the value at the place."""
    for part in reversed(place):
        value = [value] if part == "0" else {part: value}
    return value


def wrong(kind: str) -> list[Any]:
    return [*NO_DATES, *BEYOND, *(BEYOND_INSTANTS if kind == "date" else [*NO_INSTANTS, *BEYOND_INSTANTS])]


async def fields(rig: Rig) -> list[tuple[str, str, Place, str]]:
    whole = (await rig.client.get("/v1/openapi.json")).json()
    return [
        (method.upper(), path, place, kind)
        for path, methods in whole["paths"].items()
        for method, described in methods.items()
        for content in described.get("requestBody", {}).get("content", {}).values()
        for place, kind in dated(content["schema"], whole)
    ]


async def test_no_body_takes_a_number_or_a_year_beyond_all_terms_for_a_date(rig: Rig) -> None:
    person = await rig.account(Grant(role="ELECTION_OFFICE", unit="", district="*"))
    found = await fields(rig)
    assert len(found) == FIELDS_OF_BODIES, found
    for number, (method, path, place, kind) in enumerate(found):
        field = ".".join(("body", *place))
        for value in wrong(kind):
            headers = {"Authorization": f"Bearer {person.token}", "Idempotency-Key": f"k{number}"}
            where = path.format_map(_Any())
            answer = await rig.client.request(method, where, json=placed(place, value), headers=headers)
            assert answer.status_code == 422, (path, field, value)
            faulty = {one["field"] for one in answer.json()["errors"] if one["kind"] != "missing"}
            assert any(one.startswith(field) for one in faulty), (path, field, value)


async def test_no_day_in_a_query_is_another_than_a_day_of_this_time(rig: Rig) -> None:
    person = await rig.account(Grant(role="SCREENER", unit="", district="*"))
    whole = (await rig.client.get("/v1/openapi.json")).json()
    found = [
        (method.upper(), path, one["name"])
        for path, methods in whole["paths"].items()
        for method, described in methods.items()
        for one in described.get("parameters", ())
        if one["schema"].get("format") in DATED
    ]
    assert len(found) == FIELDS_OF_QUERIES, found
    for method, path, name in found:
        for value in wrong("date"):
            headers = {"Authorization": f"Bearer {person.token}", "Idempotency-Key": "k"}
            params = {name: str(value)}
            answer = await rig.client.request(method, path.format_map(_Any()), params=params, headers=headers)
            assert answer.status_code == 422, (path, name, value)
            assert f"query.{name}" in {one["field"] for one in answer.json()["errors"]}, (path, name, value)


class _Any(dict[str, str]):
    def __missing__(self, name: str) -> str:
        return "x1"


async def test_a_good_date_is_never_the_fault(rig: Rig) -> None:
    person = await rig.account(Grant(role="ELECTION_OFFICE", unit="", district="*"))
    today = datetime.now(UTC)
    for method, path, place, kind in await fields(rig):
        good = today.date().isoformat() if kind == "date" else today.isoformat()
        headers = {"Authorization": f"Bearer {person.token}", "Idempotency-Key": "k"}
        answer = await rig.client.request(
            method, path.format_map(_Any()), json=placed(place, good), headers=headers
        )
        faulty = {one["field"] for one in answer.json().get("errors", ()) if one["kind"] != "missing"}
        assert faulty == set(), (path, place)


def forms() -> Iterator[tuple[str, str, str, Place, str]]:
    """Policy, task, outcome, place and kind of every dated field of every form that a task asks for."""
    for version in loader.versions():
        policy = loader.released(version)
        for task in policy.tasks:
            for outcome in task.outcomes:
                schema = policy.form(task.forms.get(outcome, task.form)).json_schema
                for place, kind in dated(schema, {}):
                    yield version, task.code, outcome, place, kind


FORMS = sorted(set(forms()))


def test_the_dated_fields_of_forms_are_counted() -> None:
    newest = max(loader.versions())
    policy = loader.released(newest)
    every = [place for form in policy.forms for place in dated(form.json_schema, {})]
    assert len(every) == FIELDS_OF_FORMS
    assert FORMS


@pytest.mark.parametrize(("policy", "task", "outcome", "place", "kind"), FORMS)
def test_no_form_takes_a_number_or_a_year_beyond_all_terms_for_a_date(
    policy: str, task: str, outcome: str, place: Place, kind: str
) -> None:
    field = ".".join(("form", *place))
    for value in wrong(kind):
        with pytest.raises(RefusedError) as refused:
            check_form(policy, task, outcome, placed(place, value))
        assert field in {one["field"] for one in refused.value.extra["errors"]}, value


def test_what_has_happened_ends_tomorrow_and_what_is_to_come_in_some_terms() -> None:
    tomorrow = last_behind()
    assert is_past_day(tomorrow.isoformat())
    assert not is_past_day((tomorrow + timedelta(days=1)).isoformat())
    assert is_past_instant(datetime.now(UTC).isoformat())
    assert not is_past_instant((datetime.now(UTC) + timedelta(days=3)).isoformat())
    assert 19 <= last_ahead().year - tomorrow.year <= 21
