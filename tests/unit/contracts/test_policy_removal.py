"""The removal of a sitting member says what the procedure says (domain section 8.4); look-ups over all kinds."""

import pytest

from contracts.lifecycles import ENDS
from contracts.policy.loader import released, versions
from contracts.policy.model import EVERY
from contracts.vocabulary import CaseState, Stage

POLICY = released("2026.1")
OPINIONS = ("NO_OBJECTION", "REMINDER", "DEFER", "NEGATIVE")
TASKS = {
    "lead": ("R01", "EVALUATOR", 1, ("OPENED", "DUPLICATE")),
    "first-look": ("R02", "EVALUATOR", 5, ("NO_CASE", "CASE", "RESIGNATION_PATH")),
    "first-look-sign": ("R02", "EVALUATOR", 5, ("CONFIRM", "SEND_BACK")),
    "statement": ("R04", "MEMBER", 5, ("STATED", "HEARING_ASKED")),
    "suspend-duty": ("R03", "LEADER_IN_CHARGE", 2, ("SUSPENDED", "NOT_SUSPENDED")),
    "hearing": ("R04", "PANEL_CHAIR", 5, ("HEARD",)),
    "hearing-sign": ("R04", "EVALUATOR", 5, ("CONFIRM", "SEND_BACK")),
    "verify": ("R05", "INSPECTOR", 20, ("PROVEN", "PARTLY", "UNPROVEN", "EXTENDED")),
    "removal-opinion": ("R06", "DISC_OFFICER", 5, OPINIONS),
    "removal-opinion-head": ("R06", "DISC_HEAD", 5, OPINIONS),
    "removal-opinion-leader": ("R06", "LEADER_IN_CHARGE", 5, OPINIONS),
    "persuade": ("R07", "UFWD", 5, ("RESIGNED", "REFUSED")),
    "accept-resignation": ("R07", "UFWD", 5, ("ACCEPTED", "NOT_ACCEPTED")),
    "plan-department": ("R08", "UFWD", 10, ("PROPOSE", "REJECT")),
    "plan-party-group": ("R08", "PARTY_GROUP", 10, ("PROPOSE", "REJECT")),
    "plan": ("R08", "COMMITTEE_CLERK", 10, ("APPROVED", "URGENT", "STOPPED")),
    "vote": ("R09", "ELECTION_OFFICE", None, ("REMOVED", "KEPT", "NOT_HELD")),
    "urgent-decision": ("R09", "LEADER_IN_CHARGE", 5, ("SUSPENDED", "DECIDED", "LEFT_TO_PLENARY")),
    "ratify": ("R09", "ELECTION_OFFICE", None, ("RATIFIED", "NOT_RATIFIED", "NOT_HELD")),
    "apply-review": ("R10", "MEMBER", 1, ("APPLIED", "WAIVED")),
    "apply-second-review": ("R10", "MEMBER", 1, ("APPLIED", "WAIVED")),
    "clear-name": ("R12", "CLERK", 5, ("RESTORED",)),
    "note-vacancy": ("R12", "ELECTION_OFFICE", 5, ("VACANCY_OPEN",)),
}


def test_every_task_of_a_removal_has_its_role_limit_and_outcomes() -> None:
    found = {
        task.code: (
            task.stage.value,
            task.role,
            POLICY.limits[task.limit].n if task.limit else None,
            task.outcomes,
        )
        for task in POLICY.procedures["removal"].tasks
    }
    assert found == TASKS


def test_two_verify_and_neither_of_those_who_looked_first() -> None:
    verify = POLICY.task("verify")
    assert verify.people == 2
    assert set(verify.distinct_from) == {"verify", "first-look", "first-look-sign"}
    assert (POLICY.limits["verification"].extension, POLICY.limits["verification"].extensions) == (10, 1)
    assert POLICY.task("first-look-sign").distinct_from == ("first-look",)


def test_silence_of_the_member_ends_the_wait_at_the_end_of_the_term_and_not_later() -> None:
    ladder = POLICY.ladders[POLICY.task("statement").ladder or ""]
    assert [(rung.rung, rung.offset) for rung in ladder.rungs][-1] == ("expired", 0)


def test_a_kind_of_case_is_its_own_folder_over_what_every_kind_has() -> None:
    removal = POLICY.procedure("removal")
    assert {"serve", "file", "verify"} <= {task.code for task in removal.tasks}
    assert "screen" not in {task.code for task in removal.tasks}
    assert {"minutes", "count"} <= {form.code for form in removal.forms}
    assert {letter.code for letter in removal.letters} >= {"N06", "N17", "N18", "N19", "N20", "N22", "N27"}
    assert removal.name == POLICY.procedures["removal"].name
    assert POLICY.procedure("batch").matter == POLICY.procedures[EVERY].matter
    with pytest.raises(KeyError):
        POLICY.procedure("prize")


def test_an_event_that_the_policy_does_not_know_is_an_error() -> None:
    assert [letter.code for letter, _ in POLICY.occasions("removal", "duty-suspended")] == ["N17"]
    assert POLICY.occasions("removal", "lead-verified") == ()
    for kind, event in (
        ("nomination", "duty-suspended"),
        ("removal", "case-praised"),
        ("prize", "case-ended"),
    ):
        with pytest.raises(KeyError):
            POLICY.occasions(kind, event)


@pytest.mark.parametrize("version", versions())
def test_every_end_is_kept_under_one_class(version: str) -> None:
    policy = released(version)
    short = {state for state in ENDS if policy.kept(state) == "10y"}
    nothing_came_of_it = {CaseState.REJECTED, CaseState.WITHDRAWN, CaseState.LAPSED, CaseState.NO_CASE}
    found_out = {CaseState.MEANT, CaseState.NOT_MEANT, CaseState.COMPLIED_WITH, CaseState.DECLINED}
    assert short == nothing_came_of_it | {CaseState.TURNED_DOWN, CaseState.NOT_RECOGNISED} | found_out
    assert {policy.kept(state) for state in ENDS - short} == {"permanent"}
    with pytest.raises(KeyError):
        policy.kept(CaseState.HELD)


def test_what_code_had_to_know_is_data() -> None:
    assert POLICY.self_roles == {"NOMINEE", "MEMBER"}
    assert POLICY.assigners == {"UFWD"}
    asked = {Stage.DECLARATION, Stage.CONSULTATION, Stage.RULING, Stage.REPORT_CHECK, Stage.RE_EVALUATION}
    beside = {Stage.CONFERENCE, Stage.RECUSAL, Stage.DELIVERY, Stage.SUSPENSION, Stage.PERSUASION}
    assert POLICY.stages_while_held == {Stage.HOLD, *beside, *asked}
    assert POLICY.task("inspect").people == 2
    assert POLICY.role("DISC_OFFICER").head == POLICY.role("DISC_HEAD").head == "DISC_HEAD"
    assert POLICY.role("SCREENER").head is None
