"""A case with a past: played over the rules alone, put on the record step by step, and taken up by an engine."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from contracts import names
from contracts.commands.every import OPENS
from contracts.commands.opening import CaseOpening
from contracts.policy import loader
from contracts.settling import EventDraft, Proposal
from tests.desks import PureDesk
from tests.engine import DECIDERS, Clock, WorkflowDesk, resumption
from tests.fakes import FakeRecord
from tests.waiting import PATIENCE
from tests.workflows.conftest import Open
from workflows.procedure.case import State
from workflows.procedure.step import Step
from workflows.shell import Ledger

S = TypeVar("S", bound=State)

Played = Callable[[PureDesk[Any]], Awaitable[object]]
"""What people did before the test begins."""


class Past(PureDesk[S]):
    """Writes every step of its case on the record; what the case owes is carried at once."""

    record: FakeRecord

    def _take(self, step: Step[S]) -> None:
        super()._take(step)
        events = tuple(
            EventDraft(type=e.type, version=e.version, payload=e.plain(), private=e.personal())
            for e in step.events
        )
        if events:
            place = len(self.record.steps.get(self.case_id, []))
            proposal = Proposal(events=events, signer=step.signer, at=self.now)
            self.record.stand(self.case_id, proposal, f"past.{place}")
        if self.current.owed:
            self.carry()


@dataclass
class TakenUp:
    """A case that an engine has taken up from its record."""

    desk: WorkflowDesk[Any]
    record: FakeRecord
    blank: State

    def said(self, event: str, field: str = "", value: str = "") -> int:
        """How often its record says this, and of the field that."""
        found = self.record.of(event, self.desk.case_id)
        return sum(not field or one.payload[field] == value for one in found)

    async def believes_its_record(self) -> None:
        """It stands where its record stands, or where that stood some steps ago: never between two steps."""
        before, ledger, state = None, await self.ledger(), await self.desk.case()
        while before != ledger:
            before, state, ledger = ledger, await self.desk.case(), await self.ledger()
        folded, steps = self.blank, self.record.steps[self.desk.case_id]
        for step in steps:
            if step.until <= ledger.sequence:
                folded = self.desk.decider.folding.step(folded, step)
        assert ledger.sequence in {step.until for step in steps}
        assert state == folded, "the case believes what does not stand there"

    async def ledger(self) -> Ledger:
        """How far it knows its record."""
        return await self.desk.handle.query(names.LEDGER_QUERY, result_type=Ledger)


async def taken_up(
    opening: CaseOpening, played: Played, began: datetime, clock: Clock, open_case: Open, record: FakeRecord
) -> TakenUp:
    """The case on an engine, on the day and in the state to which its people brought it."""
    past: Past[Any] = Past(DECIDERS[OPENS[opening.act]], loader.released(opening.policy), began)
    past.record = record
    past.open(opening)
    await played(past)
    await clock.begin(past.now)
    resumed = resumption(opening)
    case = TakenUp(await open_case(resumed), record, past.decider.blank(resumed))
    async with asyncio.timeout(PATIENCE):
        while (await case.ledger()).sequence < record.steps[case.desk.case_id][-1].until:
            await asyncio.sleep(0.02)
    return case
