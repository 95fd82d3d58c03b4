"""Completing a task: one path, whether somebody signs one or many at once."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from contracts.claim import Claim
from contracts.commands.case import CompleteTask
from contracts.dossier import entered, field_fault
from contracts.policy import loader
from contracts.policy.model import Text
from services.kit.db import Database
from services.officers.desk.ask import Ask, Reply
from services.officers.desk.desk import Desk
from services.officers.documents import store
from services.officers.identity.persons import Persons
from services.officers.identity.scope import Scope
from services.officers.readmodel.reading.acting import Seen, Wanted, What
from services.officers.readmodel.reading.disclosure import may_act
from services.officers.web.forms import check_form
from services.officers.web.problems import RefusedError, at

NOT_UPLOADED = Text(
    zh="此办件没有上传过该材料，请先上传", en="no such paper was uploaded on this case: upload it first"
)
REPAIR = "repair"
"""The form by which a dossier's cells are corrected."""


@dataclass(frozen=True)
class Said:
    """How somebody answers a task, having seen the content of this digest."""

    task_id: str
    outcome: str
    seen: str
    form: dict[str, Any] = field(default_factory=dict)
    reason: str = ""


class Completing:
    """Sends answers to the cases that decide on them."""

    def __init__(self, database: Database, desk: Desk, persons: Persons) -> None:
        self._database = database
        self._desk = desk
        self._persons = persons

    async def complete(
        self, ask: Ask, scope: Scope, said: Said, claim: Callable[[], Claim], insist: Callable[[Seen], None]
    ) -> Reply:
        """The answer to this act, or to what it repeats. RefusedError is recorded before it is raised.

        `claim` and `insist` are called where refusals are recorded; `insist` for a fresh act only.
        """
        async with self._desk.asked(ask, Wanted(What.TASK, said.task_id, scope)) as write:
            command = CompleteTask(
                claim=claim(),
                task_id=said.task_id,
                outcome=said.outcome,
                form=said.form,
                reason=said.reason,
                seen=said.seen,
            )
            if write.fresh:
                insist(write.seen)
                if may_act(scope, write.seen.asked):
                    check_form(write.seen.policy, write.seen.task, said.outcome, said.form)
                    await self._check_papers(write.seen, said)
                    await self._check_repair(write.seen, said)
            return await write.send(command)

    async def _check_papers(self, seen: Seen, said: Said) -> None:
        """RefusedError `form-invalid` for the digest of a paper that nobody uploaded on the case or to its batch."""
        policy = loader.released(seen.policy)
        spec = policy.task(seen.task)
        named = (
            policy.form(spec.form_of(said.outcome)).papers(said.form) if said.outcome in spec.outcomes else {}
        )
        if not named:
            return
        async with self._database.read() as session:
            there = await store.uploaded(session, seen.case_id, named.values())
        missing = [f"form.{place}" for place, digest in named.items() if digest not in there]
        if missing:
            told = [{"field": field, "reason": NOT_UPLOADED} for field in missing]
            raise RefusedError("form-invalid", at(missing[0], NOT_UPLOADED), extra={"errors": told})

    async def _check_repair(self, seen: Seen, said: Said) -> None:
        """What is repaired holds what a cell of the roster must hold, and a name is that of the person registered.

        RefusedError `form-invalid` or `identity-mismatch`, as at the import.
        """
        spec = loader.released(seen.policy).task(seen.task)
        if spec.form_of(said.outcome) != REPAIR:
            return
        today = datetime.now(UTC).date()
        for name, text in said.form.items():
            fault = field_fault(name, entered(name, text), today)
            if fault is not None:
                raise RefusedError("form-invalid", at(f"form.{name}", fault))
        if "name" in said.form:
            async with self._database.read() as session:
                await self._persons.check_name(session, seen.asked.person_id, said.form["name"])
