"""Which facts can be reported at all: under an item in force, of whom the item is about; and a namesake's."""

from datetime import date

import pytest

from contracts.nominee import Fact
from contracts.policy.model import Policy
from contracts.refusals import RefusalCode
from contracts.saying import say
from contracts.vocabulary import Subject
from services.ctl.demo.roster import credit_code, resident_number
from tests.asking import NOMINEE
from tests.office import finding
from workflows.rules.identity import namesake, number_fault, reportable, unsound_fact
from workflows.rules.verdict import ALLOWED, Refused

TODAY = date(2026, 3, 2)


def fact(item: str = "NL-D01", **changes: object) -> Fact:
    """A fact of the nominee, or of the nominee's firm, but for the changes."""
    subject = str(changes.get("subject", "person"))
    (reported,) = finding(item, subject=subject)["findings"]  # type: ignore[misc, attr-defined]
    return Fact.model_validate({**reported, **changes})


def changed(policy: Policy, item: str, **fields: object) -> Policy:
    """The version with one item of its list changed."""
    rows = tuple(row.model_copy(update=fields) if row.code == item else row for row in policy.negative_list)
    return policy.model_copy(update={"negative_list": rows})


def test_a_sound_fact_of_the_person_under_an_item_in_force_can_be_reported(policy: Policy) -> None:
    assert reportable(fact(), NOMINEE, TODAY, policy) == ALLOWED


@pytest.mark.parametrize("fields", [{"on": False}, {"retired": True}, {"code": "NL-D99"}])
def test_an_item_that_is_off_or_retired_or_unknown_is_on_no_list_in_force(
    fields: dict[str, object], policy: Policy
) -> None:
    assert reportable(fact(), NOMINEE, TODAY, changed(policy, "NL-D01", **fields)) == Refused(
        RefusalCode.FORM_INVALID, say("fact-not-listed", item="NL-D01").at("item")
    )


def test_an_item_names_whom_it_is_about(policy: Policy) -> None:
    of_the_firm = fact("NL-C06", subject="enterprise")
    assert reportable(of_the_firm, NOMINEE, TODAY, policy) == Refused(
        RefusalCode.FORM_INVALID,
        say("fact-about", item="NL-C06", subjects=["person"], subject="enterprise").at("subject"),
    )


def test_what_is_wrong_with_a_number_is_told_of_the_number(policy: Policy) -> None:
    number = "11010119800101000X"
    wrong = number_fault(Subject.PERSON, number, TODAY)
    assert wrong is not None
    said = unsound_fact(fact(subject_id=number), TODAY, policy)
    assert said == say("fault", fault=wrong).at("subject_id")


def test_what_can_be_reported_is_held_against_the_person(policy: Policy) -> None:
    refused = reportable(fact(subject_id=resident_number(7)), NOMINEE, TODAY, policy)
    assert isinstance(refused, Refused)
    assert refused.code == RefusalCode.NOT_THIS_PERSON


@pytest.mark.parametrize(
    ("changes", "same"),
    [
        ({"name": NOMINEE.name}, True),
        ({"name": NOMINEE.firm}, False),
        ({"subject": "enterprise", "name": NOMINEE.firm}, True),
        ({"subject": "enterprise", "name": NOMINEE.name}, False),
        ({"subject": "enterprise", "name": "乙公司"}, True),
        ({"subject": "enterprise", "name": ""}, False),
    ],
)
def test_a_namesake_has_the_name_of_the_person_or_of_a_firm_of_the_person(
    changes: dict[str, object], same: bool
) -> None:
    firm = {"name": "乙公司", "credit_code": credit_code(8), "part": "other"}
    nominee = type(NOMINEE).model_validate(NOMINEE.model_dump() | {"firms": [firm]})
    assert namesake(fact(**changes), nominee) is same


@pytest.mark.parametrize(
    ("subject", "number", "sound"),
    [
        (Subject.PERSON, resident_number(7), True),
        (Subject.PERSON, credit_code(7), False),
        (Subject.ENTERPRISE, credit_code(7), True),
        (Subject.ENTERPRISE, resident_number(7), False),
    ],
)
def test_each_kind_of_subject_has_its_own_number(subject: Subject, number: str, sound: bool) -> None:
    assert (number_fault(subject, number, TODAY) is None) is sound
