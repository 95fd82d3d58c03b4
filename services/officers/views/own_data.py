"""Everything that is held about a person, as the person is given it, and what is withheld on which ground."""

from datetime import datetime
from typing import Any

from contracts.base import OpaqueId
from contracts.policy.model import Text
from services.officers.identity.bonds.tables import AbsenceRow, DeputyRow
from services.officers.identity.persons import Identity
from services.officers.identity.tables import AccountRow, GrantRow
from services.officers.journal.tables import JournalRow
from services.officers.readmodel.reading.own_data import OwnCase
from services.officers.views.base import View
from services.officers.views.naming import names
from services.officers.views.people import GrantView
from services.officers.web.language import Language, say

WITHHELD = (
    (
        "reports",
        Text(zh="举报材料和举报人身份", en="Reports, and who made them"),
        Text(
            zh="密封信息，仅限核查人员；核实的事实在听取意见时告知（政策 T4）",
            en="Sealed, for whoever checks them alone; what a check found is told when you are heard (T4)",
        ),
    ),
    (
        "opinion",
        Text(zh="廉洁意见的理由", en="The reasons of the integrity opinion"),
        Text(zh="密封信息，仅限纪检监督组（政策 T4）", en="Sealed, for the discipline group alone (T4)"),
    ),
    (
        "replies",
        Text(zh="部门回复", en="What the departments answered"),
        Text(
            zh="仅限办件工作组；其中对您不利的事实在听取意见时告知（政策 T3）",
            en="For the case team alone; a fact in them that is held against you is told when you are heard (T3)",
        ),
    ),
    (
        "evaluation",
        Text(zh="综合评价的过程", en="How you were evaluated"),
        Text(
            zh="内部信息；结果可在办件中申请告知（N09）",
            en="Internal; the result is told on request in the case (N09)",
        ),
    ),
    (
        "officers",
        Text(zh="经办人员的身份", en="Who the officers are"),
        Text(zh="他人的个人信息", en="Personal data of others"),
    ),
)
"""What nobody is given of their own data, whether or not there is any: that there is one would tell as much."""


class WithheldView(View):
    """What is withheld, and on which ground. It stands here whether or not there is any."""

    code: str
    what: str
    ground: str


class OwnIdentityView(View):
    """Who the office holds the person to be; of two identities that were merged both."""

    person_id: OpaqueId
    name: str
    id_number: str
    phone: str


class OwnAccountView(View):
    """An account of the person, with all that it may do or could once, and what it asks for at sign-in."""

    account_id: OpaqueId
    login: str
    disabled: bool
    created_at: datetime
    grants: list[GrantView]
    second_factors: list[str]

    @classmethod
    def of(cls, row: AccountRow, grants: list[GrantRow], factors: list[str]) -> "OwnAccountView":
        """The view of an account."""
        held = [GrantView.model_validate(one.model_dump(exclude={"account_id"})) for one in grants]
        own = row.model_dump(include={"account_id", "login", "disabled", "created_at"})
        return cls(**own, grants=held, second_factors=factors)


class OwnCaseView(View):
    """A case about the person: where it stands, the dossier in clear, what happened and what they answered.

    `held_against` are the facts on which they were heard.
    """

    case_id: OpaqueId
    kind: str
    district: str
    unit: str
    policy: str
    state: str
    opened_at: datetime
    ended_at: datetime | None
    filed_at: datetime | None
    facts: dict[str, Any]
    dossier: dict[str, Any] | None
    events: list[dict[str, Any]]
    answers: list[dict[str, Any]]
    held_against: list[dict[str, Any]]
    names: dict[str, str]

    @classmethod
    def of(cls, own: OwnCase, language: Language) -> "OwnCaseView":
        """The view of a case."""
        called = names(
            own.row.policy, language, {"kind": ("kind", own.row.kind), "state": ("state", own.state)}
        )
        plain = {"case_id", "kind", "district", "unit", "policy", "opened_at", "ended_at", "filed_at"}
        return cls(
            **own.row.model_dump(include=plain),
            state=own.state,
            facts=dict(own.facts),
            dossier=None if own.dossier is None else dict(own.dossier),
            events=[dict(one) for one in own.events],
            answers=[dict(one) for one in own.answers],
            held_against=[dict(one) for one in own.held_against],
            names=called,
        )


class EmergencyReadingView(View):
    """That a case about the person was read in an emergency: when, and for which purpose."""

    at: datetime
    case_id: OpaqueId
    purpose: str

    @classmethod
    def of(cls, row: JournalRow) -> "EmergencyReadingView":
        """The view of a line of the journal."""
        return cls(at=row.at, case_id=row.case_id, purpose=row.purpose)


class OwnEntryView(View):
    """A time of which the person, or somebody for them, entered that they are away or stood in for, and why."""

    starts: datetime
    ends: datetime
    reason: str

    @classmethod
    def of(cls, row: AbsenceRow | DeputyRow, reason: str) -> "OwnEntryView":
        """The view of an entry."""
        return cls(starts=row.starts, ends=row.ends, reason=reason)


class OwnDataView(View):
    """All that is held about whoever asks, as far as they may know it."""

    identities: list[OwnIdentityView]
    accounts: list[OwnAccountView]
    cases: list[OwnCaseView]
    letters: list[dict[str, Any]]
    absences: list[OwnEntryView]
    deputies: list[OwnEntryView]
    """Who stood in is somebody else's."""
    read_in_emergencies: list[EmergencyReadingView]
    withheld: list[WithheldView]


def identity_of(person_id: str, known: Identity) -> OwnIdentityView:
    """An identity, in clear: it is the person's own."""
    return OwnIdentityView(person_id=person_id, name=known.name, id_number=known.id_number, phone=known.phone)


def withheld(language: Language) -> list[WithheldView]:
    """What nobody is given, with its ground."""
    return [
        WithheldView(code=code, what=say(what, language), ground=say(ground, language))
        for code, what, ground in WITHHELD
    ]
