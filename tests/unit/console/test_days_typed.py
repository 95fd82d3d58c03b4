"""A day that there is not, or that nobody can mean, is told before the page that is signed; the API's bounds hold."""

from datetime import UTC, datetime, timedelta

import pytest

from services.console.forms import dates
from services.console.forms.faults import faults
from services.console.forms.kinds import Schema
from services.console.forms.read import read
from services.officers.views.schemas import bounded
from services.officers.web.days import AHEAD, last_ahead, last_behind

DAY: Schema = {"type": "string", "format": "date", "maxLength": 10}
TIME: Schema = {"type": "string", "format": "date-time", "maxLength": 40}
FORM: Schema = bounded(
    {"type": "object", "properties": {"held": DAY, "ends": {**DAY, AHEAD: True}, "served": TIME}}
)
AFTER = (datetime.now(UTC) + timedelta(days=3)).date().isoformat()


@pytest.mark.parametrize("typed", ["2027-13-40", "2019-02-30", "2026-00-01", "2026-1-1", "0000-01-01", ""])
def test_what_is_written_as_a_day_and_is_none_is_none(typed: str) -> None:
    assert not dates.is_day(typed)


@pytest.mark.parametrize("typed", ["2027-13-40", "2019-02-30", "2019年2月30日"])
def test_a_day_that_there_is_not_is_a_fault_of_its_field(typed: str) -> None:
    found = faults(FORM, read(FORM, {"form.held": typed}))
    assert "应为日期" in found["held"].zh


@pytest.mark.parametrize("typed", ["2131-1-1", AFTER, "1899-12-31"])
def test_a_day_beyond_what_the_api_takes_is_told_with_the_bounds(typed: str) -> None:
    found = faults(FORM, read(FORM, {"form.held": typed}))
    assert found["held"].zh == f"须在 1900-01-01 至 {last_behind()} 之间"
    assert found["held"].en == f"must lie between 1900-01-01 and {last_behind()}"


def test_the_bounds_are_those_of_the_field() -> None:
    assert faults(FORM, read(FORM, {"form.ends": AFTER, "form.held": "2020-1-1"})) == {}
    assert str(last_ahead()) in faults(FORM, read(FORM, {"form.ends": "2131-1-1"}))["ends"].zh


def test_an_instant_is_bounded_by_the_day_on_which_it_lies() -> None:
    assert "served" in faults(FORM, read(FORM, {"form.served": f"{AFTER} 9:30"}))
    assert faults(FORM, read(FORM, {"form.served": "2020-1-1 9:30"})) == {}
    assert "served" in faults(FORM, {"served": "9999-12-31T23:00:00-08:00"})
