"""SOD-01 to SOD-12 by name: each rule refuses what it forbids. Those kept by other means say by which."""

from typing import Any

import pytest

from contracts.actor import Actor, Grant
from contracts.commands.case import ClaimTask, CompleteTask, ReportFact
from contracts.commands.every import COMMANDS
from contracts.policy.model import Policy
from tests.acting import completing, refused
from tests.asking import asks, somebody
from tests.commission import Commission
from tests.desks import PureDesk, RefusedError
from tests.office import Office, finding
from tests.unit.rules.test_hits_in_any_state import reported
from workflows.kinds.nomination.kind import NOMINATION
from workflows.kinds.removal.kind import REMOVAL
from workflows.kinds.tenure.kind import TENURE


def test_every_rule_of_the_policy_is_tested_here(policy: Policy) -> None:
    named = {name.split("_")[2] for name in globals() if name.startswith("test_sod_")}
    assert named == {rule.code.removeprefix("SOD-") for rule in policy.separation}


async def test_sod_01_the_recommender_takes_no_part(desk: PureDesk, office: Office) -> None:
    async def refuses(kind: str) -> None:
        task = (await office.desk.case()).open_tasks(kind)[0]
        asked = await completing_first(office, kind, somebody(task.role, "p-nominator"))
        await refused(desk, asked, "recommender")

    await refuses("screen")
    await office.screened()
    await office.reply("tax", "ISSUE", finding("NL-D01"))
    await office.act("explain", "NOTHING_TO_ADD")
    await refuses("confirm-fact")
    await office.act("confirm-fact", "CLEARED")
    await refuses("confirm-fact-sign")
    await office.act("confirm-fact-sign", "CONFIRM")
    await office.replies("tax")
    await refuses("score")
    await office.graded()
    await refuses("inspect")
    await office.inspected()
    await office.opinion()
    await refuses("propose-department")
    await refuses("propose-party-group")


async def test_sod_01_the_recommender_does_not_say_whose_fact_it_is(desk: PureDesk, office: Office) -> None:
    """What no department reported is compared at the desk of the screeners: that takes a hit away for good."""
    await office.asks(ReportFact, somebody("DISC_OFFICER", "p-informed"), **reported("NL-B01", "exit-entry"))
    await office.act("explain", "MISMATCH", form={"text": "another of my name"})
    for kind in ("match-desk", "match-desk-sign"):
        task = await office.task(kind)
        asked = await completing_first(office, kind, somebody(task.role, "p-nominator"))
        await refused(desk, asked, "recommender")
        await office.act(kind, task.outcomes[0])


async def completing_first(office: Office, kind: str, actor: Actor) -> Any:
    task = (await office.desk.case()).open_tasks(kind)[0]
    return asks(
        CompleteTask,
        actor,
        task_id=task.id,
        outcome=task.outcomes[0],
        reason="r",
        form={"talk_held_on": "2026-03-02", "text": "met"} if kind == "inspect" else {},
        seen=task.content_digest,
    )


CLOSING = ("serve", "serve-letter", "file", "clear-name", "note-vacancy", "vacancy")
NOT_ABOUT_THE_PERSON = ("recusal", "name-signer", "overdue")
UNDECIDED = {
    **dict.fromkeys(CLOSING, "carries out what has an end"),
    **dict.fromkeys(NOT_ABOUT_THE_PERSON, "says who acts and until when"),
    **dict.fromkeys(("resume", "resume-sign"), "lets a case go on to people who decide"),
    **dict.fromkeys(
        ("lift-pause", "lift-pause-sign"), "lets a case go on to people who read the states again"
    ),
    **dict.fromkeys(("hearing", "hearing-sign"), "writes down what the member said"),
    **dict.fromkeys(("lead", "persuade", "repair"), "lets a case go on to people who decide, or ends it"),
    **dict.fromkeys(("see-withdrawal", "see-loss", "count"), "lets the case stand as it is, or ends it"),
    **dict.fromkeys(("appeal-answer", "appeal-answer-sign"), "lets the end stand, or has others rule anew"),
    "accept-resignation": "lets the member tender it again, or ends the case",
    "suspend-duty": "nothing rests on it; the chair meeting lifts it at any time",
}
"""What nothing has to be done again for, and why."""

PAIRS = (
    ("ST02", "screen", "screen-sign"),
    ("ST04", "reply", "reply-sign"),
    ("ST05", "confirm-fact", "confirm-fact-sign"),
    ("ST08", "opinion-head", "opinion-leader"),
    ("ST08", "opinion-leader", "opinion-head"),
)


@pytest.mark.parametrize(("stage", "first", "second"), PAIRS)
async def test_sod_02_two_signatures_are_two_people(
    desk: PureDesk, office: Office, stage: str, first: str, second: str
) -> None:
    unit = "tax" if stage == "ST04" else ""
    if stage == "ST04":
        await office.screened()
    if stage == "ST05":
        await office.screened()
        await office.reply("tax", "ISSUE", finding("NL-D01"))
        await office.act("explain", "NOTHING_TO_ADD")
    if stage == "ST08":
        await office.to_integrity()
        await office.act("opinion-draft", "NO_OBJECTION")
    roles = [desk.policy.task(kind).role for kind in (first, second)]
    grants = tuple(Grant(role=role, unit=unit) for role in roles)
    both = Actor(account_id="a-both", person_id="p-both", grants=grants)
    other_login = both.model_copy(update={"account_id": "a-other-login"})
    await office.act(first, desk.policy.task(first).outcomes[0], unit=unit, actor=both)
    await refused(desk, await completing(office, second, other_login, unit, reason="r"), "same-person")
    another = both.model_copy(update={"person_id": "p-another"})
    await desk.send(await completing(office, second, another, unit, reason="r"))


