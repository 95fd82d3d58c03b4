"""The whole procedure over the pure rules: every branch of a nomination, no engine."""

import pytest

from contracts.events.case import CaseEnded, CaseHeld
from contracts.events.review import CaseGraded, FactDismissed, OpinionGiven
from contracts.events.task import RungReached, TaskOpened
from contracts.vocabulary import CaseState, Grade, Ruling, Rung, Stage
from tests.office import INSPECTION, Office, PureDesk, RefusedError, finding, local


async def ready(office: Office, desk: PureDesk) -> None:
    """Take a case to the end of its public notice."""
    await office.posted()
    assert desk.current.window is not None
    await desk.until(desk.current.window[1])
    await office.act("close-notice", "NO_REPORT")


async def elected(office: Office, desk: PureDesk) -> None:
    """Call the election and count a pass."""
    await office.election(local("2026-04-20 09:00"))
    await desk.until(local("2026-04-15 00:00"))
    await office.act("recheck", "CONFIRMED")
    await desk.until(local("2026-04-20 09:00"))
    await office.act("count", "ELECTED", form={"members": 131, "present": 100, "votes_for": 66})


async def test_a_clean_case_goes_from_roster_to_file(desk: PureDesk, office: Office) -> None:
    await ready(office, desk)
    assert desk.current.state is CaseState.READY
    await elected(office, desk)
    assert desk.current.state is CaseState.ELECTED
    await office.act("serve", "SERVED")
    await office.act("file", "FILED")
    assert desk.current.filed
    assert not desk.current.open_tasks()


async def test_fourteen_departments_are_asked_at_once_and_two_people_sign(
    desk: PureDesk, office: Office
) -> None:
    await office.screened()
    assert len(desk.current.open_tasks("reply")) == 14
    await office.replies("tax")
    assert desk.current.stage is Stage.CONSULTATION
    await office.act("reply", "NO_ISSUE", unit="tax")
    assert desk.current.stage is Stage.CONSULTATION, "one signature is not a reply"
    await office.act("reply-sign", "CONFIRM", unit="tax")
    assert desk.current.stage is Stage.GRADING
    assert len(desk.of(TaskOpened)) == 2 + 1 + 28 + 1


async def test_a_hard_veto_needs_explanation_and_two_people(desk: PureDesk, office: Office) -> None:
    await office.screened()
    await office.reply("tax", "ISSUE", finding("NL-D01"))
    assert desk.current.state is CaseState.RULING
    assert not desk.current.open_tasks("confirm-fact"), "the nominee is heard first"
    await office.act("explain", "EXPLAINED", form={"text": "paid"})
    await office.act("confirm-fact", "VETO")
    assert not desk.current.ended, "one person is not enough"
    await office.act("confirm-fact-sign", "CONFIRM")
    assert desk.current.state is CaseState.VETOED
    assert [t.kind for t in desk.current.open_tasks()] == ["serve"]


async def test_an_explanation_that_never_comes_leads_to_the_ruling_not_to_a_veto(
    desk: PureDesk, office: Office
) -> None:
    await office.screened()
    await office.reply("tax", "ISSUE", finding("NL-D01"))
    await desk.until(local("2026-03-10 00:00"))
    assert not desk.current.open_tasks("explain")
    assert desk.current.open_tasks("confirm-fact")
    assert desk.current.state is CaseState.RULING


async def test_an_explanation_after_its_deadline_is_refused_at_the_act(
    desk: PureDesk, office: Office
) -> None:
    await office.screened()
    await office.reply("tax", "ISSUE", finding("NL-D01"))
    desk.now = local("2026-03-10 00:00")  # the timer has not fired yet
    with pytest.raises(RefusedError, match="past-deadline"):
        await office.act("explain", "EXPLAINED", form={"text": "late"})


async def test_a_cleared_hit_lets_the_case_go_on(desk: PureDesk, office: Office) -> None:
    await office.screened()
    await office.reply("tax", "ISSUE", finding("NL-D01"))
    await office.replies("tax")
    assert desk.current.stage is Stage.CONSULTATION, "an open hit holds grading up"
    await office.act("explain", "EXPLAINED", form={"text": "a namesake"})
    await office.act("confirm-fact", "CLEARED")
    await office.act("confirm-fact-sign", "CONFIRM")
    assert desk.current.stage is Stage.GRADING
    assert desk.current.hits[0].ruling is Ruling.CLEARED


