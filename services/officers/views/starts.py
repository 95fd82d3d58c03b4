"""Bodies by which people open cases: each says the opening of its kind."""

import hashlib
from collections.abc import Mapping
from typing import Annotated, ClassVar, NamedTuple

from pydantic import Field, StringConstraints

from contracts.base import OpaqueId
from contracts.claim import Claim
from contracts.commands.batch import OpenBatch
from contracts.commands.opening import Opening
from contracts.policy import loader
from contracts.policy.model import Policy, Text
from contracts.refusals import RefusalCode
from contracts.saying import say
from services.officers.views.base import Body, DistrictCode
from services.officers.views.texts import Line
from services.officers.web.days import Day
from services.officers.web.problems import RefusedError, at
from services.officers.web.sentences import refused

Version = Annotated[str, StringConstraints(pattern=r"^[0-9A-Za-z][0-9A-Za-z.\-]{0,40}$")]


_ONE_LEVEL = Text(
    zh="地区都须在政策中列明，且属同一层级", en="all must be known, and on one level of the federation"
)
_REPEATED = Text(zh="地区代码重复", en="a code is repeated")


class Called(NamedTuple):
    """A person of this id, and the name that a body gives them in this field."""

    person_id: OpaqueId
    name: str
    field: str


class Numbered(NamedTuple):
    """A person by ID number, and the name that a body gives them in this field."""

    id_number: str
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

    makes_people: ClassVar[bool] = False
    """Whether somebody whom nobody knows here yet becomes a person by being named by number."""

    @property
    def numbered(self) -> tuple[Numbered, ...]:
        """People whom the body knows by their ID numbers."""
        return ()

    def opening(self, claim: Claim, people: Mapping[str, OpaqueId]) -> Opening:
        """The opening; its claim names the case that begins. RefusedError for what no schema can say.

        `people` are the ids of those who are `numbered`, by ID number.
        """
        raise NotImplementedError

    def insist(self, in_force: Policy) -> None:
        """RefusedError for what the version in force, or the body's own, does not allow.

        A district that has a version of its own opens its cases under that.
        """
        for district in in_force.districts:
            if district.code in self.districts_meant and district.version not in {None, self.policy}:
                said = say("policy-of-district", district=district.code, policy=district.version)
                raise refused(RefusalCode.POLICY_OF_DISTRICT, said)

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

    def opening(self, claim: Claim, people: Mapping[str, OpaqueId]) -> Opening:
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
