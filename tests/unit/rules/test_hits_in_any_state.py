"""A negative fact may arrive in any state: it is ruled on beside the stage, which cannot finish meanwhile (§8.1)."""

import pytest

from contracts.claim import Owing
from contracts.commands.case import ReportFact
from contracts.commands.nomination import EnterFirm
from contracts.events.review import CaseGraded, HitFound
from contracts.nominee import Fact, Firm
from contracts.vocabulary import CaseState, FirmPart, Grade, Stage
from services.ctl.demo.roster import credit_code, resident_number
from tests.acting import completing, refused
from tests.asking import NOMINEE, asks, local, somebody
from tests.desks import PureDesk
from tests.office import INSPECTION, Office, finding
from workflows.kinds.nomination.case import Nomination

Work = PureDesk[Nomination]
OFFICER = somebody("DISC_OFFICER", "p-informed")


def reported(item: str = "NL-D01", source: str = "tax", **changes: object) -> dict[str, object]:
    """What somebody reports of the nominee beside every task."""
    (fact,) = finding(item, **changes)["findings"]  # type: ignore[arg-type, misc, attr-defined]
    return {"fact": Fact.model_validate(fact), "source": source}


async def cleared(office: Office) -> None:
    """The nominee is heard on the one open hit, and two people clear it."""
    await office.act("explain", "EXPLAINED", form={"text": "paid"})
    await office.act("confirm-fact", "CLEARED")
    await office.act("confirm-fact-sign", "CONFIRM")


async def test_a_later_stage_goes_on_beside_a_hit_and_cannot_finish(desk: Work, office: Office) -> None:
    await office.screened()
    await office.replies()
    await office.graded()
    await office.asks(ReportFact, OFFICER, **reported())
    assert (desk.current.state, desk.current.stage) == (CaseState.RULING, Stage.INSPECTION)
    await office.act("inspect", "SUITABLE", signature=1, form=INSPECTION)
    last = await completing(
        office, "inspect", office.actor("INSPECTOR", signature=2), outcome="SUITABLE", form=INSPECTION
    )
    await refused(desk, last, "ruling-open")
    await cleared(office)
    await office.act("inspect", "SUITABLE", signature=2, form=INSPECTION)
    assert desk.current.stage is Stage.INTEGRITY


async def test_a_hit_on_notice_keeps_the_notice_from_closing(desk: Work, office: Office) -> None:
    await office.posted()
    await office.asks(ReportFact, OFFICER, **reported())
    assert desk.current.state is CaseState.RULING
    await desk.until(local("2026-03-31 00:00"))
    assert not desk.current.open_tasks("close-notice")


async def test_a_hit_before_the_consultation_does_not_keep_the_case_from_it(
    desk: Work, office: Office
) -> None:
    await office.asks(ReportFact, OFFICER, **reported())
    await office.screened()
    assert (desk.current.state, desk.current.stage) == (CaseState.RULING, Stage.CONSULTATION)


@pytest.mark.parametrize(
    ("actor", "fields", "code"),
    [
        (somebody("INSPECTOR"), {}, "wrong-role"),
        (OFFICER, {"subject_id": resident_number(7)}, "not-this-person"),
        (OFFICER, {"subject": "enterprise", "subject_id": credit_code(7)}, "not-this-firm"),
        (OFFICER, {"item": "NL-X01"}, "form-invalid"),
    ],
)
async def test_a_report_from_any_source_passes_the_same_checks(
    actor: object, fields: dict[str, object], code: str, desk: Work, office: Office
) -> None:
    asked = asks(ReportFact, actor, "c1", **reported(**fields))  # type: ignore[arg-type]
    await refused(desk, asked, code)


async def test_a_firms_fact_binds_through_every_firm_that_was_entered(desk: Work, office: Office) -> None:
    await office.screened()
    firm = Firm(name="虚构甲公司", credit_code=credit_code(7), part=FirmPart.ACTUAL_CONTROLLER)
    fact = reported("NL-E02", "court", subject="enterprise", subject_id=firm.credit_code)
    await refused(desk, asks(ReportFact, OFFICER, "c1", **fact), "not-this-firm")
    await office.asks(EnterFirm, office.actor("NOMINEE"), firm=firm)
    await office.asks(ReportFact, OFFICER, **fact)
    assert len(desk.of(HitFound)) == 1


async def test_a_firm_with_a_wrong_check_digit_or_entered_twice_is_refused(
    desk: Work, office: Office
) -> None:
    who = office.actor("NOMINEE")
    for code in ("0" * 18, NOMINEE.credit_code):
        firm = Firm(name="虚构甲公司", credit_code=code, part=FirmPart.OTHER)
        await refused(desk, asks(EnterFirm, who, "c1", firm=firm), "form-invalid")


async def test_a_minor_ruling_after_grading_caps_the_grade_again(desk: Work, office: Office) -> None:
    await office.screened()
    await office.replies()
    await office.graded(900)
    until = desk.current.valid_until
    assert desk.current.grade is Grade.A
    await office.asks(ReportFact, OFFICER, **reported("NL-E06", "market", subject="enterprise"))
    await office.act("explain", "NOTHING_TO_ADD")
    await desk.until(local("2026-03-04 10:00"))
    await office.act("panel-chair", "MINOR")
    await office.act("panel-vote", "MINOR", signature=2)
    await office.act("panel-vote", "CLEARED", signature=3)
    assert desk.current.grade is Grade.B
    assert desk.current.valid_until == until, "the evaluation is as old as it was"
    assert len(desk.of(CaseGraded)) == 2


async def test_a_fact_about_a_case_that_ended_otherwise_is_refused(desk: Work, office: Office) -> None:
    await office.withdraw()
    await refused(desk, asks(ReportFact, OFFICER, "c1", **reported()), "case-ended")


async def test_another_case_reports_a_fact_without_a_role(desk: Work, office: Office) -> None:
    asked = asks(ReportFact, somebody("NOBODY"), "c1", **reported())
    await refused(desk, asked, "wrong-role")
    owed = asked.claim.model_copy(update={"owed_by": Owing(case_id="s1", number=1)})
    await desk.send(asked.model_copy(update={"claim": owed}))
    assert len(desk.of(HitFound)) == 1


async def test_the_same_fact_from_the_same_source_again_changes_nothing(desk: Work, office: Office) -> None:
    await office.asks(ReportFact, OFFICER, **reported())
    before = len(desk.events)
    await office.asks(ReportFact, OFFICER, **reported(fetched_on="2026-03-01", text="as issued again"))
    assert len(desk.events) == before
