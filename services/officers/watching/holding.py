"""The lists as they are kept here: a file with all its lines, and who stands on one now."""

from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from contracts.base import Digest
from contracts.canonical import digest_of
from contracts.listed import Entry
from contracts.sealed import Sealed
from services.kit.db import Database, Session
from services.kit.logs import logger
from services.kit.sealing import Keyring, open_sealed, seal
from services.officers.identity.matching import Matcher
from services.officers.watching import store
from services.officers.watching.entries import Line, entries_digest
from services.officers.watching.fitting import Fitted, Shown, fitted, standing
from services.officers.watching.people import Due, Number
from services.officers.watching.tables import ListLineRow


class Lists:
    """Keeps lists, sealed, and holds people against them."""

    def __init__(self, database: Database, keyring: Keyring, matcher: Matcher) -> None:
        """`keyring` seals entries; `matcher` finds them by number and by name."""
        self._database = database
        self._keyring = keyring
        self._matcher = matcher

    async def keep(self, session: Session, list_code: str, file: Digest, lines: Sequence[Line]) -> None:
        """Keep a file whole, within the caller's transaction; a file that is here already stays as it is."""
        head = {
            "list": list_code,
            "file_digest": file,
            "entries_digest": entries_digest(lines),
            "entries": len(lines),
            "brought_at": datetime.now(UTC),
        }
        rows = [self._row(list_code, file, number, line) for number, line in enumerate(lines)]
        await store.keep(session, head, rows)

    async def drop_all_but(self, named: Collection[tuple[str, str]], before: datetime) -> None:
        """Drop files that came before the instant and are not among these lists and digests."""
        async with self._database.read() as session:
            idle = not await store.others(session, named, before)
        if idle:
            return
        async with self._database.write() as session:
            logger.info("files of lists are dropped", files=await store.drop_all_but(session, named, before))

    async def fitted(
        self, versions: Sequence[Mapping[str, Any]], people: Sequence[tuple[Due, tuple[Number, ...]]]
    ) -> Fitted | None:
        """What of these versions of lists fits these people; None when lines of one are not here."""
        found = Fitted()
        keys = {self._matcher.key(number.number) for _, numbers in people for number in numbers}
        names = {self._matcher.name_key(number.name) for _, numbers in people for number in numbers}
        for version in versions:
            code, files = version["list"], version["files"]
            async with self._database.read() as session:
                if not await store.here(session, code, files):
                    return None
                rows = await store.lines_of(session, code, files, keys, names)
            shown = standing((row.match_key, row.paper_key, row.off, self._shown(row)) for row in rows)
            of_list = fitted(code, shown.values(), people)
            found.fitting += of_list.fitting
            found.namesakes += of_list.namesakes
        return found

    async def namesakes(
        self, versions: Sequence[Mapping[str, Any]], numbers: Sequence[Number]
    ) -> list[dict[str, Any]]:
        """Entries of these versions that share a name with one of the numbers, and no number."""
        own, found = {number.number for number in numbers}, []
        for version in versions:
            async with self._database.read() as session:
                names = {self._matcher.name_key(number.name) for number in numbers}
                rows = await store.lines_of(session, version["list"], version["files"], (), names)
            shown = standing((row.match_key, row.paper_key, row.off, self._shown(row)) for row in rows)
            found += [
                {
                    "list": version["list"],
                    "masked": "*" in line.entry.number,
                    **line.entry.model_dump(exclude={"name", "text"}),
                }
                for line in shown.values()
                if line.entry.number not in own
            ]
        return found

    def _row(self, list_code: str, file: Digest, number: int, line: Line) -> dict[str, Any]:
        said = line.entry.model_dump(mode="json")
        return {
            "list": list_code,
            "file_digest": file,
            "line": number,
            "match_key": self._matcher.key(line.entry.number),
            "name_key": self._matcher.name_key(line.entry.name),
            "paper_key": self._matcher.paper_key(line.entry.document_no),
            "masked": line.masked,
            "off": line.off,
            "digest": digest_of(said),
            "sealed": seal(said, _place(list_code, file, number), self._keyring).model_dump(),
        }

    def _shown(self, row: ListLineRow) -> Shown:
        place = _place(row.list, row.file_digest, row.line)
        opened = open_sealed(Sealed.model_validate(row.sealed), place, self._keyring)
        return Shown(row.digest, Entry.model_validate(opened))


def _place(list_code: str, file: Digest, number: int) -> str:
    return f"list:{list_code}:{file}:{number}"
