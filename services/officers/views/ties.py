"""The body by which somebody declares a tie to a person before there is a case."""

from typing import Annotated

from pydantic import StringConstraints

from contracts.dossier import entered
from contracts.matter import Ground
from services.officers.views.base import Body
from services.officers.views.texts import ONE_LINE, PersonName, Words


class TieBody(Body):
    """To whom one is tied, by name and ID number as on a roster, and how."""

    name: PersonName
    id_number: Annotated[str, StringConstraints(min_length=1, max_length=40), ONE_LINE]
    ground: Ground
    reason: Words

    def cells(self) -> dict[str, str]:
        """What is held against the columns of a roster, by their keys."""
        held = {"name": self.name, "id_number": self.id_number}
        return {field: entered(field, text) for field, text in held.items()}
