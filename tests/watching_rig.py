"""The officers' API with a book of screening behind it that decides by its own rules, and the watch over it."""

from dataclasses import dataclass
from typing import Any

from contracts.actor import Grant
from contracts.commands.base import Accepted, Command
from contracts.events.nomination import CaseAmended
from contracts.nominee import Nominee
from contracts.policy.loader import released
from services.officers.roster.workbook import MAX_BYTES
from services.officers.watching.watch import Watch
from services.officers.web.problems import RefusedError
from services.officers.web.sentences import refused
from tests import desks
from tests.desks import PureDesk
from tests.invented import nominee
from tests.officers_rig import DIGEST, Rig
from tests.person import Person
from tests.screened import BOOK, COURT, opened
from workflows.kinds.screening.book import Book

CSV = "text/csv"
HEADER = "被执行人姓名/名称,身份证号码,案号,发布时间,执行法院"
EVERYWHERE = (Grant(role="ELECTION_OFFICE"), Grant(role="SCREENER"))


@dataclass
class Watched:
    """A book, its watch, and somebody of the office who also screens."""

    rig: Rig
    book: PureDesk[Book]
    watch: Watch
    office: Person

    async def brings(self, *rows: str, code: str = COURT, header: str = HEADER, **said: Any) -> Any:
        """The office imports a list of these rows."""
        body = "\n".join((header, *rows)).encode()
        assert len(body) < MAX_BYTES
        return await self.brings_bytes(body, code=code, **said)

    async def brings_bytes(self, body: bytes, code: str = COURT, kind: str = CSV, **said: Any) -> Any:
        """The office imports these bytes."""
        key, person = said.pop("key", None), said.pop("person", self.office)
        wanted = {
            "issuer": "某某法院",
            "document_no": "公告1号",
            "as_of": "2026-03-02",
            "dry_run": "false",
            **said,
        }
        path = f"/v1/screenings/{BOOK}/lists/{code}"
        headers = {"Content-Type": kind}
        return await person.post(path, key=key, headers=headers, content=body, params=wanted)

    async def runs(self) -> None:
        """The watch does all that there is to do."""
        while await self.watch.round():
            pass

    async def nominee(self, case_id: str, serial: int) -> Nominee:
        """A nominee in process."""
        await self.rig.case(case_id, person=f"p-{case_id}", serial=serial)
        return nominee(serial)

    async def repaired(self, case_id: str, changed: Nominee) -> None:
        """The papers of a case are repaired."""
        await self.rig.tell(
            self.rig.stories[case_id],
            CaseAmended(firm_digests=changed.firm_digests, content_digest=DIGEST, private=changed),
        )


async def watched(rig: Rig, part: int = 200) -> Watched:
    """A book that was opened on 2 March 2026, under the rules that decide books."""
    book = opened(released("2026.1"))
    story = rig.story(BOOK, "screening", BOOK, "all")
    await rig.tell(story, *(event for _, event in book.events))

    async def decide(command: Command) -> Accepted | RefusedError:
        before = len(book.events)
        try:
            await book.send(command)
        except desks.RefusedError as refusal:
            return refused(refusal.code, refusal.said)
        events = [event for _, event in book.events[before:]]
        if not events:
            return Accepted(case_id=BOOK, sequence=story.events[-1].sequence, index=-1)
        return await rig.record(command, *events)

    rig.engine.answers = decide
    office = rig.office
    watch = Watch(office.database, office.watched, office.lists, office.desk, part)
    return Watched(rig, book, watch, await rig.account(*EVERYWHERE))
