"""Canaries through every path of a running system: afterwards they lie nowhere but sealed.

Meanwhile the keys of people are wrapped under another key, and the old one is taken away.
"""

import asyncio
import sqlite3
from pathlib import Path

import pytest

from contracts.sealed import Sealed
from services.ctl.demo.client import Api
from services.ctl.demo.ending import faults
from services.ctl.demo.opening import first_administrators
from services.ctl.demo.play import Play
from services.ctl.demo.reading import read_all
from services.ctl.demo.stage import perform
from services.ctl.keys import Keys
from services.kit.keywrap import FileWrapper
from services.kit.peoplekeys import PeopleFolder
from services.kit.sealing import Keyring, SealError, open_sealed
from tests.canary import planted
from tests.canary.oddities import odd, send
from tests.canary.paths import Paths
from tests.canary.scanning import Scanner
from tests.notices_rig import MailSink
from tests.played import System, ctl, settings_in, system
from tests.servers import HOST

ODD = (planted.NOMINEES[0], planted.nominees()[0].person.id_number, planted.CONTACT)


@pytest.fixture
def mail(monkeypatch: pytest.MonkeyPatch) -> MailSink:
    """A mail server, of which the notices are told; and every service says all that it can say."""
    sink = MailSink()
    for name, value in (
        ("HOST", HOST),
        ("PORT", sink.port),
        ("SECURITY", "none"),
        ("FROM", "office@example.org"),
    ):
        monkeypatch.setenv(f"QX_NOTICES_SMTP_{name}", str(value))
    for service in ("REGISTRY", "NOTICES", "OFFICERS", "WORKER"):
        monkeypatch.setenv(f"QX_{service}_LOG_LEVEL", "debug")
    for module, name, value in planted.PATCHES:
        monkeypatch.setattr(module, name, value)
    return sink


async def rotate(on: System) -> None:
    """Wrap the keys of people anew while everybody works, and take the old key away."""
    wrapping = Keys(on.layout.keys).keyring("wrapping")
    old = Keyring(wrapping).current
    assert "keys of people are wrapped" in await ctl(on.settings, "keys", "rotate")
    (wrapping / f"{old}.key").unlink()


def letters(on: System) -> dict[str, tuple[tuple[str, ...], bool]]:
    """By letter whose it is, and whether it opens now for a process that has just started."""
    keys = Keys(on.layout.keys)
    people = PeopleFolder(keys.people, FileWrapper(keys.keyring("wrapping")))
    ring = Keyring(keys.keyring("notices/store"), people)
    file = on.layout.databases / "notices.db"
    with sqlite3.connect(f"file:{file}?mode=ro", uri=True) as connection:
        rows = connection.execute("SELECT letter_id, sealed FROM notice_letters").fetchall()
    sealed = {letter: Sealed.model_validate_json(said) for letter, said in rows}
    return {letter: (one.owners, opens(one, f"notice:{letter}", ring)) for letter, one in sealed.items()}


def opens(sealed: Sealed, place: str, ring: Keyring) -> bool:
    """Whether the value opens."""
    try:
        open_sealed(sealed, place, ring)
    except SealError:
        return False
    return True


def erased(on: System, person: str) -> None:
    """With the person's key destroyed, every letter about them is gone, and no other."""
    before = letters(on)
    theirs = {letter for letter, (owners, _) in before.items() if person in owners}
    assert theirs
    assert all(found for _, found in before.values())
    (file,) = Keys(on.layout.keys).people.glob(f"*/{person}.key")
    file.unlink()
    assert {letter for letter, (_, found) in letters(on).items() if not found} == theirs


@pytest.mark.deep
@pytest.mark.timeout(900)
async def test_what_is_planted_lies_nowhere_but_sealed(tmp_path: Path, mail: MailSink) -> None:
    scanner, settings = Scanner(planted.words()), settings_in(tmp_path)
    with mail.listening():
        async with system(settings) as on:
            api, answers = Api(on.running.api), []
            walked: list[Paths] = []

            async def beside(play: Play) -> None:
                paths = await Paths.begin(api, admins)
                walked.append(paths)
                async with asyncio.TaskGroup() as group:
                    group.create_task(paths.walk())
                    group.create_task(meanwhile(play))

            async def meanwhile(play: Play) -> None:
                session = {"login": admins.asks.login, "password": admins.asks.password}
                token = (await api.send("POST", "/v1/sessions", headers={}, json=session)).json()["token"]
                answers.extend(
                    [await send(settings.port_api, one) for word in ODD for one in odd(word, token)]
                )
                await play.completed(next(iter(play.nominations())), "declare")
                await rotate(on)

            try:
                admins = await first_administrators(api, on.running.vault)
                batch = await perform(
                    api, admins, planted.nominees(), planted.STORIES, on.said.append, lambda *_: None, beside
                )
                shown = await read_all(batch)
            finally:
                await api.close()
            assert faults(batch.play.parts.values(), shown, batch.play.notes) == []
            printed = "".join([await ctl(settings, command) for command in ("verify", "figures", "doctor")])
            alive = scanner.folder(on.layout.root, [on.layout.keys, on.layout.secrets])
        # What closing has written, too.
        stopped = scanner.folder(on.layout.logs)
    assert [str(leak) for leak in (*alive, *stopped)] == []
    assert scanner.bytes(printed.encode(), "what the commands print") == []
    # A busy system may say so (503); a fault of its own is 500.
    assert not any(answer.startswith(b"HTTP/1.1 500") for answer in answers)
    assert [str(leak) for answer in answers for leak in scanner.bytes(answer, "an answer")] == []
    assert len(mail.taken) > 3, "letters were mailed"
    heads = "\n".join(
        f"{name}: {value}" for _, one in mail.taken for name, value in one.items() if name != "To"
    )
    assert [str(leak) for leak in scanner.bytes(heads.encode(), "the head of a mail")] == []
    erased(on, walked[0].people["path-nominee"].person_id)
