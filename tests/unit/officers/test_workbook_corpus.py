"""Every workbook of the corpus as a dry run and as an import: the people shown, or refused with the place named.

What is to be refused as a whole is opened as the service opens it, in a process of its own, for it may be hostile. The
others are read here, in a tenth of the time: that the process answers with what it reads is tests/unit/officers/
test_reading_apart.py.
"""

import io
import json
import re
import zipfile
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from contracts.actor import Grant
from contracts.commands.batch import SubmitRoster
from services.officers.roster.cells import Book
from services.officers.roster.child import packed, unpacked
from services.officers.roster.workbook import MAX_ROWS, check_length, read_workbook
from services.officers.routes.rosters import XLSX
from tests.officers_rig import Person, Rig, officers
from tests.workbooks.case import At, Case, Whole
from tests.workbooks.corpus import LEAST, corpus

CORPUS = corpus()


@pytest.fixture(scope="module")
async def house(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[tuple[Rig, Person]]:
    """One API for all of them: no case has a person of another."""
    path: Path = tmp_path_factory.mktemp("corpus")
    async with officers(path) as rig:
        await rig.batch()
        yield rig, await rig.account(Grant(role="NOMINATOR", unit="chamber", district="d01"), serial=999)


async def read_here(body: bytes, most: int = MAX_ROWS) -> Book:
    """What the process would answer with, without the process."""
    check_length(body)
    return unpacked(json.loads(json.dumps(packed(read_workbook(body, most)), ensure_ascii=False)))


async def send(person: Person, body: bytes, dry_run: str) -> Any:
    headers = {"Content-Type": XLSX}
    return await person.post(
        "/v1/batches/b1/roster", headers=headers, content=body, params={"dry_run": dry_run}
    )


@pytest.mark.parametrize("name", CORPUS)
async def test_people_imported_are_the_people_shown(
    name: str, house: tuple[Rig, Person], monkeypatch: pytest.MonkeyPatch
) -> None:
    rig, person = house
    case = CORPUS[name]
    if not isinstance(case.wanted, Whole):
        monkeypatch.setattr(rig.office.workbooks, "book", read_here)
    rig.engine.sent.clear()
    tried = await send(person, case.body, "true")
    assert rig.engine.sent == []
    done = await send(person, case.body, "false")
    match case.wanted:
        case Whole(code=code, says=says):
            for answer in (tried, done):
                assert answer.json()["code"] == code
                assert says in answer.json()["detail"]
            assert rig.engine.sent == []
        case At() as place:
            assert (tried.status_code, tried.json()["valid"]) == (200, False)
            assert (done.status_code, done.json()["code"]) == (422, "roster-faulty")
            assert tried.json()["errors"] == done.json()["errors"]
            _named(place, tried.json()["errors"])
            assert rig.engine.sent == []
        case names:
            assert tried.json()["errors"] == []
            assert (tried.json()["valid"], tried.json()["rows"]) == (True, len(names))
            [command] = rig.engine.sent
            assert isinstance(command, SubmitRoster)
            assert tuple(entry.nominee.name for entry in command.entries) == names
            assert len(names) == numbers_in(case) - case.unseen


def _named(place: At, errors: list[dict[str, str]]) -> None:
    there = [one for one in errors if (one["sheet"], one["cell"]) == (place.sheet, place.cell)]
    assert there, [(one["sheet"], one["cell"], one["problem"]) for one in errors]
    assert any(place.says in one["problem"] for one in there), [one["problem"] for one in there]
    assert all(one["todo"] and one["expected"] for one in there)


def numbers_in(case: Case) -> int:
    """People in the file, counted another way: the different ID numbers in whatever it unpacks to."""
    with zipfile.ZipFile(io.BytesIO(case.body)) as archive:
        raw = b"".join(archive.read(one) for one in archive.namelist()).replace(b"\x00", b"")
    return len(set(re.findall(rb"(?<![0-9A-Z])[1-9][0-9]{5}(?:19|20)[0-9]{9}[0-9X](?![0-9A-Z])", raw)))


def test_the_corpus_is_as_large_as_it_was() -> None:
    assert len(CORPUS) >= LEAST
