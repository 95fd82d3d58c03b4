"""What a nomination knows beyond what every case knows."""

from datetime import date
from typing import Self, TypeAlias, TypeVar, assert_never, cast

from contracts.base import Contract, Digest, Instant
from contracts.case import about
from contracts.causes import Cause
from contracts.events import election, leaving, nomination, policy, review
from contracts.events.base import Event
from contracts.events.conflict import PapersVoided
from contracts.events.review import Scores
from contracts.matter import Reading
from contracts.nominee import Evaluation, Fact, Nominee
from contracts.transition import Applied
from contracts.vocabulary import CaseState, Effect, Grade, Ruling, Seat, Stage, Standing
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
    disputed: bool = False
    """Somebody says that it is another's."""
    cancelled: bool = False
    """It was another's fact (SC-19)."""
    ended: bool = False
    """It stands on its list no more, or never meant the person; people rule on it all the same."""

    def again(self) -> Self:
        """The hit before its ruling."""
        return self.model_copy(update={"ruling": None})


class Report(Contract):
    """A report, how it stands to the notice that was posted last (`notice` counts them), and its ending."""

    number: int
    signed: bool
    standing: Standing
    notice: int
    registered_by: str
    checked: bool
    ending: str | None = None

    def again(self) -> Self:
        """The report before its ending."""
        return self.model_copy(update={"ending": None})


class Shown(Contract):
    """A paper that somebody showed, on which the nominee leaves as soon as another person has confirmed it."""

    cause: Cause
    by: str
    paper: leaving.Paper


R = TypeVar("R", Hit, Report)


class Nomination(Case):
    """One nomination."""

    cut_off: date = date.max
    stage: Stage = Stage.NOMINATION
    nominating_unit: str = ""
    seat: Seat = Seat.EXECUTIVE
    nominee: Nominee | None = None
    duplicate_of: str | None = None
    """The earlier case of the same person in this batch, while that one stands."""
    lost: bool = False
    """The post or the firm for which he is nominated is lost, and the eligibility is checked again."""
    shared: Evaluation | None = None
    """The evaluation of another case about the same person."""
    sisters: tuple[str, ...] = ()
    """Cases about the same person in other batches."""
    others: tuple[str, ...] = ()
    """Later cases of the same person in this batch."""
    hits: tuple[Hit, ...] = ()
    reports: tuple[Report, ...] = ()
    unanswered: tuple[str, ...] = ()
    """Departments closed without a reply by the joint conference."""
    index: Reading | None = None
    """The integrity index on record; None while none is."""
    grade: Grade | None = None
    reopened: CaseState | None = None
    """How the case had ended before a re-check was granted."""
    scores: Scores | None = None
    """What the grade rests on."""
    valid_until: Instant | None = None
    """24:00 of the last day on which the evaluation is valid."""
    window: tuple[Instant, Instant] | None = None
    election_at: Instant | None = None
    """The election that was called last."""
    missed: Instant | None = None
    """The last election that was held without the case, or without a quorum."""
    applied: Applied | None = None
    """The rule of transition that reached the case when the departments had been asked."""
    ballot: Instant | None = None
    """The election on whose ballot the name stands."""
    shown: Shown | None = None

    @property
    def upcoming(self) -> Instant | None:
        """The election that it may still be on the ballot of; None while none is called, or once it was held."""
        return None if self.election_at == self.missed else self.election_at

    @property
    def brought_by(self) -> str:
        """The nominating unit."""
        return self.nominating_unit

    @property
    def firms(self) -> frozenset[Digest]:
        """The firms that were entered for the nominee."""
        return frozenset() if self.nominee is None else frozenset(self.nominee.firm_digests)

    def open_hits(self) -> list[Hit]:
        """Hits that are still to be ruled on."""
        return [hit for hit in self.hits if hit.ruling is None and not hit.cancelled]

    def open_reports(self) -> list[Report]:
        """Reports that are being checked."""
        return [report for report in self.reports if report.checked and report.ending is None]

    @property
    def notices(self) -> int:
        """How often the names were posted."""
        return len(self.acted("post-notice"))


Work: TypeAlias = Draft[Nomination]
"""A step of a nomination in the making."""

