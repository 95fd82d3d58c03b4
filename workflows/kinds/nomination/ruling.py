"""ST05: from a reported fact through the nominee's explanation to a ruling (domain §8.2)."""

from collections.abc import Callable, Sequence

from contracts.canonical import digest_of
from contracts.case import about, number_in
from contracts.causes import Cause
from contracts.commands.case import CompleteTask
from contracts.events.review import HitRuled
from contracts.policy.model import Policy
from contracts.refusals import RefusalCode
from contracts.saying import say
from contracts.vocabulary import CaseState, Effect, Ruling, Stage
from workflows.kinds.nomination.case import Hit, Nomination, Work
from workflows.kinds.nomination.ending import EndsWithRight
from workflows.kinds.nomination.findings import HIT, hit_of, numbered, today
from workflows.kinds.nomination.grades import grade_again, tell_giver
from workflows.passages.marking import mark
from workflows.procedure.case import Task, calendar_of
from workflows.procedure.consequences import Holds, Then
from workflows.procedure.kind import Consequence, Signing
from workflows.procedure.rights import ON_HOLD
from workflows.procedure.signatures import Together, two
from workflows.rules.calendar import local_day
from workflows.rules.forms import Paper
from workflows.rules.panel import panel_ruling
from workflows.rules.papers import paper
from workflows.rules.verdict import ALLOWED, Refused, Verdict

PANEL = ("panel-chair", "panel-vote")
BESIDE = frozenset({Stage.SCREENING, Stage.DECLARATION, Stage.CONSULTATION})
"""Stages that a case may come to with a hit open."""
AGAIN = "AGAIN"
"""What a panel without a majority comes to."""


def begin_ruling(draft: Work, task: Task) -> None:
    """People are asked to rule over the fact and the explanation. Nobody explains a pause item."""
    rule_again(draft, hit_of(draft, task))


def rule_again(draft: Work, hit: Hit) -> None:
    """People are asked to rule on this hit, over what is known of it now."""
    named = about(HIT, hit.number)
    RULED[hit.effect](draft, named, content_of(draft, named))


def content_of(draft: Work, named: str) -> str:
    """The digest of a fact and of what the nominee said to it, if anything."""
    said = [t.form for t in draft.case.acted("explain") if t.about == named]
    fact = numbered(draft.case, number_in(HIT, named)).fact.model_dump(mode="json")
    return digest_of({"fact": fact, "explanation": said[-1] if said else {}})


def state_proven(draft: Work, task: Task, command: CompleteTask) -> Refused | None:
    """A state is confirmed from an official paper (§8.8.2)."""
    return paper(command.form, today(draft), draft.policy)


def state_read_again(draft: Work, task: Task, command: CompleteTask) -> Refused | None:
    """Only who has read the state since it holds the case says that it is over: what was read before told that it
    lasts."""
    if refused := state_proven(draft, task, command):
        return refused
    calendar, read_on = calendar_of(draft.case, draft.policy), Paper.model_validate(command.form).read_on
    since = max(local_day(hold.since, calendar) for hold in draft.case.holds if hold.name == task.about)
    if read_on >= since:
        return None
    return Refused(RefusalCode.FORM_INVALID, say("day-until-today", first=since, day=read_on).at("read_on"))


def _state_lasts(draft: Work, task: Task, command: CompleteTask) -> Refused | None:
    return state_proven(draft, task, command) if command.outcome == Ruling.PAUSE else None


def _two_confirm(draft: Work, hit: str, digest: str) -> None:
    draft.open("confirm-fact", about=hit, digest=digest)


def _two_confirm_the_state(draft: Work, hit: str, digest: str) -> None:
    draft.open("confirm-pause", about=hit, digest=digest)


def may_leave(case: Nomination) -> Verdict:
    """Nothing later than the consultation finishes while a hit is not ruled on (§8.1, a fact in any state)."""
    if not case.open_hits() or case.stage in BESIDE:
        return ALLOWED
    if not case.told_hits():
        return ON_HOLD
    return Refused(RefusalCode.RULING_OPEN, say("stage-waits-for-ruling"))


def vote_again(draft: Work, task: Task) -> None:
    """There is no majority: the panel votes again over the same content."""
    _ask_panel(draft, task.about, task.content)


def _ask_panel(draft: Work, hit: str, digest: str) -> None:
    draft.open("panel-chair", about=hit, digest=digest)
    for signature in range(2, draft.policy.panel_size + 1):
        draft.open("panel-vote", signature=signature, about=hit, digest=digest)


RULED: dict[Effect, Callable[[Work, str, str], None]] = {
    Effect.HARD: _two_confirm,
    Effect.JUDGEMENT: _ask_panel,
    Effect.PAUSE: _two_confirm_the_state,
}
"""Who is asked to rule on what was explained."""


def _majority(votes: Sequence[str], policy: Policy) -> str:
    ruling = panel_ruling(tuple(Ruling(vote) for vote in votes), policy.panel_size)
    return AGAIN if ruling is None else ruling.value


def _rules(ruling: Ruling) -> Consequence[Nomination]:
    def rule(draft: Work, task: Task) -> None:
        """The hit is ruled on, and a grade that was given before follows it."""
        hit = hit_of(draft, task)
        draft.emit(HitRuled(hit=hit.number, effect=hit.effect, ruling=ruling))
        if ruling is not Ruling.VETO:
            grade_again(draft)
            tell_giver(draft)

    return rule


def enter_veto(draft: Work, task: Task) -> None:
    """A confirmed hard item goes into the nominee's integrity file; organisations that the nominee leads hear of it.

    What a panel judged costs no organisation its eligibility (§8.3, awards).
    """
    hit = hit_of(draft, task)
    if hit.effect is Effect.HARD:
        mark(draft, (hit.fact.item,))


RULINGS: dict[Ruling, Consequence[Nomination]] = {
    Ruling.CLEARED: _rules(Ruling.CLEARED),
    Ruling.MINOR: _rules(Ruling.MINOR),
    Ruling.VETO: Then(
        Then(_rules(Ruling.VETO), enter_veto), EndsWithRight(CaseState.VETOED, Cause.NEGATIVE_LIST)
    ),
    Ruling.PAUSE: Then(_rules(Ruling.PAUSE), Holds(Cause.PAUSE_ITEM)),
}


def _table(*rulings: Ruling) -> dict[str, Consequence[Nomination]]:
    return {ruling.value: RULINGS[ruling] for ruling in rulings}


_VOTE: Signing[Nomination] = Together(
    PANEL,
    {**_table(Ruling.CLEARED, Ruling.MINOR, Ruling.VETO), AGAIN: vote_again},
    settles=_majority,
    unsaid=frozenset({AGAIN}),
)
SIGNING: dict[str, Signing[Nomination]] = {
    **two("confirm-fact", "confirm-fact-sign", _table(Ruling.VETO, Ruling.CLEARED)),
    **two("confirm-pause", "confirm-pause-sign", _table(Ruling.PAUSE, Ruling.CLEARED), check=_state_lasts),
    **dict.fromkeys(PANEL, _VOTE),
}
