"""What the form for the minutes of a joint conference is asked over: what waits for it."""

from datetime import date
from typing import Annotated

from pydantic import Field

from contracts.words.families import Language
from services.notices.asking import Asked

Short = Annotated[str, Field(max_length=500)]


class MatterAsked(Asked):
    """A matter on the agenda. No person stands in it."""

    case_id: Short
    unit: Short
    matter: Short
    due: Short


class MinutesAsked(Asked):
    """A form for the minutes of a conference, over what waited on this day."""

    language: Language
    on: date
    mark: Short
    issuer: Short
    matters: Annotated[list[MatterAsked], Field(max_length=1000)]
