"""Where every act on a case passes: once per key, refused acts recorded, answered when the record has it."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager

from contracts.commands.base import C, Command
from contracts.commands.every import OPENS
from contracts.commands.nomination import RegisterReport
from contracts.commands.opening import Opening
from contracts.refusals import RefusalCode
from services.kit.claims import signed
from services.kit.db import Database, Unit
from services.kit.peoplekeys import PersonKeyMaker
from services.kit.sealing import Keyring
from services.kit.signing import SigningKey
from services.officers.desk import kept, refusing, store
from services.officers.desk.ask import Ask, Reply, done
from services.officers.desk.in_turn import InTurn
from services.officers.desk.known import Kept, Known, Recorded, Refused, Unanswered
from services.officers.desk.refusing import Refusals
from services.officers.desk.sending import Sending
from services.officers.desk.sent import Sent, opened
from services.officers.readmodel.reading import acting
from services.officers.readmodel.reading.acting import Seen, Wanted
from services.officers.web.problems import RefusedError


class Desk:
    """Takes acts to where they are decided, and answers their repeats."""

    def __init__(
        self,
        database: Database,
        refusals: Refusals,
        sending: Sending,
        key: SigningKey,
        keyring: Keyring,
        people: PersonKeyMaker,
    ) -> None:
        """`key` signs who asks; `keyring` opens the commands that were kept; `people` makes keys for reporters."""
        self._database = database
        self._refusals = refusals
        self._sending = sending
        self._key = key
        self._keyring = keyring
        self._people = people
        self._in_flight: dict[str, list[str]] = {}
        self.in_turn = InTurn()

    @asynccontextmanager
    async def asked(self, ask: Ask, wanted: Wanted | None = None) -> AsyncIterator["Write"]:
        """An act on `wanted`, or the opening of a case: prepare the command within and give it to `Write.send`.

        What is raised within as RefusedError is recorded before it is answered. One short read tells what is known
        of the key and of the thing that is acted on.
        """

        def look(unit: Unit) -> tuple[Known | None, Seen | None]:
            known = store.recall(unit, ask.command_id)
            return known, acting.read(unit, wanted) if wanted is not None else None

        write = Write(self, ask, wanted, *await self._database.look(look))
        try:
            yield write
        except RefusedError as refusal:
            await self._refusals.record(ask, refusal, write.sent)
            raise

    async def known(self, account_id: str, command_id: str) -> Known | None:
        """What is known of the account's own command."""
        known = await self._database.look(lambda unit: store.recall(unit, command_id))
        return known if known is not None and known.account_id == account_id else None

    async def answer(self, known: Known) -> Reply:
        """What was answered, or what is answered now where nothing was. Raises RefusedError likewise."""
        match known:
            case Recorded(command_id=ident, act=act, accepted=accepted):
                return done(ident, act, accepted)
            case Refused(answer=refused):
                raise refusing.again(refused)
            case Unanswered():
                return await self._ask_again(opened(known, self._keyring))
            case Kept():
                return kept.opened(known, self._keyring)
        raise AssertionError(known)

    async def send(self, ask: Ask, kind: str, command: Command) -> Reply:
        """Send a claimed command; another body under a key that is in flight is refused at once."""
        if isinstance(command, RegisterReport):
            # Before anything is recorded of it: without the key nothing of the report could be.
            await asyncio.to_thread(self._people.make, [command.reporter])
        with self._flying(command):
            return await self._sending.send(Sent(ask, kind, command))

    def claimed(self, command: C, target: str) -> C:
        """The command, claimed for this case and signed."""
        claim = command.claim.model_copy(update={"target": target})
        full = command.claimed_as(claim)
        return full.model_copy(update={"claim": signed(full.claim, self._key)})

    async def _ask_again(self, sent: Sent) -> Reply:
        try:
            return await self._sending.send(sent)
        except RefusedError as refusal:
            await self._refusals.record(sent.ask, refusal, sent.command)
            raise

    @contextmanager
    def _flying(self, command: Command) -> Iterator[None]:
        others = self._in_flight.setdefault(command.command_id, [])
        if any(digest != command.body_digest for digest in others):
            raise RefusedError(RefusalCode.KEY_REUSED)
        others.append(command.body_digest)
        try:
            yield
        finally:
            others.remove(command.body_digest)
            if not others:
                del self._in_flight[command.command_id]


class Write:
    """One act that is being prepared."""

    def __init__(
        self, desk: Desk, ask: Ask, wanted: Wanted | None, known: Known | None, seen: Seen | None
    ) -> None:
        self._desk = desk
        self._ask = ask
        self._wanted = wanted
        self._known = known
        self._seen = seen
        self.sent: Command | None = None
        """The command, once a case is to decide on it."""

    @property
    def fresh(self) -> bool:
        """Whether nothing is known of the key: a repeat gets its answer, whatever has become of the case."""
        return self._known is None

    @property
    def seen(self) -> Seen:
        """What is acted on. RefusedError when there is none for this caller, or they may not act on the case."""
        if self._seen is None:
            raise RefusedError("not-found" if self._wanted is None else f"unknown-{self._wanted.what.value}")
        if self._seen.recused:
            raise RefusedError(RefusalCode.CONFLICT_OF_INTEREST)
        return self._seen

    @property
    def district(self) -> str:
        """Where what is acted on lies, whoever may act on it; empty when this caller sees none."""
        return "" if self._seen is None else self._seen.asked.district

    def insist(self) -> None:
        """RefusedError as `seen` raises it: before anything is made of what was sent."""
        _ = self.seen

    async def send(self, command: Command) -> Reply:
        """Have it decided by the case that was seen; an opening begins the case that its claim names."""
        if self._known is not None:
            return await self._repeated(self._known, command)
        if isinstance(command, Opening):
            kind, target, place = OPENS[command.act], command.target, 0
        else:
            kind, target, place = self.seen.kind, self.seen.case_id, self.seen.place
        claimed = self._desk.claimed(command.model_copy(update={"place": place}), target)
        self.sent = claimed
        return await self._desk.send(self._ask, kind, claimed)

    async def again(self) -> Reply:
        """The answer to a repeat of which is known otherwise that it asks the same. RuntimeError when it is none."""
        if self._known is None:
            raise RuntimeError("nothing is known of this key")
        return await self._desk.answer(self._known)

    async def _repeated(self, known: Known, command: Command) -> Reply:
        if command.claimed_as(command.claim).body_digest != known.digest:
            raise RefusedError(RefusalCode.KEY_REUSED)
        return await self._desk.answer(known)
