"""Bodies by which people open cases: each says the opening of its kind."""

import hashlib
from typing import Annotated, NamedTuple

from pydantic import ConfigDict, Field, StringConstraints, model_validator
from pydantic.config import JsonDict

from contracts import names
from contracts.base import OpaqueId
from contracts.claim import Claim
from contracts.commands.award import Cycle, OpenAward
from contracts.commands.batch import OpenBatch
from contracts.commands.opening import Opening
from contracts.commands.removal import OpenRemoval
from contracts.matter import Applicant, Investigation, Lead, Leader, LeadSource, OtherSeat, SeatOwner
from contracts.policy import loader
from contracts.policy.model import Policy, Text
from contracts.vocabulary import Seat
from services.officers.views.base import Body, DistrictCode
from services.officers.views.texts import LINES, ONE_LINE, Line, PersonName
from services.officers.web.days import Day
from services.officers.web.faults import told
from services.officers.web.problems import RefusedError, at

Version = Annotated[str, StringConstraints(pattern=r"^[0-9A-Za-z][0-9A-Za-z.\-]{0,40}$")]


_ONE_LEVEL = Text(
    zh="地区都须在政策中列明，且属同一层级", en="all must be known, and on one level of the federation"
)
_REPEATED = Text(zh="地区代码重复", en="a code is repeated")
_WHICH_SEAT = Text(zh="请写明地区和职务", en="name the district and the seat")


class Called(NamedTuple):
    """A person of this id, and the name that a body gives them in this field."""

    person_id: OpaqueId
    name: str
    field: str


class StartBody(Body):
    """A case to be opened under a released policy version, which decides it for its whole life."""

    policy: Version

    @property
    def place(self) -> str:
        """The district that the opener must act in; empty when it is no single one."""
        return ""

    @property
    def districts_meant(self) -> tuple[str, ...]:
        """The districts in which the case lies."""
        return (self.place,) if self.place else ()

    @property
    def people(self) -> tuple[Called, ...]:
        """People who must be known here, under the names that the body gives them."""
        return ()

    def opening(self, claim: Claim) -> Opening:
        """The opening; its claim names the case that begins. RefusedError for what no schema can say."""
        raise NotImplementedError

    def insist(self, in_force: Policy) -> None:
        """RefusedError for what the version in force, or the body's own, does not allow.

        A district that has a version of its own opens its cases under that.
        """
        for district in in_force.districts:
            if district.code in self.districts_meant and district.version not in {None, self.policy}:
                said = f"{district.code}: {district.version}"
                raise RefusedError("policy-of-district", Text(zh=said, en=said))

    def policy_digest(self) -> str:
        """The bytes of the version. RefusedError `unknown-policy` for one that was not released."""
        if self.policy not in loader.versions():
            raise RefusedError("unknown-policy")
        return loader.digest(self.policy)


class BatchBody(StartBody):
    """A batch to be opened: policy version, districts and cut-off date are frozen (ST00)."""

    title: Line
    districts: Annotated[list[DistrictCode], Field(min_length=1, max_length=60)]
    cut_off: Day | None = None
    fills: Annotated[tuple[OpaqueId, ...], Field(max_length=500)] = ()
    """Seats whose vacancies this batch of co-option fills, by the ids of their cases."""

    @property
    def districts_meant(self) -> tuple[str, ...]:
        """Several, as many as the batch has."""
        return tuple(self.districts)

    def insist(self, in_force: Policy) -> None:
        """All districts are on one level besides."""
        own = loader.released(self.policy)
        if own.level_of(self.districts) is None:
            raise RefusedError("invalid", at("districts", _ONE_LEVEL))
        super().insist(in_force)

    def opening(self, claim: Claim) -> Opening:
        """Open the batch."""
        if len(set(self.districts)) < len(self.districts):
            raise RefusedError("invalid", at("districts", _REPEATED))
        ident = "b" + hashlib.sha256(claim.command_id.encode()).hexdigest()[:16]
        return OpenBatch(
            claim=claim.model_copy(update={"target": ident}),
            policy=self.policy,
            policy_digest=self.policy_digest(),
            title=self.title,
            districts=tuple(self.districts),
            cut_off=self.cut_off,
            fills=self.fills,
        )


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

    district: DistrictCode
    person_id: OpaqueId
    seat: Seat
    source: LeadSource
    lead: LeadBody
    open_removal: OpaqueId | None = Field(
        default=None, description="The removal of this seat that is open: then the lead is a duplicate"
    )
    other_seats: Annotated[list[LinkedSeatBody], Field(max_length=20)] = Field(default_factory=list)
    tenure: OpaqueId | None = Field(default=None, description="The case that follows the seat, if one does")
    investigation: Investigation | None = None

    @property
    def place(self) -> str:
        """Where the member sits."""
        return self.district

    @property
    def people(self) -> tuple[Called, ...]:
        """The member."""
        return (Called(self.person_id, self.lead.name, "lead.name"),)

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

    def opening(self, claim: Claim) -> Opening:
        """Open the removal: a case on its own, so its own parent."""
        ident = names.removal_id(claim.command_id)
        return OpenRemoval(
            claim=claim.model_copy(update={"target": ident}),
            district=self.district,
            policy=self.policy,
            policy_digest=self.policy_digest(),
            parent=ident,
            person_id=self.person_id,
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


class LeaderBody(Body):
    """A leading person, who is known here."""

    person_id: OpaqueId
    name: PersonName
    position: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=60), ONE_LINE]


class AwardBody(StartBody):
    """A federation (五好) or chamber (四好) applies for a title in a cycle; the same twice names the same case."""

    district: DistrictCode
    title: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z-]{0,40}$")]
    cycle: Cycle
    organisation: OpaqueId
    name: Line
    leaders: Annotated[list[LeaderBody], Field(min_length=1, max_length=20)]

    @property
    def place(self) -> str:
        """Where the organisation is."""
        return self.district

    @property
    def people(self) -> tuple[Called, ...]:
        """Whoever leads it."""
        return tuple(
            Called(leader.person_id, leader.name, f"leaders.{place}.name")
            for place, leader in enumerate(self.leaders)
        )

    def opening(self, claim: Claim) -> Opening:
        """Apply. RefusedError `invalid` for a title that the policy has not."""
        digest = self.policy_digest()
        titles = [title.code for title in loader.released(self.policy).awards]
        if self.title not in titles:
            known = ", ".join(titles)
            unknown = Text(zh=f"{self.title} 不是其中之一：{known}", en=f"{self.title} is not one of {known}")
            raise RefusedError("invalid", at("title", unknown))
        ident = names.award_id(self.title, self.cycle, self.organisation)
        leaders = tuple(Leader.model_validate(leader.model_dump()) for leader in self.leaders)
        return OpenAward(
            claim=claim.model_copy(update={"target": ident}),
            district=self.district,
            policy=self.policy,
            policy_digest=digest,
            parent=ident,
            title=self.title,
            cycle=self.cycle,
            organisation=self.organisation,
            applicant=Applicant(name=self.name, leaders=leaders),
        )
