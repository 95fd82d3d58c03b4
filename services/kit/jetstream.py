"""The only door to NATS: connect, streams that never forget by themselves, publish, fetch, park.

Order and duplicates are the consumers' affair (D3, D4): the dedupe window here is an optimisation, and any
message may come twice or, after a redelivery, later than its successor.
"""

import asyncio
import json
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import nats
from nats.aio.client import Client
from nats.aio.subscription import Subscription
from nats.errors import Error as NatsError
from nats.js.api import ConsumerConfig, DiscardPolicy, StorageType, StreamConfig
from nats.js.errors import NotFoundError

from contracts.names import PARKED_STREAM, PARKED_SUBJECTS, STREAM, SUBJECTS
from services.kit.errors import UnavailableError
from services.kit.logs import logger
from services.kit.settings import ServiceSettings, read_secret

DEDUPE_SECONDS = 120.0
ACK_SECONDS = 20.0
"""How long a delivered message may stay unanswered before it is delivered again: what a killed consumer had in
hand waits so long. Longer than a handling; one that takes longer comes twice, which changes nothing."""

MAX_UNSETTLED = 4096
"""Messages that one consumer may have in hand."""

PUBLISH_SECONDS = 5.0
END_SECONDS = 2.0
LARGEST_EVENT = 512 * 1024
"""Bytes of a body that we publish; the server takes 1 MiB, and parking adds headers."""

MESSAGE_ID = "Nats-Msg-Id"
INBOX = "_INBOX."
"""Where replies may go: nowhere else, or a publisher could make a consumer write into the stream."""


@dataclass(frozen=True)
class Listening:
    """A subscription to an inbox of ours."""

    inbox: str
    _subscription: Subscription

    async def end(self) -> None:
        """Stop receiving; what the server had sent by then has been handed over when this returns."""
        try:
            async with asyncio.timeout(END_SECONDS):
                await self._subscription.drain()  # type: ignore[no-untyped-call]
        except (NatsError, OSError, TimeoutError) as error:
            logger.warning("subscription ended without the server", exc_info=error)


