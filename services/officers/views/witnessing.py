"""What a witness of one-time codes is shown, and the parts that are handed to those who have one."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated

from pydantic import Field

from contracts.access import MOST_ACCOUNTS
from contracts.base import OpaqueId
from contracts.events.access import CodesWitnessed
from services.officers.identity.codes import Part
from services.officers.identity.persons import Identity
from services.officers.identity.tables import AccountRow, CodeRow
from services.officers.readmodel.tables import EventRow
from services.officers.views.base import Body, View

SHOWN_AT_END = 4
"""Signs of an ID number that are shown: enough to hold it against a card, too few to tell it."""


def end_of(number: str) -> str:
    """An ID number with all but its end hidden."""
    return "*" * (len(number) - SHOWN_AT_END) + number[-SHOWN_AT_END:]


class WitnessBody(Body):
    """The accounts whose holders stand before the witness, each with the card that was seen."""

    accounts: Annotated[list[OpaqueId], Field(min_length=1, max_length=MOST_ACCOUNTS)]


class WaitingView(View):
    """A holder who may come for the witness's part of a code, to be held against the card."""

    case_id: OpaqueId
    account_id: OpaqueId
    login: str
    name: str
    id_number: str
    """Only its end is shown."""
    until: datetime | None
    drawn: bool
    """Whether a witness took the part before: taken again, that one counts no more."""

    @classmethod
    def of(cls, code: CodeRow, account: AccountRow, holder: Identity) -> "WaitingView":
        """The code of this account, and who its holder is."""
        return cls(
            case_id=code.case_id,
            account_id=account.account_id,
            login=account.login,
            name=holder.name,
            id_number=end_of(holder.id_number),
            until=code.until,
            drawn=code.witness_digest is not None,
        )


class PartView(View):
    """One part of a one-time code. The holder of the account needs those of all three people."""

    account_id: OpaqueId
    login: str
    part: str


class PartsView(View):
    """Parts for accounts that have no password by this request yet. They are not shown again: ask for new ones."""

    which: str
    codes: list[PartView]

    @classmethod
    def of(cls, which: Part, handed: list[tuple[str, str, str]]) -> "PartsView":
        """Parts as they were drawn."""
        shown = [PartView(account_id=account, login=login, part=said) for account, login, said in handed]
        return cls(which=which.value, codes=shown)


class Witnessed(View):
    """That a witness saw the cards of these accounts' holders, and took the third part of their codes."""

    witness: OpaqueId
    at: datetime
    accounts: list[OpaqueId]
    replaced: list[OpaqueId] = Field(default_factory=list)
    """Those of them of which somebody took the part anew since: the one taken here counts no more."""

    @classmethod
    def of(cls, event: EventRow) -> "Witnessed":
        """What stands on the record, by itself."""
        said = CodesWitnessed.model_validate(event.payload)
        return cls(witness=said.witness, at=event.at, accounts=[one.account_id for one in said.accounts])


def in_order(drawn: Sequence[Witnessed]) -> list[Witnessed]:
    """The same, each with what later ones replaced."""
    later: set[str] = set()
    found = []
    for one in reversed(drawn):
        replaced = [account for account in one.accounts if account in later]
        found.append(one.model_copy(update={"replaced": replaced}))
        later.update(one.accounts)
    return found[::-1]
