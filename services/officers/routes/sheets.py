"""Record sheets (纪实表): a page a person, filled from the record, and the volume of a batch."""

from fastapi import APIRouter, Response

from contracts.case import CaseKind
from contracts.policy import loader
from contracts.policy.model import Text
from services.kit.db import Session
from services.officers.journal.notes import Note, Noted, Tier
from services.officers.office import Office
from services.officers.readmodel.reading import cases
from services.officers.readmodel.reading.cases import CaseFilter, ShownCase
from services.officers.readmodel.reading.concerned import Lookup, Named
from services.officers.readmodel.reading.disclosure import may_see_dossier
from services.officers.readmodel.tables import CaseRow
from services.officers.routes.caller import AtOffice, Caller, OpaquePath, Permitted, Word
from services.officers.routes.cases import LONGEST_CASE, events_of, seen_case, told_events
from services.officers.routes.papers import InLanguage, paper_of, sent
from services.officers.views.base import READS
from services.officers.views.cases import EventView
from services.officers.views.sheets import SheetView, day_of, facts_of_sheet, filled
from services.officers.web.language import Language, say
from services.officers.web.problems import RefusedError
from services.officers.web.strict import StrictRoute

router = APIRouter(route_class=StrictRoute, tags=["sheets"])
PAGE, MOST = 200, 1000
"""People in a look into the database, and in a volume."""
OF_BATCH = ("batch-opened", "election-called")
"""The batch's own events that a sheet may tell of."""
LONG_SECONDS = 300.0
"""That a volume may take to be set."""
_NONE = Text(zh="此类办件没有纪实表。", en="Cases of this kind have no record sheet.")
_LARGE = Text(
    zh=f"一卷至多{MOST}人，请按地区分卷。", en=f"A volume holds {MOST} people: ask for one district."
)


@router.get("/cases/{case_id}/sheet", responses=READS)
async def sheet(case_id: OpaquePath, office: AtOffice, who: Permitted) -> SheetView:
    """The record sheet of the person: thirteen documents in five links. Noted before it is shown."""
    return await _noted(office, who, case_id, who.language)


@router.get("/cases/{case_id}/sheet.pdf", responses=paper_of("pdf"), response_class=Response)
async def sheet_pdf(
    case_id: OpaquePath, office: AtOffice, who: Permitted, language: InLanguage = "zh"
) -> Response:
    """The record sheet as a page of PDF/A-2b; the same record is the same bytes."""
    found = await _noted(office, who, case_id, language)
    return sent(await _printed(office, [found], "", language), "pdf", f"sheet-{case_id}")


@router.get("/batches/{batch_id}/volume.pdf", responses=paper_of("pdf"), response_class=Response)
async def volume(
    batch_id: OpaquePath,
    office: AtOffice,
    who: Permitted,
    district: Word = "",
    language: InLanguage = "zh",
) -> Response:
    """The sheets of everybody nominated in the batch whom the caller may see, a page each, behind a list of them."""
    async with office.database.read() as session:
        batch = await cases.batch(session, who.scope, batch_id)
        if batch is None:
            raise RefusedError("unknown-batch")
        shown = await _everybody(session, who, CaseFilter(CaseKind.NOMINATION, batch_id, district))
        named = await Lookup(office.record_keys, office.persons, who.scope).of_cases(session, shown)
        sheets = [
            await _sheet(session, office, who, one, named[one.row.case_id], language)
            for one in shown
            if one.row.case_id in named
        ]
    if not sheets:
        raise RefusedError("not-found")
    # A volume is a reading of every sheet in it, and each is somebody's.
    opened = {one.case_id for one in sheets}
    await office.journal.note(*(_note(who, batch_id, one.row) for one in shown if one.row.case_id in opened))
    return sent(await _printed(office, sheets, batch.title, language), "pdf", f"volume-{batch_id}")


async def _noted(office: Office, who: Caller, case_id: str, language: Language) -> SheetView:
    async with office.database.read() as session:
        shown = await seen_case(session, who, case_id)
        if shown.recused:
            raise RefusedError("conflict-of-interest")
        if not may_see_dossier(who.scope, shown.row):
            raise RefusedError("wrong-role")
        lookup = Lookup(office.record_keys, office.persons, who.scope)
        named = await lookup.of_case(session, shown.row)
        if named is None:
            raise RefusedError("not-found")
        found = await _sheet(session, office, who, shown, named, language)
    await office.journal.note(_note(who, case_id, shown.row))
    return found


def _note(who: Caller, target: str, case: CaseRow) -> Note:
    return Note.by(
        who.actor,
        Noted.READ,
        target,
        case_id=case.case_id,
        subject=case.person_id,
        tier=Tier.RESTRICTED,
        fields=("sheet",),
    )


async def _everybody(session: Session, who: Caller, wanted: CaseFilter) -> list[ShownCase]:
    found: list[ShownCase] = []
    after = ""
    while True:
        page = await cases.cases_after(session, who.scope, wanted, after, PAGE)
        found += [one for one in page if not one.recused and may_see_dossier(who.scope, one.row)]
        if len(found) > MOST:
            raise RefusedError("invalid", _LARGE)
        if len(page) < PAGE:
            return found
        after = page[-1].row.case_id


async def _sheet(
    session: Session, office: Office, who: Caller, shown: ShownCase, named: Named, language: Language
) -> SheetView:
    row = shown.row
    policy = loader.released(row.policy)
    if not policy.procedures[row.kind].sheet:
        raise RefusedError("not-found", _NONE)
    own = await told_events(session, office, who, shown, await events_of(session, who, shown))
    events = [*await _of_batch(session, who, row), *own]
    return SheetView(
        case_id=row.case_id,
        kind=row.kind,
        name=named.name,
        firm=named.firm or "",
        facts=facts_of_sheet(shown, policy, language),
        links=filled(policy, row.kind, events, language),
        until=day_of(max((one.at for one in events), default=row.opened_at), policy),
        policy=row.policy,
        mark=say(policy.demonstration_mark, language) if policy.demonstration_mark else "",
    )


async def _of_batch(session: Session, who: Caller, case: CaseRow) -> list[EventView]:
    """What the batch's own events say, to whoever may see the batch; nothing to others."""
    if await cases.batch(session, who.scope, case.parent) is None:
        return []
    rows = await cases.timeline(session, case.parent, 0, LONGEST_CASE, OF_BATCH)
    return [EventView.of(row, number, row.payload, None, who.language) for number, row in enumerate(rows, 1)]


async def _printed(office: Office, sheets: list[SheetView], title: str, language: Language) -> bytes:
    asked = {
        "language": language,
        "title": title,
        "sheets": [one.model_dump(mode="json") for one in sheets],
    }
    return await office.notices.file("/papers/sheets", asked, LONG_SECONDS)
