"""What is being decided in a task, opened for whoever may act in it."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from contracts.sealed import Sealed
from contracts.vocabulary import Stage
from services.kit.db import Session
from services.kit.sealing import Keyring, open_sealed
from services.officers.identity.scope import Scope
from services.officers.readmodel.reading import cases, earlier, tasks
from services.officers.readmodel.reading.disclosure import dossier, facts_for
from services.officers.readmodel.tables import CaseRow, TaskRow

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
}
"""Earlier answers that whoever acts in a stage must have read, by the kinds of their tasks."""


class Contents:
    """Opens sealed parts for one caller; every method works inside the caller's read."""

    def __init__(self, keyring: Keyring, scope: Scope) -> None:
        self._keyring = keyring
        self._scope = scope

    def dossier(self, case: CaseRow, *, acting: bool) -> dict[str, Any] | None:
        """The dossier as the caller may see it."""
        if case.dossier is None:
            return None
        return dossier(self._open(case.dossier, case.dossier_event), self._scope, acting=acting)

    async def of_task(self, session: Session, case: CaseRow, task: TaskRow) -> dict[str, Any]:
        """Everything that whoever acts in the task must have seen."""
        found: dict[str, Any] = {
            **facts_for(self._scope, case),
            "unit": case.unit,
            "dossier": self.dossier(case, acting=True),
        }
        done = await tasks.done_of_case(session, case.case_id)
        before = [one for one in done if one.answer_digest == task.content_digest]
        if before:
            found["signed_before"] = self._answer(before[-1])
        if task.kind in SCREENING:
            found["earlier_hits"] = await self._earlier(session, case)
        what, _, number = task.about.partition(".")
        if what == "hit":
            found["hit"] = await self._hit(session, case, int(number))
            explained = [one for one in done if one.kind == "explain" and one.about == task.about]
            found["explanation"] = self._answer(explained[-1]) if explained else None
        if task.kind == HEARD_ON_REPORTS:
            checked = [one for one in done if one.kind == "check-report" and one.about == task.about]
            found["facts"] = self._answer(checked[-1])["form"]["facts"]
        if what == "report" and task.role in READS_REPORTS:
            found["report"] = await self._numbered(session, case, "report-received", "report", int(number))
        read = ANSWERS_AT.get(task.stage, ())
        if read:
            found["replies"] = [self._answer(one) for one in done if one.kind in read]
        return found

    async def _hit(self, session: Session, case: CaseRow, number: int) -> dict[str, Any] | None:
        facts = await self._numbered(session, case, "hit-found", "hit", number)
        if facts is None or self._scope.of_team(case.district, case.person_id):
            return facts
        # The person concerned explains the fact; who reported it is not told (N07: facts, not the informant).
        return {name: value for name, value in facts.items() if name not in INFORMANT}

    async def _earlier(self, session: Session, case: CaseRow) -> list[dict[str, Any]]:
        """Hits that earlier nominations of the person left attached, on this one's cut-off day (SC-08)."""
        opened = await cases.timeline(session, case.case_id, 0, 1, ("case-opened",))
        cut_off = date.fromisoformat(opened[0].payload["cut_off"])
        events = await cases.events_elsewhere(session, case, earlier.TOLD)
        return [
            {"case_id": event.case_id, **event.payload, **self._open(event.sealed, event.event_id)}
            for event in earlier.attached(events, cut_off)
        ]

    async def _numbered(
        self, session: Session, case: CaseRow, kind: str, name: str, number: int
    ) -> dict[str, Any] | None:
        events: Sequence[Any] = await cases.timeline(session, case.case_id, 0, 1000, (kind,))
        for event in events:
            if event.payload.get(name) == number and event.sealed is not None:
                opened = self._open(event.sealed, event.event_id)
                return {name: number, **{k: event.payload[k] for k in event.payload}, **opened}
        return None

    def _answer(self, task: TaskRow) -> dict[str, Any]:
        opened = self._open(task.answer, task.answer_event) if task.answer else {}
        return {
            "task_id": task.task_id,
            "kind": task.kind,
            "unit": task.unit,
            "outcome": task.outcome,
            "answer_digest": task.answer_digest,
            "at": None if task.closed_at is None else task.closed_at.isoformat(),
            **opened,
        }

    def _open(self, sealed: Mapping[str, Any], event_id: str) -> dict[str, Any]:
        return open_sealed(Sealed.model_validate(sealed), event_id, self._keyring)
