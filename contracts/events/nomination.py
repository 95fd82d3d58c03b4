"""What happens to a nomination beside what every case and every review has."""

from datetime import date
from typing import Annotated, ClassVar, TypeAlias

from pydantic import Field

from contracts.base import Contract, Digest, Instant, OpaqueId, unsaid
from contracts.commands.case import EndFact
from contracts.commands.nomination import RejectForQuota
from contracts.events.base import Audience, Event
from contracts.matter import Loss, Reading, Recommender
from contracts.nominee import Evaluation, Nominee
from contracts.vocabulary import CaseState, Grade, Seat


class CaseOpened(Event):
    """A nomination was submitted. `nominator_id` is the natural person who recommends (SOD-01).

    `cut_off` is the day from which look-backs reckon; the batch froze it when it was opened.
    """

    type: ClassVar[str] = "case-opened"
    audience: ClassVar[Audience] = Audience.CONSULTED
    person_id: OpaqueId
    seat: Seat
    nominating_unit: str
    nominator_id: OpaqueId
    batch_opened: Instant
    cut_off: date
    late: bool
    duplicate_of: OpaqueId | None = None
    """The earlier case of the same person in this batch: this one cannot pass while that one stands."""
    firm_digests: tuple[Digest, ...]
    """Of the nominee's firms: whoever is of one too has nothing to do with the case (SOD-06)."""
    recommended_by: tuple[Recommender, ...] = Field(default=(), exclude_if=unsaid)
    """Who recommended the same person in this batch before (SOD-01)."""
    content_digest: Digest
    private: Nominee


class CaseAmended(Event):
    """The nominator repaired the dossier; whatever was seen under the old digest no longer counts."""

    type: ClassVar[str] = "case-amended"
    audience: ClassVar[Audience] = Audience.CONCERNED
    firm_digests: tuple[Digest, ...]
    content_digest: Digest
    private: Nominee


class Withdrawal(Contract):
    """Why somebody withdrew, in their words."""

    reason: str
    document_digest: Digest | None = None


class WithdrawalSigned(Event):
    """The nominee, or the nominating body for them, withdrew (any state before ST14)."""

    type: ClassVar[str] = "withdrawal-signed"
    audience: ClassVar[Audience] = Audience.CONCERNED
    acted: ClassVar[bool] = True
    private: Withdrawal


class IndexKnown(Event):
    """The nominee's integrity index is on record: scoring takes it."""

    type: ClassVar[str] = "index-known"
    private: Reading


class CutOffMoved(Event):
    """The cut-off date of look-backs moved with the close of nominations, which the calendar says."""

    type: ClassVar[str] = "cut-off-moved"
    cut_off: date


class ElectionScheduled(Event):
    """The case learned when the election is held."""

    type: ClassVar[str] = "election-scheduled"
    audience: ClassVar[Audience] = Audience.CONCERNED
    election_at: Instant


class OtherNomination(Event):
    """Another unit nominates the same person in this batch, in the case `other`."""

    type: ClassVar[str] = "other-nomination"
    other: OpaqueId
    recommended_by: tuple[Recommender, ...] = Field(default=(), exclude_if=unsaid)
    """Who recommends there (SOD-01)."""


class NominatorJoined(Event):
    """The case `other` was merged into this one: its nominator recommends here as well (SOD-01)."""

    type: ClassVar[str] = "nominator-joined"
    audience: ClassVar[Audience] = Audience.CONCERNED
    other: OpaqueId
    nominator_id: OpaqueId
    nominating_unit: str


class StandsAlone(Event):
    """The earlier nomination of the same person is gone; this one goes on by itself, or `behind` another one."""

    type: ClassVar[str] = "stands-alone"
    other: OpaqueId
    behind: OpaqueId | None = None
    recommended_by: tuple[Recommender, ...] = Field(default=(), exclude_if=unsaid)
    """Who recommends the person in other cases, or did (SOD-01)."""


