"""What is being decided in a task, opened for whoever may act in it; and what it says once it is closed."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any

from contracts.lettering.plain import one_line
from contracts.nominee import Fact
from contracts.policy.loader import released
from contracts.sealed import Sealed
from contracts.secret import tells_of_pause
from contracts.vocabulary import Stage, TaskState
from services.kit.db import Session
from services.kit.sealing import Keyring, open_sealed
from services.officers.identity.scope import Scope
from services.officers.readmodel.reading import cases, earlier, papers, tasks
from services.officers.readmodel.reading.disclosure import (
    facts_for,
    hidden_answer,
    knows_pauses,
    may_have_shown,
)
from services.officers.readmodel.reading.masking import clear_parts, masked
from services.officers.readmodel.reading.reads import Reads
from services.officers.readmodel.reading.withholding import without_pauses
from services.officers.readmodel.tables import CaseRow, EventRow, TaskRow

READS_REPORTS = frozenset({"REPORT_HANDLER", "DISC_HEAD"})
"""Who alone reads a report as it came, and who reported: whoever checks it, and whoever signs what the check found."""
HEARD_ON_REPORTS = "answer-report"
"""The task in which the person concerned is heard on what the check of a report found, and on nothing else of it."""

SCREENING = frozenset({"screen", "screen-sign"})
"""Tasks whose people are shown what earlier cases left attached to the person (SC-08)."""

INFORMANT = frozenset({"source", "reported_by"})
"""Fields of a hit that say who reported it."""

ANSWERS_AT: Mapping[str, tuple[str, ...]] = {
    Stage.GRADING.value: ("reply",),
    Stage.VERIFICATION.value: ("statement", "hearing"),
    Stage.DATA_CORRECTION.value: ("answer-correction",),
}
"""Earlier answers that whoever acts in a stage must have read, by the kinds of their tasks."""

OPINION_STAGES = frozenset({Stage.INTEGRITY.value, Stage.REMOVAL_OPINION.value})

EVERYTHING = frozenset({"id_number", "contact", "request", "findings"})
"""The personal parts of a dossier: in clear for whom the case concerns."""


class Contents:
    """Opens sealed parts for one caller; every method works inside the caller's read.

    `reads` has what was opened: it is to be noted before any of it is shown.
    """

    def __init__(self, keyring: Keyring, scope: Scope) -> None:
        self._keyring = keyring
        self._scope = scope
        self.reads = Reads()

    def dossier(self, case: CaseRow, needed: Collection[str] = ()) -> dict[str, Any] | None:
        """The dossier: what is personal is masked but for what is `needed`, and for the person concerned."""
        if case.dossier is None:
            return None
        content = self._open(case.dossier, case.dossier_event)
        if case.person_id in self._scope.ids:
            return masked(content, EVERYTHING, EVERYTHING)
        for part in clear_parts(content, needed):
            self.reads.add(case, part)
        known = may_have_shown(self._scope, case, released(case.policy).disclosure)
        return masked(content, needed, known)

    async def of_task(self, session: Session, case: CaseRow, task: TaskRow) -> dict[str, Any]:
        """Everything that whoever acts in the task must have seen; of a closed one how it was answered (faults M5).

        What was written in it is personal: the person concerned reads their own, others for a purpose.
        """
        if task.state != TaskState.OPEN:
            own = case.person_id in self._scope.ids
            done = {"dossier": self.dossier(case)}
            return done | (
                {"answer": self.answer(case, task) if own else _outcome(task)} if task.answer else {}
            )
        personal = released(case.policy).disclosure.personal
        needed = {one.code for one in personal if task.role in one.acting} | {"findings"}
        found: dict[str, Any] = {
            **facts_for(self._scope, case),
            "unit": case.unit,
            "dossier": self.dossier(case, needed),
        }
        done_before = await tasks.done_of_case(session, case.case_id)
        before = [one for one in done_before if one.answer_digest == task.content_digest]
        if before:
            found["signed_before"] = self.answer(case, before[-1])
        if task.kind in SCREENING:
            found["earlier_hits"] = await self._earlier(session, case)
        what, _, number = task.about.partition(".")
        if what == "hit":
            found["hit"] = await self._hit(session, case, int(number))
            explained = [one for one in done_before if one.kind == "explain" and one.about == task.about]
            found["explanation"] = self.answer(case, explained[-1]) if explained else None
        if task.kind == HEARD_ON_REPORTS:
            checked = [one for one in done_before if one.kind == "check-report" and one.about == task.about]
            found["facts"] = self.answer(case, checked[-1])["form"]["facts"]
        if what == "report" and task.role in READS_REPORTS:
            found["report"] = await self._one(
                session, case, ("report-received", "report", "reports"), int(number)
            )
        read = ANSWERS_AT.get(task.stage, ())
        if read:
            found["replies"] = self.told(case, [one for one in done_before if one.kind in read])
        policy = released(task.policy)
        if policy.task(task.kind).signs:
            found["paper"] = papers.paper(task, policy, _known(case, found))
        return found

    async def _hit(self, session: Session, case: CaseRow, number: int) -> dict[str, Any] | None:
        facts = await self._one(session, case, ("hit-found", "hit", "findings"), number)
        if facts is None or self._scope.of_team(case.district, case.person_id):
            return facts
        # The person concerned explains the fact; who reported it is not told (N07: facts, not the informant).
        return {name: value for name, value in facts.items() if name not in INFORMANT}

    async def _earlier(self, session: Session, case: CaseRow) -> list[dict[str, Any]]:
        """Hits that earlier nominations of the person left attached, on this one's cut-off day (SC-08)."""
        opened = await cases.timeline(session, case.case_id, 0, 1, ("case-opened",))
        cut_off = date.fromisoformat(opened[0].payload["cut_off"])
        events = earlier.attached(await cases.events_elsewhere(session, case, earlier.TOLD), cut_off)
        for event in events:
            self.reads.add(case, "findings", f"hit.{event.payload['hit']}", case_id=event.case_id)
        return [{"case_id": event.case_id, **self._said(event)} for event in events]

    async def _one(
        self, session: Session, case: CaseRow, what: tuple[str, str, str], number: int
    ) -> dict[str, Any] | None:
        found = await self.numbered(session, case, *what, only=number)
        return found[0] if found else None

    async def numbered(
        self, session: Session, case: CaseRow, kind: str, name: str, part: str, only: int | None = None
    ) -> list[dict[str, Any]]:
        """The events of this kind, opened; `name` is what numbers them, `part` what they are part of.

        The `only` one that is asked for by its number is the caller's to act on or to look into. Of all of them no
        investigation is told to who may not know of one (T4).
        """
        events = await cases.timeline(session, case.case_id, 0, 1000, (kind,))
        numbered = [one for one in events if one.sealed and only in (None, one.payload[name])]
        told = only is not None or knows_pauses(self._scope)
        wanted = [one for one in numbered if told or not tells_of_pause(one.payload)]
        for one in wanted:
            self.reads.add(case, part, f"{name}.{one.payload[name]}")
        return [self._said(one) for one in wanted]

    def told(self, case: CaseRow, done: Iterable[TaskRow]) -> list[dict[str, Any]]:
        """What was answered in these tasks, as far as the caller may know of reports and of investigations (T4)."""
        shown = [(one, self.answer(case, one)) for one in done if not hidden_answer(self._scope, one)]
        if knows_pauses(self._scope):
            return [answer for _, answer in shown]
        return [without_pauses(answer, released(one.policy)) for one, answer in shown]

    def answer(self, case: CaseRow, task: TaskRow) -> dict[str, Any]:
        """A completed task with what was answered in it."""
        self.reads.add(case, part_of(task), task.task_id)
        opened = self._open(task.answer, task.answer_event) if task.answer else {}
        return {**_outcome(task), **opened}

    def _said(self, event: EventRow) -> dict[str, Any]:
        """An event of which a part is sealed, opened."""
        return {**event.payload, **self._open(event.sealed, event.event_id)}

    def _open(self, sealed: Mapping[str, Any], event_id: str) -> dict[str, Any]:
        return open_sealed(Sealed.model_validate(sealed), event_id, self._keyring)


