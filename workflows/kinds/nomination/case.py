"""What a nomination knows beyond what every case knows."""

from datetime import date
from typing import NamedTuple, Self, TypeAlias

from contracts.base import Contract, Digest, Instant
from contracts.case import question_to
from contracts.causes import Cause
from contracts.events import leaving
from contracts.events.nomination import KeptWord
from contracts.events.review import Scores
from contracts.matter import Reading, Recommender
from contracts.nominee import Evaluation, Fact, Nominee
from contracts.transition import Applied
from contracts.vocabulary import CaseState, Effect, Grade, Ruling, Seat, Stage, Standing, TaskState
from workflows.procedure.case import Case, Task
from workflows.procedure.draft import Draft

SEE_LOSS = "see-loss"
"""The task in which a second person sees the paper of a death, or of the loss of capacity."""
CUT_SHORT = frozenset({Cause.NEGATIVE_LIST, Cause.SCREENING_INELIGIBLE})
"""Causes of the ends that grant the right to a re-check: what was cancelled for them was cut short."""


class Question(NamedTuple):
    """Something that a department is asked: where it is closed without a reply, and by which signatures it is heard.

    One that was closed on the first letter is heard late by other tasks.
    """

    name: str
    conference: str
    heard: tuple[str, ...]

    def to(self, unit: str) -> str:
        """The name of the question to this department."""
        return question_to(unit, self.name)


FIRST_LETTER = Question("", "conference", ("reply-sign", "reply-above-sign"))
ADDED = Question("supplement", "supplement-conference", ("supplement-sign",))
"""What a later version adds (SC-11)."""
QUESTIONS = (FIRST_LETTER, ADDED)


class Hit(Contract):
    """A reported fact that counts, and its ruling once there is one."""

    number: int
    fact: Fact
    source: str
    """The unit that reported it, or the role of whoever found it."""
    effect: Effect
    ruling: Ruling | None = None
    disputed: bool = False
    """Somebody says that it is another's."""
    cancelled: bool = False
    """It was another's fact (SC-19)."""
    ended: bool = False
    """It stands on its list no more, or never meant the person; people rule on it all the same."""


class Report(Contract):
    """A report, how it stands to the notice that was posted last (`notice` counts them), and its ending."""

    number: int
    signed: bool
    standing: Standing
    notice: int
    registered_by: str
    checked: bool
    vague: bool = False
    ending: str | None = None
    answered: Instant | None = None
    """When its check ended."""

    def again(self) -> Self:
        """The report before its ending."""
        return self.model_copy(update={"ending": None, "answered": None})


class Shown(Contract):
    """A paper that somebody showed, on which the nominee leaves as soon as another person has confirmed it."""

    cause: Cause
    by: str
    paper: leaving.Paper


