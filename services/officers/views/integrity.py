"""Bodies and views of the integrity index (清廉指数): its entry and import, and a file's history."""

from datetime import date, datetime
from typing import Annotated

from pydantic import ConfigDict, Field, StringConstraints, model_validator

from contracts.base import OpaqueId
from contracts.dossier import entered
from contracts.policy.model import Text
from services.officers.readmodel.reading.integrity import Entered
from services.officers.views.base import Body, View, either
from services.officers.views.naming import names
from services.officers.views.texts import ONE_LINE, Line
from services.officers.web.days import PastDay
from services.officers.web.faults import told
from services.officers.web.language import Language
from services.officers.web.strict import LARGEST

_ONE_SUBJECT = Text(
    zh="每条指数属于个人（身份证号）或企业（信用代码），二者只填其一",
    en="an index is a person's (id_number) or an enterprise's (credit_code), never both's",
)


class IndexRow(Body):
    """One index: of a person by ID number and name, or of an enterprise by credit code."""

    name: Line
    id_number: Annotated[str, StringConstraints(max_length=18), ONE_LINE] = ""
    credit_code: Annotated[str, StringConstraints(max_length=18), ONE_LINE] = ""
    index: Annotated[int, Field(ge=0, le=LARGEST)]
    assessed_on: PastDay
    source: Line

    model_config = ConfigDict(
        json_schema_extra=either("id_number", "credit_code", {"minLength": 1}, {"maxLength": 0})
    )

    @model_validator(mode="after")
    def _one_subject(self) -> "IndexRow":
        if bool(self.id_number) is bool(self.credit_code):
            raise told("one-subject", _ONE_SUBJECT)
        return self

    def cells(self) -> dict[str, str]:
        """What is held against the columns of a roster, by their keys."""
        key = "id_number" if self.id_number else "credit_code"
        held = {"name" if self.id_number else "firm": self.name, key: self.id_number or self.credit_code}
        return {field: entered(field, text) for field, text in held.items()}


class IndexesBody(Body):
    """Indexes that were measured: all of them are taken, or none."""

    rows: Annotated[list[IndexRow], Field(min_length=1, max_length=100)]


class ReadingView(View):
    """A reading with its level, who measured it and when, and who entered it when."""

    index: int
    level: str
    assessed_on: date
    source: str
    entered_at: datetime
    entered_by: OpaqueId
    on_record: bool
    names: dict[str, str]

    @classmethod
    def of(cls, one: Entered, policy: str, language: Language) -> "ReadingView":
        """The view of a reading."""
        called = names(policy, language, {"level": ("index-level", one.level)})
        return cls(**vars(one), names=called)


class IntegrityView(View):
    """An integrity file: its readings by their days, the latest on record, and the items of confirmed vetoes."""

    file: OpaqueId
    subject: str
    readings: list[ReadingView]
    vetoed_items: list[str]
