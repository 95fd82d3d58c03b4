"""Put messages into the stream RECORD, in order and without a gap."""

import json
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from contracts.names import RECORD_STREAM
from services.kit.errors import UnavailableError
from services.kit.jetstream import Bus

STORE_SECONDS = 5.0
"""How long the broker may take to put a group of messages on disk."""


class Outgoing(NamedTuple):
    """A message for the stream."""

    subject: str
    body: bytes
    headers: Mapping[str, str]


async def store(bus: Bus, messages: Sequence[Outgoing], after: int) -> int:
    """Store these right behind the stream's message `after`; returns the last one's number.

    Raises UnavailableError when not all of them are known to be stored there: those that are stand without a gap.
    """
    numbered = [(one, _behind(one, after + number)) for number, one in enumerate(messages)]
    for one, headers in numbered[:-1]:
        await bus.send(one.subject, one.body, headers)
    # Each is stored only behind the one before it, so the answer to the last speaks for all.
    last, headers = numbered[-1]
    answer = json.loads(await bus.request(last.subject, last.body, STORE_SECONDS, headers))
    if "error" in answer:
        raise UnavailableError("publish to the stream: it was refused")
    return int(answer["seq"])


def _behind(message: Outgoing, number: int) -> dict[str, str]:
    expected = {"Nats-Expected-Stream": RECORD_STREAM, "Nats-Expected-Last-Sequence": str(number)}
    return {**message.headers, **expected}
