"""Bodies of the acts beside tasks: each says which command it asks for."""

from typing import Annotated

from pydantic import Field, StringConstraints

from contracts.base import Digest, OpaqueId
from contracts.claim import Claim
from contracts.commands.base import Command
from contracts.commands.batch import CallElection, CutQuota, LoadCalendar
from contracts.commands.case import LoadCaseCalendar, ReportFact
from contracts.commands.nomination import (
    DisputeHit,
    EnterFirm,
    RecordLoss,
    RegisterReport,
    ReportLoss,
    RequestResult,
    Withdraw,
)
from contracts.commands.removal import (
    LiftSuspension,
    ReportInvestigation,
    ReportRelease,
    Suspend,
    TenderResignation,
)
from contracts.matter import Channel, Investigation, Loss, Passing, ReportContent, Suspending
from contracts.nominee import Fact, Firm
from contracts.policy.model import CalendarYear, Text
from contracts.vocabulary import FirmPart, Subject
from services.officers.views.base import Body
from services.officers.views.texts import LINES, ONE_LINE, CreditCode, FirmName, Line, Words
from services.officers.web.days import Day, Moment, PastDay
from services.officers.web.problems import RefusedError, at

_BOTH = Text(zh="同一天不能既放假又补班", en="a day is a holiday as well")
_WEEKDAY = Text(zh="补班日须在周末", en="a make-up day falls on a weekend")


class ActBody(Body):
    """What a caller says of an act; who asks it of which case comes from elsewhere."""

    def command(self, claim: Claim) -> Command:
        """The command that is asked for. RefusedError `invalid` for what no schema can say."""
        raise NotImplementedError


class WithdrawalBody(ActBody):
    """Why the nomination is withdrawn; the nominating unit names the digest of the nominee's signed paper."""

    reason: Words
    document_digest: Digest | None = None

    def command(self, claim: Claim) -> Command:
        """Withdraw."""
        return Withdraw(claim=claim, reason=self.reason, document_digest=self.document_digest)


class PassingBody(ActBody):
    """A death or a loss of capacity, and the digest of the paper that says so."""

    what: Passing
    document_digest: Digest

    def command(self, claim: Claim) -> Command:
        """Record the loss."""
        return RecordLoss(claim=claim, what=self.what, document_digest=self.document_digest)


class QuotaBody(ActBody):
    """How many places are left, and who was approved in the committee's new order."""

    places: Annotated[int, Field(ge=0, le=10_000)]
    order: Annotated[list[OpaqueId], Field(min_length=1, max_length=10_000)]
    minutes_digest: Digest

    def command(self, claim: Claim) -> Command:
        """Cut the places."""
        order = tuple(self.order)
        return CutQuota(claim=claim, places=self.places, order=order, minutes_digest=self.minutes_digest)


class ReportBodyContent(Body):
    """A report as received. Who reported stays with the report handler."""

    text: Annotated[str, StringConstraints(min_length=1, max_length=8000), LINES]
    reporter: Annotated[str, StringConstraints(max_length=120), ONE_LINE] = ""
    reporter_contact: Annotated[str, StringConstraints(max_length=200), ONE_LINE] = ""


class ReportBody(ActBody):
    """A report (举报) to be registered, whenever it came; one that is unsigned and vague is noted and not checked."""

    signed: bool
    vague: bool = False
    channel: Channel
    content: ReportBodyContent

    def command(self, claim: Claim) -> Command:
        """Register the report."""
        content = ReportContent(**self.content.model_dump())
        return RegisterReport(
            claim=claim, signed=self.signed, vague=self.vague, channel=self.channel, content=content
        )


class LossBody(ActBody):
    """How the post or the firm was lost; the digest of a paper that says so."""

    reason: Words
    document_digest: Digest | None = None

    def command(self, claim: Claim) -> Command:
        """Report the loss."""
        loss = Loss(reason=self.reason, document_digest=self.document_digest)
        return ReportLoss(claim=claim, loss=loss)


class FactBody(ActBody):
    """A negative fact from whatever source: who issued what, when, about which number, and when it was asked for."""

    item: Annotated[str, StringConstraints(pattern=r"^NL-[A-Z][0-9]{2}(-[A-Z]+)?$", max_length=24)]
    subject: Subject
    subject_id: Annotated[str, StringConstraints(pattern=r"^[0-9A-Z]{18}$")]
    name: Annotated[str, StringConstraints(max_length=120), ONE_LINE] = ""
    liable: bool
    anchor: PastDay
    issuer: Line
    document_no: Annotated[str, StringConstraints(min_length=1, max_length=80), ONE_LINE]
    fetched_on: PastDay
    text: Annotated[str, StringConstraints(min_length=1, max_length=2000), LINES]
    unmatched: bool = False
    source: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.\-]{0,59}$")]

    def command(self, claim: Claim) -> Command:
        """Report the fact."""
        fact = Fact.model_validate(self.model_dump(exclude={"source"}))
        return ReportFact(claim=claim, fact=fact, source=self.source)


