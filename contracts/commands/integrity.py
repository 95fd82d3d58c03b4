"""What is told to an integrity file (清廉档案): index readings, confirmed vetoes, and what its person leads."""

from typing import ClassVar, Literal

from contracts.base import OpaqueId
from contracts.commands.base import Command
from contracts.commands.opening import CaseOpening
from contracts.matter import Mark, Reading
from contracts.vocabulary import Subject


class OpenIntegrity(CaseOpening):
    """Begin the file of a person or an enterprise, sent by the first case that has something to tell it."""

    whose: ClassVar[str] = "person_id"
    act: Literal["open-integrity"] = "open-integrity"
    subject: Subject
    person_id: OpaqueId | None = None
    """The natural person; None for an enterprise, which the file's id stands for."""


class EnterReading(Command):
    """An index was measured; sent by the batch whose office entered or imported it."""

    act: Literal["enter-reading"] = "enter-reading"
    reading: Reading


class EnterMark(Command):
    """A veto was confirmed in another case."""

    act: Literal["enter-mark"] = "enter-mark"
    mark: Mark

    @property
    def sender(self) -> OpaqueId:
        """The case that asks."""
        return self.mark.case


class WithdrawMark(Command):
    """The veto of another case stands no more: a re-check was granted there, or what rested on it was undone."""

    act: Literal["withdraw-mark"] = "withdraw-mark"
    case: OpaqueId

    @property
    def sender(self) -> OpaqueId:
        """The case that asks."""
        return self.case


class EnterLead(Command):
    """The person leads an organisation that applies for an award."""

    act: Literal["enter-lead"] = "enter-lead"
    award: OpaqueId

    @property
    def sender(self) -> OpaqueId:
        """The case that asks."""
        return self.award
