"""A granted re-check reopens the case: what stood when it ended stands again, what it was told since counts (§8.1).

Whoever was asked is asked again, and of a hold both who end it: one of two signatures lifts none.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from contracts.case import about, waited_for
from contracts.causes import Cause
from contracts.commands.base import Command
from contracts.commands.case import EndFact
from contracts.commands.nomination import RejectForQuota
from contracts.events.nomination import CaseReopened
from contracts.vocabulary import CaseState, Effect, Ruling, Stage
from workflows.kinds.nomination import approval, explaining, levels, losing, papers, reports
from workflows.kinds.nomination.case import SEE_LOSS, Nomination, Work
from workflows.kinds.nomination.doubled import come_back
from workflows.kinds.nomination.facts import look_at_index
from workflows.kinds.nomination.findings import HIT, hear, unheard_hits
from workflows.kinds.nomination.ruling import rule_again
from workflows.kinds.nomination.supplement import adopt
from workflows.passages.marking import unmark
from workflows.procedure.case import ITEM, NAMING, RESUMPTION, Task, item_about
from workflows.procedure.letters import SERVE_LETTER
from workflows.procedure.naming import waiting_for
from workflows.procedure.recusal import RECUSAL
from workflows.rules.verdict import Refused

OTHERWISE = frozenset({*RESUMPTION, *papers.KINDS, ITEM, NAMING, SERVE_LETTER})
"""Tasks that are not asked again as they were: they come with what they are about, or not at all."""
GOES_ON = frozenset({RECUSAL, *explaining.DEPARTMENT, *explaining.DESK, SEE_LOSS})
"""Tasks that do not end with the end: whatever they come to counts for the case that is reopened."""
KEPT: Mapping[type[Command], Callable[[Work, Any], Refused | None]] = {
    EndFact: explaining.set_aside,
    RejectForQuota: approval.reject_for_quota,
}
"""What follows from words that the case kept (`keeping.keep`)."""


def reopen(draft: Work, task: Task) -> None:
    """The re-check was granted: the case is ruled on again, and goes on where the end had cut it short.

    What it was told since then counts from now: an election that was called, or is over; reports, which are checked;
    facts, on which the person is heard; an index below the line; a post that was lost; a version that decides from the
    next step on; a shared evaluation; and words that it kept, as long as none ends the case.
    """
    case = draft.case
    vetoed = [hit for hit in case.hits if hit.ruling is Ruling.VETO and not hit.cancelled]
    to_rule_on = [hit for hit in vetoed if not explaining.is_compared(draft, hit)]
    draft.cancel([one for one in case.open_tasks() if one.kind not in GOES_ON], Cause.APPEAL_GRANTED)
    draft.emit(CaseReopened(before=case.state, missed=_missed(draft), reopened=draft.now))
    _as_it_stood(draft, case)
    for hit in to_rule_on:
        rule_again(draft, hit)
    for hit in unheard_hits(case):
        hear(draft, hit)
    if any(hit.effect is Effect.HARD for hit in vetoed):
        unmark(draft)
    if case.index is not None and case.index_waits:
        look_at_index(draft, case.index, draft.signer.person_id)
    if case.state is CaseState.INELIGIBLE or case.duplicate_of is not None:
        come_back(draft)
    if case.state is CaseState.INELIGIBLE or case.lost:
        losing.check_again(draft)
    if case.adopts is not None:
        adopt(draft, case.adopts)
    levels.come_back(draft)
    for word in case.kept:
        if not draft.case.ended:
            KEPT[type(word)](draft, word)


def _missed(draft: Work) -> datetime | None:
    """The election that is over, unless the name stood on its ballot and only the count is open."""
    at, voted = draft.case.election_at, draft.case.stage is Stage.ELECTION
    return None if at is None or voted or draft.now < at else at


def _as_it_stood(draft: Work, ended: Nomination) -> None:
    """What the end had cut short goes on: holds, tasks, reports, and a paper that waits to be confirmed."""
    again: dict[str, str] = {}
    for cut in ended.cut_short():
        if cut.kind in RESUMPTION:
            draft.hold(Cause(cut.about.partition(":")[0]), waited_for(cut.about))
        elif cut.kind == NAMING and (anew := again.get(waiting_for(ended, cut))):
            draft.open(NAMING, about=item_about(draft.case.tasks[anew]), role=cut.role)
        elif _is_asked(draft, cut):
            _ask_again(draft, cut)
            again[cut.id] = next(reversed(draft.case.tasks))
    reports.take_up(draft)
    papers.ask(draft)


def _is_asked(draft: Work, cut: Task) -> bool:
    """Whether the task is asked again as it was.

    The re-check before an election is asked for by the date that is called now, and the count at that date; about a
    fact that is over since then nobody is asked.
    """
    cleared = {about(HIT, hit.number) for hit in draft.case.hits if hit.ruling is Ruling.CLEARED}
    dated = cut.kind == "recheck" or (cut.kind == "count" and draft.case.stage is not Stage.ELECTION)
    return not (dated or cut.kind in OTHERWISE or cut.about in cleared)


def _ask_again(draft: Work, cut: Task) -> None:
    """The same is asked under a limit of its own."""
    draft.open(
        cut.kind,
        unit=cut.unit,
        signature=cut.signature,
        digest=cut.content,
        about=cut.about,
        role=cut.role,
    )
