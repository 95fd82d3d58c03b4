"""Keep a message that cannot be handled where people see it, then take it out of the consumer's way."""

import hashlib

from contracts.names import PARKED_STREAM, STREAM
from services.kit.jetstream import Bus
from services.kit.logs import logger
from services.kit.messages import Message

REASON = "Qx-Parked-Reason"
FROM = "Qx-Parked-From"
BY = "Qx-Parked-By"
ROOM = 8 * 1024
"""Bytes of the server's limit that are left for the headers."""


async def park(bus: Bus, message: Message, durable: str, reason: str) -> None:
    """Write the message to the parked stream, body and headers as they came, and only then discard it.

    Raises UnavailableError when it could not be written: the message is then still the consumer's.
    """
    headers = {key: value for key, value in message.headers.items() if not key.startswith("Nats-")}
    headers[BY] = durable
    headers[FROM] = f"{STREAM}/{message.stream_sequence}"
    headers[REASON] = " ".join(reason.split())[:500]
    digest = hashlib.sha256(message.body).hexdigest()
    body = message.body
    if len(body) > bus.largest - ROOM:
        # With the headers it would be over the server's limit and could never be parked. The stream keeps it.
        body = b""
        headers[REASON] += f" (its {len(message.body)} bytes stay there, SHA-256 {digest})"
    # The digest is part of the id: numbers start anew when a stream is lost, and this message must not be
    # taken for another that was parked under the same number before.
    message_id = f"{durable}/{message.stream_sequence}/{digest[:16]}"
    await bus.publish(f"parked.{durable}.{message.subject}", body, headers, message_id, stream=PARKED_STREAM)
    logger.error("message parked", durable=durable, reason=headers[REASON], subject=message.subject)
    await message.discard()
