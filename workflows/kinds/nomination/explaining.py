"""The nominee explains a fact, or says that it is another's: that is checked where the fact came from (SC-19)."""

from contracts.case import about
from contracts.causes import Cause
from contracts.commands.nomination import DisputeHit
from contracts.events.review import Correction, Dispute, HitCancelled, HitDisputed
from contracts.refusals import RefusalCode
from contracts.vocabulary import Effect
from workflows.kinds.nomination.case import Hit, Nomination, Work
from workflows.kinds.nomination.findings import HIT, hit_of
from workflows.kinds.nomination.grades import grade_again
from workflows.kinds.nomination.ruling import begin_ruling, content_of, rule_again
from workflows.passages.hearing import Hearing
from workflows.procedure.case import Task
from workflows.procedure.kind import Signing
from workflows.procedure.rights import asks_as_self, may_ask
from workflows.procedure.signatures import two
from workflows.rules.verdict import Refused

DEPARTMENT = ("match", "match-sign")
DESK = ("match-desk", "match-desk-sign")
"""Who checks what no consulted department reported."""


def check_match(draft: Work, task: Task) -> None:
    """The nominee says that the fact is another's: whoever reported it compares the numbers, and the ruling waits."""
    _dispute(draft, hit_of(draft, task), task.reason)


def dispute(draft: Work, command: DisputeHit) -> Refused | None:
    """The same, said later: of a fact that was explained already, or ruled on. Once for each hit."""
    case = draft.case
    hit = next((hit for hit in case.hits if hit.number == command.hit), None)
    if hit is None or hit.disputed:
        return Refused(RefusalCode.UNKNOWN_HIT, f"the case has no hit {command.hit} that can be disputed")
    verdict = may_ask(command.actor, case, command.act, draft.policy, hit.source)
    if isinstance(verdict, Refused):
        return verdict
    if asks_as_self(command.actor, case, command.act, draft.policy) and hit.effect is Effect.PAUSE:
        # Nobody learns from a refusal that there is such a hit (§8.8.2).
        return Refused(RefusalCode.UNKNOWN_HIT, f"the case has no hit {command.hit} that can be disputed")
    if case.ended:
        return Refused(RefusalCode.CASE_ENDED, f"the case ended as {case.state.value}")
    draft.cancel(_about(draft, hit), Cause.MATCH_DISPUTED)
    _dispute(draft, hit, command.reason)
    return None


def _dispute(draft: Work, hit: Hit, reason: str) -> None:
    draft.emit(HitDisputed(hit=hit.number, private=Dispute(reason=reason)))
    named = about(HIT, hit.number)
    asked = any(department.code == hit.source for department in draft.policy.departments)
    first, unit = (DEPARTMENT[0], hit.source) if asked else (DESK[0], "")
    draft.open(first, unit=unit, about=named, digest=content_of(draft, named))


def _about(draft: Work, hit: Hit) -> list[Task]:
    return [t for t in draft.case.open_tasks() if t.about == about(HIT, hit.number)]


def uphold(draft: Work, task: Task) -> None:
    """The fact is this person's: a ruling that was given stands, and one that was not is asked for."""
    hit = hit_of(draft, task)
    if hit.ruling is None:
        rule_again(draft, hit)


def cancel_hit(draft: Work, task: Task) -> None:
    """The fact is another's: the hit is cancelled for good, and what it brought about is taken back."""
    first, hit = draft.case.signed_by_first(task), hit_of(draft, task)
    record = Correction(reason=first.reason, checked_by=first.signer, confirmed_by=task.signer)
    begun = min(t.opened for t in draft.case.tasks.values() if t.about == task.about)
    draft.emit(HitCancelled(hit=hit.number, private=record))
    draft.lift(Cause.PAUSE_ITEM, task.about, Cause.MATCH_DISPUTED)
    draft.give_back(begun)
    grade_again(draft)


EXPLANATION = Hearing(
    "explain",
    {"EXPLAINED": begin_ruling, "NOTHING_TO_ADD": begin_ruling, "MISMATCH": check_match},
    silent=Cause.NOT_EXPLAINED,
    unheard=begin_ruling,
)
SIGNING: dict[str, Signing[Nomination]] = {
    **EXPLANATION.signing,
    **two(*DEPARTMENT, {"MATCHES": uphold, "MISMATCH": cancel_hit}),
    **two(*DESK, {"MATCHES": uphold, "MISMATCH": cancel_hit}),
}
