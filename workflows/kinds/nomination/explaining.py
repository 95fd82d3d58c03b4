"""The nominee explains a fact, or says that it is another's: that is checked where the fact came from (SC-19).

Whoever reported it may ask for the same check, and then says as well when a state is over.
"""

from contracts.case import about
from contracts.causes import Cause
from contracts.commands.case import CompleteTask, EndFact
from contracts.commands.nomination import DisputeHit
from contracts.events.review import Correction, Dispute, HitCancelled, HitDisputed, HitFacts
from contracts.refusals import RefusalCode
from contracts.saying import say
from contracts.vocabulary import CaseState, Effect, Ruling
from workflows.kinds.nomination.appeal import renew
from workflows.kinds.nomination.case import Hit, Nomination, Work
from workflows.kinds.nomination.ended import fact_ended, is_over
from workflows.kinds.nomination.findings import HIT, hit_of
from workflows.kinds.nomination.grades import grade_again, tell_giver
from workflows.kinds.nomination.keeping import keep
from workflows.kinds.nomination.ruling import begin_ruling, content_of, rule_again
from workflows.passages.ended_fact import ended_fact
from workflows.passages.hearing import Hearing
from workflows.passages.marking import unmark
from workflows.procedure.case import Task
from workflows.procedure.kind import Consequence, Signing
from workflows.procedure.rights import asks_as_self, may_ask
from workflows.procedure.signatures import two
from workflows.rules.verdict import Refused

DEPARTMENT = ("match", "match-sign")
DESK = ("match-desk", "match-desk-sign")
"""Who checks what no consulted department reported."""
OVER = "OVER"
SET_ASIDE = "名单核查认定与本人无关"


def check_match(draft: Work, task: Task) -> None:
    """The nominee says that the fact is another's: whoever reported it compares the numbers, and the ruling waits."""
    _dispute(draft, hit_of(draft, task), task.reason)


def dispute(draft: Work, command: DisputeHit) -> Refused | None:
    """The same, said later: of a fact that was explained already, or ruled on; by the person once for each hit.

    After a veto its source may say so, because the person may then ask for a re-check once more.
    """
    case = draft.case
    hit = next((hit for hit in case.hits if hit.number == command.hit), None)
    none = Refused(RefusalCode.UNKNOWN_HIT, say("no-such-hit", hit=command.hit))
    if hit is None or hit.cancelled or is_compared(draft, hit):
        return none
    verdict = may_ask(command.actor, case, command.act, draft.policy, hit.source)
    if isinstance(verdict, Refused):
        return verdict
    as_self = asks_as_self(command.actor, case, command.act, draft.policy)
    if as_self and (hit.disputed or hit.effect is Effect.PAUSE):
        # Nobody learns from a refusal that there is such a hit (§8.8.2).
        return none
    after_a_veto = case.state is CaseState.VETOED and hit.ruling is Ruling.VETO and not as_self
    if case.ended and not after_a_veto:
        return Refused(RefusalCode.CASE_ENDED, say("ended", state=case.state))
    draft.cancel(_about(draft, hit), Cause.MATCH_DISPUTED)
    _dispute(draft, hit, command.reason)
    return None


def end_fact(draft: Work, command: EndFact) -> Refused | None:
    """A list says that the fact is over, or two people at the desk that it is another's; that is checked where it was
    ruled on already and the case goes on."""
    found = ended_fact(draft, command)
    if isinstance(found, Refused):
        return found
    fact_ended(draft, found, command.cause)
    return set_aside(draft, command) if command.cause == "set-aside" else None


def set_aside(draft: Work, command: EndFact) -> Refused | None:
    """Two people at the desk found that the fact is another's: where it counts as ruled on its numbers are compared."""
    found = [hit for hit in draft.case.hits if hit.fact.same_as(command.fact) and not hit.disputed]
    ruled = [hit for hit in found if hit.ruling in {Ruling.MINOR, Ruling.PAUSE}]
    if ruled and draft.case.ended:
        keep(draft, command)
        return None
    for hit in ruled:
        _dispute(draft, hit, SET_ASIDE)
    return None


def _dispute(draft: Work, hit: Hit, reason: str) -> None:
    draft.emit(HitDisputed(hit=hit.number, effect=hit.effect, private=Dispute(reason=reason)))
    named = about(HIT, hit.number)
    # Nothing is asked of a department before the person has signed the declaration (§8.1).
    signed = any(declared.outcome == "SIGNED" for declared in draft.case.acted("declare"))
    asked = signed and any(department.code == hit.source for department in draft.policy.departments)
    first, unit = (DEPARTMENT[0], hit.source) if asked else (DESK[0], "")
    draft.open(first, unit=unit, about=named, digest=content_of(draft, named))


def _about(draft: Work, hit: Hit) -> list[Task]:
    return [t for t in draft.case.open_tasks() if t.about == about(HIT, hit.number)]


def is_compared(draft: Work, hit: Hit) -> bool:
    """Whether its numbers are being compared: a ruling waits for that."""
    return any(task.kind in {*DEPARTMENT, *DESK} for task in _about(draft, hit))


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
    draft.emit(HitCancelled(hit=hit.number, effect=hit.effect, private=record))
    if draft.case.ended:
        # A veto over another's fact stands against nobody, whether the person asks for a re-check or not.
        if (hit.ruling, hit.effect) == (Ruling.VETO, Effect.HARD):
            unmark(draft)
        renew(draft)
        return
    draft.lift(Cause.PAUSE_ITEM, task.about, Cause.MATCH_DISPUTED)
    draft.give_back(begun)
    grade_again(draft)
    tell_giver(draft)


def state_over(draft: Work, task: Task, command: CompleteTask) -> Refused | None:
    """Only a state can be over: what was decided or done on some day counts as long as its look-back runs."""
    if command.outcome != OVER or is_over(draft, hit_of(draft, task), "over"):
        return None
    return Refused(RefusalCode.OUTCOME_NOT_ALLOWED, say("no-state-to-end"))


def over(draft: Work, task: Task) -> None:
    """The fact is this person's, and its state is over: what is still to be ruled on is CLEARED."""
    hit = hit_of(draft, task)
    fact_ended(draft, HitFacts(fact=hit.fact, source=hit.source, reported_by=task.signer), "over")


EXPLANATION = Hearing(
    "explain",
    {"EXPLAINED": begin_ruling, "NOTHING_TO_ADD": begin_ruling, "MISMATCH": check_match},
    silent=Cause.NOT_EXPLAINED,
    unheard=begin_ruling,
)
COMPARED: dict[str, Consequence[Nomination]] = {"MATCHES": uphold, "MISMATCH": cancel_hit, OVER: over}
SIGNING: dict[str, Signing[Nomination]] = {
    **EXPLANATION.signing,
    **two(*DEPARTMENT, COMPARED, check=state_over),
    **two(*DESK, COMPARED, check=state_over),
}
