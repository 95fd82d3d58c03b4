"""What the workflows need of the world. The worker makes these real; tests fake them."""

from typing import Protocol

from contracts.commands.fanout import StartCases, TellCases

from contracts.envelope import RecordRequest, RecordResult


class Recorder(Protocol):
    """The way to the record."""

    async def record(self, request: RecordRequest) -> RecordResult:
        """Seal, chain and publish the events, and return only when the record has receipted each (D2).

        May be called again with the same events: the receipts are the same. Raises on silence or refusal.
        """


class Cases(Protocol):
    """The way from a batch to its cases."""

    async def start(self, request: StartCases) -> None:
        """Start each case unless it was started before."""

    async def tell(self, request: TellCases) -> None:
        """Give each case that still runs the command, at most once by its command id."""
