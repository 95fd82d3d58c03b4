"""Bodies and views of reading in an emergency."""

from datetime import datetime
from typing import Annotated, Any, Self

from pydantic import ConfigDict, Field, model_validator

from contracts.base import OpaqueId
from contracts.policy.model import Text
from services.officers.readmodel.reading.emergencies import Granted
from services.officers.readmodel.tables import CaseRow
from services.officers.views.base import Body, DistrictCode, View, either
from services.officers.views.naming import names
from services.officers.views.texts import Words
from services.officers.web.faults import told
from services.officers.web.language import Language

_CASE_OR_DISTRICT = Text(zh="写明办件或地区，二者只填其一", en="name a case or a district, and not both")


class EmergencyBody(Body):
    """Why and for what somebody has to read at once, a case or a district; `account_id`: for an officer."""

    model_config = ConfigDict(
        json_schema_extra=either("case_id", "district", {"type": "string"}, {"type": "null"})
    )

    purpose: Annotated[str, Field(pattern=r"^[a-z][a-z-]{0,40}$")]
    case_id: OpaqueId | None = None
    district: DistrictCode | None = None
    account_id: OpaqueId | None = None
    reason: Words

    @model_validator(mode="after")
    def _one_of_both(self) -> Self:
        if (self.case_id is None) == (self.district is None):
            raise told("case-or-district", _CASE_OR_DISTRICT)
        return self


class ReadBody(Body):
    """The case that is to be read."""

    case_id: OpaqueId


class EmergencyView(View):
    """A reading in an emergency: what became of it, and while it lasts until when. It is never prolonged."""

    case_id: OpaqueId
    state: str
    asked_by: OpaqueId
    reader: OpaqueId | None = None
    purpose: str | None = None
    about_case: OpaqueId | None = None
    district: str | None = None
    until: datetime | None = None
    lasts: bool = False
    names: dict[str, str]

    @classmethod
    def of(cls, row: CaseRow, granted: Granted | None, now: datetime, language: Language) -> "EmergencyView":
        """The view of a request; what was asked and not granted is shown to whoever decides on it alone."""
        called = names(row.policy, language, {"state": ("state", row.state)})
        said = {"case_id": row.case_id, "state": row.state, "asked_by": row.facts["asked_by"]}
        if granted is None:
            return cls(**said, names=called)
        purpose = names(row.policy, language, {"purpose": ("purpose", granted.purpose)})
        return cls(
            **said,
            reader=granted.person_id,
            purpose=granted.purpose,
            about_case=granted.reach.case_id,
            district=granted.reach.district,
            until=granted.until,
            lasts=granted.lasts(now),
            names=called | purpose,
        )


class EmergencyLineView(View):
    """A case that may be read in the emergency; who it is about is read by itself, which is recorded."""

    case_id: OpaqueId
    kind: str
    district: str
    unit: str
    state: str
    names: dict[str, str]

    @classmethod
    def of(cls, row: CaseRow, language: Language) -> "EmergencyLineView":
        """The view of a case in the list."""
        return cls(**_fields(row, language))


class EmergencyCaseView(EmergencyLineView):
    """A case that is read in an emergency: the dossier with nothing personal, and the parts that the purpose needs."""

    dossier: dict[str, Any] | None
    shown: dict[str, dict[str, Any]]
    until: datetime

    @classmethod
    def read(
        cls,
        row: CaseRow,
        dossier: dict[str, Any] | None,
        shown: dict[str, dict[str, Any]],
        until: datetime,
        language: Language,
    ) -> "EmergencyCaseView":
        """The view of the case."""
        return cls(**_fields(row, language), dossier=dossier, shown=shown, until=until)


def _fields(row: CaseRow, language: Language) -> dict[str, Any]:
    called = names(
        row.policy,
        language,
        {"kind": ("kind", row.kind), "state": ("state", row.state), "district": ("district", row.district)},
    )
    own = row.model_dump(include={"case_id", "kind", "district", "unit", "state"})
    return {**own, "names": called}
