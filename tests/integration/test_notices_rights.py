"""The notices under the role that production gives them: enough to work, too little to take a letter back."""

from pathlib import Path

import psycopg
import pytest

from services.kit.migrating import migrate
from services.notices.main import MIGRATIONS, RIGHTS
from services.notices.tables import LetterRow
from tests.notices_rig import notices, until
from tests.servers import NatsServer, PostgresServer
from tests.stories import Story, case_opened, task_opened


async def test_its_own_role_writes_letters_and_can_remove_none(
    postgres_server: PostgresServer, postgres_url: str, nats_server: NatsServer, tmp_path: Path
) -> None:
    postgres_server.execute("DROP ROLE IF EXISTS notices_app")
    postgres_server.execute("CREATE ROLE notices_app LOGIN PASSWORD 'only-for-tests'")
    database = postgres_url.rpartition("/")[2]
    await migrate(postgres_url, MIGRATIONS, app_role="notices_app", grants=RIGHTS)
    limited = postgres_server.url(database, "notices_app", "only-for-tests")
    async with notices(limited, nats_server, tmp_path, mailed=True, tables_made=True) as rig:
        story = Story("c1", rig.keyring)
        story.then(case_opened(), task_opened("c1", "declare"), task_opened("c1", "reply", unit="tax"))
        gap = Story("c2", rig.keyring)
        gap.then(case_opened(), task_opened("c2", "declare"))
        rig.record.add([*story.events, *gap.events])
        await rig.publish([*story.events, *gap.events[1:]], recorded=False)

        async def written() -> bool:
            return len(await rig.letters()) == 3 and len(rig.mail.taken) == 2 and not await rig.parked()

        await until(written)
        ident = (await rig.letters(person_id="p1"))[0]["id"]
        body = {"person_id": "p1", "at": "2026-03-03T01:00:00Z"}
        assert (await rig.client.post(f"/notices/{ident}/receipt", json=body)).status_code == 200
    where = limited.replace("+asyncpg", "")
    with psycopg.connect(where, autocommit=True) as connection:
        for statement in (
            "DELETE FROM notice_letters",
            "DELETE FROM notice_inbox",
            "UPDATE notice_inbox SET sequence = 0",
            "UPDATE notice_receipts SET person_id = 'p2'",
            "DELETE FROM notice_deliveries",
            "TRUNCATE notice_letters",
        ):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(statement.encode())
    assert set(RIGHTS) == {name for name in LetterRow.metadata.tables if name.startswith("notice_")}
