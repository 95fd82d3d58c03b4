"""What the record says of accounts is taken up once, and made anew from its first entry it is the same."""

from sqlalchemy import text

from services.kit.db import Unit
from services.officers.identity import uptake
from services.officers.readmodel.writing import store
from tests.access_office import AccessOffice
from tests.officers_rig import Rig

SCREENER = {"role": "SCREENER", "district": "d01"}
TABLES = (
    "SELECT account_id, login, person_id, password_hash, disabled, opened_by FROM accounts ORDER BY 1",
    "SELECT * FROM grants ORDER BY 1, 2, 3, 4",
    "SELECT * FROM former_grants ORDER BY 1, 2",
    "SELECT * FROM codes ORDER BY 1, 2",
    "SELECT merged_id, kept_id, accounts FROM merged_persons ORDER BY 1",
    "SELECT case_id, facts FROM cases ORDER BY 1",
)


async def tables(rig: Rig) -> list[tuple[object, ...]]:
    """All that follows from requests for accounts."""

    def rows(unit: Unit) -> list[tuple[object, ...]]:
        return [tuple(row) for words in TABLES for row in unit.execute(text(words))]

    return await rig.office.database.look(rows)


async def test_made_anew_from_the_record_accounts_are_the_same(rig: Rig) -> None:
    office = await AccessOffice.of(rig)
    kept = await office.opened("kept", 7, SCREENER)
    changed = await office.opened("changed", 8, SCREENER)
    closed = await office.opened("closed", 9, SCREENER)
    reset = await office.opened("reset", 10, SCREENER)
    grants = [{**SCREENER, "district": "d02"}]
    await office.granted(await office.about(changed.account_id, "grants", grants=grants))
    await office.granted(await office.about(closed.account_id, "disable"))
    shown = await office.granted(await office.about(reset.account_id, "reset"))
    code = (await office.codes(shown["case_id"]))["reset"]
    assert (await office.set_password("reset", code)).status_code == 204
    both = {"kept": kept.person_id, "merged": changed.person_id, "reason": "one person"}
    await office.granted(await office.asks.post("/v1/persons/merges", both))
    before = await tables(rig)

    def forget(unit: Unit) -> None:
        store.forget(unit)
        uptake.forget(unit)

    await rig.office.database.unit(forget)
    assert await tables(rig) != before
    for story in rig.stories.values():
        await rig.apply(story.events)
    assert await tables(rig) == before
    assert (await kept.get("/v1/me")).status_code == 200, "whoever had a password has it still"
    assert (await office.sign_in("reset")).token, "and a code that was used is not given again"
