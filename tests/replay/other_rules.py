"""Rules that nobody wants: they refuse, decide otherwise, and sleep for another time. Only the fold stays as it is."""

import dataclasses
from datetime import datetime, timedelta
from typing import Any

from contracts.commands.base import Command
from contracts.commands.case import ClaimTask
from contracts.events.task import TaskReassigned
from contracts.policy.model import Policy
from contracts.refusals import RefusalCode
from contracts.saying import say
from workflows.procedure.decider import Decider
from workflows.procedure.step import Step
from workflows.rules.verdict import Refused

LATER = timedelta(seconds=7)


def otherwise(decider: Decider[Any]) -> Decider[Any]:
    """The decider, but: it reassigns where people claim, refuses a person `p-refused`, and wakes later."""

    def decide(state: Any, command: Command, policy: Policy, now: datetime) -> Step[Any] | Refused:
        if command.actor.person_id == "p-refused":
            return Refused(RefusalCode.WRONG_ROLE, say("own-only"))
        answer = decider.decide(state, command, policy, now)
        if isinstance(answer, Refused) or not isinstance(command, ClaimTask):
            return answer
        event = TaskReassigned(task_id=command.task_id, person_id=command.actor.person_id)
        return Step((event,), decider.folding.event(state, event, answer.signer), answer.signer)

    def later(state: Any, policy: Policy, now: datetime) -> datetime | None:
        instant = decider.next_instant(state, policy, now)
        return None if instant is None else instant + LATER

    return dataclasses.replace(decider, decide=decide, next_instant=later)


def refusing(decider: Decider[Any]) -> Decider[Any]:
    """The decider, but it refuses everything and never wakes."""

    def refuse(state: Any, command: Command, policy: Policy, now: datetime) -> Refused:
        return Refused(RefusalCode.UNKNOWN_ACT, say("act-not-taken", kind="nomination", act=command.act))

    return dataclasses.replace(decider, decide=refuse, next_instant=lambda state, policy, now: None)


def broken(decider: Decider[Any]) -> Decider[Any]:
    """The decider, but whatever is asked of it fails: whoever only replays asks nothing."""

    def fail(*asked: object) -> Any:
        raise AssertionError("a replay asked a rule")

    return dataclasses.replace(decider, begin=fail, decide=fail, wake=fail, next_instant=fail)
