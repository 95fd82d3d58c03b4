"""Whose fact a reported fact is: by ID number and credit code, never by name (domain §8.8.4)."""

from datetime import date

import pytest

from contracts.commands.case import ReportFact
from contracts.errand import Start
from contracts.events.review import FactUnmatched, HitFacts, HitFound
from contracts.nominee import Fact
from contracts.policy.model import Policy
from contracts.vocabulary import CaseState
from services.ctl.demo.roster import credit_code, resident_number
from tests.acting import completing, refused
from tests.asking import NOMINEE, somebody
from tests.desks import PureDesk
from tests.office import Office, finding
from workflows.rules.identity import strange
from workflows.rules.verdict import ALLOWED, Refused

TODAY = date(2026, 3, 2)
OTHER = resident_number(7)


def fact(**changes: object) -> Fact:
    """What the tax authority reports of the nominee, but for the changes."""
    subject = str(changes.get("subject", "person"))
    (reported,) = finding("NL-D01", subject=subject)["findings"]  # type: ignore[misc, attr-defined]
    return Fact.model_validate({**reported, **changes})


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"subject_id": OTHER}, "not-this-person"),
        ({"subject_id": NOMINEE.credit_code}, "form-invalid"),  # a firm's code is no person's number
        ({"subject_id": OTHER[:17] + ("0" if OTHER[17] != "0" else "1")}, "form-invalid"),
        ({"subject": "enterprise", "subject_id": credit_code(7)}, "not-this-firm"),
        ({"subject": "enterprise", "subject_id": NOMINEE.id_number}, "form-invalid"),
        ({"subject": "enterprise", "subject_id": "0" * 18}, "form-invalid"),
        ({"anchor": date(2026, 3, 3)}, "form-invalid"),
        ({"anchor": date(2206, 1, 1)}, "form-invalid"),
        ({"anchor": date(1948, 12, 31)}, "form-invalid"),
        ({"fetched_on": date(2026, 3, 3)}, "form-invalid"),
        ({"fetched_on": date(1948, 1, 1)}, "form-invalid"),
        ({"issuer": "​ "}, "form-invalid"),
        ({"document_no": " "}, "form-invalid"),
        ({"item": "NL-C01", "anchor": date(2206, 1, 1)}, "form-invalid"),  # no sentence lasts so long
    ],
)
def test_what_is_not_this_persons_or_cannot_be_is_refused(
    changes: dict[str, object], code: str, policy: Policy
) -> None:
    verdict = strange(fact(**changes), NOMINEE, TODAY, policy)
    assert isinstance(verdict, Refused)
    assert verdict.code == code


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"anchor": TODAY, "fetched_on": TODAY},
        {"anchor": date(1949, 1, 1)},
        {"subject": "enterprise"},
        {"item": "NL-C01", "anchor": date(2030, 1, 1)},  # a sentence that is still being served
    ],
)
def test_what_is_this_persons_is_taken(changes: dict[str, object], policy: Policy) -> None:
    assert strange(fact(**changes), NOMINEE, TODAY, policy) == ALLOWED


@pytest.mark.parametrize(
    ("wrong", "code"),
    [({"subject_id": OTHER}, "not-this-person"), ({"anchor": "2026-03-03"}, "form-invalid")],
)
async def test_a_department_cannot_report_anothers_fact(
    wrong: dict[str, object], code: str, desk: PureDesk, office: Office
) -> None:
    await office.screened()
    form = finding("NL-D01", **wrong)
    who = office.actor("DEPT_OFFICER", "tax")
    await refused(desk, await completing(office, "reply", who, "tax", outcome="ISSUE", form=form), code)


@pytest.mark.parametrize(("name", "namesake"), [(NOMINEE.name, True), ("测试·别人", False), ("", False)])
async def test_what_matches_nobody_goes_to_the_screening_desk_and_is_no_hit(
    name: str, namesake: bool, desk: PureDesk, office: Office
) -> None:
    await office.screened()
    await office.reply("tax", "ISSUE", finding("NL-D01", subject_id=OTHER, name=name, unmatched=True))
    assert desk.of(HitFound) == []
    (event,) = desk.of(FactUnmatched)
    assert isinstance(event, FactUnmatched)
    assert event.namesake is namesake, "the same name and another number is a warning, never a hit"
    assert desk.current.state is CaseState.CONSULTING


async def test_this_persons_fact_cannot_be_sent_away_as_unmatched(desk: PureDesk, office: Office) -> None:
    await office.screened()
    form = finding("NL-D01", unmatched=True)
    who = office.actor("DEPT_OFFICER", "tax")
    asked = await completing(office, "reply", who, "tax", outcome="ISSUE", form=form)
    await refused(desk, asked, "form-invalid")


async def test_a_hit_says_which_unit_and_which_person_reported_it(desk: PureDesk, office: Office) -> None:
    await office.screened()
    await office.reply("tax", "ISSUE", finding("NL-D01"))
    (event,) = desk.of(HitFound)
    assert isinstance(event, HitFound)
    assert event.private == HitFacts(fact=fact(), source="tax", reported_by="p-dept-officer-tax-1")


async def test_the_same_fact_of_somebody_else_is_looked_into_once(desk: PureDesk, office: Office) -> None:
    await office.screened()
    for number, begun in (("no. 1", 1), ("no. 1", 1), ("no. 2", 2)):
        anothers = fact(subject_id=OTHER, unmatched=True, document_no=number)
        await office.asks(ReportFact, somebody("DISC_OFFICER", "p-informed"), fact=anothers, source="tax")
        assert len(desk.of(FactUnmatched)) == begun
        assert len([one for one in desk.current.owed if isinstance(one, Start)]) == begun
