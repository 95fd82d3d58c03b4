"""What the people do next: mostly a task, now and then a new batch or removal, or one of the acts beside tasks."""

import itertools
import time
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random

from services.ctl.demo.answers import LEAD, REPORT, SUSPENDED, WITHDRAWAL, answer
from services.ctl.demo.client import Account
from services.ctl.demo.roster import workbook
from services.ctl.demo.stage import POLICY
from services.ctl.demo.story import Story
from tests.chaos.acts import Act, Fate, Told
from tests.chaos.board import Board, Task, of
from tests.chaos.house import House

STORIES = (
    *(Story.CLEAN,) * 5,
    *(Story.HARD_VETO, Story.PANEL_VETO, Story.WRONG_HIT, Story.MINOR),
    *(Story.REPAIR, Story.WITHDRAWS, Story.REPORT),
)
REMOVALS_TOLD = (Story.REMOVAL, Story.LINKED, Story.NOT_RATIFIED, Story.REVIEWED)
REVIEWS = (Story.REVIEW,)
"""What is told of the cases that are no nominee's."""
BESIDE = 0.05
"""Part of the acts that are none of a task."""
PLAYED_BY_NOBODY = frozenset({"conference", "overdue", "resume", "resume-sign", "recusal", "name-signer"})
"""What a long outage may lead to: such a case waits for people, which is no fault."""
REMOVALS = 0.4
"""So many of the openings are a removal's; a batch brings several cases."""
BETWEEN_OPENINGS = 1.0
ELECTION_AFTER = timedelta(seconds=90)
CALENDAR = {"year": 2027, "holidays": ["2027-01-01"], "make_up": [], "source": "演示（虚构）"}


