"""The password that a person gives the own account."""

from services.kit.db import Database
from services.officers.identity import store as people
from services.officers.identity.choosing import chosen
from services.officers.identity.passwords import Passwords
from services.officers.identity.persons import Persons
from services.officers.identity.signin import store as signins
from services.officers.identity.signin.noting import Journal, What
from services.officers.identity.signin.proving import Offered, Proving
from services.officers.identity.signin.showing import Origin, by, settle
from services.officers.identity.standing import Presence, Standings


class OwnPassword:
    """The change asks again who it is, and is told to the journal."""

    def __init__(
        self,
        database: Database,
        proving: Proving,
        passwords: Passwords,
        persons: Persons,
        standings: Standings,
        journal: Journal,
    ) -> None:
        self._database = database
        self._proving = proving
        self._passwords = passwords
        self._persons = persons
        self._standings = standings
        self._journal = journal

    async def change(self, presence: Presence, old: Offered, new: str, origin: Origin) -> None:
        """Give one's account another password and end its other sessions. `password-unfit` says why one is refused."""
        shown = await self._proving.again(presence.actor.account_id, old)
        account = shown.account
        hashed = await chosen(self._database, self._persons, self._passwords, account, new)
        async with self._database.write() as session:
            await settle(session, shown)
            await people.set_password(session, account.account_id, hashed)
            await signins.keep(session, presence.claims.session_id)
            await self._journal(session, by(What.PASSWORD_CHANGED, shown, origin))
        self._standings.forget(account.account_id)
