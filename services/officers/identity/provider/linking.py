"""How the holder of an account says which of the provider's people they are: signed in, shown anew to both sides.

No sign-in links anything, and no administrator does: what opens an account is its holder's alone (adr/0029).
"""

from datetime import UTC, datetime

from services.kit.crowd import place
from services.kit.db import Database
from services.officers.identity.provider import store
from services.officers.identity.provider.answering import Answer, Provider, Started
from services.officers.identity.provider.asking import Asked
from services.officers.identity.provider.tables import ProviderLinkRow
from services.officers.identity.signin.failing import FailedError
from services.officers.identity.signin.noting import Journal, What, told
from services.officers.identity.signin.proving import Offered, Proving
from services.officers.identity.signin.showing import Origin, by, settle
from services.officers.identity.standing import Presence, still
from services.officers.web.problems import RefusedError


class Linking:
    """RefusedError: see `Proving` and `Provider`."""

    def __init__(self, database: Database, proving: Proving, provider: Provider, journal: Journal) -> None:
        self._database = database
        self._proving = proving
        self._provider = provider
        self._journal = journal

    async def of(self, account_id: str) -> ProviderLinkRow | None:
        """The account's link."""
        async with self._database.read() as session:
            return await store.link_of(session, account_id)

    async def begin(self, presence: Presence, offered: Offered, origin: Origin) -> Started:
        """Show again who one is, and be sent to the provider, which asks anew as well."""
        started = await self._provider.ask(Asked.LINK, presence.actor)
        shown = await self._proving.again(presence.actor.account_id, offered)
        async with self._database.write() as session:
            await settle(session, shown)
            await self._journal(session, by(What.LINK_BEGUN, shown, origin))
        return started

    async def confirm(self, presence: Presence, answer: Answer, origin: Origin) -> None:
        """Link the account with whom the provider answered for. `provider-linked` when either is linked already."""
        believed = await self._provider.answered(Asked.LINK, answer, place(origin.address), presence.actor)
        row = {
            "account_id": presence.actor.account_id,
            "subject_key": believed.subject_key,
            "linked_at": datetime.now(UTC),
        }
        async with self._database.write() as session:
            await still(session, presence, datetime.now(UTC))
            if not await store.add(session, row):
                # Told to the journal: one person with two accounts would be two signatures.
                raise FailedError("provider-linked", presence.actor)
            await self._journal(session, told(What.LINKED, presence.actor, origin.address))

    async def remove(self, presence: Presence, offered: Offered, origin: Origin) -> None:
        """Undo the link. `no-link` where there is none."""
        shown = await self._proving.again(presence.actor.account_id, offered)
        async with self._database.write() as session:
            await settle(session, shown)
            if not await store.remove(session, presence.actor.account_id):
                raise RefusedError("no-link")
            await self._journal(session, by(What.UNLINKED, shown, origin))
