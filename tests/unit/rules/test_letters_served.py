"""A letter that mail did not bring is served by hand, and no term runs against whoever was never served (§8.8.15)."""

from typing import Any

import pytest

from contracts.actor import LETTER_KEEPER
from contracts.causes import Cause
from contracts.commands.letters import LetterDelivered, LetterUndelivered
from contracts.commands.nomination import Withdraw
from contracts.events.letters import LetterServed, LetterUnserved
from contracts.events.task import RungReached, TaskCancelled
from contracts.vocabulary import CaseState
from tests.acting import completing, refused
from tests.asking import asks, local, somebody
from tests.commission import Commission
from tests.desks import PureDesk
from tests.instants import midnight_after
from tests.office import Office, People, finding
from workflows.kinds.nomination.case import Nomination
from workflows.kinds.removal.case import Removal
from workflows.procedure.case import Task
from workflows.procedure.letters import SERVE_LETTER

Work = PureDesk[Nomination]
PAPER = "b" * 64


def proof(at: str) -> dict[str, object]:
    return {"served_at": local(at).isoformat(), "how": "household", "document_digest": PAPER}


async def undelivered(people: People[Any], asked: Task | None, letter: str = "l1", **said: Any) -> None:
    fields = {"task_id": asked.id, "led_at": asked.opened} if asked else {}
    await people.asks(LetterUndelivered, LETTER_KEEPER, letter=letter, notice="N04", **{**fields, **said})


async def asked_to_declare(office: Office) -> Task:
    await office.act("screen", "PASS")
    await office.act("screen-sign", "CONFIRM")
    return await office.task("declare")


async def test_a_letter_that_was_not_delivered_is_the_clerk_s_task_and_the_term_stands_until_it_is_served(
    desk: Work, office: Office
) -> None:
    declare = await asked_to_declare(office)
    assert declare.due == midnight_after(3, 9)
    await undelivered(office, declare)
    serving = await office.task(SERVE_LETTER)
    assert (serving.role, serving.about, serving.due) == ("CLERK", "letter:l1", midnight_after(3, 5))

    await desk.until(local("2026-03-20 10:00"))
    reached = [one for one in desk.of(RungReached) if isinstance(one, RungReached)]
    assert declare.id not in {one.task_id for one in reached}, "the nominee is urged to nothing"
    await office.act(SERVE_LETTER, "SERVED", form=proof("2026-03-18 16:00"))
    (served,) = desk.of(LetterServed)
    assert isinstance(served, LetterServed)
    assert (served.task_id, served.how, served.at) == (declare.id, "household", local("2026-03-18 16:00"))
    assert (await office.task("declare")).due == midnight_after(3, 27), "from when it was noted, in full"

    await desk.until(midnight_after(3, 27))
    assert desk.current.open_tasks("declare")
    await desk.until(local("2026-04-10 00:00"))
    assert desk.current.state is CaseState.RENOUNCED, "and then it runs as every term does"


async def test_the_person_may_answer_all_the_same_and_then_nobody_serves_the_letter(
    desk: Work, office: Office
) -> None:
    await undelivered(office, await asked_to_declare(office))
    await desk.until(local("2026-03-30 10:00"))
    await office.act("declare", "SIGNED")
    assert not desk.current.open_tasks(SERVE_LETTER)
    cancelled = [one for one in desk.of(TaskCancelled) if isinstance(one, TaskCancelled)]
    assert {one.cause for one in cancelled if one.kind == SERVE_LETTER} == {Cause.ANSWERED}


async def test_a_letter_that_reached_the_person_meanwhile_needs_nobody_and_its_term_begins(
    desk: Work, office: Office
) -> None:
    await undelivered(office, await asked_to_declare(office))
    await desk.until(local("2026-03-16 10:00"))
    read = {"letter": "l1", "at": local("2026-03-16 09:00")}
    await office.asks(LetterDelivered, LETTER_KEEPER, **read)
    assert not desk.current.open_tasks(SERVE_LETTER)
    assert (await office.task("declare")).due == midnight_after(3, 23)
    before = len(desk.events)
    await office.asks(LetterDelivered, LETTER_KEEPER, **read)
    await office.asks(LetterDelivered, LETTER_KEEPER, letter="l9", at=local("2026-03-16 09:00"))
    assert len(desk.events) == before, "what is known, or was never missed, changes nothing"


async def test_what_is_told_again_is_one_duty_and_nobody_but_the_service_tells_it(
    desk: Work, office: Office
) -> None:
    declare = await asked_to_declare(office)
    await undelivered(office, declare)
    await undelivered(office, declare)
    assert len(desk.of(LetterUnserved)) == len(desk.current.open_tasks(SERVE_LETTER)) == 1
    said = {"letter": "l2", "notice": "N04", "task_id": declare.id, "led_at": declare.opened}
    await refused(desk, asks(LetterUndelivered, somebody("CLERK"), "c1", **said), "wrong-role")
    reads = asks(LetterDelivered, somebody("NOMINEE", "p-nominee"), "c1", letter="l1", at=declare.opened)
    await refused(desk, reads, "wrong-role")


