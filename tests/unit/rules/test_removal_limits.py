"""How long each stage of a removal may take (domain §8.4), from Monday 2026-03-02 10:00: every term ends at 24:00."""

from contracts.commands.case import LoadCaseCalendar
from contracts.vocabulary import Rung, Stage
from tests.asking import local
from tests.commission import APPLICATION, Commission
from tests.desks import PureDesk
from tests.office import MINUTES
from tests.prizes import owed
from tests.tenures import year
from workflows.kinds.removal.case import Removal

ONE, THREE, FIVE = local("2026-03-04 00:00"), local("2026-03-06 00:00"), local("2026-03-10 00:00")
TEN, TWENTY = local("2026-03-17 00:00"), local("2026-03-31 00:00")
SERVED_AND_FIVE = local("2026-03-13 00:00")
"""A letter counts as served on the third working day, and the five begin with that."""


async def test_lead_look_statement_and_verification(
    removal: PureDesk[Removal], commission: Commission
) -> None:
    lead = await commission.task("lead")
    assert (lead.stage, lead.due) == (Stage.LEAD, ONE)
    await commission.act("lead", "OPENED")
    look = await commission.task("first-look")
    assert (look.stage, look.due) == (Stage.FIRST_LOOK, FIVE)
    await commission.act("first-look", "CASE")
    assert (await commission.task("first-look-sign")).due == FIVE, "both under one term"
    await commission.act("first-look-sign", "CONFIRM")
    statement = await commission.task("statement")
    assert (statement.stage, statement.due, statement.outcomes) == (
        Stage.STATEMENT,
        SERVED_AND_FIVE,
        ("STATED", "HEARING_ASKED"),
    )
    await commission.act("statement", "STATED", form={"text": "not so"})
    first, second = removal.current.open_tasks("verify")
    assert {first.due, second.due} == {TWENTY}
    await commission.act("verify", "EXTENDED", signature=1)
    assert removal.current.tasks[first.id].due == local("2026-04-15 00:00"), "ten more, over the holiday"


async def test_nobody_is_silent_before_it_is_known_when_the_letter_was_served(
    removal: PureDesk[Removal], commission: Commission
) -> None:
    removal.now = local("2026-12-29 10:00")
    await commission.looked()
    statement = await commission.task("statement")
    assert (statement.due, statement.provisional) == (None, True)
    await removal.until(local("2027-01-20 10:00"))
    assert removal.current.stage is Stage.STATEMENT
    await removal.send(owed(LoadCaseCalendar, "t1", "b1", year=year(2027)))
    assert removal.current.stage is Stage.STATEMENT, "nothing expires on the day of loading"
    await removal.until(local("2027-01-22 00:00"))
    assert removal.current.stage is Stage.VERIFICATION


async def test_a_hearing_is_held_within_the_term_of_a_statement(commission: Commission) -> None:
    await commission.looked()
    await commission.act("statement", "HEARING_ASKED")
    assert (await commission.task("hearing")).due == FIVE


async def test_opinion_plan_and_the_meetings(removal: PureDesk[Removal], commission: Commission) -> None:
    await commission.heard()
    await commission.verified()
    opinion = await commission.task("removal-opinion")
    assert (opinion.stage, opinion.due) == (Stage.REMOVAL_OPINION, FIVE)
    await commission.opinion()
    department = await commission.task("plan-department")
    assert (department.stage, department.due) == (Stage.PLAN, TEN)
    for body in ("plan-department", "plan-party-group"):
        await commission.act(body, "PROPOSE", form=MINUTES)
    assert (await commission.task("plan")).due == TEN, "the committee within the same ten"
    await commission.act("plan", "URGENT", form=MINUTES)
    assert (await commission.task("urgent-decision")).due == FIVE
    await commission.decides("LEFT_TO_PLENARY")
    assert (await commission.task("vote")).due is None, "the next meeting, whenever it is"


async def test_persuasion_service_and_the_right_to_a_review(
    removal: PureDesk[Removal], commission: Commission
) -> None:
    await commission.looked("RESIGNATION_PATH")
    persuade = await commission.task("persuade")
    assert (persuade.stage, persuade.due) == (Stage.PERSUASION, FIVE)
    await commission.act("persuade", "REFUSED")
    assert (await commission.task("statement")).due == SERVED_AND_FIVE
    await commission.act("statement", "STATED", form={"text": "not so"})
    await commission.verified()
    await commission.opinion()
    await commission.plan()
    await commission.votes("REMOVED")
    assert (await commission.task("serve")).due == THREE
    assert (await commission.task("note-vacancy")).due == FIVE
    await commission.act("serve", "SERVED")
    term = await commission.task("apply-review")
    assert term.due == local("2026-04-03 00:00"), "a month from service, by its date"
    rungs = dict(removal.current.tasks[term.id].rungs)
    assert rungs == {Rung.BLUE: local("2026-03-26 09:00"), Rung.EXPIRED: term.due}
    await commission.act("apply-review", "APPLIED", form=APPLICATION)
    assert removal.current.reviewing


async def test_the_clearing_of_a_name_takes_five_days(commission: Commission) -> None:
    await commission.heard()
    await commission.verified("UNPROVEN", "UNPROVEN")
    assert (await commission.task("clear-name")).due == FIVE
