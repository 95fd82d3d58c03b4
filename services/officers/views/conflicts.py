"""Body of the report that somebody else may have nothing to do with a case."""

from typing import Annotated

from pydantic import ConfigDict, StringConstraints, model_validator

from contracts.base import OpaqueId
from contracts.claim import Claim
from contracts.commands.base import Command
from contracts.commands.case import ReportConflict
from contracts.matter import Ground
from contracts.policy.model import Text
from services.officers.views.acts import ActBody
from services.officers.views.base import Body, either
from services.officers.views.texts import PersonName, Words
from services.officers.web.faults import told

BY_ID, BY_NAME = "person_id", "named_officer"
"""The two ways to say who is meant: chosen among colleagues, or by name and unit as one was told them."""
_GIVEN = {"not": {"type": "null"}}
_ONE_OFFICER = Text(
    zh="请写明是哪位工作人员：人员编号，或者姓名和单位，二者只写一项",
    en="say who is meant, by id or by name and unit, and not by both",
)


class OfficerBody(Body):
    """An officer as people call them. The unit may be left out by who does not know it."""

    name: PersonName
    unit: Annotated[str, StringConstraints(pattern=r"^([A-Za-z0-9][A-Za-z0-9_.\-]{0,60})?$")] = ""


class OthersConflictBody(ActBody):
    """Who may have nothing to do with the case, on what ground, and what is known of it (L9, art. 77).

    Whoever is told no colleague names the officer as they know them; who that is the office looks up.
    """

    model_config = ConfigDict(json_schema_extra=either(BY_ID, BY_NAME, _GIVEN, {"type": "null"}))

    person_id: OpaqueId | None = None
    named_officer: OfficerBody | None = None
    ground: Ground
    reason: Words

    @model_validator(mode="after")
    def _one_officer(self) -> "OthersConflictBody":
        if (self.person_id is None) is (self.named_officer is None):
            raise told("one-officer", _ONE_OFFICER)
        return self

    def of(self, person_id: OpaqueId) -> "OthersConflictBody":
        """The same of this person, whom the office found by the name."""
        return self.model_copy(update={BY_ID: person_id, BY_NAME: None})

    def command(self, claim: Claim) -> Command:
        """Report it. ValueError while nobody has looked up who is meant."""
        if self.person_id is None:
            raise ValueError("an officer who is named is looked up first")
        return ReportConflict(claim=claim, person_id=self.person_id, ground=self.ground, reason=self.reason)
