"""An enquiry: two people find out whether an entry or a fact means the person; pure."""

from datetime import date
from typing import Any

import pytest

from contracts.commands.case import ReportFact
from contracts.commands.enquiry import OpenEnquiry
from contracts.commands.screening import SettleDoubt
from contracts.errand import Start, Tell
from contracts.events.task import TaskOpened
from contracts.inquired import EnquirySource, Inquired
from contracts.nominee import Fact
from contracts.policy import loader
from contracts.policy.model import Policy
from contracts.vocabulary import CaseState
from tests.asking import asks, local, somebody
from tests.desks import PureDesk, RefusedError
from tests.invented import nominee
from tests.office import Office, People
from workflows.kinds.enquiry.case import Enquiry
from workflows.kinds.enquiry.kind import DECIDER

NUMBER = nominee().id_number
MASKED = NUMBER[:6] + "*" * 8 + NUMBER[14:]
FACT = Fact(
    item="NL-E01",
    subject="person",
    subject_id=MASKED,
    name=nominee().name,
    liable=True,
    anchor=date(2025, 6, 1),
    issuer="某某法院",
    document_no="（2025）执1号",
    fetched_on=date(2026, 3, 1),
    text="有履行能力而拒不履行",
)
SAME = {"subject_id": NUMBER, "confirmed_by": "法函1号"}


def opened(
    policy: Policy, source: EnquirySource = "masked", doubt: int = 7, **fact: Any
) -> PureDesk[Enquiry]:
    desk = PureDesk(DECIDER, policy, local("2026-03-02 10:00"))
    desk.open(
        asks(
            OpenEnquiry,
            somebody("SCREENER", "p-asker"),
            "q1",
            parent="s1" if doubt else "c1",
            district="d01",
            policy=policy.version,
            policy_digest=loader.digest(policy.version),
            source=source,
            doubt=doubt,
            about_kind="nomination",
            about_case="c1",
            person_id="p-nominee",
            matter=Inquired(fact=FACT.model_copy(update=fact), source="court"),
        )
    )
    return desk


async def both(desk: PureDesk[Enquiry], outcome: str, form: dict[str, object]) -> None:
    people = People(desk)
    await people.act("look", outcome, form=form, actor=somebody("SCREENER", "p-1"))
    await people.act("look-sign", "CONFIRM", actor=somebody("SECOND_CHECKER", "p-2"))


def told(desk: PureDesk[Enquiry]) -> list[Any]:
    return [errand.command for errand in desk.current.owed if isinstance(errand, Tell)]


async def test_a_masked_number_that_means_the_person_is_told_under_the_whole_number(policy: Policy) -> None:
    desk = opened(policy)
    await both(desk, "THIS_PERSON", dict(SAME))
    report, settled = told(desk)
    assert isinstance(report, ReportFact)
    assert (report.fact.subject_id, report.source) == (NUMBER, "court")
    assert isinstance(settled, SettleDoubt)
    assert (settled.doubt, settled.means_person) == (7, True)
    assert (desk.current.state, desk.current.filed) == (CaseState.MEANT, True)


async def test_what_means_somebody_else_is_told_to_nobody_and_set_aside(policy: Policy) -> None:
    desk = opened(policy)
    await both(desk, "OTHER_PERSON", {"days": 90})
    (settled,) = told(desk)
    assert isinstance(settled, SettleDoubt)
    assert (settled.means_person, settled.days) == (False, 90)
    assert (desk.current.state, desk.current.filed) == (CaseState.NOT_MEANT, True)


async def test_a_doubted_match_was_told_already(policy: Policy) -> None:
    desk = opened(policy, "doubted", subject_id=NUMBER)
    await both(desk, "THIS_PERSON", dict(SAME))
    assert [type(word) for word in told(desk)] == [SettleDoubt]


async def test_an_unmatched_fact_comes_back_to_its_case_only_under_a_confirmed_number(policy: Policy) -> None:
    desk = opened(policy, "unmatched", doubt=0, subject_id=nominee(2).id_number, unmatched=True)
    await both(desk, "THIS_PERSON", dict(SAME))
    (report,) = told(desk)
    assert isinstance(report, ReportFact)
    assert (report.fact.subject_id, report.fact.unmatched) == (NUMBER, False)


@pytest.mark.parametrize(
    ("outcome", "form"),
    [
        ("THIS_PERSON", {}),
        ("THIS_PERSON", {**SAME, "subject_id": NUMBER[:17] + ("1" if NUMBER[17] != "1" else "2")}),
        ("THIS_PERSON", {**SAME, "subject_id": nominee(2).id_number}),
        ("THIS_PERSON", {**SAME, "subject_id": nominee().credit_code}),
        ("THIS_PERSON", {**SAME, "confirmed_by": ""}),
        ("OTHER_PERSON", {"days": 0}),
        ("OTHER_PERSON", {}),
    ],
)
async def test_an_answer_names_a_number_that_can_be_meant_or_a_term(
    policy: Policy, outcome: str, form: dict[str, object]
) -> None:
    with pytest.raises(RefusedError, match="form-invalid"):
        await People(opened(policy)).act("look", outcome, form=form, actor=somebody("SCREENER", "p-1"))


async def test_one_person_does_not_sign_twice_and_the_second_may_send_back(policy: Policy) -> None:
    desk = opened(policy)
    people = People(desk)
    await people.act("look", "OTHER_PERSON", form={"days": 9}, actor=somebody("SCREENER", "p-1"))
    with pytest.raises(RefusedError, match="same-person"):
        await people.act("look-sign", "CONFIRM", actor=somebody("SECOND_CHECKER", "p-1"))
    await people.act("look-sign", "SEND_BACK", actor=somebody("SECOND_CHECKER", "p-2"))
    assert [task.kind for task in desk.of(TaskOpened) if isinstance(task, TaskOpened)] == [
        "look",
        "look-sign",
        "look",
    ]
    assert told(desk) == []


async def test_silence_says_nothing_of_anybody(policy: Policy) -> None:
    desk = opened(policy)
    await desk.until(local("2026-09-01 10:00"))
    assert told(desk) == []
    assert desk.current.state is CaseState.ENQUIRING


async def test_whoever_it_is_about_does_not_look(policy: Policy) -> None:
    with pytest.raises(RefusedError):
        await People(opened(policy)).act(
            "look", "OTHER_PERSON", form={"days": 9}, actor=somebody("SCREENER", "p-nominee")
        )


async def test_a_fact_under_another_number_begins_an_enquiry_at_the_desk(office: Office) -> None:
    await office.screened()
    other = nominee(2).id_number
    finding = {**FACT.model_dump(mode="json"), "item": "NL-D01", "subject_id": other, "unmatched": True}
    await office.reply("tax", "ISSUE", {"findings": [finding]})
    starts = [errand for errand in (await office.desk.case()).owed if isinstance(errand, Start)]
    (enquiry,) = [opening for start in starts for opening in start.openings]
    assert isinstance(enquiry, OpenEnquiry)
    assert (enquiry.source, enquiry.doubt, enquiry.about_case, enquiry.person_id) == (
        "unmatched",
        0,
        "c1",
        "p-nominee",
    )
    assert (enquiry.matter.source, enquiry.matter.fact.subject_id) == ("tax", other)