async def test_a_second_signer_may_send_a_ruling_back(desk: PureDesk, office: Office) -> None:
    await office.screened()
    await office.reply("tax", "ISSUE", finding("NL-D01"))
    await office.act("explain", "EXPLAINED", form={"text": "a namesake"})
    await office.act("confirm-fact", "VETO")
    await office.act("confirm-fact-sign", "SEND_BACK")
    await office.act("confirm-fact", "CLEARED")
    await office.act("confirm-fact-sign", "CONFIRM")
    assert desk.current.hits[0].ruling is Ruling.CLEARED


async def panel(office: Office, *votes: str) -> None:
    """The chair and two members vote."""
    await office.act("panel-chair", votes[0])
    await office.act("panel-vote", votes[1], signature=2)
    await office.act("panel-vote", votes[2], signature=3)


async def test_a_panel_vetoes_by_majority(desk: PureDesk, office: Office) -> None:
    await office.screened()
    await office.reply("market", "ISSUE", finding("NL-E06", subject="enterprise"))
    await office.act("explain", "NOTHING_TO_ADD")
    await panel(office, "MINOR", "VETO", "VETO")
    assert desk.current.state is CaseState.VETOED


async def test_a_panel_without_majority_votes_again_and_minor_caps_the_grade(
    desk: PureDesk, office: Office
) -> None:
    await office.screened()
    await office.reply("market", "ISSUE", finding("NL-E06", subject="enterprise"))
    await office.replies("market")
    await office.act("explain", "NOTHING_TO_ADD")
    await panel(office, "MINOR", "VETO", "CLEARED")
    assert desk.current.state is CaseState.RULING
    await panel(office, "MINOR", "MINOR", "CLEARED")
    await office.graded(900)
    assert desk.current.grade is Grade.B


async def test_a_pause_item_holds_the_case_and_lapses_at_the_re_check(desk: PureDesk, office: Office) -> None:
    await office.screened()
    await office.reply("police", "ISSUE", finding("NL-C03"))
    await office.act("explain", "NOTHING_TO_ADD")
    await office.act("confirm-pause", "PAUSE")
    await office.act("confirm-pause-sign", "CONFIRM")
    assert desk.current.state is CaseState.HELD
    await office.election(local("2026-04-20 09:00"))
    await desk.until(local("2026-04-15 00:00"))
    assert desk.current.state is CaseState.LAPSED


async def test_a_pause_that_ends_lets_the_case_go_on_and_gives_the_days_back(
    desk: PureDesk, office: Office
) -> None:
    await office.screened()
    before = (await office.task("reply", "tax")).due
    await office.reply("police", "ISSUE", finding("NL-C03"))
    await office.act("explain", "NOTHING_TO_ADD")
    await office.act("confirm-pause", "PAUSE")
    await office.act("confirm-pause-sign", "CONFIRM")
    await desk.until(local("2026-03-05 10:00"))
    await office.act("resume", "RESUMED")
    after = (await office.task("reply", "tax")).due
    assert before is not None
    assert after is not None
    assert after > before
    await office.replies("police")
    assert desk.current.stage is Stage.GRADING


async def test_a_fact_beyond_its_look_back_is_dismissed(desk: PureDesk, office: Office) -> None:
    await office.screened()
    await office.reply("market", "ISSUE", finding("NL-E06", anchor="2023-03-02", subject="enterprise"))
    assert len(desk.of(FactDismissed)) == 1
    assert desk.current.state is CaseState.CONSULTING


async def test_a_return_is_repaired_at_most_twice(desk: PureDesk, office: Office) -> None:
    for _ in range(2):
        await office.act("screen", "RETURN")
        await office.act("screen-sign", "CONFIRM")
        stale = (await office.task("repair")).content_digest
        await office.act("repair", "REPAIRED", form={"phone": "000-1111", "position": "董事长"})
    assert desk.current.content_digest == (await office.task("screen")).content_digest
    assert stale is not None
    with pytest.raises(RefusedError, match="outcome-not-allowed"):
        await office.act("screen", "RETURN")


async def test_a_refused_declaration_renounces(desk: PureDesk, office: Office) -> None:
    await office.act("screen", "PASS")
    await office.act("screen-sign", "CONFIRM")
    await office.act("declare", "REFUSED")
    assert desk.current.state is CaseState.RENOUNCED


