"""What happens to a request about one's own data beside what every case has."""

from typing import ClassVar

from pydantic import Field

from contracts.base import Contract, Digest, Instant, OpaqueId
from contracts.events.base import Audience, Event
from contracts.matter import DataRight, DataWish


class DataRequested(Event):
    """Somebody asks what is held about them, that it be corrected, or that it be erased."""

    type: ClassVar[str] = "data-requested"
    audience: ClassVar[Audience] = Audience.CONCERNED
    right: DataRight
    person_id: OpaqueId
    content_digest: Digest
    private: DataWish


class DataAnswerDue(Event):
    """Until when the person is answered, as they are told; a year of the calendar that comes may bring a later day."""

    type: ClassVar[str] = "data-answer-due"
    audience: ClassVar[Audience] = Audience.CONCERNED
    answer_by: Instant | None


class DataAnswer(Contract):
    """What the person is told, and on which legal ground; never a reporter, nor a reason of the discipline group."""

    answer: str = Field(min_length=1, max_length=4000)
    ground: str = Field(min_length=1, max_length=200)


class DataAnswered(Event):
    """Two people answered: the request, or after a correction what became of it."""

    type: ClassVar[str] = "data-answered"
    audience: ClassVar[Audience] = Audience.CONCERNED
    decides: ClassVar[bool] = True
    outcome: str
    private: DataAnswer


EVENTS: tuple[type[Event], ...] = (DataRequested, DataAnswerDue, DataAnswered)
