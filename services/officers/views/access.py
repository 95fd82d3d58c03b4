"""Bodies of what is asked for accounts, and how requests are shown to whoever decides on them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any

from pydantic import Field, StringConstraints

from contracts.access import (
    MOST_ACCOUNTS,
    AnyRequest,
    ChangeGrants,
    Given,
    Identity,
    NewAccount,
    OpenAccounts,
    TwoIdentities,
)
from contracts.base import Digest, OpaqueId
from contracts.emergency import EmergencyReading
from contracts.events.access import Asked
from contracts.nominee import firm_digest
from contracts.words.families import Family
from services.officers.identity.accounts import Holder
from services.officers.identity.persons import Identity as Civil
from services.officers.readmodel.tables import CaseRow, TaskRow
from services.officers.views.base import Body, View
from services.officers.views.naming import names
from services.officers.views.people import GrantBody, GrantView, Login
from services.officers.views.texts import PersonName, Words
from services.officers.views.witnessing import Witnessed, end_of, in_order
from services.officers.web.language import Language

IdNumber = Annotated[str, StringConstraints(min_length=18, max_length=18)]
CreditCode = Annotated[str, StringConstraints(pattern=r"^[0-9A-Z]{18}$")]
Phone = Annotated[str, StringConstraints(pattern=r"^[0-9+][0-9 \-]{4,28}$|^$")]


class ReasonBody(Body):
    """Why it is asked for."""

    reason: Words


class GrantsBody(ReasonBody):
    """The grants that an account is to hold from now on, instead of those it has."""

    grants: Annotated[list[GrantBody], Field(max_length=40)]


class AccountBody(Body):
    """An account to be opened. The same `id_number` is the same natural person, under however many logins."""

    login: Login
    name: PersonName
    id_number: IdNumber
    phone: Phone = ""
    credit_codes: Annotated[list[CreditCode], Field(max_length=40)] = Field(default_factory=list)
    """Of the person's own firms: nobody acts on a case of their own firm (SOD-06)."""
    grants: Annotated[list[GrantBody], Field(max_length=40)] = Field(default_factory=list)
    unlike: Annotated[list[OpaqueId], Field(max_length=20)] = Field(default_factory=list)
    """People who look like this one and are others: whoever decides signs that."""

    def holder(self) -> Holder:
        """Who is to have it."""
        return Holder(
            login=self.login,
            identity=Identity(name=self.name, id_number=self.id_number, phone=self.phone),
            grants=[one.given() for one in self.grants],
            firms=[firm_digest(code) for code in self.credit_codes],
            unlike=self.unlike,
        )


class AccountsBody(ReasonBody):
    """Accounts to be opened: all of the list, or none of it."""

    accounts: Annotated[list[AccountBody], Field(min_length=1, max_length=MOST_ACCOUNTS)]


class DecisionView(View):
    """The task of the second person: `seen` is what a decision must name."""

    task_id: OpaqueId
    seen: Digest
    due: datetime | None


class AccessView(View):
    """A request for accounts. `left_out` says by account why a part that was approved did not take force."""

    case_id: OpaqueId
    what: str
    asked_by: OpaqueId
    state: str
    opened_at: datetime
    codes_until: datetime | None
    left_out: dict[str, str]
    names: dict[str, str]

    @classmethod
    def of(cls, row: CaseRow, language: Language) -> "AccessView":
        """The view of a request in a list."""
        return cls(**_fields(row, language))


class WantedView(View):
    """An account that is asked for or about. Of an ID number only the end is shown."""

    account_id: OpaqueId
    person_id: OpaqueId
    login: str
    name: str | None = None
    id_number: str | None = None
    grants: list[GrantView] | None = None
    unlike: list[OpaqueId] = Field(default_factory=list)
    """People of the same name and birth date or phone; whoever decides signs that they are others."""


