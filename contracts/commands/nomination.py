"""What may be asked of a nomination beside its tasks, and how it is opened."""

from datetime import date
from typing import Literal

from pydantic import Field

from contracts.base import Digest, Instant, OpaqueId, unsaid
from contracts.commands.base import Command
from contracts.commands.opening import CaseOpening
from contracts.matter import Channel, DeclaredTie, Loss, Passing, Reading, Recommender, ReportContent
from contracts.names import reporter_id
from contracts.nominee import Evaluation, Firm, RosterEntry


class OpenNomination(CaseOpening):
    """The nomination workflow's input, sent by the batch only; its actor is who handed the roster in, or let it in."""

    act: Literal["open-nomination"] = "open-nomination"
    entry: RosterEntry
    batch_opened: Instant
    nominator_id: OpaqueId
    """The natural person who recommends (SOD-01)."""
    cut_off: date
    late: bool
    duplicate_of: OpaqueId | None = None
    """The earlier case of the same person in this batch, brought by another unit."""
    index: Reading | None = None
    """The nominee's integrity index, when it was on record before the roster came."""
    election_at: Instant | None = None
    """The election, when it was called before the roster came."""
    ties: tuple[DeclaredTie, ...] = ()
    """Who declared, before the roster came, that they are tied to the nominee."""
    recommended_by: tuple[Recommender, ...] = Field(default=(), exclude_if=unsaid)
    """Who recommended the same person in this batch before (SOD-01)."""


class NominatedAgain(Command):
    """Another unit nominates the same person in this batch, in the case `other`; sent by the batch only."""

    act: Literal["nominated-again"] = "nominated-again"
    other: OpaqueId
    recommended_by: tuple[Recommender, ...] = Field(default=(), exclude_if=unsaid)
    """Who recommends there: they are bound in this case as well (SOD-01)."""


class JoinNomination(Command):
    """The case `other` of the same person was merged into this one; sent by that case only."""

    act: Literal["join-nomination"] = "join-nomination"
    other: OpaqueId
    nominator_id: OpaqueId
    nominating_unit: str

    @property
    def sender(self) -> OpaqueId:
        """The case that asks."""
        return self.other


class StandAlone(Command):
    """The earlier nomination of the same person is gone; sent by that case, or by whichever took its place.

    The first of those that are left takes it, and the `others` stand behind it: they are told `behind` which one.
    """

    act: Literal["stand-alone"] = "stand-alone"
    others: tuple[OpaqueId, ...] = ()
    behind: OpaqueId | None = None
    recommended_by: tuple[Recommender, ...] = Field(default=(), exclude_if=unsaid)
    """Who recommends the person there, or did: they are bound in this case as well (SOD-01)."""


class ReportLoss(Command):
    """The nominee has lost the post or the firm for which he is nominated (domain §8.1)."""

    act: Literal["report-loss"] = "report-loss"
    loss: Loss


class KnowSister(Command):
    """The case `case_id` about the same person is under way in another batch; sent by that case only.

    Each tells the other who recommends there, and of whoever does later.
    """

    act: Literal["know-sister"] = "know-sister"
    case_id: OpaqueId
    recommended_by: tuple[Recommender, ...] = Field(default=(), exclude_if=unsaid)

    @property
    def sender(self) -> OpaqueId:
        """The case that asks."""
        return self.case_id


class ShareEvaluation(Command):
    """Another case about the same person was evaluated; sent by that case only.

    `given_by`: the case whose evaluation it uses, where that one is told what a panel ruled there.
    """

    act: Literal["share-evaluation"] = "share-evaluation"
    evaluation: Evaluation
    given_by: OpaqueId | None = Field(default=None, exclude_if=unsaid)

    @property
    def sender(self) -> OpaqueId:
        """The case that asks."""
        return self.evaluation.of


class KnowIndex(Command):
    """An integrity index of the nominee or member is on record; sent by the batch in which it was entered."""

    act: Literal["know-index"] = "know-index"
    reading: Reading


class Withdraw(Command):
    """Withdraw the nomination: the nominee, or the nominating unit with the nominee's signed paper to be confirmed."""

    act: Literal["withdraw"] = "withdraw"
    reason: str = Field(min_length=1, max_length=1000)
    document_digest: Digest | None = None


class RecordLoss(Command):
    """Record by its paper that the nominee died or lost the capacity to act."""

    act: Literal["record-loss"] = "record-loss"
    what: Passing
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

    @property
    def reporter(self) -> OpaqueId:
        """Stands for whoever signed the report, whom no person id is known of."""
        return reporter_id(self.command_id)


class EnterFirm(Command):
    """Enter a further firm of the nominee, with his part in it: a firm's fact binds through no other (§8.8.4)."""

    act: Literal["enter-firm"] = "enter-firm"
    firm: Firm


class RequestResult(Command):
    """Ask for the result of one's own evaluation: it is told by letter (N09)."""

    act: Literal["request-result"] = "request-result"


class DisputeHit(Command):
    """Say that a fact is another's after it was explained or ruled on: the person, or whoever reported it (SC-19)."""

    act: Literal["dispute-hit"] = "dispute-hit"
    hit: int = Field(ge=1)
    reason: str = Field(min_length=1, max_length=1000)


class ScheduleElection(Command):
    """Tell the case when the election is held; sent by the batch only."""

    act: Literal["schedule-election"] = "schedule-election"
    election_at: Instant
