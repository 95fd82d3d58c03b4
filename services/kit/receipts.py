"""Wait for the record's answer to published events (D2)."""

import asyncio
import json
from collections.abc import Iterable
from dataclasses import dataclass, field

from pydantic import ValidationError

from contracts.envelope import Receipt, Refusal
from services.kit.jetstream import Bus
from services.kit.logs import logger

Answer = Receipt | Refusal


@dataclass
class _Waiter:
    missing: set[str]
    done: asyncio.Future[dict[str, Answer]]
    answers: dict[str, Answer] = field(default_factory=dict)


class ReceiptInbox:
    """One inbox of this process to which the record sends receipts and refusals.

    Call `expect` first, publish with the header REPLY_HEADER set to `subject`, then await the result.
    """

    def __init__(self) -> None:
        self.subject = ""
        self._waiting: dict[str, list[_Waiter]] = {}

    async def open(self, bus: Bus) -> None:
        """Start listening; `subject` is then the inbox's name."""
        self.subject = await bus.listen(self._receive)

    def expect(self, event_ids: Iterable[str]) -> "asyncio.Future[dict[str, Answer]]":
        """Complete when every one of these events was answered, with the answer by event id.

        Await it under a time limit and cancel it when that ends: no answer is neither yes nor no, and
        the same events are to be published again.
        """
        waiter = _Waiter(set(event_ids), asyncio.get_running_loop().create_future())
        if not waiter.missing:
            waiter.done.set_result({})
            return waiter.done
        for event_id in waiter.missing:
            self._waiting.setdefault(event_id, []).append(waiter)
        waiter.done.add_done_callback(lambda _: self._forget(waiter))
        return waiter.done

    async def _receive(self, body: bytes) -> None:
        try:
            answers = [_parse(item) for item in json.loads(body)]
        except (ValueError, TypeError, ValidationError) as error:
            logger.error("a reply to receipts cannot be read", exc_info=error)
            return
        for answer in answers:
            for waiter in self._waiting.get(answer.event_id, []):
                waiter.answers[answer.event_id] = answer
                waiter.missing.discard(answer.event_id)
                if not waiter.missing and not waiter.done.done():
                    waiter.done.set_result(waiter.answers)

    def _forget(self, waiter: _Waiter) -> None:
        for event_id in waiter.missing | waiter.answers.keys():
            left = [other for other in self._waiting.get(event_id, []) if other is not waiter]
            if left:
                self._waiting[event_id] = left
            else:
                self._waiting.pop(event_id, None)


def _parse(item: object) -> Answer:
    kind = Refusal if isinstance(item, dict) and "code" in item else Receipt
    return kind.model_validate(item)