OwnEvent: TypeAlias = (
    nomination.CaseOpened
    | nomination.CaseAmended
    | nomination.WithdrawalSigned
    | nomination.CutOffMoved
    | nomination.ElectionScheduled
    | nomination.IndexKnown
    | leaving.WithdrawalAsked
    | leaving.WithdrawalDenied
    | leaving.LossRecorded
    | leaving.LossDenied
    | election.BallotEntered
    | election.BallotLeft
    | election.ElectionMissed
    | nomination.OtherNomination
    | nomination.NominatorJoined
    | nomination.StandsAlone
    | nomination.PostLost
    | nomination.PostSettled
    | nomination.SisterKnown
    | nomination.EvaluationShared
    | nomination.LateReplyTaken
    | policy.TransitionApplied
    | review.DepartmentClosed
    | review.HitFound
    | review.FactDismissed
    | review.FactEnded
    | review.FactUnmatched
    | review.HitRuled
    | review.HitDisputed
    | review.HitCancelled
    | nomination.AppealAnswered
    | nomination.CaseReopened
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
                since=own.batch_opened,
                cut_off=own.cut_off,
                nominating_unit=own.nominating_unit,
                seat=own.seat,
                duplicate_of=own.duplicate_of,
                nominee=own.private,
                content_digest=own.content_digest,
            )
        case nomination.CaseAmended(private=nominee, content_digest=digest):
            return case.but(nominee=nominee, content_digest=digest)
        case policy.TransitionApplied(applied=applied):
            return case.but(applied=applied)
        case nomination.IndexKnown(private=reading):
            return case.but(index=reading)
        case nomination.CutOffMoved(cut_off=cut_off):
            return case.but(cut_off=cut_off)
        case nomination.ElectionScheduled(election_at=instant):
            return case.but(election_at=instant)
        case nomination.OtherNomination(other=other):
            return case.but(others=(*case.others, other))
        case nomination.NominatorJoined(nominator_id=nominator):
            return case.but(also_nominated_by=(*case.also_nominated_by, nominator))
        case nomination.PostLost():
            return case.but(lost=True)
        case nomination.PostSettled():
            return case.but(lost=False)
        case nomination.SisterKnown(case_id=sister):
            return case.but(sisters=(*case.sisters, sister))
        case nomination.EvaluationShared(private=evaluation):
            return case.but(shared=evaluation)
        case nomination.StandsAlone():
            return case.but(duplicate_of=None)
        case review.DepartmentClosed(unit=unit):
            return case.but(unanswered=(*case.unanswered, unit))
        case nomination.LateReplyTaken(unit=unit, counts=True):
            return case.but(unanswered=tuple(one for one in case.unanswered if one != unit))
        case review.HitFound(private=found):
            hit = Hit(number=own.hit, fact=found.fact, source=found.source, effect=own.effect)
            return case.but(hits=(*case.hits, hit))
        case review.HitRuled(ruling=ruling):
            return case.but(hits=_changed(case.hits, own.hit, ruling=ruling))
        case review.HitDisputed():
            return case.but(hits=_changed(case.hits, own.hit, disputed=True))
        case review.HitCancelled():
            return case.but(hits=_changed(case.hits, own.hit, cancelled=True))
        case nomination.CaseReopened(before=before):
            hits = tuple(
                hit.model_copy(update={"ruling": None}) if hit.ruling is Ruling.VETO else hit
                for hit in case.hits
            )
            return case.but(state=CaseState.RULING, hits=hits, reopened=before)
        case review.CaseGraded(grade=grade, valid_until=until, private=scores):
            return case.but(grade=grade, valid_until=until, scores=scores)
        case review.NoticePosted(start=start, end=end):
            return case.but(window=(start, end) if start and end else None)
        case review.ReportReceived(report=number):
            report = Report(
                number=number,
                signed=own.signed,
                standing=own.standing,
                notice=case.notices,
                registered_by=own.registered_by,
                checked=own.checked,
            )
            return case.but(reports=(*case.reports, report))
        case review.ReportAnswered(ending=ending):
            return case.but(reports=_changed(case.reports, own.report, ending=ending))
        case leaving.WithdrawalAsked(shown_by=person, private=paper):
            return case.but(shown=Shown(cause=Cause.WITHDRAWN, by=person, paper=paper))
        case leaving.LossRecorded(cause=cause, shown_by=person, private=paper):
            return case.but(shown=Shown(cause=cause, by=person, paper=paper))
        case leaving.WithdrawalDenied() | leaving.LossDenied():
            return case.but(shown=None)
        case election.BallotEntered(election_at=instant):
            return case.but(ballot=instant)
        case election.BallotLeft():
            return case.but(ballot=None)
        case election.ElectionMissed(election_at=instant):
            return case.but(ballot=None, missed=instant)
        case review.VotesCounted(outcome="NOT_HELD"):
            return case.but(ballot=None, missed=case.election_at)
        case review.VotesCounted() | review.OpinionGiven() | nomination.LateReplyTaken():
            return case
        case review.FactEnded(private=found):
            ended = (
                hit.model_copy(update={"ended": hit.ended or hit.fact.same_as(found.fact)})
                for hit in case.hits
            )
            return case.but(hits=tuple(ended))
        case review.FactDismissed() | review.FactUnmatched():
            return case
        case nomination.WithdrawalSigned() | nomination.AppealAnswered():
            return case
        case _:
            assert_never(own)


def _changed(rows: tuple[R, ...], number: int, **changes: object) -> tuple[R, ...]:
    return tuple(row.model_copy(update=changes) if row.number == number else row for row in rows)


def over(case: Nomination) -> CaseState | None:
    """The state that an open hit, or a new check of eligibility, lays over the stage's own.

    A report lays none: that there is one is told to nobody.
    """
    if case.open_hits() or _ruled_again(case):
        return CaseState.RULING
    return CaseState.SCREENING if case.lost else None


def _ruled_again(case: Nomination) -> bool:
    """Whether eligibility is ruled on anew after a granted re-check."""
    return case.reopened is CaseState.INELIGIBLE and bool(case.open_tasks("screen", "screen-sign"))


def voided(case: Nomination, event: PapersVoided) -> Nomination:
    """Without its papers there is no grade, no window, no ruling, no ending, and no department closed unheard."""
    papers = [case.tasks[one] for one in event.tasks]
    stages, kinds = {task.stage for task in papers}, {task.kind for task in papers}
    ruled = {task.about for task in papers if task.stage is Stage.RULING}
    checked = {task.about for task in papers if task.stage is Stage.REPORT_CHECK}
    closed = {task.unit for task in papers if task.kind == "conference"}
    return case.but(
        **(dict.fromkeys(("grade", "scores", "valid_until")) if Stage.GRADING in stages else {}),
        window=None if "post-notice" in kinds else case.window,
        hits=tuple(h.again() if about("hit", h.number) in ruled else h for h in case.hits),
        reports=tuple(r.again() if about("report", r.number) in checked else r for r in case.reports),
        unanswered=tuple(unit for unit in case.unanswered if unit not in closed),
    )


FOLDING = CaseFolding(Nomination, fold, over, voided)
