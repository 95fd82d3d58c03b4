"""The fold of a nomination: what each event does to it, what lies over a stage's state, what goes with void papers."""

from datetime import timedelta
from typing import TypeAlias, TypeVar, assert_never, cast

from contracts.case import about, question_to
from contracts.causes import Cause
from contracts.events import election, leaving, nomination, policy, review
from contracts.events.base import Event
from contracts.events.conflict import PapersVoided
from contracts.transition import Applied
from contracts.vocabulary import CaseState, Ruling, Stage, Standing, Unchecked
from workflows.kinds.nomination.case import CUT_SHORT, QUESTIONS, Hit, Nomination, Report, Shown, graded_by
from workflows.procedure.fold import CaseFolding

R = TypeVar("R", Hit, Report)
BEFORE_NOTICE = frozenset(tuple(Stage)[: tuple(Stage).index(Stage.NOTICE)])
"""Stages of which a report is a lead, to be checked before the notice closes."""
UNGRADED = dict.fromkeys(("grade", "scores", "valid_until"))
"""What a case that is not graded does not have."""

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
    | nomination.RightRenewed
    | nomination.CaseReopened
    | nomination.WordKept
    | nomination.ResultRequested
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
                recommended_by=own.recommended_by,
            )
        case nomination.CaseAmended(private=nominee, content_digest=digest):
            return case.but(nominee=nominee, content_digest=digest)
        case policy.TransitionApplied(applied=applied):
            return case.but(adopts=_with(case.adopts, applied)) if case.ended else case.but(applied=applied)
        case nomination.IndexKnown(private=reading):
            replaced = (*case.replaced, case.index) if case.index else case.replaced
            return case.but(index=reading, replaced=replaced, index_waits=case.ended)
        case nomination.CutOffMoved(cut_off=cut_off):
            return case.but(cut_off=cut_off)
        case nomination.ElectionScheduled(election_at=instant):
            return case.but(election_at=instant)
        case nomination.OtherNomination(other=other, recommended_by=more):
            return case.recommended_too(more).but(others=(*case.others, other))
        case nomination.NominatorJoined(nominator_id=nominator, nominating_unit=unit):
            return case.but(
                also_nominated_by=(*case.also_nominated_by, nominator),
                also_nominating=(*case.also_nominating, unit),
            )
        case nomination.PostLost():
            return case.but(lost=True)
        case nomination.PostSettled():
            return case.but(lost=False)
        case nomination.SisterKnown(case_id=sister, recommended_by=more):
            return case.recommended_too(more).but(sisters=tuple(dict.fromkeys((*case.sisters, sister))))
        case nomination.EvaluationShared(private=evaluation) if own.given_by:
            others = tuple(one for one in case.minor_at if one != own.of)
            return case.but(minor_at=(*others, own.of) if evaluation.minor else others)
        case nomination.EvaluationShared(private=evaluation):
            return case.but(shared=evaluation, **(UNGRADED if own.fallen and graded_by(case, own.of) else {}))
        case nomination.StandsAlone(behind=behind, recommended_by=more):
            return case.recommended_too(more).but(duplicate_of=behind)
        case review.DepartmentClosed(unit=unit, question=question):
            return case.but(unanswered=(*case.unanswered, question_to(unit, question)))
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
        case nomination.CaseReopened():
            return _reopened(case, own)
        case nomination.WordKept(private=kept):
            return case.but(kept=(*case.kept, kept.word))
        case review.CaseGraded(grade=grade, valid_until=until, private=scores):
            return case.but(grade=grade, valid_until=until, scores=scores)
        case review.NoticePosted(posted=posted, start=start, end=end):
            return case.but(posted=posted, window=(start, end) if start and end else None)
        case review.ReportReceived(report=number):
            report = Report(
                number=number,
                signed=own.signed,
                standing=own.standing,
                notice=case.notices,
                registered_by=own.registered_by,
                checked=own.checked,
                vague=own.vague,
            )
            return case.but(reports=(*case.reports, report))
        case review.ReportAnswered(ending=ending, answered=answered):
            return case.but(reports=_changed(case.reports, own.report, ending=ending, answered=answered))
        case leaving.WithdrawalAsked(shown_by=person, private=paper):
            return case.but(shown=Shown(cause=Cause.WITHDRAWN, by=person, paper=paper))
        case leaving.LossRecorded(cause=cause, shown_by=person, private=paper):
            withdrawing = case.shown is not None and case.shown.cause is Cause.WITHDRAWN
            aside = case.shown if withdrawing else case.put_aside
            return case.but(shown=Shown(cause=cause, by=person, paper=paper), put_aside=aside)
        case leaving.WithdrawalDenied():
            return case.but(shown=None)
        case leaving.LossDenied():
            return case.but(shown=case.put_aside, put_aside=None)
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
        case review.FactUnmatched(private=found):
            return case.but(unmatched=(*case.unmatched, found.fact.key))
        case review.FactDismissed():
            return case
        case nomination.WithdrawalSigned() | nomination.AppealAnswered() | nomination.ResultRequested():
            return case
        case nomination.RightRenewed():
            return case
        case _:
            assert_never(own)


