"""The body by which a federation or a chamber applies for a title."""

from collections.abc import Mapping
from typing import Annotated

from pydantic import Field, StringConstraints

from contracts import names
from contracts.base import OpaqueId
from contracts.claim import Claim
from contracts.commands.award import Cycle, OpenAward
from contracts.commands.opening import Opening
from contracts.matter import Applicant, Leader
from contracts.policy import loader
from contracts.policy.model import Text
from services.officers.views.base import Body, DistrictCode
from services.officers.views.starts import Numbered, StartBody
from services.officers.views.texts import ONE_LINE, CreditCode, IdNumber, Line, PersonName
from services.officers.web.problems import RefusedError, at


class LeaderBody(Body):
    """A leading person by name and ID number, as on a roster."""

    name: PersonName
    id_number: IdNumber
    position: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=60), ONE_LINE]


class AwardBody(StartBody):
    """A federation (五好) or chamber (四好) applies for a title in a cycle; the same twice names the same case."""

    makes_people = True

    district: DistrictCode
    title: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z-]{0,40}$")]
    cycle: Cycle
    organisation: CreditCode
    name: Line
    leaders: Annotated[list[LeaderBody], Field(min_length=1, max_length=20)]

    @property
    def place(self) -> str:
        """Where the organisation is."""
        return self.district

    @property
    def numbered(self) -> tuple[Numbered, ...]:
        """Whoever leads it."""
        return tuple(
            Numbered(leader.id_number, leader.name, f"leaders.{place}.name")
            for place, leader in enumerate(self.leaders)
        )

    def opening(self, claim: Claim, people: Mapping[str, OpaqueId]) -> Opening:
        """Apply. RefusedError `invalid` for a title that the policy has not."""
        digest = self.policy_digest()
        titles = [title.code for title in loader.released(self.policy).awards]
        if self.title not in titles:
            known = ", ".join(titles)
            unknown = Text(zh=f"{self.title} 不是其中之一：{known}", en=f"{self.title} is not one of {known}")
            raise RefusedError("invalid", at("title", unknown))
        ident = names.award_id(self.title, self.cycle, self.organisation)
        leaders = tuple(
            Leader(person_id=people[leader.id_number], name=leader.name, position=leader.position)
            for leader in self.leaders
        )
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
