"""Requests to settle, as a workflow makes them, for the tests of what the worker does with them."""

from contracts.actor import SYSTEM, Signer
from contracts.base import NO_DIGEST
from contracts.causes import Cause
from contracts.commands.base import Command
from contracts.commands.nomination import Withdraw
from contracts.events.base import Event
from contracts.events.case import CaseEnded
from contracts.events.nomination import Withdrawal, WithdrawalSigned
from contracts.settling import Proposal, SettleRequest
from contracts.vocabulary import CaseState
from services.kit.signing import SigningKey
from tests.claims import AT, OFFICER, claim, claimed
from tests.events import draft

SIGNER = Signer(account_id=OFFICER.account_id, person_id=OFFICER.person_id, role="NOMINEE")
WORDS = "甄选-canary"
WITHDRAWN: tuple[Event, ...] = (
    WithdrawalSigned(private=Withdrawal(reason=WORDS)),
    CaseEnded(state=CaseState.WITHDRAWN, cause=Cause.WITHDRAWN),
)


def withdraw(key: SigningKey, case_id: str = "c1", command_id: str = "k1", reason: str = WORDS) -> Withdraw:
    """A signed command."""
    return claimed(Withdraw(claim=claim(case_id, command_id), reason=reason), key)


def proposal(events: tuple[Event, ...] = WITHDRAWN, signer: Signer = SIGNER) -> Proposal:
    """What the rules made of it."""
    return Proposal(events=tuple(draft(event) for event in events), signer=signer, at=AT)


def request(
    command: Command | None,
    made: Proposal | None,
    *,
    case_id: str = "c1",
    sequence: int = 0,
    previous: str = NO_DIGEST,
    command_id: str = "",
) -> SettleRequest:
    """What the workflow of `case_id` asks: `command` None is what it does by itself, under `command_id`."""
    asked = command.claim if command is not None else None
    return SettleRequest(
        kind="nomination",
        case_id=case_id,
        parent="b1",
        district="d01",
        policy="2026.1",
        sequence=sequence,
        previous=previous,
        command_id=command_id or (asked.command_id if asked else f"timer.{case_id}.{sequence}"),
        act=command.act if command is not None else "wake",
        claim=asked,
        content_digest=_digest(command),
        proposal=made,
    )


def by_itself(events: tuple[Event, ...] = WITHDRAWN) -> Proposal:
    """What time brought about."""
    return proposal(events, SYSTEM)


def _digest(command: Command | None) -> str | None:
    # The workflow reckons it from what it was asked, whatever the claim says.
    return command.claimed_as(command.claim).body_digest if command is not None else None
