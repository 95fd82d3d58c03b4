"""A record and a way to other cases, for tests of workflows: they answer as the real ones, and fail when told to."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from temporalio import activity

from contracts import names
from contracts.base import NO_DIGEST
from contracts.canonical import digest_of
from contracts.refusals import RefusalCode
from contracts.saying import say
from contracts.settling import (
    CarryRequest,
    Proposal,
    RecordedEvent,
    RecordedStep,
    Refusal,
    Settled,
    SettleRequest,
)


@dataclass
class FakeRecord:
    """Keeps steps per case, whole or not at all, and answers what stands at a place."""

    steps: dict[str, list[RecordedStep]] = field(default_factory=dict)
    local: list[SettleRequest] = field(default_factory=list)
    """What was asked within a workflow task."""
    ordinary: list[SettleRequest] = field(default_factory=list)
    """What was asked as an ordinary activity."""
    fail_local: int = 0
    """So many local tries fail before anything is recorded."""
    fail_ordinary: int = 0
    lose_answers: int = 0
    """So many steps are recorded whose answer is lost: the worker was killed in between."""
    slow_local: float = 0
    """Seconds that a local try takes."""
    gate: asyncio.Event = field(default_factory=lambda: _open_gate())
    """Ordinary tries wait for it."""
    cut: int = 0
    """So many answers come in part: the last event of a step is missing."""
    double: int = 0
    """So many answers say each step twice."""
    say_again: int = 0
    """So many times it says "again" and has nothing new."""
    _index: int = 0

    @activity.defn(name=names.SETTLE_ACTIVITY)
    async def settle(self, request: SettleRequest) -> Settled:
        """What came of the proposal."""
        if activity.info().is_local:
            self.local.append(request)
            await asyncio.sleep(self.slow_local)
            self._fail("fail_local")
        else:
            self.ordinary.append(request)
            await self.gate.wait()
            self._fail("fail_ordinary")
        return self._said(self._settle(request))

    def _said(self, settled: Settled) -> Settled:
        """The answer as it reaches the workflow."""
        steps = settled.steps
        if steps and self.cut:
            self.cut -= 1
            steps = tuple(step.model_copy(update={"events": step.events[:-1]}) for step in steps)
        if steps and self.double:
            self.double -= 1
            steps = tuple(step for one in steps for step in (one, one))
        return settled.model_copy(update={"steps": steps})

    def _settle(self, request: SettleRequest) -> Settled:
        proposal, standing = request.proposal, self._after(request)
        if proposal is None:
            return Settled(steps=standing, again=True)
        if not _proven(request, proposal):
            said = Refusal(code=RefusalCode.CLAIM_INVALID, said=say("unproven"))
            return Settled(refused=said)
        if proposal.refused is not None or not proposal.events:
            return Settled(refused=proposal.refused, wake_at=proposal.wake_at)
        if self.say_again:
            self.say_again -= 1
            return Settled(again=True)
        if standing:
            return Settled(steps=standing, again=True)
        step = self._append(request, proposal)
        self._fail("lose_answers")
        return Settled(steps=(step,), wake_at=proposal.wake_at)

    def stand(
        self, case_id: str, proposal: Proposal, command_id: str, body_digest: str | None = None
    ) -> None:
        """Another's step comes to the record behind the workflow's back."""
        tip = self._tip(case_id)
        place = {"sequence": tip.until, "previous": tip.digest} if tip else {"sequence": 0}
        request = {
            "kind": "k",
            "case_id": case_id,
            "parent": "b1",
            "district": "d01",
            "policy": "p",
            "act": "a",
        }
        asked = SettleRequest.model_validate(
            {
                "previous": NO_DIGEST,
                **request,
                **place,
                "command_id": command_id,
                "content_digest": body_digest,
            }
        )
        self._append(asked, proposal)

    def events(self, case_id: str | None = None) -> list[RecordedEvent]:
        """Every event, in the order of each case's record."""
        kept = self.steps.items()
        return [event for case, steps in kept if case_id in {None, case} for s in steps for event in s.events]

    def of(self, event_type: str, case_id: str | None = None) -> list[RecordedEvent]:
        """Events of one type."""
        return [event for event in self.events(case_id) if event.type == event_type]

    def _after(self, request: SettleRequest) -> tuple[RecordedStep, ...]:
        return tuple(s for s in self.steps.get(request.case_id, []) if s.until > request.sequence)

    def _append(self, request: SettleRequest, proposal: Proposal) -> RecordedStep:
        tip = self._tip(request.case_id)
        at, previous = (tip.until, tip.digest) if tip else (0, NO_DIGEST)
        assert (at, previous) == (request.sequence, request.previous), "a step that does not chain on"
        events = tuple(
            RecordedEvent(actor=proposal.signer, **event.model_dump(exclude={"owners"}))
            for event in proposal.events
        )
        self._index += len(events)
        step = RecordedStep(
            command_id=request.command_id,
            body_digest=request.content_digest,
            events=events,
            until=at + len(events),
            index=self._index - 1,
            digest=digest_of({"previous": previous, "events": [e.model_dump(mode="json") for e in events]}),
        )
        self.steps.setdefault(request.case_id, []).append(step)
        return step

    def _tip(self, case_id: str) -> RecordedStep | None:
        return next(iter(self.steps.get(case_id, [])[-1:]), None)

    def _fail(self, count: str) -> None:
        left = getattr(self, count)
        if left:
            setattr(self, count, left - 1)
            raise ConnectionError("the record is away")


@dataclass
class FakeCases:
    """Remembers what a case had carried."""

    carried: list[CarryRequest] = field(default_factory=list)
    fail: int = 0
    """So many tries fail."""
    lose_answers: int = 0
    """So many tries carry, and nobody hears of it."""
    deliver: Callable[[CarryRequest], Awaitable[None]] | None = None
    """Carries to those whom it concerns; without it they are left to the test."""
    gate: asyncio.Event = field(default_factory=lambda: _open_gate())
    """Carrying waits for it."""

    @activity.defn(name=names.CARRY_ACTIVITY)
    async def carry(self, request: CarryRequest) -> None:
        """Remember."""
        await self.gate.wait()
        if self.fail:
            self.fail -= 1
            raise ConnectionError("the engine is away")
        if self.deliver is not None:
            await self.deliver(request)
        self.carried.append(request)
        if self.lose_answers:
            self.lose_answers -= 1
            raise ConnectionError("the engine was away")


def _open_gate() -> asyncio.Event:
    gate = asyncio.Event()
    gate.set()
    return gate


def activities(record: FakeRecord, cases: FakeCases) -> list[Callable[..., Any]]:
    """What a worker over the fakes runs."""
    return [record.settle, cases.carry]


def _proven(request: SettleRequest, proposal: Proposal) -> bool:
    """The worker's check, without the signature."""
    claim = request.claim
    if claim is None:
        own = (f"timer.{request.case_id}.", f"carried.{request.case_id}.")
        return not proposal.events or request.command_id.startswith(own)
    asked = (request.case_id, request.command_id, request.act, request.content_digest)
    return (claim.target, claim.command_id, claim.act, claim.body_digest) == asked
