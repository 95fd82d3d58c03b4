"""The re-check that a person asks for: answered by others, and the only way out of an end (§8.1, §8.8.15).

It holds nothing up: the case has ended meanwhile.
"""

from dataclasses import dataclass
from typing import Any

from contracts.causes import Cause
from contracts.events.nomination import AppealAnswered, RightRenewed
from contracts.vocabulary import CaseState
from workflows.kinds.nomination.case import Nomination, Work
from workflows.kinds.nomination.ending import APPEAL, term_of_right
from workflows.passages.hearing import Hearing
from workflows.procedure import clock
from workflows.procedure.case import Task
from workflows.procedure.consequences import Opens, Then
from workflows.procedure.draft import Draft
from workflows.procedure.kind import Consequence, Signing
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


def forgo(draft: Work, task: Task, cause: Cause) -> None:
    """Nobody is left who could ask for it, or whom the answer would concern."""
    waiting = draft.case.open_tasks(*ASKED)
    draft.cancel(waiting, cause)
    if waiting:
        may_be_filed(draft, task)


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
    vetoed = draft.case.may_return and draft.case.state is CaseState.VETOED
    if not vetoed or draft.case.open_tasks(*ASKED):
        return
    draft.cancel(draft.case.open_tasks("file"), Cause.FACT_ENDED)
    term, until = term_of_right(draft)
    draft.emit(RightRenewed(answer_by=until))
    draft.open(APPEAL, term=term)


RIGHT = Hearing(
    APPEAL,
    {"APPEALED": Opens("appeal-answer"), "WAIVED": may_be_filed},
    silent=Cause.NOT_APPEALED,
    unheard=may_be_filed,
)


def signing(reopen: Consequence[Nomination]) -> dict[str, Signing[Nomination]]:
    """The tasks of the right; `reopen` is what follows when the re-check is granted."""
    answers: dict[str, Consequence[Nomination]] = {
        "GRANTED": Then(_Answered("GRANTED"), reopen),
        "REFUSED": Then(_Answered("REFUSED"), may_be_filed),
    }
    return {
        **RIGHT.signing,
        **two("appeal-answer", "appeal-answer-sign", answers),
        "serve": Alone({"SERVED": served}, check=all_served),
    }