def _changed(rows: tuple[R, ...], number: int, **changes: object) -> tuple[R, ...]:
    return tuple(row.model_copy(update=changes) if row.number == number else row for row in rows)


def _with(waiting: Applied | None, later: Applied) -> Applied:
    """The later version decides, and what an earlier one added that decided nothing yet is asked as well."""
    before = () if waiting is None else waiting.items
    return later.model_copy(update={"items": tuple(dict.fromkeys((*before, *later.items)))})


def _reopened(case: Nomination, event: nomination.CaseReopened) -> Nomination:
    """The vetoes are no rulings any more, and what the end had cut short is so no longer: a later end cuts anew.

    A report that ended with the case, or came after that, has no ending; what was read before that is old.
    """
    hits = tuple(
        hit.model_copy(update={"ruling": None}) if hit.ruling is Ruling.VETO else hit for hit in case.hits
    )
    tasks = {
        name: task.model_copy(update={"cancelled": Cause.APPEAL_GRANTED})
        if task.cancelled in CUT_SHORT
        else task
        for name, task in case.tasks.items()
    }
    return case.but(
        state=CaseState.RULING,
        hits=hits,
        tasks=tasks,
        reports=tuple(_taken_up(report, case.stage) for report in case.reports),
        reopened=event.before,
        waited=_waited(case),
        stood=(),
        freed=event.reopened or case.freed,
        kept=(),
        missed=event.missed or case.missed,
        spared=event.missed,
        index_waits=False,
        adopts=None,
    )


def _taken_up(report: Report, stage: Stage) -> Report:
    """The report without an ending, where the case ended first: notice or ballot waits for its check again.

    One that came after the end stands as it came; where that was not kept yet, as late as the stage says.
    """
    if report.ending not in set(Unchecked):
        return report
    if report.standing is not Standing.AFTER_END:
        return report.again()
    standing = Standing.LEAD if stage in BEFORE_NOTICE else Standing.LATE
    return report.again().model_copy(update={"checked": not report.vague, "standing": standing})


def _waited(case: Nomination) -> dict[str, timedelta]:
    """How long it was on hold: what held it when it ended had until then, when its letters were to be served."""
    ended = max((task.opened for task in case.tasks.values() if task.kind == "serve"), default=None)
    stood = {hold.name: ended - hold.since for hold in case.stood if ended is not None}
    return {
        **case.waited,
        **{name: case.waited.get(name, timedelta()) + time for name, time in stood.items()},
    }


def over(case: Nomination) -> CaseState | None:
    """The state that an open hit, or a new check of eligibility, lays over the stage's own.

    A report lays none, nor does an investigation: that there is one is told to nobody.
    """
    if case.told_hits() or _ruled_again(case):
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
    compared = {task.about for task in papers if task.kind.startswith("match")}
    checked = {task.about for task in papers if task.stage is Stage.REPORT_CHECK}
    closed = {one.to(task.unit) for one in QUESTIONS for task in papers if task.kind == one.conference}
    return case.but(
        **(UNGRADED if Stage.GRADING in stages else {}),
        window=None if "post-notice" in kinds else case.window,
        hits=tuple(_unruled(hit, ruled, compared) for hit in case.hits),
        reports=tuple(r.again() if about("report", r.number) in checked else r for r in case.reports),
        unanswered=tuple(asked for asked in case.unanswered if asked not in closed),
    )


def _unruled(hit: Hit, ruled: set[str], compared: set[str]) -> Hit:
    """The hit before its ruling, where that is void; and not cancelled, where the comparison of its numbers is."""
    named = about("hit", hit.number)
    cancelled = hit.cancelled and named not in compared
    return hit.model_copy(update={"ruling": None if named in ruled else hit.ruling, "cancelled": cancelled})


FOLDING = CaseFolding(Nomination, fold, over, voided)