class PostLost(Event):
    """The nominee has lost the post or the firm for which he is nominated: the eligibility is checked again."""

    type: ClassVar[str] = "post-lost"
    audience: ClassVar[Audience] = Audience.CONCERNED
    private: Loss


class PostSettled(Event):
    """After the loss the nominee was found eligible: the case goes on where it was."""

    type: ClassVar[str] = "post-settled"
    audience: ClassVar[Audience] = Audience.CONCERNED
    decides: ClassVar[bool] = True


class SisterKnown(Event):
    """A case about the same person is under way in another batch: the two share one evaluation.

    Said again when somebody more recommends the person there.
    """

    type: ClassVar[str] = "sister-known"
    case_id: OpaqueId
    recommended_by: tuple[Recommender, ...] = Field(default=(), exclude_if=unsaid)
    """Who recommends there (SOD-01)."""


class EvaluationShared(Event):
    """The evaluation that the case `of` gave the same person is used here while it is valid.

    `fallen`: it stands no more, nor does a grade that it gave. `given_by`: it is that of this case, which is told only
    whether a panel ruled an item minor at `of`, or does no more.
    """

    type: ClassVar[str] = "evaluation-shared"
    decides: ClassVar[bool] = True
    of: OpaqueId
    valid_until: Instant
    fallen: bool = Field(default=False, exclude_if=unsaid)
    given_by: OpaqueId | None = Field(default=None, exclude_if=unsaid)
    private: Evaluation


class AppealAnswered(Event):
    """The re-check that the person asked for was answered by two people who took no earlier part."""

    type: ClassVar[str] = "appeal-answered"
    audience: ClassVar[Audience] = Audience.CONCERNED
    decides: ClassVar[bool] = True
    outcome: str


class RightRenewed(Event):
    """What a veto rests on has ended: the person may ask for a re-check once more, until `answer_by` (domain §8.1)."""

    type: ClassVar[str] = "right-renewed"
    audience: ClassVar[Audience] = Audience.CONCERNED
    decides: ClassVar[bool] = True
    answer_by: Instant | None


class ResultRequested(Event):
    """The nominee asked for the result of the evaluation; it is what it was when they asked."""

    type: ClassVar[str] = "result-requested"
    audience: ClassVar[Audience] = Audience.CONCERNED
    grade: Grade


class CaseReopened(Event):
    """A re-check was granted: the end `before` is no end any more, and what led to it is ruled on again.

    `missed` is the election that was held before that: the case waits for the next (domain §8.1).
    """

    type: ClassVar[str] = "case-reopened"
    audience: ClassVar[Audience] = Audience.CONCERNED
    decides: ClassVar[bool] = True
    before: CaseState
    missed: Instant | None = Field(default=None, exclude_if=unsaid)
    reopened: Instant | None = Field(default=None, exclude_if=unsaid)
    """When; None where it was reopened before that was kept."""


KeptWord: TypeAlias = Annotated[EndFact | RejectForQuota, Field(discriminator="act")]
"""What counts once a re-check is granted."""


class Kept(Contract):
    """The word itself, as the case was told it."""

    word: KeptWord


class WordKept(Event):
    """The case was told this when it had ended; what follows from it follows if a re-check reopens the case."""

    type: ClassVar[str] = "word-kept"
    private: Kept


class LateReplyTaken(Event):
    """A department that had been closed has answered after all; `counts` while nothing was decided on the case."""

    type: ClassVar[str] = "late-reply-taken"
    unit: str
    counts: bool


EVENTS: tuple[type[Event], ...] = (
    CaseOpened,
    CaseAmended,
    WithdrawalSigned,
    CutOffMoved,
    ElectionScheduled,
    IndexKnown,
    OtherNomination,
    NominatorJoined,
    StandsAlone,
    PostLost,
    PostSettled,
    SisterKnown,
    EvaluationShared,
    AppealAnswered,
    RightRenewed,
    CaseReopened,
    WordKept,
    ResultRequested,
    LateReplyTaken,
)
