"""The re-check that a person asks for: answered by others, and the only way out of an end (§8.1, §8.8.15).

It holds nothing up: the case has ended meanwhile.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from contracts.case import about, waited_for
from contracts.causes import Cause
from contracts.events.nomination import AppealAnswered, CaseReopened, RightRenewed
from contracts.vocabulary import CaseState, Effect, Ruling, Stage, TaskState
from workflows.kinds.nomination.case import Nomination, Work
from workflows.kinds.nomination.doubled import come_back
from workflows.kinds.nomination.ending import APPEAL, term_of_right
from workflows.kinds.nomination.facts import look_at_index
from workflows.kinds.nomination.findings import HIT, hear, unheard_hits
from workflows.kinds.nomination.fold import CUT_SHORT
from workflows.kinds.nomination.losing import check_again
from workflows.kinds.nomination.reports import take_up
from workflows.kinds.nomination.ruling import rule_again
from workflows.kinds.nomination.supplement import adopt
from workflows.passages.hearing import Hearing
from workflows.passages.marking import unmark
from workflows.procedure import clock
from workflows.procedure.case import RESUME, RESUMPTION, Task
from workflows.procedure.consequences import Opens, Then
from workflows.procedure.draft import Draft
from workflows.procedure.kind import Consequence, Signing
from workflows.procedure.letters import SERVE_LETTER
from workflows.procedure.serving import all_served
from workflows.procedure.signatures import Alone, two

OPEN_FILE = Opens("file")
ASKED = (APPEAL, "appeal-answer", "appeal-answer-sign")
"""What is open while the person may ask, or waits for the answer."""


def served(draft: Work, task: Task) -> None:
    """The letters are served: the right runs from now, and the file waits until it is over."""
    waiting = draft.case.open_tasks(APPEAL)
    later = [t for t in waiting if not clock.has_begun(draft.case, draft.policy, t, draft.now)]
    if later:
        draft.cancel(later, Cause.SERVED)
        draft.open(APPEAL)
    if not draft.case.open_tasks(*ASKED):
        OPEN_FILE(draft, task)


def may_be_filed(draft: Work, task: Task) -> None:
    """The right is over: the file is closed once the letters are served."""
    if not draft.case.open_tasks("serve"):
        OPEN_FILE(draft, task)


@dataclass(frozen=True)
class _Answered:
    """The person is told the answer."""

    outcome: str

    def __call__(self, draft: Draft[Any], task: Task) -> None:
        draft.emit(AppealAnswered(outcome=self.outcome))


def renew(draft: Work) -> None:
    """What a veto rests on has ended: the person may ask once more, until the file is closed (§8.1).

    Nothing while they may ask already, or wait for the answer: whoever gives it knows.
    """
    if draft.case.state is not CaseState.VETOED or draft.case.open_tasks(*ASKED):
        return
    draft.cancel(draft.case.open_tasks("file"), Cause.FACT_ENDED)
    term, until = term_of_right(draft)
    draft.emit(RightRenewed(answer_by=until))
    draft.open(APPEAL, term=term)


def reopen(draft: Work, task: Task) -> None:
    """The re-check was granted: the case is ruled on again, and goes on where the end had cut it short.

    What it was told since then counts from now: an election that was called, or is over; facts, on which the person is
    heard; reports; a post that was lost; an index below the line; a version that decides from the next step on.
    """
    case = draft.case
    vetoed = [hit for hit in case.hits if hit.ruling is Ruling.VETO and not hit.cancelled]
    draft.cancel(case.open_tasks(), Cause.APPEAL_GRANTED)
    draft.emit(CaseReopened(before=case.state, missed=_missed(draft)))
    for cut in [
        t for t in case.tasks.values() if t.state is TaskState.CANCELLED and t.cancelled in CUT_SHORT
    ]:
        _ask_again(draft, cut)
    for hit in vetoed:
        rule_again(draft, hit)
    for hit in unheard_hits(case):
        hear(draft, hit)
    take_up(draft)
    if any(hit.effect is Effect.HARD for hit in vetoed):
        unmark(draft)
    if case.index is not None and case.index_waits:
        look_at_index(draft, case.index, draft.signer.person_id)
    if case.state is CaseState.INELIGIBLE or case.duplicate_of is not None:
        come_back(draft)
    if case.state is CaseState.INELIGIBLE or case.lost:
        check_again(draft)
    if case.adopts is not None:
        adopt(draft, case.adopts)


def _missed(draft: Work) -> datetime | None:
    """The election that is over, unless the name stood on its ballot and only the count is open."""
    at, voted = draft.case.election_at, draft.case.stage is Stage.ELECTION
    return None if at is None or voted or draft.now < at else at


def _ask_again(draft: Work, cut: Task) -> None:
    """A hold stands again with its own tasks; everything else is asked again under a limit of its own.

    The re-check before an election is asked for by the date that is called now, and the count at that date; about a
    fact that is over since then nobody is asked.
    """
    cleared = {about(HIT, hit.number) for hit in draft.case.hits if hit.ruling is Ruling.CLEARED}
    if cut.kind == "recheck" or (cut.kind == "count" and draft.case.stage is not Stage.ELECTION):
        return
    if cut.about in cleared:
        return
    if cut.kind == RESUME:
        name = cut.about.partition(":")[0]
        draft.hold(Cause(name), waited_for(cut.about))
    elif cut.kind not in {*RESUMPTION, SERVE_LETTER}:
        draft.open(cut.kind, unit=cut.unit, signature=cut.signature, digest=cut.content, about=cut.about)


RIGHT = Hearing(
    APPEAL,
    {"APPEALED": Opens("appeal-answer"), "WAIVED": may_be_filed},
    silent=Cause.NOT_APPEALED,
    unheard=may_be_filed,
)


def signing(follows: Consequence[Nomination]) -> dict[str, Signing[Nomination]]:
    """Who answers, and who says that the letters are served; `follows`: what a reopened case does besides."""
    answers: dict[str, Consequence[Nomination]] = {
        "GRANTED": Then(_Answered("GRANTED"), Then(reopen, follows)),
        "REFUSED": Then(_Answered("REFUSED"), may_be_filed),
    }
    return {
        **RIGHT.signing,
        **two("appeal-answer", "appeal-answer-sign", answers),
        "serve": Alone({"SERVED": served}, check=all_served),
    }
