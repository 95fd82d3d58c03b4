"""The notices under the role that production gives them: enough to work, too little to take a letter back."""

from pathlib import Path

import psycopg
import pytest

from services.kit import cursor
from services.kit.migrating import migrate
from services.notices.main import TABLES, rebuild
from services.notices.tables import LetterRow
from tests.notices_rig import notices
from tests.servers import NatsServer, PostgresServer
from tests.waiting import until


async def test_its_own_role_writes_letters_and_can_remove_none(
    postgres_server: PostgresServer, postgres_url: str, nats_server: NatsServer, tmp_path: Path
) -> None:
    postgres_server.execute("DROP ROLE IF EXISTS notices_app")
    postgres_server.execute("CREATE ROLE notices_app LOGIN PASSWORD 'only-for-tests'")
    database = postgres_url.rpartition("/")[2]
    await migrate(postgres_url, TABLES.package, app_role="notices_app", grants=TABLES.rights)
    limited = postgres_server.url(database, "notices_app", "only-for-tests")
    async with notices(limited, nats_server, tmp_path, mailed=True, tables_made=True) as rig:
        story = rig.consulted()
        broken = rig.consulted("c2")
        broken.unreadable()
        await rig.publish([*story.events, *broken.events])

        async def written() -> bool:
            return len(await rig.letters()) == 8 and len(rig.mail.taken) == 2 and len(await rig.stuck()) == 1

        await until(written)
        ident = (await rig.letters(person_id="p-c1"))[0]["id"]
        body = {"person_id": "p-c1", "at": "2026-03-03T01:00:00Z"}
        assert (await rig.client.post(f"/notices/{ident}/receipt", json=body)).status_code == 200
    # It may forget what follows from the record, and nothing else.
    await rebuild(rig.settings)
    where = limited.replace("+asyncpg", "")
    with psycopg.connect(where, autocommit=True) as connection:
        for statement in (
            "DELETE FROM notice_letters",
            "DELETE FROM notice_counters",
            "DELETE FROM followed",
            "UPDATE notice_receipts SET person_id = 'p2'",
            "DELETE FROM notice_deliveries",
            "TRUNCATE notice_letters",
        ):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(statement.encode())
    own = {name for name in LetterRow.metadata.tables if name.startswith("notice_")}
    assert set(TABLES.rights) == own | set(cursor.TABLES.tables)
