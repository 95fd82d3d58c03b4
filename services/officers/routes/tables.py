"""Tables of people that a batch takes whole or not at all: one passage for every table, and its answer to a repeat."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Protocol, TypeVar

from contracts.canonical import digest_of
from contracts.claim import Claim
from contracts.commands.base import Command
from services.officers.desk.ask import Reply
from services.officers.desk.desk import Write
from services.officers.identity.persons import Identity
from services.officers.office import Office
from services.officers.readmodel.reading.acting import Wanted, What
from services.officers.readmodel.reading.imports import taken_up
from services.officers.routes.caller import Asking, answer
from services.officers.views.base import Body
from services.officers.views.rosters import row_faults, screenful
from services.officers.web.problems import RefusedError


class Row(Protocol):
    """A line of a table that was sent as JSON."""

    def cells(self) -> dict[str, str]:
        """What is held against the columns of a roster, by their keys."""


R = TypeVar("R", bound=Row)
Made = Callable[[Claim, str, Sequence[R]], Awaitable[Command]]
"""The command that takes the rows, under the digest of the table; whoever is new becomes a person."""


async def repeated(write: Write, office: Office, batch_id: str, digest: str) -> Reply | None:
    """The answer to a table that the batch has taken under this key: by now more may be known of its people."""
    if write.fresh:
        return None
    async with office.database.read() as session:
        same = await taken_up(session, batch_id, digest)
    return await write.again() if same else None


async def take_in(
    office: Office, asks: Asking, batch_id: str, body: Body, rows: Sequence[R], made: Made[R]
) -> object:
    """Take the rows of the body into the batch: every faulty cell is named, and with one fault nothing is taken."""
    async with office.desk.asked(asks.ask, Wanted(What.BATCH, batch_id, asks.caller.scope)) as write:
        digest = digest_of(body.model_dump(mode="json"))
        again = await repeated(write, office, batch_id, digest)
        if again is not None:
            return answer(again)
        # Also under a key that was used before: what follows makes people of the rows.
        asks.insist()
        write.insist()
        faults = row_faults([row.cells() for row in rows], datetime.now(UTC).date())
        if faults:
            raise RefusedError("roster-faulty", extra=screenful(faults))
        return answer(await write.send(await made(asks.claim(), digest, rows)))


async def people_of(office: Office, people: Sequence[Identity]) -> Mapping[str, str]:
    """Person ids by ID number; whoever is new becomes one. RefusedError for a number under another name."""
    async with office.database.write() as session:
        ids = await office.persons.ensure(session, people)
        for one in people:
            await office.persons.check_name(session, ids[one.id_number], one.name)
    return ids
