"""A removal over the pure rules, from lead to file up to the opinion (domain §8.4, R01 to R06)."""

import pytest

from contracts.causes import Cause
from contracts.commands.case import LoadCaseCalendar
from contracts.commands.nomination import Withdraw
from contracts.events.case import CaseEnded
from contracts.events.removal import LeadVerified, RemovalOpened
from contracts.events.review import OpinionGiven
from contracts.events.task import TaskCancelled, TaskExtended
from contracts.policy.model import CalendarYear
from contracts.vocabulary import CaseState, Stage
from tests.acting import completing, refused
from tests.asking import LEAD, asks, local, removal_opening, somebody
from tests.commission import HEARD, Commission
from tests.desks import PureDesk, RefusedError
from tests.instants import midnight_after
from workflows.kinds.removal.case import Removal
from workflows.kinds.removal.kind import DECIDER


async def test_the_lead_is_sealed_and_what_people_see_covers_it_and_its_source(
    removal: PureDesk[Removal], commission: Commission
) -> None:
    (opened,) = removal.of(RemovalOpened)
    assert LEAD.text not in str(opened.plain())
    assert (await commission.task("lead")).content_digest == opened.content_digest
    other = PureDesk(DECIDER, removal.policy, removal.now)
    opening = removal_opening()
    other.open(opening.model_copy(update={"source": "absence"}))
    assert other.current.content_digest != opened.content_digest


async def test_a_first_look_takes_two_people_and_may_find_no_case(
    removal: PureDesk[Removal], commission: Commission
) -> None:
    await commission.act("lead", "OPENED")
    await commission.act("first-look", "NO_CASE", actor=somebody("EVALUATOR", "p-one"))
    again = await completing(commission, "first-look-sign", somebody("EVALUATOR", "p-one"))
    await refused(removal, again, "same-person")
    await commission.act("first-look-sign", "CONFIRM")
    assert removal.current.state is CaseState.NO_CASE
    assert [e.cause for e in removal.of(CaseEnded)] == [Cause.FIRST_LOOK]


async def test_a_seat_has_one_open_removal_and_another_lead_is_a_duplicate(
    removal: PureDesk[Removal], commission: Commission
) -> None:
    other = PureDesk(DECIDER, removal.policy, removal.now)
    other.open(removal_opening(case_id="r2", open_removal="r1"))
    second = Commission(other)
    with pytest.raises(RefusedError, match=r"another removal .* is open"):
        await second.act("lead", "OPENED")
    await second.act("lead", "DUPLICATE", form={"of": "r1"})
    assert (other.current.state, other.current.open_tasks("first-look")) == (CaseState.MERGED, [])
    assert removal.current.open_tasks("lead"), "the other goes on"


async def test_a_duplicate_names_the_removal_that_is_open(removal: PureDesk[Removal]) -> None:
    desk = PureDesk(DECIDER, removal.policy, removal.now)
    desk.open(removal_opening(open_removal="r0"))
    commission = Commission(desk)
    for form in ({}, {"of": "r1"}, {"of": ""}, {"of": "another"}):
        with pytest.raises(RefusedError, match="form-invalid"):
            await commission.act("lead", "DUPLICATE", form=form)
    await commission.act("lead", "DUPLICATE", form={"of": "r0"})
    assert desk.current.state is CaseState.MERGED


async def test_a_lead_is_the_duplicate_of_nothing_where_no_removal_of_its_seat_is_open(
    removal: PureDesk[Removal], commission: Commission
) -> None:
    """One person opens it; that there is no case two people say (R02)."""
    with pytest.raises(RefusedError, match="duplicate of nothing"):
        await commission.act("lead", "DUPLICATE", form={"of": "r0"})
    await commission.looked("NO_CASE")
    assert removal.current.state is CaseState.NO_CASE


async def test_only_the_member_makes_the_statement(
    removal: PureDesk[Removal], commission: Commission
) -> None:
    await commission.looked()
    for wrong in (somebody("MEMBER"), somebody("EVALUATOR", "p-member")):
        await refused(removal, await completing(commission, "statement", wrong), "wrong-role")


async def test_silence_is_no_admission_and_the_lead_is_verified_as_it_stands(
    removal: PureDesk[Removal], commission: Commission
) -> None:
    await commission.looked()
    assert (await commission.task("statement")).due == midnight_after(3, 12)
    await removal.until(local("2026-03-12 23:59"))
    assert removal.current.stage is Stage.STATEMENT
    await removal.until(local("2026-03-13 00:00"))
    assert removal.current.stage is Stage.VERIFICATION
    assert [e.cause for e in removal.of(TaskCancelled)] == [Cause.NOT_STATED]


