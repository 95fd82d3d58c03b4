"""ST05: from a reported fact through the nominee's explanation to a ruling (domain §8.2)."""

from contracts.canonical import digest_of
from contracts.commands.case import CompleteTask
from contracts.events.review import FactDismissed, HitFacts, HitFound, HitRuled
from contracts.nominee import Fact
from contracts.policy.model import NegativeItem
from contracts.refusals import RefusalCode
from contracts.vocabulary import CaseState, Effect, Ruling, Subject, TaskState
from workflows.rules.case import Hit, Task
from workflows.rules.draft import Draft
from workflows.rules.forms import Findings, read
from workflows.rules.negative_list import counts
from workflows.rules.panel import panel_ruling
from workflows.rules.procedure.handling import Handler, ask_second, confirmed
from workflows.rules.verdict import Refused

PAUSED = "pause-item"
"""Cause of the hold while a pause item's state lasts; nothing is recorded as guilt."""


def read_findings(draft: Draft, content: dict[str, object]) -> Findings | Refused:
    """The reported facts; refused when one cannot be reported under its item."""
    form = read(content, Findings)
    if isinstance(form, Refused):
        return form
    items = {item.code: item for item in draft.policy.negative_list}
    for index, fact in enumerate(form.findings):
        problem = _unreportable(items.get(fact.item), fact)
        if problem:
            return Refused(RefusalCode.FORM_INVALID, f"form field findings.{index}: {problem}")
    return form


def _unreportable(item: NegativeItem | None, fact: Fact) -> str:
    """Why a fact cannot be reported under its item; empty when it can. Refused, never quietly dropped."""
    if item is None or item.retired or not item.on:
        return f"item {fact.item} is not on the negative list in force"
    covered = [subject.value for subject in item.subject]
    if fact.subject not in covered:
        return f"{fact.item} is about {' or '.join(covered)}, not {fact.subject}"
    return ""


def find_hits(draft: Draft, findings: tuple[Fact, ...], source: str) -> None:
    """Each fact that counts becomes a hit and the nominee is asked to explain; the others are dismissed."""
    for fact in findings:
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
            draft.emit(FactDismissed(cause=verdict.code, private=facts))
            continue
        number = len(draft.case.hits) + 1
        draft.emit(HitFound(hit=number, effect=item.effect, private=facts))
        draft.open("explain", hit=number, digest=digest_of(fact.model_dump(mode="json")))


def explain(draft: Draft, task: Task, command: CompleteTask) -> Refused | None:
    """The nominee was heard: the ruling begins."""
    begin_ruling(draft, task.hit or 0, task)
    return None


def begin_ruling(draft: Draft, number: int, explanation: Task | None) -> None:
    """Open the ruling's tasks over the fact and the explanation; without one, silence is no admission."""
    hit = _hit(draft, number)
    said = explanation.form if explanation and explanation.state is TaskState.DONE else {}
    digest = digest_of({"fact": hit.fact.model_dump(mode="json"), "explanation": said})
    if hit.effect is Effect.JUDGEMENT:
        _open_panel(draft, number, digest)
    else:
        draft.open(
            "confirm-pause" if hit.effect is Effect.PAUSE else "confirm-fact", hit=number, digest=digest
        )


def _open_panel(draft: Draft, number: int, digest: str) -> None:
    draft.open("panel-chair", hit=number, digest=digest)
    for signature in range(2, draft.policy.panel_size + 1):
        draft.open("panel-vote", signature=signature, hit=number, digest=digest)


def confirm_fact(draft: Draft, task: Task, command: CompleteTask) -> Refused | None:
    """The first of two people ruled on a hard or pause item."""
    ask_second(draft, task, f"{task.kind}-sign")
    return None


def confirm_fact_sign(draft: Draft, task: Task, command: CompleteTask) -> Refused | None:
    """The second person confirmed the first one's ruling, or sent it back."""
    first = confirmed(draft, task, task.kind.removesuffix("-sign"))
    if first is not None:
        rule(draft, task.hit or 0, Ruling(first.outcome))
    return None


def panel_vote(draft: Draft, task: Task, command: CompleteTask) -> Refused | None:
    """A member of the panel voted; when all have, the majority rules, and without one they vote again."""
    kinds = ("panel-chair", "panel-vote")
    if any(t.hit == task.hit for t in draft.case.open_tasks(*kinds)):
        return None
    votes = [t for t in draft.case.acted() if t.kind in kinds and t.hit == task.hit and t.round == task.round]
    ruling = panel_ruling(tuple(Ruling(t.outcome) for t in votes), draft.policy.panel_size)
    if ruling is None:
        _open_panel(draft, task.hit or 0, task.content_digest)
    else:
        rule(draft, task.hit or 0, ruling)
    return None


def rule(draft: Draft, number: int, ruling: Ruling) -> None:
    """Record the ruling: a veto ends the case, a pause holds it, the others let it go on."""
    draft.emit(HitRuled(hit=number, ruling=ruling))
    if ruling is Ruling.VETO:
        draft.end(CaseState.VETOED, "negative-list")
    elif ruling is Ruling.PAUSE and draft.case.hold is None:
        draft.hold(PAUSED, draft.case.stage)


def _hit(draft: Draft, number: int) -> Hit:
    return next(hit for hit in draft.case.hits if hit.number == number)


HANDLERS: dict[str, Handler] = {
    "explain": explain,
    "confirm-fact": confirm_fact,
    "confirm-fact-sign": confirm_fact_sign,
    "confirm-pause": confirm_fact,
    "confirm-pause-sign": confirm_fact_sign,
    "panel-chair": panel_vote,
    "panel-vote": panel_vote,
}
