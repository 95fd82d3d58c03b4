"""What a policy may let people say of many at once: nothing that is adverse or judges, whatever it says."""

import pytest

from contracts.policy import loader
from contracts.policy.model import Policy
from contracts.policy.procedure_rules import ONE_BY_ONE, procedure_faults

POLICY = loader.released("2026.1")


def with_task(code: str, bundled: tuple[str, ...]) -> Policy:
    procedures = {
        name: own.model_copy(
            update={
                "tasks": tuple(
                    row.model_copy(update={"bundled": bundled}) if row.code == code else row
                    for row in own.tasks
                )
            }
        )
        for name, own in POLICY.procedures.items()
    }
    return POLICY.model_copy(update={"procedures": procedures})


@pytest.mark.parametrize(
    ("code", "bundled", "said"),
    [
        ("reply", ("ISSUE",), "ISSUE is decided one by one, never in a bundle"),
        ("decide", ("REJECTED",), "REJECTED is decided one by one, never in a bundle"),
        ("reply-sign", ("SEND_BACK",), "SEND_BACK is decided one by one, never in a bundle"),
        ("panel-vote", ("CLEARED",), "a ruling, grade, opinion or vote is given one by one"),
        ("opinion-draft", ("NO_OBJECTION",), "a ruling, grade, opinion or vote is given one by one"),
        ("inspect", ("SUITABLE",), "a ruling, grade, opinion or vote is given one by one"),
        ("vote", ("KEPT",), "a ruling, grade, opinion or vote is given one by one"),
        ("review-vote", ("UPHELD",), "a ruling, grade, opinion or vote is given one by one"),
        ("reply", ("FINE",), "there is no outcome 'FINE'"),
    ],
)
def test_a_policy_that_lets_it_is_refused(code: str, bundled: tuple[str, ...], said: str) -> None:
    assert said in [found.reason for found in procedure_faults(with_task(code, bundled))]
    assert list(procedure_faults(POLICY)) == []


def test_what_is_never_said_so_is_a_word_that_some_task_knows() -> None:
    known = {outcome for task in POLICY.tasks for outcome in task.outcomes}
    assert known >= ONE_BY_ONE
