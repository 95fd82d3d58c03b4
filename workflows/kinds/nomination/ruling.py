"""ST05: from a reported fact through the nominee's explanation to a ruling (domain §8.2)."""

from collections.abc import Sequence

from contracts.canonical import digest_of
from contracts.case import about, number_in
from contracts.causes import Cause
from contracts.commands.case import CompleteTask
from contracts.events.review import FactDismissed, HitFacts, HitFound, HitRuled
from contracts.nominee import Fact
from contracts.policy.model import NegativeItem, Policy
from contracts.refusals import RefusalCode
from contracts.vocabulary import CaseState, Effect, Ruling, Subject, TaskState
from workflows.kinds.nomination.case import Hit, Nomination, Work
from workflows.procedure.case import Task
from workflows.procedure.consequences import Ends, Holds, Then
from workflows.procedure.kind import Consequence, Signing
from workflows.procedure.signatures import Alone, Together, two
from workflows.rules.forms import Findings, read
from workflows.rules.negative_list import counts
from workflows.rules.panel import panel_ruling
from workflows.rules.verdict import Refused

PANEL = ("panel-chair", "panel-vote")
AGAIN = "AGAIN"
"""What a panel without a majority comes to."""
HIT = "hit"
"""Stands in a task's `about` before the number of the hit."""


def findings_hold(draft: Work, task: Task, command: CompleteTask) -> Refused | None:
    """Refused when a reported fact cannot be reported under its item; never quietly dropped."""
    form = read(command.form, Findings)
    if isinstance(form, Refused):
        return form
    items = {item.code: item for item in draft.policy.negative_list}
    for index, fact in enumerate(form.findings):
        problem = _unreportable(items.get(fact.item), fact)
        if problem:
            return Refused(RefusalCode.FORM_INVALID, f"form field findings.{index}: {problem}")
    return None


def _unreportable(item: NegativeItem | None, fact: Fact) -> str:
    if item is None or item.retired or not item.on:
        return f"item {fact.item} is not on the negative list in force"
    covered = [subject.value for subject in item.subject]
    if fact.subject not in covered:
        return f"{fact.item} is about {' or '.join(covered)}, not {fact.subject}"
    return ""


def find_hits(draft: Work, form: dict[str, object], source: str) -> None:
    """Each fact that counts becomes a hit and the nominee is asked to explain; the others are dismissed."""
    for fact in Findings.model_validate(form).findings:
        item = draft.policy.item(fact.item)
        facts = HitFacts(fact=fact, source=source)
        verdict = counts(
            item,
            subject=Subject(fact.subject),
            liable=fact.liable,
            anchor=fact.anchor,
            cut_off=draft.case.cut_off,
        )
        if isinstance(verdict, Refused):
            draft.emit(FactDismissed(cause=Cause(verdict.code), private=facts))
            continue
        number = len(draft.case.hits) + 1
        draft.emit(HitFound(hit=number, effect=item.effect, private=facts))
        draft.open("explain", about=about(HIT, number), digest=digest_of(fact.model_dump(mode="json")))


def rule_unheard(draft: Work, task: Task) -> None:
    """The explanation never came: the ruling goes on without it, and silence is no admission."""
    draft.cancel([task], Cause.NOT_EXPLAINED)
    begin_ruling(draft, task)


def begin_ruling(draft: Work, task: Task) -> None:
    """People are asked to rule over the fact and the explanation."""
    hit = _hit(draft, task)
    said = task.form if draft.case.tasks[task.id].state is TaskState.DONE else {}
    digest = digest_of({"fact": hit.fact.model_dump(mode="json"), "explanation": said})
    match hit.effect:
        case Effect.JUDGEMENT:
            _ask_panel(draft, task.about, digest)
        case Effect.PAUSE:
            draft.open("confirm-pause", about=task.about, digest=digest)
        case Effect.HARD:
            draft.open("confirm-fact", about=task.about, digest=digest)


def vote_again(draft: Work, task: Task) -> None:
    """There is no majority: the panel votes again over the same content."""
    _ask_panel(draft, task.about, task.content_digest)


def _ask_panel(draft: Work, hit: str, digest: str) -> None:
    draft.open("panel-chair", about=hit, digest=digest)
    for signature in range(2, draft.policy.panel_size + 1):
        draft.open("panel-vote", signature=signature, about=hit, digest=digest)


def _majority(votes: Sequence[str], policy: Policy) -> str:
    ruling = panel_ruling(tuple(Ruling(vote) for vote in votes), policy.panel_size)
    return AGAIN if ruling is None else ruling.value


def _rules(ruling: Ruling) -> Consequence[Nomination]:
    def rule(draft: Work, task: Task) -> None:
        """The hit is ruled on."""
        draft.emit(HitRuled(hit=number_in(HIT, task.about), ruling=ruling))

    return rule


def _hit(draft: Work, task: Task) -> Hit:
    number = number_in(HIT, task.about)
    return next(hit for hit in draft.case.hits if hit.number == number)


RULINGS: dict[Ruling, Consequence[Nomination]] = {
    Ruling.CLEARED: _rules(Ruling.CLEARED),
    Ruling.MINOR: _rules(Ruling.MINOR),
    Ruling.VETO: Then(_rules(Ruling.VETO), Ends(CaseState.VETOED, Cause.NEGATIVE_LIST)),
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
    "explain": Alone({"EXPLAINED": begin_ruling, "NOTHING_TO_ADD": begin_ruling}),
    **two("confirm-fact", "confirm-fact-sign", _table(Ruling.VETO, Ruling.CLEARED)),
    **two("confirm-pause", "confirm-pause-sign", _table(Ruling.PAUSE, Ruling.CLEARED)),
    **dict.fromkeys(PANEL, _VOTE),
}
