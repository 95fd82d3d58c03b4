"""What may be asked of a nomination beside its tasks, and how it is opened."""

from datetime import date
from typing import Literal

from pydantic import Field

from contracts.base import Digest, Instant, OpaqueId
from contracts.commands.base import Command
from contracts.commands.opening import CaseOpening
from contracts.matter import Channel, Loss, ReportContent
from contracts.nominee import Firm, RosterEntry


class OpenNomination(CaseOpening):
    """The nomination workflow's input, sent by the batch only; its actor is who handed the roster in, or let it in."""

    act: Literal["open-nomination"] = "open-nomination"
    entry: RosterEntry
    nominator_id: OpaqueId
    """The natural person who recommends (SOD-01)."""
    cut_off: date
    late: bool
    election_at: Instant | None = None
    """The election, when it was called before the roster came."""


class Withdraw(Command):
    """Withdraw the nomination: the nominee, or the nominating unit with the nominee's signed paper to be confirmed."""

    act: Literal["withdraw"] = "withdraw"
    reason: str = Field(min_length=1, max_length=1000)
    document_digest: Digest | None = None


class RecordLoss(Command):
    """Record by its paper that the nominee died, lost the capacity to act, or lost the post that he represents."""

    act: Literal["record-loss"] = "record-loss"
    what: Loss
    document_digest: Digest


class RejectForQuota(Command):
    """The party committee reordered who was approved, and no place is left; sent by the batch only."""

    act: Literal["reject-for-quota"] = "reject-for-quota"
    minutes_digest: Digest


class RegisterReport(Command):
    """Register a report (举报), whenever it came. One that is unsigned and `vague` is noted and not checked."""

    act: Literal["register-report"] = "register-report"
    signed: bool
    vague: bool = False
    channel: Channel
    content: ReportContent


class EnterFirm(Command):
    """Enter a further firm of the nominee, with his part in it: a firm's fact binds through no other (§8.8.4)."""

    act: Literal["enter-firm"] = "enter-firm"
    firm: Firm


class ScheduleElection(Command):
    """Tell the case when the election is held; sent by the batch only."""

    act: Literal["schedule-election"] = "schedule-election"
    election_at: Instant
