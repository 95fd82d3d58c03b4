"""Separation of duty looks at every act and at every role that a natural person held while the batch ran (B15)."""

from datetime import datetime

import pytest

from contracts.actor import Actor, Grant, Held, Ties
from contracts.commands.case import ClaimTask
from contracts.commands.nomination import RegisterReport
from contracts.matter import ReportContent
from contracts.nominee import firm_digest
from tests.acting import completing, refused
from tests.asking import NOMINEE, asks, local, somebody
from tests.desks import PureDesk
from tests.office import Office, finding

CONTENT = ReportContent(text="说法")


async def noticed(office: Office, registrar: Actor) -> None:
    """A report has been registered by this person."""
    await office.posted()
    await office.asks(RegisterReport, registrar, signed=True, channel="letter", content=CONTENT)


def handler(person: str) -> Actor:
    return somebody("REPORT_HANDLER", person)


@pytest.mark.parametrize("role", ["NOTICE_OFFICER", "REPORT_HANDLER"])
async def test_whoever_registered_a_report_does_not_check_it(
    desk: PureDesk, office: Office, role: str
) -> None:
    await noticed(office, somebody(role, "p-registrar"))
    asked = await completing(office, "check-report", handler("p-registrar"), reason="r")
    await refused(desk, asked, "separation-of-duty")
    await desk.send(await completing(office, "check-report", handler("p-fresh"), reason="r"))


async def test_whoever_recommended_the_person_does_not_check_a_report(desk: PureDesk, office: Office) -> None:
    await noticed(office, somebody("NOTICE_OFFICER", "p-registrar"))
    asked = await completing(office, "check-report", handler("p-nominator"), reason="r")
    await refused(desk, asked, "separation-of-duty")


async def test_whoever_checked_one_report_may_check_the_next(desk: PureDesk, office: Office) -> None:
    await noticed(office, somebody("NOTICE_OFFICER", "p-registrar"))
    await office.act("check-report", "UNTRUE", actor=handler("p-checks"))
    await office.asks(
        RegisterReport,
        somebody("NOTICE_OFFICER", "p-registrar"),
        signed=True,
        channel="letter",
        content=CONTENT,
    )
    await office.act("check-report", "UNTRUE", actor=handler("p-checks"))


def once(role: str, until: datetime, now: str, person: str = "p-once") -> Actor:
    """Somebody who holds one role now and held another until an instant."""
    ties = (Ties(person_id=person, held=(Held(role=role, until=until),)),)
    return Actor(account_id=f"a{person}", person_id=person, grants=(Grant(role=now),), ties=ties)


@pytest.mark.parametrize(("before", "now"), [("DISC_OFFICER", "PANEL_CHAIR"), ("DISC_HEAD", "PANEL_CHAIR")])
async def test_a_role_held_while_the_batch_ran_counts_in_the_whole_batch(
    desk: PureDesk, office: Office, before: str, now: str
) -> None:
    await office.screened()
    await office.reply("tax", "ISSUE", finding("NL-D01"))
    await office.act("explain", "NOTHING_TO_ADD")
    await office.act("confirm-fact", "VETO")
    meanwhile = once(before, local("2026-03-02 12:00"), now)
    await refused(desk, await completing(office, "confirm-fact-sign", meanwhile), "separation-of-duty")
    long_ago = once(before, local("2026-02-01 12:00"), now, "p-long-ago")
    await desk.send(await completing(office, "confirm-fact-sign", long_ago))


@pytest.mark.parametrize(
    ("before", "now", "task"),
    [
        ("NOTICE_OFFICER", "DISC_OFFICER", "opinion-draft"),
        ("NOMINATOR", "DISC_OFFICER", "opinion-draft"),
        ("PANEL_MEMBER", "DISC_OFFICER", "opinion-draft"),
    ],
)
async def test_and_it_counts_the_other_way_round(
    desk: PureDesk, office: Office, before: str, now: str, task: str
) -> None:
    await office.to_integrity()
    meanwhile = once(before, local("2026-03-02 12:00"), now)
    await refused(desk, await completing(office, task, meanwhile), "separation-of-duty")


async def test_a_department_that_is_the_discipline_body_answers_its_own_letter(
    desk: PureDesk, office: Office
) -> None:
    await office.screened()
    unit = desk.policy.departments[0].code
    person = Actor(
        account_id="a-d",
        person_id="p-d",
        grants=(
            Grant(role="DEPT_OFFICER", unit=unit),
            Grant(role="DISC_OFFICER"),
        ),
    )
    await desk.send(await completing(office, "reply", person, unit))


async def test_a_colleague_of_the_recommender_does_not_screen(desk: PureDesk, office: Office) -> None:
    colleague = Actor(
        account_id="a-c",
        person_id="p-colleague",
        grants=(Grant(role="SCREENER"), Grant(role="NOMINATOR", unit="chamber-1", district="d01")),
    )
    await refused(desk, await completing(office, "screen", colleague), "recommender")
    stranger = colleague.model_copy(
        update={"grants": (Grant(role="SCREENER"), Grant(role="NOMINATOR", unit="chamber-2", district="d01"))}
    )
    await desk.send(await completing(office, "screen", stranger))


@pytest.mark.parametrize(
    "ties",
    [
        {"firms": (firm_digest(NOMINEE.credit_code),)},
        {"nominated_by": ("chamber-1",)},
    ],
    ids=["same firm", "same nominator"],
)
async def test_a_conflict_that_follows_of_itself_is_no_less_one(
    desk: PureDesk, office: Office, ties: dict[str, tuple[str, ...]]
) -> None:
    tied = Ties(person_id="p-tied", **ties)
    screener = somebody("SCREENER", "p-tied").model_copy(update={"ties": (tied,)})
    await refused(desk, await completing(office, "screen", screener), "conflict-of-interest")
    claimed = asks(ClaimTask, screener, task_id=(await office.task("screen")).id)
    await refused(desk, claimed, "conflict-of-interest")


async def test_a_deputy_is_bound_by_what_binds_either_of_the_two(desk: PureDesk, office: Office) -> None:
    def deputy(person: str, principal: str) -> Actor:
        grants = (Grant(role="SECOND_CHECKER", deputy_for=principal),)
        return Actor(account_id=f"a-{person}", person_id=person, grants=grants)

    await office.act("screen", "PASS", actor=somebody("SCREENER", "p-first"))
    asked = await completing(office, "screen-sign", deputy("p-deputy", "p-first"))
    await refused(desk, asked, "same-person")
    asked = await completing(office, "screen-sign", deputy("p-first", "p-second"))
    await refused(desk, asked, "same-person")
    asked = await completing(office, "screen-sign", deputy("p-deputy", "p-nominee"))
    await refused(desk, asked, "conflict-of-interest")
    await office.act("screen-sign", "CONFIRM", actor=deputy("p-deputy", "p-second"))
    signed = desk.current.acted("screen-sign")[0]
    assert (signed.signer, signed.signed_for) == ("p-deputy", "p-second"), "every act says for whom"


async def test_what_somebody_had_claimed_their_deputy_does_meanwhile(desk: PureDesk, office: Office) -> None:
    task = await office.task("screen")
    await desk.send(asks(ClaimTask, somebody("SCREENER", "p-absent"), task_id=task.id))
    await refused(
        desk, await completing(office, "screen", somebody("SCREENER", "p-else")), "claimed-by-other"
    )
    grants = (Grant(role="SCREENER", deputy_for="p-absent"),)
    deputy = Actor(account_id="a-d", person_id="p-deputy", grants=grants)
    await desk.send(await completing(office, "screen", deputy))
