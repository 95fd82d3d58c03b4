"""What is filled into a form whose fields another text names: whatever JSON a body may hold (web/strict.py)."""

from typing import Annotated

from pydantic import Field
from typing_extensions import TypeAliasType

from services.officers.web.strict import LARGEST

_Whole = Annotated[int, Field(ge=-LARGEST, le=LARGEST)]
_Number = Annotated[float, Field(ge=-LARGEST, le=LARGEST)]
Value = TypeAliasType("Value", "bool | _Whole | _Number | str | list[Value] | dict[str, Value] | None")
Filled = dict[str, Value]
"""By field; what may stand there, the form says."""
