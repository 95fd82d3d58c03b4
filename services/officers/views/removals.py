"""The body by which a lead against a sitting member is registered."""

from collections.abc import Mapping
from typing import Annotated

from pydantic import ConfigDict, Field, StringConstraints, model_validator
from pydantic.config import JsonDict

from contracts import names
from contracts.base import OpaqueId
from contracts.claim import Claim
from contracts.commands.opening import Opening
from contracts.commands.removal import OpenRemoval
from contracts.matter import Investigation, Lead, LeadSource, OtherSeat, SeatOwner
from contracts.policy import loader
from contracts.policy.model import Policy, Text
from contracts.vocabulary import Seat
from services.officers.views.base import Body, DistrictCode, either
from services.officers.views.starts import Called, Numbered, StartBody
from services.officers.views.texts import LINES, IdNumber, PersonName
from services.officers.web.faults import told
from services.officers.web.problems import RefusedError, at

_ONE_MEMBER = Text(
    zh="该委员须以人员编号或身份证件号码之一指明",
    en="the member is named by id or by ID number, and by one of them",
)
_NONE: JsonDict = {"type": "null"}
_WHICH_SEAT = Text(zh="请写明地区和职务", en="name the district and the seat")


class LeadBody(Body):
    """What is held against the member."""

    name: PersonName
    text: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=8000), LINES]
    item: Annotated[str, StringConstraints(pattern=r"^NL-[A-Z][0-9]{2}(-[A-Z]+)?$", max_length=24)] | None = (
        None
    )
    """The item of the negative list under which it stands, where it stands under one."""


_FEDERATION: JsonDict = {"properties": {"owner": {"const": "federation"}}}
_NAMED: JsonDict = {
    "properties": {"district": {"type": "string", "minLength": 1}, "seat": {"type": "string"}},
    "required": ["district", "seat"],
}


class LinkedSeatBody(Body):
    """Another seat or title of the member; of a federation's, which seat of which district."""

    model_config = ConfigDict(json_schema_extra={"if": _FEDERATION, "then": _NAMED})

    owner: SeatOwner
    district: Annotated[str, StringConstraints(pattern=r"^([A-Za-z0-9][A-Za-z0-9_.\-]{0,60})?$")] = ""
    seat: Seat | None = None
    tenure: OpaqueId | None = None

    @model_validator(mode="after")
    def _named(self) -> "LinkedSeatBody":
        if self.owner == "federation" and not (self.district and self.seat):
            raise told("seat-unnamed", _WHICH_SEAT)
        return self


class RemovalBody(StartBody):
    """A lead against a sitting member, registered from whatever channel it came (R01)."""

    model_config = ConfigDict(json_schema_extra=either("person_id", "id_number", {"type": "string"}, _NONE))

    district: DistrictCode
    person_id: OpaqueId | None = None
    id_number: IdNumber | None = None
    """Of a member whose seat no case follows yet: of somebody who is known here."""
    seat: Seat
    source: LeadSource
    lead: LeadBody
    open_removal: OpaqueId | None = Field(
        default=None, description="The removal of this seat that is open: then the lead is a duplicate"
    )
    other_seats: Annotated[list[LinkedSeatBody], Field(max_length=20)] = Field(default_factory=list)
    tenure: OpaqueId | None = Field(default=None, description="The case that follows the seat, if one does")
    investigation: Investigation | None = None

    @model_validator(mode="after")
    def _one_member(self) -> "RemovalBody":
        if (self.person_id is None) is (self.id_number is None):
            raise told("one-member", _ONE_MEMBER)
        return self

    @property
    def place(self) -> str:
        """Where the member sits."""
        return self.district

    @property
    def people(self) -> tuple[Called, ...]:
        """The member, where the id is known."""
        return () if self.person_id is None else (Called(self.person_id, self.lead.name, "lead.name"),)

    @property
    def numbered(self) -> tuple[Numbered, ...]:
        """The member, where it is not."""
        return () if self.id_number is None else (Numbered(self.id_number, self.lead.name, "lead.name"),)

    def member(self, people: Mapping[str, OpaqueId]) -> OpaqueId:
        """Whom it is about; `people` as of `opening`."""
        return self.person_id or people[self.id_number or ""]

    def insist(self, in_force: Policy) -> None:
        """What is held against the member stands under an item of the list that decides the case, or under none."""
        super().insist(in_force)
        known = {item.code for item in loader.released(self.policy).negative_list}
        if self.lead.item is not None and self.lead.item not in known:
            unknown = Text(
                zh=f"政策 {self.policy} 的负面清单没有 {self.lead.item}",
                en=f"{self.policy} has no item {self.lead.item}",
            )
            raise RefusedError("invalid", at("lead.item", unknown))

    def opening(self, claim: Claim, people: Mapping[str, OpaqueId]) -> Opening:
        """Open the removal: a case on its own, so its own parent."""
        ident = names.removal_id(claim.command_id)
        return OpenRemoval(
            claim=claim.model_copy(update={"target": ident}),
            district=self.district,
            policy=self.policy,
            policy_digest=self.policy_digest(),
            parent=ident,
            person_id=self.member(people),
            seat=self.seat,
            source=self.source,
            lead=Lead(name=self.lead.name, text=self.lead.text, item=self.lead.item),
            open_removal=self.open_removal,
            other_seats=self.seats(),
            tenure=self.tenure,
            investigation=self.investigation,
        )

    def seats(self) -> tuple[OtherSeat, ...]:
        """The other seats."""
        return tuple(OtherSeat(**other.model_dump()) for other in self.other_seats)
