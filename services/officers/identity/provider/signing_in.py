"""Sign-in by the provider: the account is the one whose holder linked it, and our second factor is asked for unless the
provider vouches for one."""

from dataclasses import dataclass
from datetime import UTC, datetime

from services.kit.crowd import place
from services.kit.db import Database, Session
from services.officers.identity import store as people
from services.officers.identity.factors import store as factors
from services.officers.identity.factors.second import Door, Proof, SecondFactor
from services.officers.identity.provider import store
from services.officers.identity.provider.answering import Answer, Believed, Provider
from services.officers.identity.provider.asking import Asked
from services.officers.identity.signin.failing import FailedError, Whose
from services.officers.identity.signin.tickets import Kind, Ticket, Tickets
from services.officers.identity.tables import AccountRow

PROVIDER, VOUCHED = "provider", "provider-second-factor"
SECOND = Kind("qx-provider-second+jwt", "provider-refused")


@dataclass(frozen=True)
class ProviderShown:
    """Whose account it is, and what beside the provider's word was shown."""

    account: AccountRow
    believed: Believed
    proof: Proof | None = None
    ticket: Ticket | None = None

    @property
    def methods(self) -> str:
        """What was shown, in one text."""
        second = self.proof.method if self.proof is not None else VOUCHED if self.believed.vouched else ""
        return f"{PROVIDER}+{second}" if second else PROVIDER

    @property
    def shown_at(self) -> datetime | None:
        """When the provider asked for it."""
        return self.believed.shown_at

    async def spend(self, session: Session) -> None:
        """FailedError when the link was undone meanwhile, or what is good once was used."""
        link = await store.link_of(session, self.account.account_id)
        if link is None or link.subject_key != self.believed.subject_key:
            raise FailedError("provider-unlinked", self.account)
        now = datetime.now(UTC)
        if self.ticket is not None and not await factors.use_ticket(
            session, self.ticket.ticket_id, self.ticket.until, now
        ):
            raise FailedError("provider-refused", self.account)
        if self.proof is not None:
            await self.proof.spend(session, self.account)


class ByProvider:
    """RefusedError, FailedError: see `Provider`; `provider-unlinked` for whoever is linked with no open account."""

    def __init__(self, database: Database, provider: Provider, second: SecondFactor, secret: str) -> None:
        self._database = database
        self._provider = provider
        self._second = second
        self._tickets = Tickets(secret, SECOND)

    async def shown(self, answer: Answer, address: str, whose: Whose | None = None) -> ProviderShown:
        """Whose account it is; of whoever is signed in (`whose`) only their own.

        `second-factor-needed` brings a ticket with which the code is shown at `second`.
        """
        asked = Asked.SIGN_IN if whose is None else Asked.AGAIN
        believed = await self._provider.answered(asked, answer, place(address), whose)
        async with self._database.read() as session:
            account = await store.account_of(session, believed.subject_key)
            needed = account is not None and await factors.any_confirmed(session, account.account_id)
        if account is None or account.disabled:
            raise FailedError("provider-unlinked", account or whose)
        if whose is not None and account.account_id != whose.account_id:
            raise FailedError("provider-unlinked", whose)
        if needed and not believed.vouched:
            raise FailedError(
                "second-factor-needed", account, extra={"ticket": self._ticket(account, believed)}
            )
        return ProviderShown(account, believed)

    async def second(self, ticket: str, code: str, whose: Whose | None = None) -> ProviderShown:
        """What was shown to the provider, and now the second factor to us. `second-factor-wrong` lets try again."""
        now = datetime.now(UTC)
        read = self._tickets.opened(ticket, whose, now)
        async with self._database.read() as session:
            account = await people.account(session, read.account_id)
        if account is None or (whose is not None and whose.account_id != account.account_id):
            raise FailedError("provider-refused", whose)
        proof = await self._second.proof(account.account_id, code, Door.PASSWORD_SHOWN)
        if proof is None:
            raise FailedError("second-factor-wrong", account)
        at, _, subject_key = read.challenge.decode().partition(" ")
        believed = Believed(subject_key, datetime.fromtimestamp(int(at), UTC), vouched=False)
        return ProviderShown(account, believed, proof, read)

    def _ticket(self, account: AccountRow, believed: Believed) -> str:
        said = f"{int(believed.shown_at.timestamp())} {believed.subject_key}"
        return self._tickets.issue(account.account_id, said.encode(), datetime.now(UTC))