async def test_a_letter_about_what_was_answered_already_is_served_to_nobody(
    desk: Work, office: Office
) -> None:
    declare = await asked_to_declare(office)
    await office.act("declare", "SIGNED")
    await undelivered(office, declare)
    assert not desk.current.open_tasks(SERVE_LETTER)


async def test_a_term_that_ran_out_before_anybody_knew_still_leaves_the_letter_to_be_served(
    desk: Work, office: Office
) -> None:
    declare = await asked_to_declare(office)
    await desk.until(local("2026-04-10 00:00"))
    assert desk.current.state is CaseState.RENOUNCED
    await undelivered(office, declare)
    assert await office.task(SERVE_LETTER)


@pytest.mark.parametrize("at", ["2026-03-02 09:59", "2026-03-04 10:01"])
async def test_a_proof_of_service_lies_between_the_letter_and_now(
    at: str, desk: Work, office: Office
) -> None:
    await undelivered(office, await asked_to_declare(office))
    await desk.until(local("2026-03-04 10:00"))
    clerk = office.actor("CLERK")
    wrong = await completing(office, SERVE_LETTER, clerk, form=proof(at))
    await refused(desk, wrong, "form-invalid")
    bare = {name: value for name, value in proof("2026-03-04 10:00").items() if name != "document_digest"}
    await refused(desk, await completing(office, SERVE_LETTER, clerk, form=bare), "form-invalid")


async def test_the_right_to_a_re_check_waits_for_the_letter_that_grants_it(
    desk: Work, office: Office
) -> None:
    await office.act("screen", "INELIGIBLE")
    await office.act("screen-sign", "CONFIRM")
    await undelivered(office, None, led_at=desk.now)
    appeal = await office.task("appeal")
    assert desk.current.letters["l1"].task_id == appeal.id
    await desk.until(local("2026-03-30 10:00"))
    assert desk.current.open_tasks("appeal"), "the letter counts as served by no day that has passed"
    clerk = office.actor("CLERK")
    await refused(desk, await completing(office, "serve", clerk), "letter-unserved")
    await office.act(SERVE_LETTER, "SERVED", form=proof("2026-03-30 09:00"))
    await office.act("serve", "SERVED")
    assert (await office.task("appeal")).due == midnight_after(4, 7)


async def test_no_file_is_closed_over_a_letter_that_nobody_served(desk: Work, office: Office) -> None:
    await asked_to_declare(office)
    await office.act("declare", "REFUSED")
    await office.act("serve", "SERVED")
    await undelivered(office, None, led_at=desk.now)
    archivist = office.actor("ARCHIVIST")
    await refused(desk, await completing(office, "file", archivist), "letter-unserved")
    await office.act(SERVE_LETTER, "SERVED", form=proof("2026-03-02 10:00"))
    await office.act("file", "FILED")
    assert desk.current.filed
    late = asks(LetterUndelivered, LETTER_KEEPER, "c1", letter="l2", notice="N15", led_at=desk.now)
    await refused(desk, late, "case-ended")


async def test_an_end_takes_back_what_it_makes_moot_and_leaves_what_is_still_to_be_told(
    desk: Work, office: Office
) -> None:
    declare = await asked_to_declare(office)
    await undelivered(office, declare)
    await undelivered(office, None, "l2", led_at=local("2026-03-01 10:00"))
    await office.asks(Withdraw, office.actor("NOMINEE"), reason="personal")
    assert [one.about for one in desk.current.open_tasks(SERVE_LETTER)] == ["letter:l2"]


async def test_a_term_that_began_with_its_service_gets_no_days_of_a_hold_on_top(
    desk: Work, office: Office
) -> None:
    await office.screened()
    await office.reply("tax", "ISSUE", finding("NL-D01"))
    explain = await office.task("explain")
    await undelivered(office, explain)
    await office.reply("police", "ISSUE", finding("NL-C03"))
    await office.act("confirm-pause", "PAUSE", form=proof_of_state())
    await office.act("confirm-pause-sign", "CONFIRM", form=proof_of_state())
    assert desk.current.held
    await desk.until(local("2026-03-16 10:00"))
    await office.act(SERVE_LETTER, "SERVED", form=proof("2026-03-16 09:00"))
    await desk.until(local("2026-03-23 10:00"))
    await office.resumed()
    assert (await office.task("explain")).due == midnight_after(3, 23), "five days from the service"


def proof_of_state() -> dict[str, object]:
    return {"issuer": "issuer", "document_no": "no. 1", "read_on": "2026-03-02"}


async def test_a_member_who_was_not_served_is_not_silent(
    removal: PureDesk[Removal], commission: Commission
) -> None:
    await commission.act("lead", "OPENED")
    await commission.act("first-look", "CASE")
    await commission.act("first-look-sign", "CONFIRM")
    statement = await commission.task("statement")
    await undelivered(commission, statement)
    await removal.until(local("2026-04-20 10:00"))
    assert removal.current.open_tasks("statement")
    await commission.act(SERVE_LETTER, "SERVED", form=proof("2026-04-20 10:00"))
    assert (await commission.task("statement")).due == midnight_after(4, 27)