class ReachView(View):
    """What somebody may read in an emergency, and for which purpose: one case and whom it is about, or a district."""

    purpose: str
    case_id: OpaqueId | None
    subject: OpaqueId | None
    district: str | None

    @classmethod
    def asked(cls, request: AnyRequest) -> "ReachView | None":
        """As it is asked for; None of any other request."""
        if not isinstance(request, EmergencyReading):
            return None
        return cls(purpose=request.purpose, **request.reach.model_dump())


class TwoIdentitiesBody(ReasonBody):
    """Two identities: the one that stands for the person, and the one that does no more."""

    kept: OpaqueId
    merged: OpaqueId


class IdentityView(View):
    """Somebody as the office knows them, to be held against the card. Of the ID number only the end is shown."""

    person_id: OpaqueId
    name: str
    id_number: str


class AccessDetail(AccessView):
    """A request with all that is signed, and the task of whoever decides while nobody has."""

    reason: str
    decided_by: OpaqueId | None
    called: dict[str, str]
    """What those who asked, decided and witnessed are called, by their ids."""
    accounts: list[WantedView]
    decision: DecisionView | None
    emergency: ReachView | None = None
    """What would be read in an emergency, where that is what is asked for."""
    identities: list[IdentityView] = Field(default_factory=list)
    """The two that are to be one person, or two again."""
    witnessed: list[Witnessed] = Field(default_factory=list)
    """Who handed over which codes, in the order in which they did."""

    @classmethod
    def whole(cls, read: "Read", language: Language) -> "AccessDetail":
        """The view of one request."""
        decision = None
        if read.task is not None:
            said = read.task
            decision = DecisionView(task_id=said.task_id, seen=said.content_digest, due=said.due)
        return cls(
            **_fields(read.row, language),
            reason=read.asked.reason,
            decided_by=read.decided_by,
            called=dict(read.called),
            accounts=_wanted(read.asked.request, read.logins),
            decision=decision,
            emergency=ReachView.asked(read.asked.request),
            identities=[
                IdentityView(person_id=person, name=one.name, id_number=end_of(one.id_number))
                for person, one in read.identities.items()
            ],
            witnessed=in_order(read.witnessed),
        )


@dataclass(frozen=True)
class Read:
    """One request as it was read: the case, what was asked, its open task, and who decided.

    `logins` are those of accounts that exist.
    """

    row: CaseRow
    asked: Asked
    task: TaskRow | None
    decided_by: str | None
    called: Mapping[str, str]
    logins: Mapping[str, str]
    identities: Mapping[str, Civil]
    """Of two identities that are to be one person, or two again, who each is."""
    witnessed: Sequence[Witnessed]


def _fields(row: CaseRow, language: Language) -> dict[str, Any]:
    facts = row.facts
    codes: dict[str, tuple[Family, str | None]] = {
        "what": ("access-request", facts["what"]),
        "state": ("state", row.state),
    }
    return {
        "case_id": row.case_id,
        "what": facts["what"],
        "asked_by": facts["asked_by"],
        "state": row.state,
        "opened_at": row.opened_at,
        "codes_until": facts.get("codes_until"),
        "left_out": facts.get("left_out", {}),
        "names": names(row.policy, language, codes),
    }


def _wanted(request: AnyRequest, logins: Mapping[str, str]) -> list[WantedView]:
    if isinstance(request, TwoIdentities):
        return []
    if isinstance(request, OpenAccounts):
        return [_new(one) for one in request.accounts]
    grants = _grants(request.grants) if isinstance(request, ChangeGrants) else None
    said = request.model_dump(include={"account_id", "person_id"})
    return [WantedView(**said, login=logins.get(request.account_id, ""), grants=grants)]


def _new(one: NewAccount) -> WantedView:
    number = one.identity.id_number
    return WantedView(
        account_id=one.account_id,
        person_id=one.person_id,
        login=one.login,
        name=one.identity.name,
        id_number=end_of(number),
        grants=_grants(one.grants),
        unlike=list(one.unlike),
    )


def _grants(grants: tuple[Given, ...]) -> list[GrantView]:
    return [
        GrantView(**one.grant.model_dump(include={"role", "unit", "district"}), until=one.until)
        for one in grants
    ]
