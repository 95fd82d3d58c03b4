"""The life of a case as its record would tell it, and the signatures on which an ending must always stand."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from contracts.commands.base import Accepted, Command
from contracts.events.base import Event
from contracts.events.nomination import CaseReopened
from contracts.policy.model import Policy
from contracts.settling import RecordedStep
from contracts.vocabulary import CaseState, TaskState
from tests.desks import recorded
from tests.models.grounds import gated, grounded
from tests.models.sheet import Sheet
from tests.models.worlds import BEGIN, World, deciding
from workflows.kinds.nomination.case import Nomination
from workflows.procedure.case import Case
from workflows.procedure.step import Step
from workflows.rules.verdict import Refused
from workflows.shell import Ledger, Shell

PAIRS: dict[CaseState, tuple[tuple[str, str], ...]] = {
    CaseState.ELECTED: (
        ("screen", "screen-sign"),
        ("score", "score-sign"),
        ("opinion-head", "opinion-leader"),
        ("inspect", "inspect"),
        ("propose-department", "propose-party-group"),
    ),
    CaseState.REMOVED: (
        ("first-look", "first-look-sign"),
        ("removal-opinion-head", "removal-opinion-leader"),
    ),
    CaseState.NO_CASE: (("first-look", "first-look-sign"),),
}
"""By ending the signatures of two different people without which it never comes."""
ALONE: dict[CaseState, tuple[str, ...]] = {
    CaseState.ELECTED: (
        "declare",
        "reread-decision",
        "decide",
        "post-notice",
        "close-notice",
        "recheck",
        "count",
    ),
    CaseState.REMOVED: ("lead", "plan"),
}
"""By ending the acts without which it never comes."""
DECIDES_KEPT = ("vote", "plan", "removal-opinion-leader", "removal-opinion-head", "urgent-decision", "ratify")
VETO_PAIRS = (("confirm-fact", "confirm-fact-sign"), ("panel-chair", "panel-vote"))


@dataclass
class Life:
    """A case, the steps that stand on its record, and the ledger by which a repeat is known."""

    world: World
    opening: Any
    state: Any = None
    now: datetime = BEGIN
    steps: list[RecordedStep] = field(default_factory=list)
    answers: dict[str, tuple[Command, Accepted]] = field(default_factory=dict)

    @property
    def policy(self) -> Policy:
        """The version that decides the case now."""
        return deciding(self.state)

    def begin(self) -> None:
        """Open it."""
        self.state = self.world.decider.blank(self.opening)
        self.shell = Shell(self.state, self.world.name, Ledger())
        step = self.world.decider.begin(self.state, self.opening, self.policy, self.now)
        assert not isinstance(step, Refused)
        self.sheet = Sheet(step.state.person_id)
        self._record(step, self.opening)

    def ask(self, command: Command) -> Refused | None:
        """Decide twice, as after a lost answer, and record once."""
        first, again = (
            self.world.decider.decide(self.state, command, self.policy, self.now) for _ in range(2)
        )
        if isinstance(first, Refused):
            assert first == again
            return first
        assert not isinstance(again, Refused)
        assert first.events == again.events, "the same state and the same question gave two answers"
        self._record(first, command)
        return None

    def repeat(self, command_id: str) -> None:
        """The same command again is answered as before, and nothing happens.

        Of one that changed nothing no record tells: after a crash it is asked as if for the first time.
        """
        command, accepted = self.answers[command_id]
        if self.shell.knows(command_id):
            assert self.shell.repeated(command) == accepted
            return
        assert command_id not in {step.command_id for step in self.steps}, (
            "the record knows it, the case does not"
        )
        self.ask(command)

    def crash(self) -> None:
        """Everything that was in memory is gone: the case is folded again from its record."""
        state, shell = self.world.decider.blank(self.opening), None
        shell = Shell(state, self.world.name, Ledger())
        for step in self.steps:
            state = self.world.decider.folding.step(state, step)
            shell.take(step)
        assert state == self.state, "the record gives another state"
        assert shell.sequence == self.shell.sequence
        self.state, self.shell = state, shell

    def wake(self) -> bool:
        """Let the next instant come; False when nothing waits for time."""
        due = self.next_instant
        if due is None:
            return False
        self.now = max(self.now, due)
        step = self.world.decider.wake(self.state, self.policy, self.now)
        assert step.events, f"the agenda names {due} and nothing fires"
        self._record(step, None)
        due = self.next_instant
        if due is None or due > self.now:
            again = self.world.decider.wake(self.state, self.policy, self.now)
            assert not again.events, "the same timer twice brings something twice"
        return True

    @property
    def next_instant(self) -> datetime | None:
        """When something happens by itself."""
        due: datetime | None = self.world.decider.next_instant(self.state, self.policy, self.now)
        return due

    def _record(self, step: Step[Any], command: Command | None) -> None:
        before = self.state
        if step.events:
            key = command.command_id if command else f"timer.{len(self.steps)}"
            stands = recorded(step, key, until=self.shell.sequence + len(step.events))
            if command:
                stands = stands.model_copy(update={"body_digest": command.body_digest})
            assert self.world.decider.folding.step(before, stands) == step.state
            self.steps.append(stands)
            self.shell.take(stands)
            self.state = step.state
            self.sheet.note(step.events, step.signer, self.state)
            never(before, step.events, self.state)
            if isinstance(self.state, Nomination):
                gated(before, step.events, self.state, self.now)
                if self.state.state is not before.state:
                    grounded(self.state, self.policy, self.now)
        if command:
            self.answers[command.command_id] = (
                command,
                self.shell.repeated(command) or self.shell.unchanged(command),
            )
        while self.state.owed:
            self._record(
                self.world.decider.carried(self.state, self.state.owed[0], self.policy, self.now), None
            )


def never(before: Case, events: tuple[Event, ...], after: Case) -> None:
    """What no step may do."""
    reopened = any(isinstance(event, CaseReopened) for event in events)
    if before.ended and not reopened:
        assert after.state is before.state, f"{before.state} became {after.state}"
    if after.state is not before.state:
        _signed(after)


def _signed(case: Case) -> None:
    """An ending stands on the signatures that it needs, of different people."""
    shared = getattr(case, "shared", None) is not None
    for first, second in PAIRS.get(case.state, ()):
        if shared and first == "score":
            continue  # Another case of the person was scored: its evaluation gave the grade here.
        ones, others = _signers(case, first), _signers(case, second)
        assert ones, f"{case.state} without {first}"
        assert len(ones | others) > 1, f"{case.state} with {first} and {second} by one person"
    for kind in ALONE.get(case.state, ()):
        assert _signers(case, kind), f"{case.state} without {kind}"
    kept_out = {doubt.person for doubt in case.doubts if doubt.bars and doubt.settled}
    for kind in (*ALONE.get(case.state, ()), *(one for pair in PAIRS.get(case.state, ()) for one in pair)):
        assert not _signers(case, kind) & kept_out - {case.person_id}, f"{case.state} rests on a conflict"
    if case.state is CaseState.VETOED and not getattr(case, "reopened", None):
        assert any(len(_signers(case, a) | _signers(case, b)) > 1 for a, b in VETO_PAIRS), "a veto by one"
        asked = [task for task in case.tasks.values() if task.kind == "explain"]
        assert asked, "a veto without a hearing"
        assert all(task.state is not TaskState.OPEN for task in asked), "a veto before the hearing was over"
    if case.state is CaseState.KEPT:
        assert any(_signers(case, kind) for kind in DECIDES_KEPT), "kept, and nobody decided it"
    if case.state is CaseState.REMOVED:
        assert any(task.kind == "statement" for task in case.tasks.values()), "removed unheard"
        assert len(_signers(case, "verify")) > 1, "verified by one"


def _signers(case: Case, kind: str) -> frozenset[str]:
    return frozenset(person for task in case.acted(kind) for person in task.signers)
