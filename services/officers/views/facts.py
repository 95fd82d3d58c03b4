"""Views of what only cases of one kind have."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Annotated, Any, Literal, TypeAlias

from pydantic import Field, TypeAdapter, model_validator

from contracts.base import Digest, OpaqueId
from contracts.case import CaseKind
from contracts.words.families import Family
from services.officers.readmodel.tables import LIST_FACT
from services.officers.views.base import View
from services.officers.views.data_requests import DataRequestFacts


class NoticeWindowView(View):
    """The public notice: both instants as stored, neither derived again."""

    start: datetime | None
    end: datetime | None
    provisional: bool


class NominationFacts(View):
    """What only a nomination has. What the caller may not know is null, as what is not known yet."""

    kind: Literal[CaseKind.NOMINATION]
    seat: str | None = None
    late: bool | None = None
    duplicate_of: str | None = None
    also_nominated_by: str | None = None
    evaluation_of: str | None = None
    lost: bool | None = None
    grade: str | None = None
    veto: bool | None = None
    opinion: str | None = None
    notice: NoticeWindowView | None = None
    election_at: datetime | None = None


class RemovalFacts(View):
    """What only a removal has. `suspended` is the latest cause for which the member is suspended from duty, `urgent`
    what a smaller body decided, `restored_since` from which day a member has the seat again."""

    kind: Literal[CaseKind.REMOVAL]
    seat: str | None = None
    source: str | None = None
    suspended: str | None = None
    finding: str | None = None
    opinion: str | None = None
    urgent: str | None = None
    restored_since: date | None = None
    review: OpaqueId | None = None
    reviewed: str | None = None


class ReviewFacts(View):
    """What only a review has: of which instance it is, and how it came out."""

    kind: Literal[CaseKind.REVIEW]
    seat: str | None = None
    instance: int | None = None
    reviewed: str | None = None


class ScreeningFacts(View):
    """What only a book of screening has: its lists by code, the run under way, and what the last one came to."""

    kind: Literal[CaseKind.SCREENING]
    lists: dict[str, Any]
    run: dict[str, Any] | None = None
    checked_until: str | None = None
    last_run: dict[str, Any] | None = None

    @model_validator(mode="before")
    @classmethod
    def _gathered(cls, facts: dict[str, Any]) -> dict[str, Any]:
        listed = {name: fact for name, fact in facts.items() if name.startswith(LIST_FACT)}
        lists = {name.removeprefix(LIST_FACT): fact for name, fact in listed.items()}
        said = {name: facts.get(name) for name in ("kind", "run", "last_run")}
        return {**said, "lists": lists, "checked_until": facts.get("until")}


class EnquiryFacts(View):
    """What only an enquiry has: why it began, and the case whose person it may mean."""

    kind: Literal[CaseKind.ENQUIRY]
    source: str | None = None
    about_kind: str | None = None
    about_case: str | None = None


class TenureFacts(View):
    """What only a tenure has: the term, and how the seat stands. `removal` is the latest that is under way."""

    kind: Literal[CaseKind.TENURE]
    seat: str | None = None
    began: date | None = None
    ends: date | None = None
    nomination: OpaqueId | None = None
    evaluated_until: datetime | None = None
    passed: bool | None = None
    suspended: str | None = None
    removal: OpaqueId | None = None
    announced: str | None = None
    vacant_since: date | None = None
    filled_by_batch: OpaqueId | None = None


class PolicyFacts(View):
    """What only a proposal for the policy has."""

    kind: Literal[CaseKind.POLICY]
    version: str | None = None
    version_digest: Digest | None = None
    author: OpaqueId | None = None
    transition: dict[str, Any] | None = None


class AwardFacts(View):
    """What only an award has: who applies for which title in which cycle, and until when the title is held."""

    kind: Literal[CaseKind.AWARD]
    title: str | None = None
    cycle: str | None = None
    organisation: OpaqueId | None = None
    held_until: datetime | None = None
    withdrawal_proposed: bool | None = None


class AccessFacts(View):
    """What only a request for accounts has; what it says in full is read at `/v1/access`."""

    kind: Literal[CaseKind.ACCESS]
    what: str | None = None
    asked_by: OpaqueId | None = None
    codes_until: datetime | None = None
    left_out: dict[str, str] | None = None
    emergency: dict[str, Any] | None = None
    read: list[OpaqueId] | None = None


AnyFacts: TypeAlias = (
    NominationFacts
    | RemovalFacts
    | ReviewFacts
    | TenureFacts
    | ScreeningFacts
    | EnquiryFacts
    | AwardFacts
    | PolicyFacts
    | AccessFacts
    | DataRequestFacts
)
Facts = Annotated[AnyFacts, Field(discriminator="kind")]
_FACTS: TypeAdapter[AnyFacts] = TypeAdapter(Facts)
KINDS = frozenset(
    {
        CaseKind.NOMINATION.value,
        CaseKind.REMOVAL.value,
        CaseKind.REVIEW.value,
        CaseKind.TENURE.value,
        CaseKind.SCREENING.value,
        CaseKind.ENQUIRY.value,
        CaseKind.POLICY.value,
        CaseKind.AWARD.value,
        CaseKind.ACCESS.value,
        CaseKind.DATA_REQUEST.value,
    }
)
NAMED_FACTS: Mapping[str, Family] = {
    "seat": "seat",
    "grade": "grade",
    "source": "lead-source",
    "suspended": "cause",
    "finding": "outcome",
    "urgent": "outcome",
    "reviewed": "state",
    "title": "title",
    "what": "access-request",
    "right": "data-right",
    "answered": "outcome",
}
"""Facts that are codes, and the family that has their words."""


def facts_of(kind: str, facts: Mapping[str, Any]) -> AnyFacts | None:
    """The facts of a case of this kind, as far as they are given; None for a kind that has none."""
    return _FACTS.validate_python({"kind": kind, **facts}) if kind in KINDS else None
