"""A running system in which one person's key is destroyed: what was theirs is gone, and nothing else is touched."""

import sqlite3
from pathlib import Path
from typing import Any

from contracts.envelope import Envelope
from contracts.sealed import Sealed
from services.kit.db import Database
from services.kit.sealing import Keyring, SealError, open_sealed
from services.registry.checking import verify_record
from services.registry.ledger import Verified
from services.registry.proof import Proof
from services.registry.store.reading import Reading
from tests.servers import NatsServer, TemporalServer
from tests.whole_parts import Ground
from tests.whole_rig import on


def rows(file: Path, table: str) -> list[dict[str, Any]]:
    """The rows of a service's table, as they lie there."""
    with sqlite3.connect(f"file:{file}?mode=ro", uri=True) as connection:
        connection.row_factory = sqlite3.Row
        return [dict(row) for row in connection.execute(f"SELECT * FROM {table}")]


def opens(sealed: Sealed, place: str, keyring: Keyring) -> bool:
    """Whether the value opens."""
    try:
        open_sealed(sealed, place, keyring)
    except SealError:
        return False
    return True


class Stores:
    """Every value that is sealed for somebody, in the record, the read model, the persons and the letters."""

    def __init__(self, ground: Ground) -> None:
        self._ground = ground
        self._record = [
            Envelope.model_validate_json(row["body"])
            for row in rows(ground.directory / "record.db", "entries")
        ]
        self._persons = rows(ground.directory / "officers.db", "persons")
        self._letters = rows(ground.directory / "notices.db", "notice_letters")

    def opening(self) -> dict[tuple[str, str], tuple[tuple[str, ...], bool]]:
        """By store and place whose value it is, and whether it opens now for a process that has just started."""
        keys, people = self._ground.keys.keys, self._ground.keys.people
        record, own, letters = (
            Keyring(keys.keyring(name), people) for name in ("record", "officers/store", "notices/store")
        )
        values = [
            *(("record", one.id, one.sealed, record) for one in self._record if one.sealed),
            *(("persons", f"person:{row['person_id']}", _sealed(row), own) for row in self._persons),
            *(("letters", f"notice:{row['letter_id']}", _sealed(row), letters) for row in self._letters),
        ]
        return {(store, place): (one.owners, opens(one, place, ring)) for store, place, one, ring in values}


def _sealed(row: dict[str, Any]) -> Sealed:
    return Sealed.model_validate_json(row["sealed"])


async def test_with_a_persons_key_what_was_theirs_is_gone_and_the_record_verifies(
    nats_server: NatsServer, temporal_server: TemporalServer, tmp_path: Path
) -> None:
    ground = Ground(nats_server.url, temporal_server.address, tmp_path)
    database = f"sqlite+aiosqlite:///{tmp_path / 'officers.db'}"
    async with on(ground, database, letters=True) as system:
        first, second = await system.batch(2)
    stores = Stores(ground)
    before = stores.opening()
    assert all(found for _, found in before.values())
    person = next(
        one.payload["person_id"]
        for one in stores._record
        if one.case_id == first and one.type == "case-opened"
    )
    theirs = {place for place, (owners, _) in before.items() if person in owners}
    assert {store for store, _ in theirs} == {"record", "persons"}
    (file,) = ground.keys.keys.people.glob(f"*/{person}.key")
    file.unlink()
    assert {place for place, (_, found) in stores.opening().items() if not found} == theirs
    assert ("record", f"{second}.1") in before.keys() - theirs
    record = Database(f"sqlite+aiosqlite:///{tmp_path / 'record.db'}")
    try:
        assert isinstance(
            await verify_record(Reading(record), proof=Proof.load(ground.keys.public)), Verified
        )
    finally:
        await record.close()
