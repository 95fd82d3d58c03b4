"""A conflict that is found after the person acted: what rests on those acts is void and done again (SOD-08).

So is what a person had judged of whom they recommend, as it turns out when another's nomination comes (SOD-01).

Everything that was decided from the first of those acts on rests on them. What others answered or explained beside
the line of decisions, such as another department's reply, stands. A case that has gone back and stands before those
acts now comes to them by itself: it is taken on to none of them. What the person did beside the tasks is void as well:
a kind of case says of each such act how it is taken back.
"""

from collections.abc import Mapping

from contracts.causes import Cause
from contracts.events.conflict import PapersVoided
from contracts.vocabulary import Stage
from workflows.procedure.case import C, Task
from workflows.procedure.draft import Draft
from workflows.procedure.hands import Hand
from workflows.procedure.holding import RESUMED_AGAIN
from workflows.procedure.kind import Again, Kind
from workflows.procedure.recusal import SETTLED_AGAIN
from workflows.procedure.separation import judged_whom_they_recommend
from workflows.procedure.signatures import First

ORDER = tuple(Stage)
"""Stages in the order in which a case comes to them."""


def redo(kind: Kind[C], draft: Draft[C]) -> None:
    """Void and ask again what rests on the acts of anybody who is kept from the case for good."""
    for person in dict.fromkeys(doubt.person for doubt in draft.case.doubts if doubt.bars and doubt.settled):
        theirs = [t for t in draft.case.acted() if person in t.signers and _decides(kind, t)]
        beside = [hand for hand in draft.case.hands if hand.person == person and not hand.void]
        if (theirs or beside) and not draft.case.ended:
            _redo(kind, draft, person, theirs, beside)
        if not draft.case.over_for_good:
            _ask_first_again(kind, draft, person)
    for person in sorted(draft.case.recommending):
        judged = judged_whom_they_recommend(draft.case, person, draft.policy)
        theirs = [task for task in judged if _decides(kind, task)]
        if theirs and not draft.case.ended:
            _redo(kind, draft, person, theirs, [])


def _ask_first_again(kind: Kind[C], draft: Draft[C], person: str) -> None:
    """A first signature that still waits for its second is nobody's to confirm: others give it, in every kind of case.

    Where the kind itself says how its decisions are asked again, that has been done already.
    """
    for code, signing in kind.signing.items():
        if not isinstance(signing, First) or code in _table(kind):
            continue
        for first in draft.case.acted(code):
            waiting = [
                t for t in draft.case.open_tasks(*signing.seconds) if t.content_digest == first.answer_digest
            ]
            if waiting and person in first.signers:
                draft.emit(PapersVoided(person_id=person, stage=None, tasks=(first.id,), acts=()))
                draft.cancel(waiting, Cause.CONFLICT)
                draft.open(code, unit=first.unit, like=waiting[0], digest=first.content, about=first.about)


def _redo(kind: Kind[C], draft: Draft[C], person: str, theirs: list[Task], beside: list[Hand]) -> None:
    line = sorted((t for t in theirs if not _again(kind, t).alone), key=lambda t: _turn(kind, t))[:1]
    rest = [t for t in draft.case.acted() if _decides(kind, t) and _rests(kind, t, line, theirs)]
    waiting = [t for t in draft.case.open_tasks(*_table(kind)) if _rests(kind, t, line, theirs)]
    stage = line[0].stage if line else None
    acts = tuple(dict.fromkeys(hand.event for hand in beside))
    draft.emit(PapersVoided(person_id=person, stage=stage, tasks=tuple(t.id for t in rest), acts=acts))
    draft.cancel(waiting, Cause.CONFLICT)
    for task in _once([*line, *(t for t in theirs if _again(kind, t).beside)], kind):
        again = _again(kind, task)
        if again.beside or again.returns or _place(task) <= ORDER.index(draft.case.stage):
            again.ask(draft, task)
    for hand in beside:
        if take_back := kind.retracts.get(hand.event):
            take_back(draft, hand)


def _rests(kind: Kind[C], task: Task, line: list[Task], theirs: list[Task]) -> bool:
    """Whether this paper, done or asked for, rests on those acts; `line`: the first of the line."""
    if _again(kind, task).beside:
        return any(_same_matter(task, other) for other in theirs)
    return any(_place(task) >= _place(first) and task.kind not in _again(kind, first).after for first in line)


def _same_matter(task: Task, other: Task) -> bool:
    return (task.stage, task.unit, task.about) == (other.stage, other.unit, other.about)


def _decides(kind: Kind[C], task: Task) -> bool:
    """Whether anything rests on it: stepping back is an answer on which nothing does."""
    return task.kind in _table(kind) and task.outcome != "RECUSED"


def _again(kind: Kind[C], task: Task) -> Again[C]:
    return _table(kind)[task.kind]


def _table(kind: Kind[C]) -> Mapping[str, Again[C]]:
    """What this kind asks again, and what every kind does."""
    return {**SETTLED_AGAIN, **RESUMED_AGAIN, **kind.again}


def _turn(kind: Kind[C], task: Task) -> tuple[int, int]:
    """Of one stage that first on which the others of it rest."""
    return _place(task), len(_again(kind, task).after)


def _place(task: Task) -> int:
    return ORDER.index(task.stage)


def _once(tasks: list[Task], kind: Kind[C]) -> list[Task]:
    """One of each matter: two signatures over one thing are asked again by one question."""
    found: dict[object, Task] = {}
    for task in tasks:
        matter = (task.stage, task.unit, task.about) if _again(kind, task).beside else task.stage
        found.setdefault(matter, task)
    return list(found.values())