async def test_sod_03_discipline_people_hold_no_other_role(desk: PureDesk, office: Office) -> None:
    await office.to_integrity()
    for role in ("NOMINATOR", "PANEL_MEMBER", "PANEL_CHAIR", "NOTICE_OFFICER"):
        grants = (Grant(role="DISC_OFFICER"), Grant(role=role))
        both = Actor(account_id="a", person_id="p-both", grants=grants)
        await refused(desk, await completing(office, "opinion-draft", both), "separation-of-duty")


async def test_sod_04_whoever_acted_checks_no_report(desk: PureDesk, office: Office) -> None:
    await office.posted()
    await office.report()
    acted = {t.signer for t in desk.current.acted()} | {hand.person for hand in desk.current.hands}
    for person in sorted((acted | {"p-nominator"}) - {"p-nominee"}):
        asked = await completing(office, "check-report", somebody("REPORT_HANDLER", person), reason="r")
        with pytest.raises(RefusedError) as caught:
            await desk.send(asked)
        assert caught.value.code in {"separation-of-duty", "same-person"}, person


async def test_sod_05_verifiers_are_not_those_of_the_first_look(
    removal: PureDesk[Any], commission: Commission
) -> None:
    await commission.heard()
    looked = {t.signer for t in removal.current.acted("first-look", "first-look-sign")}
    task = removal.current.open_tasks("verify")[0]
    for person in sorted(looked):
        asked = asks(ClaimTask, somebody(task.role, person), removal.case_id, task_id=task.id)
        await refused(removal, asked, "same-person")


async def test_sod_06_nobody_acts_on_the_own_case(desk: PureDesk, office: Office) -> None:
    asked = await completing(office, "screen", somebody("SCREENER", "p-nominee"))
    await refused(desk, asked, "conflict-of-interest")


def test_sod_07_whoever_acts_on_cases_has_somebody_above(policy: Policy) -> None:
    """The rest of it: test_recusal.py; what a recused person sees: test_api_recusal.py."""
    for role in policy.roles:
        assert bool(role.recusal_by) == (role.on_cases and role.scope != "self"), role.code
        assert role.recusal_by != role.code


@pytest.mark.parametrize("kind", [NOMINATION, REMOVAL, TENURE], ids=lambda kind: kind.name)
def test_sod_08_every_decision_can_be_asked_for_again(policy: Policy, kind: Any) -> None:
    """The rest of it: test_redoing.py. Of what is left out UNDECIDED says why."""
    own = {task.code for task in policy.procedure(kind.name).tasks if task.role not in policy.self_roles}
    assert own - UNDECIDED.keys() <= kind.again.keys()


@pytest.mark.parametrize("role", ["POLICY_ADMIN"])
async def test_sod_09_the_policy_administrator_acts_on_no_case(
    desk: PureDesk, office: Office, role: str
) -> None:
    """That a change of policy binds later batches only: a case pins its version's bytes when it is opened."""
    await refused(desk, await completing(office, "screen", somebody(role)), "wrong-role")
    about_people = [own for name, own in desk.policy.procedures.items() if name != "policy"]
    assert not [task for own in about_people for task in own.tasks if task.role == role]
    assert not [act for own in about_people for act in own.acts if role in act.roles]


@pytest.mark.parametrize("role", ["SYS_ADMIN", "SECURITY_ADMIN", "AUDITOR"])
async def test_sod_10_administrator_and_auditor_act_on_no_case(
    desk: PureDesk, office: Office, role: str
) -> None:
    """That the one reads nothing and the other everything in plain: test_api_disclosure.py."""
    await refused(desk, await completing(office, "screen", somebody(role)), "wrong-role")


def test_sod_11_nothing_can_be_asked_that_shortens_or_deletes(policy: Policy) -> None:
    """No command sets a deadline or a window: they follow from limits, and no policy has a shorter notice than five."""
    for command in COMMANDS:
        assert not {"due", "window", "deadline", "start", "end"} & command.model_fields.keys(), command
    assert policy.limits["notice"].n >= 5


def test_sod_12_nobody_is_deputised_for_longer_than_thirty_days(policy: Policy) -> None:
    """Both people's bans: test_separation_over_acts.py; dates and compatibility: test_api_bonds.py."""
    assert policy.deputy_days <= 30
    assert policy.deputisable.isdisjoint(
        policy.self_roles | {"AUDITOR", "POLICY_ADMIN", "SECURITY_ADMIN", "SYS_ADMIN"}
    )


async def test_a_signature_after_the_case_was_withdrawn_is_refused(desk: PureDesk, office: Office) -> None:
    """SC-14."""
    await office.to_integrity()
    await office.act("opinion-draft", "NO_OBJECTION")
    asked = await completing(office, "opinion-head", somebody("DISC_HEAD"))
    await office.withdraw()
    await refused(desk, asked, "case-ended")
