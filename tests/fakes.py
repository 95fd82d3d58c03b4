"""Fakes at our own ports, for tests of workflows: a record that checks what the real one checks."""

from contracts.commands.fanout import StartCases, TellCases

from contracts.canonical import digest_of
from contracts.envelope import EventDraft, Receipt, RecordRequest, RecordResult
from contracts.names import event_id


class FakeRecord:
    """Keeps events per case, refuses a gap, answers a repeat with the same receipt."""

    def __init__(self) -> None:
        self.entries: list[tuple[str, EventDraft]] = []
        self.fail_next = 0
        self._receipts: dict[str, Receipt] = {}
        self._tips: dict[str, tuple[int, str]] = {}

    async def record(self, request: RecordRequest) -> RecordResult:
        """Take the events of one step."""
        if self.fail_next:
            self.fail_next -= 1
            raise ConnectionError("the record is away")
        return RecordResult(receipts=tuple(self._take(request, event) for event in request.events))

    def _take(self, request: RecordRequest, event: EventDraft) -> Receipt:
        identifier = event_id(request.case_id, event.sequence)
        if identifier in self._receipts:
            return self._receipts[identifier]
        sequence, previous = self._tips.get(request.case_id, (0, request.previous))
        assert event.sequence == sequence + 1, f"{identifier} after {sequence}"
        digest = digest_of({"previous": previous, "event": event.model_dump(mode="json")})
        receipt = Receipt(event_id=identifier, index=len(self.entries), digest=digest)
        self.entries.append((request.case_id, event))
        self._receipts[identifier] = receipt
        self._tips[request.case_id] = (event.sequence, digest)
        return receipt

    def of(self, event_type: str, case_id: str | None = None) -> list[EventDraft]:
        """Events of one type, in the order of the record."""
        return [e for c, e in self.entries if e.type == event_type and case_id in {None, c}]


class FakeCases:
    """Remembers what a batch started and told."""

    def __init__(self) -> None:
        self.started: list[StartCases] = []
        self.told: list[TellCases] = []

    async def start(self, request: StartCases) -> None:
        """Remember."""
        self.started.append(request)

    async def tell(self, request: TellCases) -> None:
        """Remember."""
        self.told.append(request)
