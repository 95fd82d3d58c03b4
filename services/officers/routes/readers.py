"""Who was shown a finding: for the correction of a wrong one, by the discipline group and the auditor (SC-19)."""

from typing import Annotated

from fastapi import APIRouter, Path

from services.kit.db import Session
from services.officers.journal import store
from services.officers.journal.readers import readers
from services.officers.readmodel.reading import cases, tasks
from services.officers.readmodel.reading.cases import ShownCase
from services.officers.readmodel.reading.content import Contents
from services.officers.routes.caller import AtOffice, OpaquePath, Permitted
from services.officers.routes.papers import COPY
from services.officers.views.base import READS
from services.officers.views.journal import ReaderView
from services.officers.web.problems import RefusedError
from services.officers.web.strict import StrictRoute

router = APIRouter(route_class=StrictRoute, prefix="/cases", tags=["cases"])
TELLS = tuple(f"{how}:{letter}" for how in ("letter", COPY) for letter in ("N07", "N08"))
"""Letters that say what was found, read by whom they are to or printed by whoever served them."""
ANSWERED = ("reply", "late-reply", "supplement", "re-reply")
"""Kinds of task in which a department says what it found."""


@router.get("/{case_id}/hits/{hit}/readers", responses=READS)
async def hit_readers(
    case_id: OpaquePath, hit: Annotated[int, Path(ge=1, le=10_000)], office: AtOffice, who: Permitted
) -> list[ReaderView]:
    """Everybody to whom the hit, the answer that it came from or a letter about it was shown, first reader first."""
    async with office.database.read() as session:
        shown = await cases.case(session, who.scope, case_id)
        if shown is None:
            raise RefusedError("unknown-case")
        if shown.recused or not who.scope.of_team(shown.row.district, shown.row.person_id):
            # Of the own case too: who looked into it is nothing that the person concerned is told.
            raise RefusedError("conflict-of-interest")
        parts = await _parts(session, Contents(office.record_keys, who.scope), shown, hit)
        found = readers(await store.of_case(session, case_id), parts)
        names = await office.persons.names(session, sorted({one.person_id for one in found}))
    return [ReaderView.of(one, names.get(one.person_id, "")) for one in found]


async def _parts(session: Session, contents: Contents, shown: ShownCase, hit: int) -> set[str]:
    """What tells of the hit, in the journal's words. RefusedError `not-found` when the case has no such hit."""
    told = await contents.numbered(session, shown.row, "hit-found", "hit", "findings", only=hit)
    if not told:
        raise RefusedError("not-found")
    done = await tasks.done_of_case(session, shown.row.case_id, ANSWERED)
    answers = [one for one in done if one.unit == told[0]["source"]]
    return {f"findings:hit.{hit}", "findings:entry", *TELLS, *(f"replies:{one.task_id}" for one in answers)}