async def test_a_silent_nominee_renounces_on_the_fifth_day_after_the_term(
    desk: PureDesk, office: Office
) -> None:
    await office.act("screen", "PASS")
    await office.act("screen-sign", "CONFIRM")
    await desk.until(local("2026-03-16 23:59"))
    assert desk.current.state is CaseState.AWAITING_CONSENT
    await desk.until(local("2026-03-17 00:00"))
    assert desk.current.state is CaseState.RENOUNCED
    assert desk.of(CaseEnded)[0].model_dump()["cause"] == "declaration-not-answered"


@pytest.mark.parametrize(
    ("outcome", "state"), [("INELIGIBLE", CaseState.INELIGIBLE), ("DUPLICATE", CaseState.MERGED)]
)
async def test_screening_ends_a_case(desk: PureDesk, office: Office, outcome: str, state: CaseState) -> None:
    await office.act("screen", outcome)
    await office.act("screen-sign", "CONFIRM")
    assert desk.current.state is state


async def test_screening_sent_back_is_done_again(desk: PureDesk, office: Office) -> None:
    await office.act("screen", "INELIGIBLE")
    await office.act("screen-sign", "SEND_BACK")
    await office.act("screen", "PASS")
    await office.act("screen-sign", "CONFIRM")
    assert desk.current.stage is Stage.DECLARATION


async def test_grade_c_ends_the_case(desk: PureDesk, office: Office) -> None:
    await office.screened()
    await office.replies()
    await office.graded(699)
    assert desk.current.state is CaseState.REJECTED
    assert desk.of(CaseGraded)[0].model_dump()["grade"] is Grade.C


async def test_scores_beyond_the_maximum_are_refused(desk: PureDesk, office: Office) -> None:
    await office.screened()
    await office.replies()
    form = office.scores()
    form["integrity_index"] = 1001
    with pytest.raises(RefusedError, match="form-invalid"):
        await office.act("score", "SCORED", form=form)


@pytest.mark.parametrize(
    ("outcomes", "stage"),
    [
        (("SUITABLE", "RECHECK"), Stage.INSPECTION),
        (("UNSUITABLE", "RECHECK"), Stage.INSPECTION),
        (("SUITABLE", "SUITABLE"), Stage.INTEGRITY),
    ],
)
async def test_inspection_takes_both_signatures(
    desk: PureDesk, office: Office, outcomes: tuple[str, str], stage: Stage
) -> None:
    await office.screened()
    await office.replies()
    await office.graded()
    for signature, outcome in enumerate(outcomes, start=1):
        await office.act("inspect", outcome, signature=signature, form=INSPECTION)
    assert desk.current.stage is stage
    assert desk.current.ended == ("UNSUITABLE" in outcomes)


async def to_integrity(office: Office) -> None:
    """Take a case to ST08."""
    await office.screened()
    await office.replies()
    await office.graded()
    await office.inspected()


@pytest.mark.parametrize(
    ("head", "leader", "opinion"),
    [
        ("NO_OBJECTION", "DEFER", "DEFER"),
        ("DEFER", "NO_OBJECTION", "DEFER"),
        ("REMINDER", "NO_OBJECTION", "REMINDER"),
        ("NEGATIVE", "DEFER", "NEGATIVE"),
    ],
)
async def test_of_two_opinions_the_stricter_holds(
    desk: PureDesk, office: Office, head: str, leader: str, opinion: str
) -> None:
    await to_integrity(office)
    await office.opinion(head, leader)
    assert desk.of(OpinionGiven)[0].model_dump()["opinion"] == opinion
    expected = {"DEFER": CaseState.HELD, "REMINDER": CaseState.DECIDING, "NEGATIVE": CaseState.REJECTED}
    assert desk.current.state is expected[opinion]


async def test_a_deferred_opinion_is_given_again_after_the_hold(desk: PureDesk, office: Office) -> None:
    await to_integrity(office)
    await office.opinion("DEFER", "NO_OBJECTION")
    await office.act("resume", "RESUMED")
    await office.opinion()
    assert desk.current.stage is Stage.PROPOSAL


async def test_a_hold_can_lapse_the_case(desk: PureDesk, office: Office) -> None:
    await to_integrity(office)
    await office.opinion("DEFER", "DEFER")
    await office.act("resume", "LAPSED")
    assert desk.current.state is CaseState.LAPSED