class Bus:
    """A connection to the broker that reconnects for ever."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self.jetstream = client.jetstream(timeout=PUBLISH_SECONDS)

    async def ensure_streams(self) -> None:
        """Make the two streams if they are missing. An existing one is left as its operator set it."""
        for name, subjects in ((STREAM, SUBJECTS), (PARKED_STREAM, PARKED_SUBJECTS)):
            with _told(f"stream {name}"):
                try:
                    await self.jetstream.stream_info(name)
                except NotFoundError:
                    logger.warning("stream is missing and is made", stream=name)
                    await self.jetstream.add_stream(_stream(name, subjects))

    async def publish(
        self,
        subject: str,
        body: bytes,
        headers: Mapping[str, str] | None = None,
        message_id: str | None = None,
        *,
        stream: str = STREAM,
    ) -> int:
        """Publish and wait until the stream has it on disk; returns its number there.

        Raises UnavailableError when no acknowledgement came: it may be stored or not, so publish it again.
        """
        if stream == STREAM and len(body) > LARGEST_EVENT:
            raise ValueError(
                f"an event of {len(body)} bytes: at most {LARGEST_EVENT}; documents go by reference"
            )
        every = dict(headers or {})
        if message_id is not None:
            every[MESSAGE_ID] = message_id
        with _told(f"publish to {stream}"):
            answer = await self.jetstream.publish(subject, body, stream=stream, headers=every)
        return answer.seq

    async def reply(self, inbox: str, body: bytes) -> None:
        """Send to an inbox, unconfirmed: whoever waits there asks again when nothing comes."""
        if not inbox.startswith(INBOX):
            raise ValueError(f"{inbox!r} is no inbox: a reply may only go to {INBOX}…")
        await self._client.publish(inbox, body)

    async def ensure_consumer(self, durable: str, subject: str) -> None:
        """Make the durable consumer of the stream if it is missing."""
        config = ConsumerConfig(
            durable_name=durable,
            filter_subject=subject,
            ack_wait=ACK_SECONDS,
            max_deliver=-1,
            max_ack_pending=MAX_UNSETTLED,
        )
        with _told(f"consumer {durable}"):
            await self.jetstream.add_consumer(STREAM, config)

    async def waiting(self, durable: str) -> int:
        """How many messages a consumer has still to settle. Raises UnavailableError when it is gone."""
        with _told(f"consumer {durable}"):
            info = await self.jetstream.consumer_info(STREAM, durable)
        return (info.num_pending or 0) + (info.num_ack_pending or 0)

    async def settled_up_to(self, durable: str) -> int:
        """The number in the stream below which, itself included, a consumer has settled everything."""
        with _told(f"consumer {durable}"):
            info = await self.jetstream.consumer_info(STREAM, durable)
        return 0 if info.ack_floor is None else info.ack_floor.stream_seq

    async def pull(self, durable: str, inbox: str, batch: int, seconds: float) -> None:
        """Ask the server to send up to `batch` messages of a consumer to an inbox within `seconds`."""
        request = json.dumps({"batch": batch, "expires": int(seconds * 1_000_000_000)}).encode()
        with _told(f"consumer {durable}"):
            await self._client.publish(f"$JS.API.CONSUMER.MSG.NEXT.{STREAM}.{durable}", request, inbox)

    async def listen(self, receive: Callable[[bytes], Awaitable[None]]) -> str:
        """Hand the body of every message that comes to a new inbox to `receive`; returns the inbox."""

        async def unwrap(raw: Any) -> None:
            await receive(raw.data)

        return (await self.subscribe(unwrap)).inbox

    async def subscribe(self, receive: Callable[[Any], Awaitable[None]]) -> Listening:
        """Hand every message that comes to a new inbox to `receive`, one after the other, as it came."""
        inbox = self._client.new_inbox()
        with _told("subscribe to an inbox"):
            return Listening(inbox, await self._client.subscribe(inbox, cb=receive))

    async def flush(self) -> None:
        """Wait until everything sent so far has reached the server."""
        with _told("flush"):
            await self._client.flush(timeout=int(PUBLISH_SECONDS))

    @property
    def largest(self) -> int:
        """Bytes that the server takes, headers included."""
        return self._client.max_payload

    async def check(self) -> None:
        """Raise UnavailableError unless the connection is up and the stream is there."""
        if not self._client.is_connected:
            raise UnavailableError("the broker is not connected")
        with _told(f"stream {STREAM}"):
            await self.jetstream.stream_info(STREAM)

    async def close(self) -> None:
        """Send what is buffered and disconnect; a broker that is away is not waited for."""
        for step in (self._last_words, self._client.close):
            try:
                await step()
            except (NatsError, OSError, TimeoutError) as error:
                logger.warning("broker closed with messages unsent", exc_info=error)

    async def _last_words(self) -> None:
        if self._client.is_connected:
            await self._client.flush(timeout=2)


async def connect(settings: ServiceSettings, name: str, stop: asyncio.Event | None = None) -> Bus:
    """Connect under the settings' login; waits for a broker that is not up yet until `stop` is set."""
    login: dict[str, str] = {}
    if settings.nats_user:
        password = read_secret(settings.nats_password_file, "nats_password_file")
        login = {"user": settings.nats_user, "password": password}
    elif settings.nats_seed_file is not None:
        read_secret(settings.nats_seed_file, "nats_seed_file")
        login = {"nkeys_seed": str(settings.nats_seed_file)}
    connecting = asyncio.create_task(
        nats.connect(
            settings.nats_url,
            name=name,
            # A finite number closes the connection for good after an outage, and a pull loop on a closed
            # connection never lets the event loop run again.
            max_reconnect_attempts=-1,
            reconnect_time_wait=0.5,
            connect_timeout=2,
            ping_interval=10,
            max_outstanding_pings=2,
            error_cb=_on_error,
            disconnected_cb=_on_disconnect,
            reconnected_cb=_on_reconnect,
            **login,
        )
    )
    stopping = asyncio.create_task((stop or asyncio.Event()).wait())
    try:
        await asyncio.wait({connecting, stopping}, return_when=asyncio.FIRST_COMPLETED)
        if not connecting.done():
            raise UnavailableError("stopped before the broker answered")
        return Bus(connecting.result())
    finally:
        stopping.cancel()
        connecting.cancel()


def _stream(name: str, subjects: str) -> StreamConfig:
    return StreamConfig(
        name=name,
        subjects=[subjects],
        storage=StorageType.FILE,
        # A full stream refuses the new message, and its publisher keeps it; dropping the oldest is silent.
        discard=DiscardPolicy.NEW,
        deny_delete=True,
        deny_purge=True,
        duplicate_window=DEDUPE_SECONDS,
    )


@contextmanager
def _told(what: str) -> Iterator[None]:
    try:
        yield
    except (NatsError, OSError, TimeoutError) as error:
        raise UnavailableError(f"{what}: {type(error).__name__}") from error


async def _on_error(error: Exception) -> None:
    logger.warning("broker error", exc_info=error)


async def _on_disconnect() -> None:
    logger.warning("broker disconnected")


async def _on_reconnect() -> None:
    logger.info("broker connected again")
