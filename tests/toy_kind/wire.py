"""What travels of a memo: the opening that begins one, and its one event."""

from typing import ClassVar, Literal

from contracts.base import Contract, Digest
from contracts.commands.opening import CaseOpening
from contracts.events.base import Audience, Event

KIND = "memo"


class Note(Contract):
    """What is to be remembered. Sealed wherever it is kept."""

    text: str


class OpenMemo(CaseOpening):
    """Put something aside. It is the memo workflow's input."""

    act: Literal["open-memo"] = "open-memo"
    note: Note


class MemoNoted(Event):
    """Something was put aside until a clerk settles it."""

    type: ClassVar[str] = "memo-noted"
    audience: ClassVar[Audience] = Audience.TEAM
    content_digest: Digest
    private: Note
