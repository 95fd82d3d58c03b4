"""What the papers' API says of letters of which no paper can be made, and of one that waits to be served."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from pydantic import BaseModel

from services.notices.papers.faces import Faces, look_up
from services.notices.papers.signs import named
from services.notices.tables import LetterRow


class UnprintableView(BaseModel):
    """A letter of which no paper can be made, and the signs that no face has: `𤭢 (U+24B62)`.

    What it says is not shown. Once a face that has them is there, the letter is no longer among these.
    """

    id: str
    number: str
    type: str
    case_id: str
    district: str
    issued_at: datetime
    reply_by: datetime | None
    signs: str
    position: int

    @classmethod
    def of(cls, row: LetterRow, content: Mapping[str, Any], faces: Faces) -> "UnprintableView | None":
        """The view of a letter that lacked a face; None when it has one by now."""
        lacking = look_up(str(content["lacking"]), faces).lacking
        if not lacking:
            return None
        said = row.model_dump(include=set(cls.model_fields))
        return cls(**said, id=row.letter_id, signs=named(lacking))


class UnprintablePage(BaseModel):
    """Such letters in order of issue; `next` is the `after` of the following page, null when this was the last."""

    items: list[UnprintableView]
    next: int | None


class WaitingView(BaseModel):
    """A letter that waits to be served by hand: what it is and in which case, and nothing of what it says."""

    type: str
    case_id: str
