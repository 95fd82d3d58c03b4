"""What a nomination knows beyond what every case knows."""

from datetime import date
from typing import TypeAlias, TypeVar, assert_never, cast

from contracts.base import Contract, Instant
from contracts.events import nomination, review
from contracts.events.base import Event
from contracts.events.review import Scores
from contracts.nominee import Fact, Nominee
from contracts.vocabulary import CaseState, Effect, Grade, Ruling, Seat, Stage
from workflows.procedure.case import Case
from workflows.procedure.draft import Draft
from workflows.procedure.fold import CaseFolding


class Hit(Contract):
    """A reported fact that counts, and its ruling once there is one."""

    number: int
    fact: Fact
    source: str
    """The unit that reported it, or the role of whoever found it."""
    effect: Effect
    ruling: Ruling | None = None


class Report(Contract):
    """A report received during the notice, and its ending once there is one."""

    number: int
    signed: bool
    ending: str | None = None


R = TypeVar("R", Hit, Report)


class Nomination(Case):
    """One nomination."""

    cut_off: date = date.max
    stage: Stage = Stage.NOMINATION
    nominating_unit: str = ""
    seat: Seat = Seat.EXECUTIVE
    nominee: Nominee | None = None
    hits: tuple[Hit, ...] = ()
    reports: tuple[Report, ...] = ()
    unanswered: tuple[str, ...] = ()
    """Departments closed without a reply by the joint conference."""
    grade: Grade | None = None
    scores: Scores | None = None
    """What the grade rests on."""
    valid_until: Instant | None = None
    """24:00 of the last day on which the evaluation is valid."""
    window: tuple[Instant, Instant] | None = None
    election_at: Instant | None = None

    def open_hits(self) -> list[Hit]:
        """Hits without a ruling."""
        return [hit for hit in self.hits if hit.ruling is None]

    def open_reports(self) -> list[Report]:
        """Reports without an ending."""
        return [report for report in self.reports if report.ending is None]


Work: TypeAlias = Draft[Nomination]
"""A step of a nomination in the making."""

OwnEvent: TypeAlias = (
    nomination.CaseOpened
    | nomination.CaseAmended
    | nomination.WithdrawalSigned
    | nomination.ElectionScheduled
    | nomination.LateReplyTaken
    | review.DepartmentClosed
    | review.HitFound
    | review.FactDismissed
    | review.FactUnmatched
    | review.HitRuled
    | review.CaseGraded
    | review.OpinionGiven
    | review.NoticePosted
    | review.ReportReceived
    | review.ReportAnswered
    | review.VotesCounted
)


def fold(case: Nomination, event: Event) -> Nomination:
    """What a nomination's own events do to it. The type checker refuses one that no line here names."""
    own = cast(OwnEvent, event)
    match own:
        case nomination.CaseOpened():
            return case.but(
                person_id=own.person_id,
                nominator_id=own.nominator_id,
                cut_off=own.cut_off,
                nominating_unit=own.nominating_unit,
                seat=own.seat,
                nominee=own.private,
                content_digest=own.content_digest,
            )
        case nomination.CaseAmended(private=nominee, content_digest=digest):
            return case.but(nominee=nominee, content_digest=digest)
        case nomination.ElectionScheduled(election_at=instant):
            return case.but(election_at=instant)
        case review.DepartmentClosed(unit=unit):
            return case.but(unanswered=(*case.unanswered, unit))
        case nomination.LateReplyTaken(unit=unit, counts=True):
            return case.but(unanswered=tuple(one for one in case.unanswered if one != unit))
        case review.HitFound(private=found):
            hit = Hit(number=own.hit, fact=found.fact, source=found.source, effect=own.effect)
            return case.but(hits=(*case.hits, hit))
        case review.HitRuled(ruling=ruling):
            return case.but(hits=_changed(case.hits, own.hit, ruling=ruling))
        case review.CaseGraded(grade=grade, valid_until=until, private=scores):
            return case.but(grade=grade, valid_until=until, scores=scores)
        case review.NoticePosted(start=start, end=end):
            return case.but(window=(start, end) if start and end else None)
        case review.ReportReceived(report=number, signed=signed):
            return case.but(reports=(*case.reports, Report(number=number, signed=signed)))
        case review.ReportAnswered(ending=ending):
            return case.but(reports=_changed(case.reports, own.report, ending=ending))
        case review.VotesCounted(outcome="NOT_HELD"):
            return case.but(election_at=None)
        case review.VotesCounted() | review.OpinionGiven() | nomination.LateReplyTaken():
            return case
        case review.FactDismissed() | review.FactUnmatched():
            return case
        case nomination.WithdrawalSigned():
            return case
        case _:
            assert_never(own)


def _changed(rows: tuple[R, ...], number: int, **changes: object) -> tuple[R, ...]:
    return tuple(row.model_copy(update=changes) if row.number == number else row for row in rows)


def over(case: Nomination) -> CaseState | None:
    """The state that an open hit or report lays over the stage's own."""
    if case.open_hits():
        return CaseState.RULING
    return CaseState.CHECKING_REPORT if case.open_reports() else None


FOLDING = CaseFolding(Nomination, fold, over)
