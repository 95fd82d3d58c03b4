"""Views of cases of every kind."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar

from pydantic import Field

from contracts.actor import SYSTEM
from contracts.base import Digest, OpaqueId
from contracts.policy.text import Text
from contracts.words.families import Family
from services.officers.identity.scope import Scope
from services.officers.readmodel.reading.acquaintance import Officer
from services.officers.readmodel.reading.cases import ShownCase
from services.officers.readmodel.reading.concerned import Named
from services.officers.readmodel.reading.disclosure import causes_for, facts_for
from services.officers.readmodel.tables import EventRow
from services.officers.views.act_forms import OfferView
from services.officers.views.base import View
from services.officers.views.facts import NAMED_FACTS, Facts, facts_of
from services.officers.views.naming import names
from services.officers.views.officers import OfficerView
from services.officers.views.tasks import DeadlineView, NomineeView, TaskView
from services.officers.web.language import Language


class CaseView(View):
    """A case in a list. `names` says in the caller's language what the codes beside it mean.

    `nominee` is whom it is about, null for whoever may not see the dossier.
    """

    case_id: OpaqueId
    kind: str
    parent: OpaqueId
    district: str
    policy: str
    unit: str
    state: str
    stage: str
    opened_at: datetime
    ended_at: datetime | None
    filed_at: datetime | None
    nominee: NomineeView | None
    facts: Facts | None
    names: dict[str, str]

    @classmethod
    def of(cls, shown: ShownCase, nominee: Named | None, scope: Scope, language: Language) -> "CaseView":
        """The view of a case."""
        return cls(**case_fields(shown, nominee, scope, language))


class CaseNumberView(View):
    """All that a recused person sees of a case (SOD-07)."""

    case_id: OpaqueId
    recused: bool = True


class OpenTaskView(TaskView):
    """An open task of the case, with its deadline explained."""

    deadline: DeadlineView


class EventView(View):
    """One event of the case's timeline, by its place among those that are shown.

    `sealed` says that it has a part that is not shown here; `by` who did it, where the caller may know them.
    """

    columns: ClassVar[frozenset[str]] = frozenset(
        {
            "type",
            "version",
            "at",
            "role",
            "person_id",
            "account_id",
            "policy",
            "payload",
        }
    )

    sequence: int
    type: str
    version: int
    at: datetime
    role: str
    person_id: OpaqueId
    account_id: OpaqueId
    policy: str
    payload: dict[str, Any]
    sealed: bool
    by: OfficerView | None
    names: dict[str, str]

    @classmethod
    def of(
        cls, row: EventRow, number: int, payload: Mapping[str, Any], by: Officer | None, language: Language
    ) -> "EventView":
        """The view of an event under its number for this caller, with what it says to them and `by` whom it was."""
        # A service of ours holds no role: what it did the system did.
        role = row.role or SYSTEM.role
        called = names(row.policy, language, {"type": ("event", row.type), "role": ("role", role)})
        own = row.model_dump(include=set(cls.columns) - {"payload"})
        return cls(
            **own,
            sequence=number,
            payload=dict(payload),
            sealed=row.sealed is not None,
            by=OfficerView.of(by, row.policy, language),
            names=called,
        )


class PartView(View):
    """What is personal in a case, and how far it reaches."""

    code: str
    name: Text
    tier: str


class CaseDetail(CaseView):
    """A case: where it stands, what is open until when and why, what was decided under which policy."""

    round: int
    held_cause: str | None
    ended_cause: str | None
    content_digest: Digest
    dossier: dict[str, Any] | None
    open_tasks: list[OpenTaskView]
    stages: dict[str, str] = Field(
        description="Stages of the kind in order: done, now or skipped. Behind the last are those ahead; of one "
        "between that is not here nothing is told"
    )
    decisions: list[EventView] = Field(
        description="What was decided, each with the policy version it rests on"
    )
    reveals: list[PartView] = Field(
        description="What is masked here and may be shown to the caller for a purpose"
    )
    sheet: bool = Field(description="Whether there is a record sheet here that the caller may read")
    acts: list[OfferView] = Field(description="What the caller may ask of the case beside its tasks")


def case_fields(shown: ShownCase, nominee: Named | None, scope: Scope, language: Language) -> dict[str, Any]:
    """The fields of a case's view, with state, stage and facts as the caller may see them."""
    row, facts = shown.row, facts_for(scope, shown.row)
    causes = causes_for(scope, row)
    codes: dict[str, tuple[Family, str | None]] = {
        "kind": ("kind", row.kind),
        "state": ("state", shown.state),
        "stage": ("stage", row.stage),
        "district": ("district", row.district),
        "unit": ("unit", row.unit),
        "held_cause": ("cause", causes.held),
        "ended_cause": ("cause", causes.ended),
        **{name: (family, facts.get(name)) for name, family in NAMED_FACTS.items()},
    }
    return {
        **row.model_dump(include=set(CaseView.model_fields) - {"facts"}),
        "state": shown.state,
        "nominee": NomineeView.of(nominee),
        "facts": facts_of(row.kind, facts),
        "names": names(row.policy, language, codes),
    }
