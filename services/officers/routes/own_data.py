"""One's own data, whole: noted before it is given, with what is withheld named and its ground (PIPL art. 45)."""

from operator import attrgetter
from typing import Any

from fastapi import APIRouter, Response

from contracts.actor import Actor
from services.kit.db import Session
from services.officers.identity import freshness
from services.officers.identity import store as people
from services.officers.identity.bonds import absences, entries, reasons
from services.officers.identity.factors import store as factors
from services.officers.identity.scope import alone
from services.officers.journal import store as journal
from services.officers.journal.notes import Note, Noted, Tier
from services.officers.office import Office
from services.officers.readmodel.reading.own_data import own_cases
from services.officers.routes.caller import Asks, AtOffice, Caller
from services.officers.routes.notices import COUNTING, ids_of
from services.officers.views.base import WRITES
from services.officers.views.own_data import (
    EmergencyReadingView,
    OwnAccountView,
    OwnCaseView,
    OwnDataView,
    OwnEntryView,
    identity_of,
    withheld,
)
from services.officers.web.strict import StrictRoute

router = APIRouter(route_class=StrictRoute, tags=["own data"])
PAGE, MOST_LINES = 200, 10_000
number = attrgetter("number")


@router.post("/me/export", responses=WRITES)
async def export_own_data(asks: Asks, office: AtOffice, response: Response) -> OwnDataView:
    """Everything that is held about oneself. It is noted each time, asks for a fresh sign-in, and is kept nowhere."""
    who = asks.caller
    async with office.keeping.recording(asks.ask), office.database.read() as session:
        who.shown_within(freshness.for_office(office.policy, "export"))
        held = await _held(session, office, who)
    data = held.model_copy(update={"letters": await _letters(office, who.actor)})
    noted = Note.by(
        who.actor, Noted.EXPORT, who.actor.person_id, subject=who.actor.person_id, tier=Tier.RESTRICTED,
        fields=tuple(OwnDataView.model_fields),
    )  # fmt: skip
    await office.journal.note(noted)
    response.headers["Cache-Control"] = "no-store"
    return data


async def _held(session: Session, office: Office, who: Caller) -> OwnDataView:
    me = who.actor.person_id
    # As the person alone: what somebody sees in an office they hold is not their own data.
    own = alone(who.scope, office.policy)
    identities = await office.persons.identities(session, sorted(who.actor.ids))
    accounts = await people.accounts_of(session, me)
    grants = await people.grants_of(session, [one.account_id for one in accounts])
    # Of two identities that were merged a case is still about the one under which it was opened.
    wanted = [journal.Wanted(subject=one, what=Noted.EMERGENCY) for one in sorted(who.actor.ids)]
    read = [line for one in wanted for line in await journal.after(session, one, 0, MOST_LINES)]
    return OwnDataView(
        identities=[identity_of(person, known) for person, known in identities.items()],
        accounts=[
            OwnAccountView.of(
                one,
                grants[one.account_id],
                [factor.kind for factor in await factors.factors_of(session, one.account_id)],
            )
            for one in accounts
        ],
        cases=[
            OwnCaseView.of(one, who.language) for one in await own_cases(session, office.record_keys, own)
        ],
        letters=[],
        absences=[
            OwnEntryView.of(one, reasons.opened(one.absence_id, one.reason, office.own_keys))
            for one in await absences.ever(session, who.actor.ids)
        ],
        deputies=[
            OwnEntryView.of(one, reasons.opened(one.entry_id, one.reason, office.own_keys))
            for one in await entries.ever(session, who.actor.ids)
        ],
        read_in_emergencies=[EmergencyReadingView.of(line) for line in sorted(read, key=number)],
        withheld=withheld(who.language),
    )


async def _letters(office: Office, actor: Actor) -> list[dict[str, Any]]:
    """Every letter to the person, with what it says; of none to a role of theirs."""
    found: list[dict[str, Any]] = []
    after: int | None = 0
    while after is not None:
        asked = {
            "reader": {**ids_of(actor), "grants": [], "not_cases": []},
            "case_id": None,
            "after": after,
            "limit": PAGE,
        }
        page = await office.notices.post("/notices/inbox", asked)
        found += [
            {name: value for name, value in one.items() if name not in COUNTING} for one in page["items"]
        ]
        after = page["next"]
    return found