async def test_two_hold_a_hearing_and_whoever_presides_did_not_look_first(
    removal: PureDesk[Removal], commission: Commission
) -> None:
    await commission.act("lead", "OPENED")
    looked, signed = somebody("EVALUATOR", "p-looked"), somebody("EVALUATOR", "p-signed")
    await commission.act("first-look", "CASE", actor=looked)
    await commission.act("first-look-sign", "CONFIRM", actor=signed)
    await commission.act("statement", "HEARING_ASKED")
    assert [t.kind for t in removal.current.open_tasks()] == ["hearing"]
    for who in ("p-looked", "p-signed"):
        with pytest.raises(RefusedError, match="same-person"):
            await commission.act("hearing", "HEARD", form=HEARD, actor=somebody("PANEL_CHAIR", who))
    await commission.act("hearing", "HEARD", form=HEARD, actor=somebody("PANEL_CHAIR", "p-presides"))
    with pytest.raises(RefusedError, match="same-person"):
        await commission.act("hearing-sign", "CONFIRM", actor=somebody("EVALUATOR", "p-presides"))
    await commission.act("hearing-sign", "CONFIRM")
    assert len(removal.current.open_tasks("verify")) == 2


@pytest.mark.parametrize("person", ["p-registrar", "p-sent-back", "p-looked", "p-signed"])
async def test_whoever_registered_the_lead_or_looked_first_never_verifies(
    removal: PureDesk[Removal], commission: Commission, person: str
) -> None:
    await commission.act("lead", "OPENED")
    await commission.act("first-look", "NO_CASE", actor=somebody("EVALUATOR", "p-sent-back"))
    await commission.act("first-look-sign", "SEND_BACK", actor=somebody("EVALUATOR", "p-signed"))
    await commission.act("first-look", "CASE", actor=somebody("EVALUATOR", "p-looked"))
    await commission.act("first-look-sign", "CONFIRM", actor=somebody("EVALUATOR", "p-signed"))
    await commission.act("statement", "STATED", form={"text": "not so"})
    with pytest.raises(RefusedError, match="same-person"):
        await commission.act("verify", "PROVEN", signature=1, actor=somebody("INSPECTOR", person))


async def test_verifying_takes_two_people_and_may_be_extended_once(
    removal: PureDesk[Removal], commission: Commission
) -> None:
    await commission.heard()
    one = somebody("INSPECTOR", "p-one")
    await commission.act("verify", "EXTENDED", signature=1, actor=one)
    (moved,) = removal.of(TaskExtended)
    assert moved.before is not None
    assert moved.due is not None
    assert moved.due > moved.before
    with pytest.raises(RefusedError, match="extension-exhausted"):
        await commission.act("verify", "EXTENDED", signature=1, actor=one)
    await commission.act("verify", "PROVEN", signature=1, actor=one)
    with pytest.raises(RefusedError, match="same-person"):
        await commission.act("verify", "PROVEN", signature=2, actor=one)


@pytest.mark.parametrize(
    ("findings", "holds", "state"),
    [
        (("PROVEN", "UNPROVEN"), "UNPROVEN", CaseState.NO_CASE),
        (("PROVEN", "PARTLY"), "PARTLY", CaseState.VERIFYING),
        (("PROVEN", "PROVEN"), "PROVEN", CaseState.VERIFYING),
    ],
)
async def test_of_two_findings_the_milder_holds(
    removal: PureDesk[Removal],
    commission: Commission,
    findings: tuple[str, str],
    holds: str,
    state: CaseState,
) -> None:
    await commission.heard()
    await commission.verified(*findings)
    assert [e.finding for e in removal.of(LeadVerified)] == [holds]
    assert removal.current.finding == holds
    assert removal.current.state is state


async def test_a_deferred_opinion_holds_the_removal_and_is_given_again(
    removal: PureDesk[Removal], commission: Commission
) -> None:
    await commission.heard()
    await commission.verified()
    await commission.opinion("NO_OBJECTION", "DEFER")
    assert [e.opinion for e in removal.of(OpinionGiven)] == ["DEFER"]
    assert removal.current.state is CaseState.HELD
    await commission.resumed()
    await commission.opinion()
    assert removal.current.stage is Stage.PLAN


async def test_an_act_of_another_kind_of_case_is_unknown_to_a_removal(removal: PureDesk[Removal]) -> None:
    withdrawal = asks(Withdraw, somebody("MEMBER", "p-member"), "r1", reason="r")
    await refused(removal, withdrawal, "unknown-act")


async def test_a_calendar_year_reaches_a_removal_as_any_case(removal: PureDesk[Removal]) -> None:
    year = CalendarYear(year=2027, holidays=(), make_up=(), source="invented")
    await removal.send(asks(LoadCaseCalendar, somebody("ELECTION_OFFICE"), "r1", year=year))
    assert removal.current.years == (year,)