class Work:
    """Makes acts. `chance` decides what comes next; the same number never comes in two keys."""

    def __init__(self, house: House, board: Board, chance: Random, cases: int, name: str) -> None:
        """`cases`: so many cases are kept open at once. `name` begins every key."""
        self._house = house
        self._board = board
        self._chance = chance
        self._cases = cases
        self._keys = (f"{name}-{number}" for number in itertools.count(1))
        self._opened_at = 0.0
        self._first: list[Callable[[], Act]] = [self._open_removal, self._open_batch]
        """What is opened before chance decides, from the last to the first."""
        self._due: deque[Act] = deque()
        self._accused = 0
        """Members of whom a removal was opened."""
        self._reported: set[str] = set()
        """Cases in which a report was taken."""
        self._once: set[str] = set()
        """What is done once at most: a suspension, a withdrawal."""

    def next(self) -> Act | None:
        """What somebody does now; None when there is nothing."""
        if self._due:
            return self._due.popleft()
        if self._wants_a_case():
            self._opened_at = time.monotonic()
            return self._open()
        if self._chance.random() < BESIDE and (beside := self._beside()) is not None:
            return beside
        task = self._board.take()
        return None if task is None else self._complete(task)

    def heard(self, told: Told) -> None:
        """An act came to its end: what follows it is done next."""
        if told.fate is Fate.ABANDONED:
            self._board.put_back(told.act.about)
        if told.answer is None:
            return
        case_id, last = str(told.answer["case_id"]), told.act.path.split("/")[-1]
        if last == "batches":
            self._due.extend(self._for_batch(case_id))
        if last == "removals" and isinstance(told.act.body, dict):
            member = told.act.body["person_id"]
            row = next(one for one in self._house.sitting if self._house.person_id(one) == member)
            self._house.accuse(case_id, row)
        if last == "reports":
            self._reported.add(case_id)
        if ".post-notice." in told.act.path and self._story(case_id) is Story.REPORT:
            self._due.append(self._report(case_id))

    def _wants_a_case(self) -> bool:
        waited = time.monotonic() - self._opened_at > BETWEEN_OPENINGS
        return waited and len(self._board.cases()) < self._cases

    def _act(self, account: Account, path: str, about: str, body: object) -> Act:
        return Act(account, f"/v1{path}", next(self._keys), about, body)

    def _open(self) -> Act:
        if self._first:
            return self._first.pop()()
        removal = self._accused < len(self._house.sitting) and self._chance.random() < REMOVALS
        return self._open_removal() if removal else self._open_batch()

    def _open_batch(self) -> Act:
        body = {"title": "演示批次", "districts": [self._house.district], "policy": POLICY}
        return self._act(self._house.of("ELECTION_OFFICE"), "/batches", "batch", body)

    def _for_batch(self, batch: str) -> Iterator[Act]:
        rows = tuple(self._chance.sample(self._house.rows, 3))
        self._house.nominate(batch, rows)
        path, nominator = f"/v1/batches/{batch}/roster", self._house.of("NOMINATOR")
        yield Act(nominator, path, next(self._keys), f"{batch}/roster", sheet=workbook(rows))
        office = self._house.of("ELECTION_OFFICE")
        if self._chance.random() < 0.5:
            yield self._act(office, f"/batches/{batch}/calendars", f"{batch}/calendar", CALENDAR)
        when = {"election_at": (datetime.now(UTC) + ELECTION_AFTER).isoformat()}
        yield self._act(office, f"/batches/{batch}/election", f"{batch}/election", when)

    def _open_removal(self) -> Act:
        # A seat has one open removal, so that of each member one is opened.
        member = self._house.sitting[self._accused]
        self._accused += 1
        body = {
            "policy": POLICY,
            "district": self._house.district,
            "person_id": self._house.person_id(member),
            "seat": "executive",
            "source": "absence",
            "lead": {"name": member.person.name, "text": LEAD},
        }
        return self._act(self._house.of("EVALUATOR"), "/removals", "removal", body)

    def _beside(self) -> Act | None:
        return self._chance.choice([self._suspend, self._withdraw])()

    def _suspend(self) -> Act | None:
        case = self._one("verify", "suspension", Story.REMOVAL)
        if case is None:
            return None
        leader, path = self._house.of("LEADER_IN_CHARGE"), f"/removals/{case}/suspension"
        return self._act(leader, path, f"{case}/suspension", SUSPENDED)

    def _withdraw(self) -> Act | None:
        case = self._one("reply", "withdrawal", Story.WITHDRAWS)
        if case is None:
            return None
        nominee = self._house.who({"role": "NOMINEE", "case_id": case, "kind": "declare", "unit": ""})
        if nominee is None:
            return None
        path, about = f"/cases/{case}/withdrawal", f"{case}/withdrawal"
        return self._act(nominee, path, about, {"reason": WITHDRAWAL})

    def _report(self, case: str) -> Act:
        body = {"signed": True, "channel": "letter", "content": REPORT}
        # Whoever registers a report does not check it.
        officer = self._house.of("NOTICE_OFFICER")
        return self._act(officer, f"/cases/{case}/reports", f"{case}/report", body)

    def _one(self, kind: str, act: str, story: Story) -> str | None:
        """A case of this story, with such an open task, with which this was not done before."""
        fresh = [case for case in self._board.cases(kind) if f"{case}/{act}" not in self._once]
        found = sorted(case for case in fresh if self._story(case) is story)
        if not found:
            return None
        case = self._chance.choice(found)
        self._once.add(f"{case}/{act}")
        return case

    def _complete(self, task: Task) -> Act | None:
        account = self._house.who(task)
        if account is None or task["kind"] in PLAYED_BY_NOBODY:
            return None
        about = self._house.about(task["case_id"])
        story = self._story(task["case_id"])
        if story is Story.REPORT and task["case_id"] not in self._reported:
            story = Story.CLEAN  # it came too late, or its sender went away
        said = answer(story, task["kind"], task["unit"], task["round"], about, datetime.now(UTC))
        seen = str(task["content_digest"])
        body = {"outcome": said.outcome, "form": said.form, "reason": said.reason, "seen": seen}
        path = f"/tasks/{task['task_id']}/outcome"
        return replace(self._act(account, path, of(str(task["task_id"]), seen), body), task=task)

    def _story(self, case_id: str) -> Story:
        # By the case's own id, so that everybody tells the same story of it.
        if case_id not in self._house.subjects:
            told = REVIEWS if case_id.startswith("v") else REMOVALS_TOLD
            return told[int(case_id[-4:], 16) % len(told)]
        return STORIES[int(case_id[-4:], 16) % len(STORIES)]
