"""A verdict is a value: equal ones are one, and nobody changes one that was given."""

from dataclasses import FrozenInstanceError

import pytest

from contracts.saying import say
from contracts.vocabulary import Grade
from workflows.rules.grading import GradeResult
from workflows.rules.verdict import ALLOWED, Allowed, Refused


def test_equal_verdicts_are_one_value() -> None:
    assert {ALLOWED, Allowed()} == {ALLOWED}
    assert Refused("a-code", say("why", n=1)) == Refused("a-code", say("why", n=1))
    assert Refused("a-code", say("why", n=1)) != Refused("a-code", say("why", n=2))


def test_a_field_is_said_within_its_form_and_what_names_none_as_it_is() -> None:
    named, plain = Refused("a-code", say("why").at("text")), Refused("a-code", say("why"))
    assert named.within("form").said.field == "form.text"
    assert plain.within("form") == plain
    assert len({GradeResult(Grade.A, 850, ()), GradeResult(Grade.A, 850, ())}) == 1


def test_nobody_changes_a_refusal_that_was_given() -> None:
    given = Refused("a-code", say("why"))
    with pytest.raises(FrozenInstanceError):
        given.code = "another"  # type: ignore[misc]
