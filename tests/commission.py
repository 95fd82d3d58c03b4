"""The people of a removal and of its reviews, for tests: over the pure rules, or over a running workflow."""

from typing import Any

from contracts.base import NO_DIGEST
from contracts.case import CaseKind
from contracts.commands.case import CompleteTask
from contracts.commands.integrity import OpenIntegrity
from contracts.errand import Errand, Start, Tell
from tests.instants import CHINA
from tests.office import MINUTES, People
from workflows.kinds.removal.case import Removal
from workflows.kinds.removal.seat import OF_WHICH_IS_OPEN
from workflows.kinds.review.case import Review
from workflows.procedure.case import Task

RESIGNED: dict[str, object] = {"document_digest": "d" * 64}
CONSENTED: dict[str, object] = {**RESIGNED, "consent_digest": "c" * 64}
HEARD: dict[str, object] = {"held_on": "2026-03-02", "record_digest": "e" * 64}
APPLICATION: dict[str, object] = {"grounds": "the facts are another's", "documents": ["f" * 64]}


def held_on(task: Task) -> str:
    """The day on which the meeting was asked for, in China's time."""
    return task.opened.astimezone(CHINA).date().isoformat()


def plenary(task: Task, votes: tuple[int, int, int] = (131, 100, 66), **changes: object) -> dict[str, object]:
    """The count of a plenary of the executive committee: members, present, votes for."""
    figures = dict(zip(("members", "present", "votes_for"), votes, strict=True))
    meeting = {"body": "executive-committee", "held_on": held_on(task), "secret": True}
    return {**figures, **meeting, "minutes_digest": NO_DIGEST, **changes}


def between(task: Task, body: str = "chairpersons") -> dict[str, object]:
    """A smaller body's decision."""
    return {"body": body, "held_on": held_on(task), "minutes_digest": NO_DIGEST}


class Commission(People[Removal]):
    """The people of a removal."""

    concerned = "p-member"

    async def looked(self, outcome: str = "CASE") -> None:
        """R01 and R02 by two people."""
        await self.act("lead", "OPENED")
        await self.act("first-look", outcome)
        await self.act("first-look-sign", "CONFIRM")

    async def heard(self) -> None:
        """R01 to R04 passed: the lead is being verified."""
        await self.looked()
        await self.act("statement", "STATED", form={"text": "not so"})

    async def verified(self, first: str = "PROVEN", second: str = "PROVEN") -> None:
        """R05 by two verifiers."""
        await self.act("verify", first, signature=1)
        await self.act("verify", second, signature=2)

    async def opinion(self, head: str = "NEGATIVE", leader: str = "NO_OBJECTION") -> None:
        """R06: a draft and two signatures."""
        await self.act("removal-opinion", "NEGATIVE")
        await self.act("removal-opinion-head", head)
        await self.act("removal-opinion-leader", leader)

    async def plan(self, outcome: str = "APPROVED") -> None:
        """R08: both bodies propose, and the committee decides."""
        await self.act("plan-department", "PROPOSE", form=MINUTES)
        await self.act("plan-party-group", "PROPOSE", form=MINUTES)
        await self.act("plan", outcome, form=MINUTES)

    async def planned(self, outcome: str = "APPROVED") -> None:
        """R08 done, after all before it: the meeting may vote."""
        await self.heard()
        await self.verified()
        await self.opinion()
        await self.plan(outcome)

    async def votes(
        self,
        outcome: str,
        votes: tuple[int, int, int] = (131, 100, 66),
        task: str = "vote",
        **changes: object,
    ) -> CompleteTask:
        """R09: the plenary's count."""
        return await self.act(task, outcome, form=plenary(await self.task(task), votes, **changes))

    async def decides(self, outcome: str, body: str = "chairpersons") -> CompleteTask:
        """R09: what a smaller body decides between two plenaries."""
        form = between(await self.task("urgent-decision"), body)
        return await self.act("urgent-decision", outcome, form=form)

    async def removed(self) -> None:
        """The whole way to a vote that removes."""
        await self.planned()
        await self.votes("REMOVED")

    async def closed(self) -> None:
        """Letters served, every right waived, nothing owed any more, file closed."""
        await self.act("serve", "SERVED")
        case = await self.desk.case()
        for kind, outcome in (
            ("apply-review", "WAIVED"),
            ("note-vacancy", "VACANCY_OPEN"),
            ("clear-name", "RESTORED"),
        ):
            if case.open_tasks(kind):
                await self.act(kind, outcome)
        await self.act("file", "FILED")


class Body(People[Review]):
    """The people of a review."""

    concerned = "p-member"

    async def vote(self, *words: str, task: str = "review-vote") -> None:
        """Each of three says a word."""
        for signature, word in enumerate(words, start=1):
            await self.act(task, word, signature=signature)


def started(errands: tuple[Errand, ...]) -> list[Any]:
    """The openings that are owed, but for that of the member's file."""
    openings = [one for errand in errands if isinstance(errand, Start) for one in errand.openings]
    return [one for one in openings if not isinstance(one, OpenIntegrity)]


def told(errands: tuple[Errand, ...]) -> list[Any]:
    """The words that are owed to other cases, but for those by which a file knows which removal is open."""
    return [
        errand.command for errand in errands if isinstance(errand, Tell) and not _of_which_is_open(errand)
    ]


def _of_which_is_open(errand: Tell) -> bool:
    return errand.kind == CaseKind.INTEGRITY and isinstance(errand.command, OF_WHICH_IS_OPEN)
