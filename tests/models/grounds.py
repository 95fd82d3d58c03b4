"""What an ending of a nomination must rest on besides signatures, told from the case as it stands when it ends.

Written from the domain and not from the rules: nothing here asks a rule for its verdict.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from fractions import Fraction

from contracts.causes import Cause
from contracts.events.base import Event
from contracts.events.review import CaseGraded, HitRuled, OpinionGiven
from contracts.events.task import TaskCompleted
from contracts.policy.model import Policy
from contracts.vocabulary import CaseState, Effect, Grade, Ruling, Standing, TaskState
from workflows.kinds.nomination.case import Hit, Nomination
from workflows.procedure.case import Task

SUITABLE = {
    "screen": {"PASS"},
    "declare": {"SIGNED"},
    "inspect": {"SUITABLE"},
    "propose-department": {"PROPOSE"},
    "propose-party-group": {"PROPOSE"},
    "decide": {"APPROVED"},
    "recheck": {"CONFIRMED"},
    "count": {"ELECTED"},
    "opinion-head": {"NO_OBJECTION", "REMINDER"},
    "opinion-leader": {"NO_OBJECTION", "REMINDER"},
}
"""What was said last by each who is asked, when somebody is elected."""


STRICTER = ("NO_OBJECTION", "REMINDER", "DEFER", "NEGATIVE")
"""Integrity opinions, the mildest first."""
ONWARD = {
    "propose-department": {"PROPOSE"},
    "propose-party-group": {"PROPOSE"},
    "decide": {"APPROVED"},
    "post-notice": {"POSTED"},
    "close-notice": {"NO_REPORT", "REPORTED"},
    "recheck": {"CONFIRMED"},
    "count": {"ELECTED", "NOT_ELECTED"},
}
"""With which a case goes on past the consultation: not while a hit waits for its ruling, or eligibility is checked."""


def gated(before: Nomination, events: tuple[Event, ...], after: Nomination, now: datetime) -> None:
    """No late stage was left while something stood in its way, and each finding led where it must at once."""
    for event in events:
        match event:
            case TaskCompleted(task_id=task, outcome=outcome):
                if outcome in ONWARD.get(before.tasks[task].kind, ()):
                    _free(before, before.tasks[task], now)
            case HitRuled(hit=number, ruling=ruling):
                _ruled(after, next(hit for hit in after.hits if hit.number == number), ruling)
            case OpinionGiven(opinion=opinion):
                _strictest(after, opinion)
            case CaseGraded(grade=Grade.C):
                assert after.state is CaseState.REJECTED, "grade C, and the case goes on"
            case _:
                pass


def _ruled(after: Nomination, hit: Hit, ruling: Ruling) -> None:
    """A veto ends the case, and a panel rules by more than half of its seats."""
    assert (ruling is Ruling.VETO) <= (after.state is CaseState.VETOED), "ruled to veto, and the case goes on"
    if hit.effect is Effect.JUDGEMENT:
        votes = _last_votes(after, hit)
        assert 2 * [task.outcome for task in votes].count(ruling) > len(votes), "ruled without a majority"


def _last_votes(case: Nomination, hit: Hit) -> list[Task]:
    voted = [t for t in case.acted("panel-chair", "panel-vote") if t.about == f"hit.{hit.number}"]
    return [t for t in voted if t.round == max(one.round for one in voted)]


def _strictest(after: Nomination, opinion: str) -> None:
    """SC-14: of two signatures the stricter holds."""
    signed = after.acted("opinion-head", "opinion-leader")
    said = list({task.kind: task.outcome for task in signed}.values())
    assert STRICTER.index(opinion) == max(map(STRICTER.index, said)), f"{said} gave {opinion}"


def _free(case: Nomination, task: Task, now: datetime) -> None:
    assert not case.open_hits(), f"{task.kind} was done with a hit that waits for its ruling"
    assert not case.lost, f"{task.kind} was done while the eligibility is checked again"
    assert not case.held, f"{task.kind} was done while the case is held"
    read = [t for t in case.acted("reread-decision", "reread-notice") if t.outcome == "CLEAR"]
    match task.kind:
        case "decide":
            assert any(t.opened >= task.opened for t in read), "decided on states that were read before"
        case "close-notice":
            assert case.window is not None, "a notice was closed that was never up"
            assert now >= case.window[1], "the notice was closed before its end"
            assert any(t.opened >= case.window[1] for t in read), "closed on states that were read before"
            waiting = [r for r in case.open_reports() if r.standing is not Standing.LATE]
            assert not waiting, "the notice was closed with a report unanswered"
        case "count":
            assert not case.open_reports(), "counted while a report is checked"
        case _:
            pass


def grounded(case: Nomination, policy: Policy, now: datetime) -> None:
    """Fails when the case ended and what the domain asks for that ending is not there."""
    if check := GROUNDS.get(case.state):
        check(case, policy, now)


def _elected(case: Nomination, policy: Policy, now: datetime) -> None:
    """§8.1 ST13, ST14; §8.2 rules 4 and 5; §8.8.5."""
    assert not case.holds, "elected while held"
    assert not case.lost, "elected without the post for which the person was nominated"
    assert not case.open_reports(), "elected with a report that is being checked"
    assert all(report.ending != "SERIOUS" for report in case.reports), "elected with a serious report"
    for hit in _standing(case):
        assert hit.ruling is not None, f"elected with hit {hit.number} not ruled on"
        assert hit.ruling is not Ruling.VETO, f"elected with hit {hit.number} that vetoes"
    for kind, said in SUITABLE.items():
        last = _last(case, kind)
        assert last.outcome in said, f"elected, and {kind} said {last.outcome}"
    assert case.grade in {Grade.A, Grade.B}, f"elected with grade {case.grade}"
    _heard(case, policy)
    _on_time(case, policy, now)
    _counted(_last(case, "count"), policy)


SIGNED = ("reply-sign", "reply-above-sign", "late-reply-sign")
"""By whom a department's answer comes to count: its own head's, the level above in its place, or late, once closed."""


def _heard(case: Nomination, policy: Policy) -> None:
    """Silence is no answer: each department signed twice, or the joint conference closed it, or others had asked it."""
    if case.shared is not None:
        return
    for department in policy.departments:
        signed = [t for t in case.acted(*SIGNED) if t.unit == department.code]
        closed = department.code in case.unanswered
        assert signed or closed, f"elected, and {department.code} was not heard"
        assert not (closed and not signed and department.key_source), f"{department.code} was closed unheard"
    assert not (case.unanswered and case.grade is Grade.A), (
        "a grade that an unheard department does not allow"
    )


def _on_time(case: Nomination, policy: Policy, now: datetime) -> None:
    election = case.election_at
    assert election is not None, "elected, and no election was called"
    assert case.ballot == election, "elected from no ballot"
    assert now >= election, "elected before the election"
    assert case.valid_until is not None, "elected without an evaluation"
    assert election < case.valid_until, "elected on a stale evaluation"
    assert case.window is not None, "elected, and no notice was up"
    start, end = case.window
    assert end - start >= _shortest(policy), "the notice was shorter than its term"
    closed = _last(case, "close-notice")
    assert closed.opened >= end, "the notice was closed before it was over"
    assert _last(case, "recheck").opened < election, "read again after the election"


def _shortest(policy: Policy) -> timedelta:
    """A notice of five working days takes five days at least; of a version of another pace, so many seconds."""
    limit = policy.limits["notice"]
    return timedelta(seconds=limit.n) if limit.unit == "s" else timedelta(days=limit.n)


def _counted(count: Task, policy: Policy) -> None:
    """More than half of all members, of whom two thirds were there."""
    members, present, votes = (int(str(count.form[name])) for name in ("members", "present", "votes_for"))
    assert votes <= present <= members
    assert Fraction(present, members) >= Fraction(2, 3), "elected without a quorum"
    assert Fraction(votes, members) > Fraction(1, 2), "elected by half of the members or fewer"


def _vetoed(case: Nomination, policy: Policy, now: datetime) -> None:
    """§8.2: one standing hit that people ruled to veto, whose person was heard first and in time."""
    vetoing = [hit for hit in _standing(case) if hit.ruling is Ruling.VETO]
    assert vetoing, "vetoed, and nothing vetoes"
    for hit in vetoing:
        about = f"hit.{hit.number}"
        tasks = [task for task in case.tasks.values() if task.about == about]
        heard = [task for task in tasks if task.kind == "explain"]
        assert heard, f"{about} was vetoed unheard"
        assert all(t.state is not TaskState.OPEN for t in heard), (
            f"{about} was vetoed before its term was over"
        )
        for task in heard:
            late = task.due is not None and now >= task.due
            assert task.state is TaskState.DONE or late or task.cancelled is not Cause.NOT_EXPLAINED, (
                f"{about}: silence was counted before its term was over"
            )
        _by_people(case, hit, [task for task in tasks if task.state is TaskState.DONE])


def _by_people(case: Nomination, hit: Hit, tasks: list[Task]) -> None:
    """A hard item by two, a judgement by more than half of a panel whose signers are all different."""
    match hit.effect:
        case Effect.HARD:
            pair = [task for task in tasks if task.kind in {"confirm-fact", "confirm-fact-sign"}]
            people = frozenset().union(*(task.signers for task in pair))
            assert len(people) > 1, f"hit {hit.number} vetoed by {people}"
        case Effect.JUDGEMENT:
            votes = _last_votes(case, hit)
            against = [task for task in votes if task.outcome == Ruling.VETO]
            assert 2 * len(against) > len(votes), f"hit {hit.number} vetoed without a majority"
            assert len({task.signer for task in votes}) == len(votes), "one person voted twice"
        case Effect.PAUSE:
            raise AssertionError("a pause item never vetoes")


def _renounced(case: Nomination, policy: Policy, now: datetime) -> None:
    """Silence of the nominee after the term of the declaration, and not before."""
    asked = [task for task in case.tasks.values() if task.kind == "declare"]
    assert asked, "renounced, and never asked"
    said = any(task.outcome not in {"", "SIGNED"} for task in asked)
    due = asked[-1].due
    assert said or (due is not None and now >= due), "renounced before the term was over"


def _not_elected(case: Nomination, policy: Policy, now: datetime) -> None:
    """A vote that was held and did not reach the majority; without a quorum nothing was held."""
    form = _last(case, "count").form
    assert Fraction(int(str(form["present"])), int(str(form["members"]))) >= Fraction(2, 3)
    assert Fraction(int(str(form["votes_for"])), int(str(form["members"]))) <= Fraction(1, 2)


def _standing(case: Nomination) -> list[Hit]:
    return [hit for hit in case.hits if not hit.cancelled]


def _last(case: Nomination, kind: str) -> Task:
    done = case.acted(kind)
    assert done, f"{case.state}, and {kind} was never done"
    return done[-1]


GROUNDS: dict[CaseState, Callable[[Nomination, Policy, datetime], None]] = {
    CaseState.ELECTED: _elected,
    CaseState.VETOED: _vetoed,
    CaseState.RENOUNCED: _renounced,
    CaseState.NOT_ELECTED: _not_elected,
}