class ResultBody(ActBody):
    """Nothing more is said: one asks for the result of one's own evaluation."""

    def command(self, claim: Claim) -> Command:
        """Ask for it."""
        return RequestResult(claim=claim)


class DisputeBody(ActBody):
    """Which hit is said to be another's fact, and why."""

    hit: Annotated[int, Field(ge=1, le=100_000)]
    reason: Words

    def command(self, claim: Claim) -> Command:
        """Dispute the hit."""
        return DisputeHit(claim=claim, hit=self.hit, reason=self.reason)


class FirmBody(ActBody):
    """A further firm of the nominee, and the part that he has in it."""

    name: FirmName
    credit_code: CreditCode
    part: FirmPart

    def command(self, claim: Claim) -> Command:
        """Enter the firm."""
        return EnterFirm(claim=claim, firm=Firm(**self.model_dump()))


class SuspensionBody(ActBody):
    """Why the chair meeting suspends the member from duty, and the digest of its minutes."""

    cause: Suspending
    minutes_digest: Digest

    def command(self, claim: Claim) -> Command:
        """Suspend."""
        return Suspend(claim=claim, cause=self.cause, minutes_digest=self.minutes_digest)


class LiftingBody(ActBody):
    """The cause that has ended, and the digest of the minutes by which the suspension for it ends."""

    cause: Suspending
    minutes_digest: Digest

    def command(self, claim: Claim) -> Command:
        """Lift the suspension."""
        return LiftSuspension(claim=claim, cause=self.cause, minutes_digest=self.minutes_digest)


class InvestigationBody(ActBody):
    """That the member is detained or investigated, by the official paper of this digest."""

    cause: Investigation
    document_digest: Digest

    def command(self, claim: Claim) -> Command:
        """Report it: a suspension is proposed."""
        return ReportInvestigation(claim=claim, cause=self.cause, document_digest=self.document_digest)


class ReleaseBody(ActBody):
    """That detention or investigation is over, by the official paper of this digest."""

    cause: Investigation
    document_digest: Digest

    def command(self, claim: Claim) -> Command:
        """Report it: the suspension for it ends."""
        return ReportRelease(claim=claim, cause=self.cause, document_digest=self.document_digest)


class ResignationBody(ActBody):
    """The digest of the member's signed resignation."""

    document_digest: Digest

    def command(self, claim: Claim) -> Command:
        """Tender it."""
        return TenderResignation(claim=claim, document_digest=self.document_digest)


class ElectionBody(ActBody):
    """When the election is held."""

    election_at: Moment

    def command(self, claim: Claim) -> Command:
        """Set or move the election."""
        return CallElection(claim=claim, election_at=self.election_at)


class CalendarBody(ActBody):
    """Days off and make-up days of a calendar year, newly published or, with a reason, corrected."""

    year: Annotated[int, Field(ge=2000, le=2100)]
    holidays: Annotated[list[Day], Field(max_length=200)]
    make_up: Annotated[list[Day], Field(max_length=60)]
    source: Line
    reason: Annotated[str, StringConstraints(max_length=1000), LINES] = ""
    """Why a year that is known is another now."""

    def command(self, claim: Claim) -> Command:
        """Load the year into the batch, which hands it to its cases."""
        return LoadCalendar(claim=claim, year=self.checked(), reason=self.reason)

    def checked(self) -> CalendarYear:
        """The year. RefusedError `invalid` for days that cannot be days off or made up for."""
        year = self._year()
        if any(day.year != self.year for day in (*year.holidays, *year.make_up)):
            raise RefusedError("invalid", self._in_year())
        if set(year.holidays) & set(year.make_up):
            raise RefusedError("invalid", at("make_up", _BOTH))
        if any(day.weekday() < 5 for day in year.make_up):
            raise RefusedError("invalid", at("make_up", _WEEKDAY))
        return year

    def _in_year(self) -> Text:
        return Text(zh=f"每一天都须在 {self.year} 年内", en=f"every day must lie in {self.year}")

    def _year(self) -> CalendarYear:
        return CalendarYear(
            year=self.year,
            holidays=tuple(sorted(set(self.holidays))),
            make_up=tuple(sorted(set(self.make_up))),
            source=self.source,
        )


class CaseCalendarBody(CalendarBody):
    """The same for one case that no batch and no other case hands its years."""

    def command(self, claim: Claim) -> Command:
        """Load the year into the case."""
        return LoadCaseCalendar(claim=claim, year=self.checked(), reason=self.reason)
