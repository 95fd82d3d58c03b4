"""How somebody asks about their own data (PIPL arts 44 to 50); it is answered in its tasks."""

from typing import ClassVar, Literal

from contracts.base import OpaqueId
from contracts.commands.opening import CaseOpening
from contracts.matter import DataRight, DataWish


class AskAboutData(CaseOpening):
    """The data-request workflow's input. Whoever asks is whom it is about: nobody asks in another's name.

    `parent` is the case of the person's own from whose file they ask.
    """

    whose: ClassVar[str] = "person_id"
    act: Literal["ask-about-data"] = "ask-about-data"
    right: DataRight
    wish: DataWish

    @property
    def person_id(self) -> OpaqueId:
        """The person concerned."""
        return self.actor.person_id
