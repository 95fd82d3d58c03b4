"""Views of the journal, and of what is revealed."""

from dataclasses import asdict
from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import Field

from contracts.base import OpaqueId
from contracts.policy.reading import PersonalField
from contracts.sealed import Sealed
from services.kit.sealing import Keyring, open_sealed
from services.officers.journal.readers import Reader
from services.officers.journal.tables import JournalRow
from services.officers.readmodel.reading.called import Called
from services.officers.views.base import Body, View
from services.officers.views.naming import case_named, names, roles_named
from services.officers.views.texts import Words
from services.officers.web.language import Language


class RevealBody(Body):
    """What is masked in a case, shown for a purpose that the policy names."""

    fields: Annotated[list[PersonalField], Field(min_length=1, max_length=7)]
    purpose: Annotated[str, Field(pattern=r"^[a-z][a-z-]{0,40}$")]
    reason: Words


class RevealView(View):
    """By part what it holds. It is kept nowhere."""

    case_id: OpaqueId
    shown: dict[str, dict[str, Any]]


class NoteView(View):
    """A line of the journal: who did what with whose data, in which roles, for which purpose."""

    number: int
    at: datetime
    account_id: str
    person_id: str
    name: str
    """What whoever did it is called; empty for nobody that the office knows."""
    roles: list[str]
    what: str
    target: str
    case_id: str
    subject: str
    tier: str
    fields: list[str]
    purpose: str
    reason: str
    names: dict[str, str]
    """What was done, `about` which case, for what, and each role by its code."""

    @classmethod
    def of(
        cls,
        row: JournalRow,
        name: str,
        about: Called | None,
        keyring: Keyring,
        policy: str,
        language: Language,
    ) -> "NoteView":
        """The view of a line of somebody of this name, `about` what, with what they wrote, opened."""
        said = open_sealed(Sealed.model_validate(row.said), row.note_id, keyring)["said"] if row.said else ""
        called = names(policy, language, {"what": ("noted", row.what), "purpose": ("purpose", row.purpose)})
        called |= {"about": case} if (case := case_named(about, language)) else {}
        own = row.model_dump(exclude={"note_id", "said", "chained"})
        roles = row.roles.split()
        own |= {"roles": roles, "fields": row.fields.split()}
        return cls(
            **own, name=name, reason=str(said), names={**roles_named(roles, policy, language), **called}
        )


class ReaderView(View):
    """Somebody who was shown a finding: when first, when last, and where."""

    person_id: OpaqueId
    account_id: OpaqueId
    name: str
    roles: list[str]
    first: datetime
    last: datetime
    targets: list[str]

    @classmethod
    def of(cls, one: Reader, name: str) -> "ReaderView":
        """The view of a reader of this name."""
        return cls(**asdict(one), name=name)


class JournalVerdictView(View):
    """Whether the journal is as it was noted: `told` rows of it stand under a head that is on the record.

    Of a broken one, the first row that does not hold, and why.
    """

    status: Literal["verified", "broken"]
    count: int
    told: int
    reason: str = ""