async def to_proposal(office: Office) -> None:
    """Take a case to ST09."""
    await to_integrity(office)
    await office.opinion()


@pytest.mark.parametrize(
    ("department", "party", "stage", "ended"),
    [
        ("PROPOSE", "PROPOSE", Stage.DECISION, False),
        ("PROPOSE", "RETURN", Stage.INSPECTION, False),
        ("REJECT", "RETURN", Stage.PROPOSAL, True),
    ],
)
async def test_both_bodies_must_propose(
    desk: PureDesk, office: Office, department: str, party: str, stage: Stage, ended: bool
) -> None:
    await to_proposal(office)
    await office.act("propose-department", department)
    await office.act("propose-party-group", party)
    assert desk.current.stage is stage
    assert desk.current.ended is ended


async def to_decision(office: Office) -> None:
    """Take a case to ST10."""
    await to_proposal(office)
    await office.act("propose-department", "PROPOSE")
    await office.act("propose-party-group", "PROPOSE")


async def test_a_deferred_decision_is_held_and_taken_again(desk: PureDesk, office: Office) -> None:
    await to_decision(office)
    await office.act("decide", "DEFERRED", form={"meeting_on": "2026-03-02", "minutes_digest": "0" * 64})
    assert desk.current.state is CaseState.HELD
    await office.act("resume", "RESUMED")
    await office.act("decide", "REJECTED", form={"meeting_on": "2026-03-03", "minutes_digest": "0" * 64})
    assert desk.current.state is CaseState.REJECTED


async def on_notice(office: Office) -> None:
    """Take a case into its public notice."""
    await to_proposal(office)
    await office.approved()
    await office.act("post-notice", "POSTED")


@pytest.mark.parametrize(
    ("ending", "state"),
    [
        ("UNTRUE", CaseState.ON_NOTICE),
        ("MINOR", CaseState.ON_NOTICE),
        ("SERIOUS", CaseState.REJECTED),
        ("UNPROVEN", CaseState.HELD),
    ],
)
async def test_a_report_has_four_endings(
    desk: PureDesk, office: Office, ending: str, state: CaseState
) -> None:
    await on_notice(office)
    await office.report()
    assert desk.current.state is CaseState.CHECKING_REPORT
    await office.act("check-report", ending)
    assert desk.current.state is state


async def test_an_unproven_report_is_checked_again_after_the_hold(desk: PureDesk, office: Office) -> None:
    await on_notice(office)
    await office.report()
    await office.act("check-report", "UNPROVEN")
    await office.act("resume", "RESUMED")
    await office.act("check-report", "UNTRUE")
    assert desk.current.state is CaseState.ON_NOTICE


async def test_a_notice_with_an_unanswered_report_cannot_be_closed(desk: PureDesk, office: Office) -> None:
    await on_notice(office)
    assert desk.current.window is not None
    await desk.until(desk.current.window[1])
    task = await office.task("close-notice")
    await office.report()
    assert task.id not in {t.id for t in desk.current.open_tasks()}
    await office.act("check-report", "UNTRUE")
    with pytest.raises(RefusedError, match="count-disagrees"):
        await office.act("close-notice", "NO_REPORT")
    await office.act("close-notice", "REPORTED")
    assert desk.current.state is CaseState.READY


async def test_the_notice_cannot_be_closed_before_its_window_ends(desk: PureDesk, office: Office) -> None:
    await on_notice(office)
    assert desk.current.window is not None
    await desk.until(local("2026-03-09 23:59"))
    assert not desk.current.open_tasks("close-notice")
    await desk.until(local("2026-03-10 00:00"))
    assert desk.current.open_tasks("close-notice")


async def test_a_report_outside_the_notice_is_refused(desk: PureDesk, office: Office) -> None:
    with pytest.raises(RefusedError, match="report-outside-notice"):
        await office.report()


async def test_a_new_hit_at_the_re_check_is_ruled_on_before_the_ballot(
    desk: PureDesk, office: Office
) -> None:
    await ready(office, desk)
    await office.election(local("2026-04-20 09:00"))
    await desk.until(local("2026-04-15 00:00"))
    await office.act("recheck", "NEW_HIT", form=finding("NL-D01"))
    assert desk.current.state is CaseState.RULING
    await office.act("explain", "EXPLAINED", form={"text": "paid"})
    await office.act("confirm-fact", "CLEARED")
    await office.act("confirm-fact-sign", "CONFIRM")
    await office.act("recheck", "CONFIRMED")
    assert desk.current.stage is Stage.ELECTION