class Nomination(Case):
    """One nomination."""

    cut_off: date = date.max
    stage: Stage = Stage.NOMINATION
    nominating_unit: str = ""
    also_nominating: tuple[str, ...] = ()
    """Units that nominated the same person in a case that was merged into this one."""
    seat: Seat = Seat.EXECUTIVE
    nominee: Nominee | None = None
    duplicate_of: str | None = None
    """The earlier case of the same person in this batch, while that one stands."""
    lost: bool = False
    """The post or the firm for which he is nominated is lost, and the eligibility is checked again."""
    shared: Evaluation | None = None
    """The evaluation of another case about the same person."""
    sisters: tuple[str, ...] = ()
    """Cases about the same person in other batches."""
    others: tuple[str, ...] = ()
    """Later cases of the same person in this batch."""
    hits: tuple[Hit, ...] = ()
    unmatched: tuple[Digest, ...] = ()
    """Facts that were reported as another's, each by `Fact.key`: the screening desk looks at each once."""
    reports: tuple[Report, ...] = ()
    unanswered: tuple[str, ...] = ()
    """What the joint conference closed without a reply: the departments, by the names of what they were asked."""
    index: Reading | None = None
    """The integrity index on record; None while none is."""
    replaced: tuple[Reading, ...] = ()
    """Indexes that were on record before it."""
    index_waits: bool = False
    """It came when the case had ended: whether it is a fact is seen when a re-check is granted."""
    minor_at: tuple[str, ...] = ()
    """Cases that use this one's evaluation and in which a panel ruled an item minor."""
    grade: Grade | None = None
    reopened: CaseState | None = None
    """How the case had ended before a re-check was granted."""
    scores: Scores | None = None
    """What the grade rests on."""
    valid_until: Instant | None = None
    """24:00 of the last day on which the evaluation is valid."""
    posted: Instant | None = None
    """When the names were posted last."""
    window: tuple[Instant, Instant] | None = None
    election_at: Instant | None = None
    """The election that was called last."""
    missed: Instant | None = None
    """The last election that was held without the case, or without a quorum."""
    spared: Instant | None = None
    """The election that was over when a re-check was granted: for that one nothing of this case comes too late."""
    applied: Applied | None = None
    """The rule of transition that reached the case when the departments had been asked."""
    adopts: Applied | None = None
    """A rule of transition that came when the case had ended: its version decides once a re-check is granted."""
    ballot: Instant | None = None
    """The election on whose ballot the name stands."""
    shown: Shown | None = None
    put_aside: Shown | None = None
    """The withdrawal that was shown before a loss was: it waits until that is seen."""
    kept: tuple[KeptWord, ...] = ()
    """What it was told when it had ended, and that counts once a re-check is granted, in that order."""

    @property
    def gone(self) -> bool:
        """Whether two people saw the paper of a death, or of the loss of capacity."""
        lost = self.shown is not None and self.shown.cause in {Cause.DEATH, Cause.INCAPACITY}
        asked = [task for task in self.tasks.values() if task.kind == SEE_LOSS]
        return lost and bool(asked) and asked[-1].state is TaskState.DONE

    @property
    def may_return(self) -> bool:
        """Whether it has ended, and a granted re-check would reopen it: then what it was told meanwhile counts."""
        return self.state in {CaseState.VETOED, CaseState.INELIGIBLE} and not (self.filed or self.gone)

    @property
    def over_for_good(self) -> bool:
        """Whether it has ended, and no re-check can bring it back."""
        return self.ended and not self.may_return

    @property
    def upcoming(self) -> Instant | None:
        """The election that it may still be on the ballot of; None while none is called, or once it was held."""
        return None if self.election_at == self.missed else self.election_at

    @property
    def recommenders(self) -> tuple[Recommender, ...]:
        """Everybody who recommends the person, here or elsewhere, as another case is told of them."""
        people = (self.nominator_id, *self.also_nominated_by)
        units = (self.nominating_unit, *self.also_nominating)
        here = (Recommender(person_id=p, unit=u) for p, u in zip(people, units, strict=True))
        return tuple(dict.fromkeys((*here, *self.recommended_by)))

    @property
    def brought_by(self) -> frozenset[str]:
        """The nominating unit, and those whose nominations were merged into this one."""
        return frozenset({self.nominating_unit, *self.also_nominating})

    @property
    def firms(self) -> frozenset[Digest]:
        """The firms that were entered for the nominee."""
        return frozenset() if self.nominee is None else frozenset(self.nominee.firm_digests)

    def open_hits(self) -> list[Hit]:
        """Hits that are still to be ruled on."""
        return [hit for hit in self.hits if hit.ruling is None and not hit.cancelled]

    def told_hits(self) -> list[Hit]:
        """Those of them that a state or a refusal may tell of: that somebody is investigated none does (§8.8.2)."""
        return [hit for hit in self.open_hits() if hit.effect is not Effect.PAUSE]

    def open_reports(self) -> list[Report]:
        """Reports that are being checked."""
        return [report for report in self.reports if report.checked and report.ending is None]

    def cut_short(self) -> list[Task]:
        """Tasks that an end cut short from which a re-check may bring the case back, in the order of their opening."""
        cut = (task for task in self.tasks.values() if task.state is TaskState.CANCELLED)
        return [task for task in cut if task.cancelled in CUT_SHORT]

    @property
    def notices(self) -> int:
        """How often the names were posted."""
        return len(self.acted("post-notice"))


def graded_by(case: Nomination, other: str) -> bool:
    """Whether its grade is that of the evaluation of this other case."""
    return case.scores is not None and case.scores.index_source == other


Work: TypeAlias = Draft[Nomination]
"""A step of a nomination in the making."""