def _known(case: CaseRow, found: Mapping[str, Any]) -> papers.Known:
    """What a letter that is signed may say, of what whoever signs it is shown."""
    dossier = found["dossier"] or {}
    hit = found.get("hit")
    said = {"lead": dossier.get("text"), "finding": found.get("facts")}
    return papers.Known(
        name=dossier.get("name", ""),
        firm=dossier.get("firm", ""),
        seat=case.facts.get("seat", ""),
        facts=(Fact.model_validate(hit["fact"]),) if hit else (),
        said={name: one_line(text) for name, text in said.items() if text},
    )


def _outcome(task: TaskRow) -> dict[str, Any]:
    """How a task was answered, without what was written in it; and with which form of which policy, to show it so."""
    policy = released(task.policy)
    return {
        "task_id": task.task_id,
        "kind": task.kind,
        "policy": task.policy,
        "form_code": policy.task(task.kind).form_of(task.outcome or ""),
        "unit": task.unit,
        "outcome": task.outcome,
        "answer_digest": task.answer_digest,
        "at": None if task.closed_at is None else task.closed_at.isoformat(),
    }


def part_of(task: TaskRow) -> str:
    """What an answer is, by the policy's names of what is personal in a case."""
    if task.stage in OPINION_STAGES:
        return "opinion"
    return "reports" if task.stage == Stage.REPORT_CHECK else "replies"
