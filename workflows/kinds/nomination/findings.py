"""From what somebody reports to a hit: whose fact it is, and whether it counts (domain §8.2)."""

from datetime import date

from contracts.canonical import digest_of
from contracts.case import CaseKind, about, number_in
from contracts.causes import Cause
from contracts.commands.case import CompleteTask
from contracts.events.review import FactDismissed, HitFacts, HitFound
from contracts.nominee import Fact
from contracts.vocabulary import Effect, Subject
from workflows.kinds.nomination.case import Hit, Nomination, Work
from workflows.passages.unmatched import ask_the_desk
from workflows.procedure.case import Task, calendar_of
from workflows.rules import identity
from workflows.rules.calendar import local_day
from workflows.rules.forms import Findings, read
from workflows.rules.negative_list import counts, look_back_ends
from workflows.rules.verdict import Refused, Verdict

HIT = "hit"
"""Stands in a task's `about` before the number of the hit."""


def findings_hold(draft: Work, task: Task, command: CompleteTask) -> Refused | None:
    """Refused when a reported fact cannot be reported, or is not this person's; never quietly dropped."""
    form = read(command.form, Findings)
    if isinstance(form, Refused):
        return form
    for index, fact in enumerate(form.findings):
        verdict = reportable(draft, fact)
        if isinstance(verdict, Refused):
            return Refused(verdict.code, verdict.said.at(f"findings.{index}"))
    return None


def reportable(draft: Work, fact: Fact) -> Verdict:
    """Whether this fact can be reported of this nominee."""
    if draft.case.nominee is None:
        raise RuntimeError("a nomination without a nominee takes no facts")
    return identity.reportable(fact, draft.case.nominee, today(draft), draft.policy)


def today(draft: Work) -> date:
    """The day of the step, by the case's calendar."""
    return local_day(draft.now, calendar_of(draft.case, draft.policy))


def find_hits(draft: Work, reported: Task) -> None:
    """Each fact of a completed task is looked at by itself; the unit that was asked reported it, else the role."""
    for fact in Findings.model_validate(reported.form).findings:
        found = HitFacts(fact=fact, source=reported.unit or reported.role, reported_by=reported.signer)
        look_at(draft, found)


def look_at(draft: Work, found: HitFacts) -> None:
    """A fact that counts becomes a hit and the nominee is asked to explain; every other is kept as what it is.

    What was sent to the screening desk already is looked at there once. Of a case that has ended nobody is asked until
    a granted re-check reopens it.
    """
    fact = found.fact
    if fact.unmatched and fact.key in draft.case.unmatched:
        return
    if fact.unmatched:
        ask_the_desk(draft, CaseKind.NOMINATION, found, draft.case.nominee)
        return
    verdict = counted(draft, fact)
    if isinstance(verdict, Refused):
        draft.emit(FactDismissed(cause=Cause(verdict.code), private=found))
        return
    item, number = draft.policy.item(fact.item), len(draft.case.hits) + 1
    until = look_back_ends(item, fact.anchor)
    draft.emit(HitFound(hit=number, effect=item.effect, until=until, private=found))
    if not draft.case.ended:
        hear(draft, numbered(draft.case, number))


def counted(draft: Work, fact: Fact) -> Verdict:
    """Whether the fact counts under its item on the batch's cut-off day; otherwise why not."""
    return counts(
        draft.policy.item(fact.item),
        subject=Subject(fact.subject),
        liable=fact.liable,
        anchor=fact.anchor,
        cut_off=draft.case.cut_off,
    )


def hit_of(draft: Work, task: Task) -> Hit:
    """The hit that a task is about."""
    return numbered(draft.case, number_in(HIT, task.about))


def numbered(case: Nomination, number: int) -> Hit:
    """The case's hit of this number."""
    return next(hit for hit in case.hits if hit.number == number)


def unheard_hits(case: Nomination) -> list[Hit]:
    """Hits that were found when the case had ended: nobody was asked anything about them yet."""
    asked = {task.about for task in case.tasks.values()}
    return [hit for hit in case.open_hits() if about(HIT, hit.number) not in asked]


def hear(draft: Work, hit: Hit) -> None:
    """The person is heard first, but not on a state that may be secret: an investigation (§8.8.2)."""
    digest = digest_of(hit.fact.model_dump(mode="json"))
    match hit.effect:
        case Effect.HARD | Effect.JUDGEMENT:
            draft.open("explain", about=about(HIT, hit.number), digest=digest)
        case Effect.PAUSE:
            draft.open("confirm-pause", about=about(HIT, hit.number), digest=digest)
