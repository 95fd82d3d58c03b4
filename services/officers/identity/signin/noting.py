"""What sign-in tells the journal: everything that happens to sessions, passwords and factors, and every failure."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from enum import StrEnum

from contracts.actor import Actor
from services.kit.db import Database, Session
from services.officers.identity.signin.failing import FailedError
from services.officers.journal import journal
from services.officers.journal.notes import RESTORED, Noted
from services.officers.journal.notes import Note as Line


class What(StrEnum):
    """What happened."""

    SIGNED_IN = "signed-in"
    REFUSED = "sign-in-refused"
    SHOWN_AGAIN = "authenticated-again"
    SIGNED_OUT = "signed-out"
    ALL_SIGNED_OUT = "all-signed-out"
    DISPLACED = "session-displaced"
    """The account had as many sessions as an account may have, and this one gave way to a further one."""
    FACTOR_BEGUN = "factor-begun"
    FACTOR_ADDED = "factor-added"
    FACTOR_REMOVED = "factor-removed"
    CODES_DRAWN = "recovery-codes-drawn"
    PASSWORD_CHANGED = "password-changed"  # noqa: S105
    PASSWORD_SET = "password-set"  # noqa: S105
    """By a one-time code; the line's target is the request that gave it, or `first`."""
    OPENED_FIRST = "first-account-opened"
    LINK_BEGUN = "provider-link-begun"
    LINKED = "provider-linked"
    UNLINKED = "provider-unlinked"
    RESTORED = RESTORED
    NOT_RESTORED = "not-restored-on-the-machine"


_KINDS = {
    What.SIGNED_IN: Noted.SIGN_IN,
    What.SHOWN_AGAIN: Noted.SIGN_IN,
    What.REFUSED: Noted.SIGN_IN_FAILED,
    What.SIGNED_OUT: Noted.SIGN_OUT,
    What.ALL_SIGNED_OUT: Noted.SIGN_OUT,
    What.DISPLACED: Noted.SIGN_OUT,
}
"""The kinds of line in the journal. What is not here was done to the account."""


@dataclass(frozen=True)
class Note:
    """What happened to which account, from where. `account_id` is empty when the login is nobody's."""

    what: What
    account_id: str
    person_id: str
    address: str
    target: str = ""
    """The session that it is about, or the request that gave a one-time code."""
    how: str = ""
    """By what it was shown who it is, words with `+` between them; of a failure the code of what failed."""

    @property
    def line(self) -> Line:
        """The line of the journal. The address may tell a person's home, so it stands where what is said is sealed."""
        return Line(
            _KINDS.get(self.what, Noted.ACCOUNT),
            self.account_id,
            self.person_id,
            target=self.target,
            fields=(self.what.value, *filter(None, self.how.split("+"))),
            said=self.address,
        )


Journal = Callable[[Session, Note], Awaitable[None]]
"""Writes a note in the transaction of what it tells of: neither is there without the other."""


def into(lines: journal.Journal) -> Journal:
    """The journal of the office, as sign-in writes into it."""

    async def write(session: Session, note: Note) -> None:
        await lines.note_within(session, note.line)

    return write


def told(what: What, actor: Actor, address: str, target: str = "") -> Note:
    """That whoever is signed in did this."""
    return Note(what, actor.account_id, actor.person_id, address, target)


class Failures:
    """Notes whoever failed to show who they are, before they are answered."""

    def __init__(self, database: Database, journal: Journal) -> None:
        self._database = database
        self._journal = journal

    async def note(self, error: FailedError, address: str) -> None:
        """Raises UnavailableError when it cannot be noted: then that is the answer."""
        note = Note(What.REFUSED, error.account_id, error.person_id, address, how=error.cause)
        async with self._database.write() as session:
            await self._journal(session, note)