@pytest.mark.parametrize(
    ("present", "votes", "outcome"),
    [(88, 66, "ELECTED"), (88, 65, "NOT_ELECTED"), (87, 87, "NOT_HELD")],
)
async def test_the_count_must_agree_with_its_figures(
    desk: PureDesk, office: Office, present: int, votes: int, outcome: str
) -> None:
    await ready(office, desk)
    await office.election(local("2026-04-20 09:00"))
    await desk.until(local("2026-04-15 00:00"))
    await office.act("recheck", "CONFIRMED")
    await desk.until(local("2026-04-20 09:00"))
    figures: dict[str, object] = {"members": 131, "present": present, "votes_for": votes}
    wrong = "NOT_HELD" if outcome != "NOT_HELD" else "ELECTED"
    with pytest.raises(RefusedError, match="count-disagrees"):
        await office.act("count", wrong, form=figures)
    await office.act("count", outcome, form=figures)
    assert desk.current.state.value == {"NOT_HELD": "READY"}.get(outcome, outcome)
    assert bool(desk.current.open_tasks("recheck")) is False, "a vote that was not held waits for a new date"


async def test_withdrawal_ends_the_case_at_once_and_cancels_open_tasks(
    desk: PureDesk, office: Office
) -> None:
    await office.screened()
    await office.withdraw()
    assert desk.current.state is CaseState.WITHDRAWN
    with pytest.raises(RefusedError, match="case-ended"):
        await office.withdraw()


async def test_withdrawal_on_the_ballot_is_too_late(desk: PureDesk, office: Office) -> None:
    await ready(office, desk)
    await office.election(local("2026-04-20 09:00"))
    await desk.until(local("2026-04-15 00:00"))
    await office.act("recheck", "CONFIRMED")
    with pytest.raises(RefusedError, match="withdrawal-too-late"):
        await office.withdraw()


async def test_one_extension_is_granted_and_the_second_refused(desk: PureDesk, office: Office) -> None:
    await office.screened()
    await office.act("reply", "EXTENDED", unit="tax")
    assert (await office.task("reply", "tax")).due == local("2026-03-24 00:00")
    with pytest.raises(RefusedError, match="extension-exhausted"):
        await office.act("reply", "EXTENDED", unit="tax")


async def test_the_ladder_of_a_silent_department_is_seen_once_per_rung(
    desk: PureDesk, office: Office
) -> None:
    await office.screened()
    await office.replies("police")
    await desk.until(local("2026-03-23 09:00"))
    rungs = [e for e in desk.of(RungReached) if isinstance(e, RungReached) and e.unit == "police"]
    assert [r.rung for r in rungs] == [Rung.BLUE, Rung.YELLOW, Rung.RED, Rung.CONFERENCE]
    assert [r.planned for r in rungs] == [
        local("2026-03-11 09:00"),
        local("2026-03-17 09:00"),
        local("2026-03-19 09:00"),
        local("2026-03-23 09:00"),
    ]
    with pytest.raises(RefusedError, match="key-source"):
        await office.act("conference", "CLOSED_NO_REPLY")
    await office.act("conference", "EXTENDED")
    await desk.until(local("2026-03-30 23:59"))
    assert desk.current.state is CaseState.CONSULTING
    await desk.until(local("2026-03-31 00:00"))
    assert desk.current.state is CaseState.HELD
    assert len(desk.of(CaseHeld)) == 1
    await desk.until(local("2026-04-20 10:00"))  # on hold the clock of the others stands, and nothing spins
    assert len([e for e in desk.of(RungReached) if isinstance(e, RungReached) and e.unit == "police"]) == 5
    await office.reply("police")
    assert desk.current.stage is Stage.GRADING, "the answer ends the hold"


async def test_a_department_closed_in_writing_caps_the_grade_at_b(desk: PureDesk, office: Office) -> None:
    await office.screened()
    await office.replies("finance")
    await desk.until(local("2026-03-23 09:00"))
    await office.act("conference", "CLOSED_NO_REPLY")
    await office.graded(900)
    assert desk.current.grade is Grade.B
