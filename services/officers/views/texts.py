"""The texts that people enter: one rule for every field, whatever it is called. See contracts/signs.py."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Annotated, Any

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler, StringConstraints
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, core_schema

from contracts.dossier import entered, field_fault
from contracts.policy.model import Text
from contracts.signs import clean, has_visible, signs_fault
from services.officers.web.faults import told

_EMPTY = Text(zh="没有看得见的内容", en="nothing in it can be seen")
_ANY_DAY = date.max
"""Only a birth date is held against a day, and none of these fields has one."""


@dataclass(frozen=True)
class Rule:
    """A rule of texts that is more than a schema can say: the API's description names it as the text's `format`."""

    format: str
    check: Callable[[str], str]

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """The text, and then the rule."""
        return core_schema.no_info_after_validator_function(self.check, handler(source))

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        """The text's schema, with the name of the rule."""
        return {**handler(schema), "format": self.format}


def _line(text: str, *, lines: bool = False) -> str:
    fault = signs_fault(text, lines=lines)
    if fault is None and text and not has_visible(text):
        fault = _EMPTY
    if fault is not None:
        raise told("text-signs", fault)
    return clean(text)


def _of_dossier(field: str) -> Callable[[str], str]:
    def check(text: str) -> str:
        kept = entered(field, text)
        fault = field_fault(field, kept, _ANY_DAY)
        if fault is not None:
            raise told("dossier-field", fault)
        return kept

    return check


ONE_LINE = Rule("line", _line)
"""No line break and nothing that cannot be seen."""
LINES = Rule("lines", partial(_line, lines=True))
"""As many lines as are wanted, and nothing that cannot be seen."""

Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=120), ONE_LINE]
"""One line of a person's text."""

Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=1000), LINES]
"""A reason in a person's words."""

PersonName = Annotated[
    str, StringConstraints(min_length=1, max_length=120), Rule("person-name", _of_dossier("name"))
]
"""A name as the ID card prints it; what is kept is that."""

FirmName = Annotated[
    str, StringConstraints(min_length=1, max_length=240), Rule("firm-name", _of_dossier("firm"))
]
"""A firm's name as on its licence."""

Email = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=254),
    Rule("mail-address", _of_dossier("email")),
]
"""A mail address."""

IdNumber = Annotated[
    str, StringConstraints(min_length=1, max_length=40), Rule("id-number", _of_dossier("id_number"))
]
"""An ID number whose check digit is right, as a roster takes it."""

CreditCode = Annotated[str, StringConstraints(max_length=60), Rule("credit-code", _of_dossier("credit_code"))]
"""A unified social credit code that is one."""
