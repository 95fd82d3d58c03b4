"""The only door to NATS: connect, ask and answer, and the stream RECORD that never forgets by itself.

Nothing here is a guarantee: a message may come twice, late or never. What is on the record, and in which order, says
the record (D4).
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from typing import Any

from nats.aio.subscription import Subscription
from nats.errors import Error as NatsError
from nats.js.api import DiscardPolicy, StorageType, StreamConfig
from nats.js.errors import NotFoundError

from contracts.names import RECORD_STREAM, RECORD_SUBJECTS
from services.kit.brokerclient import Client
from services.kit.errors import UnavailableError
from services.kit.logs import logger
from services.kit.settings import ServiceSettings, read_secret

ANSWER_SECONDS = 5.0
"""How long the broker may take to answer for itself."""

END_SECONDS = 2.0
CHECK_SECONDS = 2
LARGEST = 7 * 1024 * 1024
"""Bytes of a body that may travel: the broker is set to take 8 MiB, headers included."""


class Message:
    """A message as it came; `answer` replies to whoever asks."""

    __slots__ = ("_raw", "body", "headers", "subject")

    def __init__(self, raw: Any) -> None:
        self._raw = raw
        self.subject: str = raw.subject
        self.body: bytes = raw.data
        self.headers: Mapping[str, str] = raw.headers or {}

    async def answer(self, body: bytes) -> None:
        """Reply, unconfirmed: whoever gets no answer asks again."""
        if self._raw.reply:
            await self._raw.respond(body)


Receive = Callable[[Message], Awaitable[None]]


class Listening:
    """A subscription of ours."""

    def __init__(self, subscription: Subscription) -> None:
        self._subscription = subscription

    async def end(self) -> None:
        """Stop receiving; what the server had sent by then has been handed over when this returns."""
        try:
            async with asyncio.timeout(END_SECONDS):
                await self._subscription.drain()  # type: ignore[no-untyped-call]
        except (NatsError, OSError, TimeoutError) as error:
            logger.warning("subscription ended without the server", exc_info=error)


class Bus:
    """A connection to the broker that reconnects for ever."""

    def __init__(self, client: Client, reconnected: list[Callable[[], None]]) -> None:
        self._client = client
        self._reconnected = reconnected
        self.jetstream = client.jetstream(timeout=ANSWER_SECONDS)

    async def request(
        self, subject: str, body: bytes, seconds: float, headers: dict[str, str] | None = None
    ) -> bytes:
        """The answer. Raises UnavailableError when none came in time: whether it was heard is then unknown.

        Raises ValueError for a body that cannot travel.
        """
        if len(body) > LARGEST:
            raise ValueError(f"a message of {len(body)} bytes: at most {LARGEST}; documents go by reference")
        with _told(f"request to {subject}"):
            answer = await self._client.request(subject, body, timeout=seconds, headers=headers)
        return answer.data

    async def send(self, subject: str, body: bytes, headers: dict[str, str] | None = None) -> None:
        """Send to whoever listens now, unconfirmed."""
        with _told(f"send to {subject}"):
            await self._client.publish(subject, body, headers=headers)

    async def listen(self, subject: str, receive: Receive, queue: str = "") -> Listening:
        """Hand every message of a subject to `receive`, one after the other; of a queue's listeners one gets it."""

        async def unwrap(raw: Any) -> None:
            await receive(Message(raw))

        with _told(f"listen to {subject}"):
            return Listening(await self._client.subscribe(subject, queue=queue, cb=unwrap))

    def on_reconnect(self, call: Callable[[], None]) -> None:
        """Call this each time the connection is back: what was sent meanwhile was not heard."""
        self._reconnected.append(call)

    async def flush(self) -> None:
        """Wait until everything sent so far has reached the server."""
        with _told("flush"):
            await self._client.flush(timeout=int(ANSWER_SECONDS))

    async def ensure_record(self) -> None:
        """Make the stream RECORD if it is missing. An existing one is left as its operator set it."""
        with _told("stream"):
            try:
                await self.jetstream.stream_info(RECORD_STREAM)
            except NotFoundError:
                logger.warning("stream is missing and is made", stream=RECORD_STREAM)
                await self.jetstream.add_stream(_RECORD)

    async def last_stored(self) -> tuple[int, Mapping[str, str]]:
        """The number of the last message in RECORD and its headers; 0 and none when it is empty."""
        with _told("stream"):
            state = (await self.jetstream.stream_info(RECORD_STREAM)).state
            if state.messages == 0:
                return state.last_seq, {}
            return state.last_seq, (await self.jetstream.get_msg(RECORD_STREAM, state.last_seq)).headers or {}

    async def check(self) -> None:
        """Raise UnavailableError unless the broker answers."""
        if not self._client.is_connected:
            raise UnavailableError("the broker is not connected")
        with _told("broker"):
            await self._client.flush(timeout=CHECK_SECONDS)

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


@asynccontextmanager
async def connected(settings: ServiceSettings, name: str, stop: asyncio.Event) -> AsyncIterator[Bus]:
    """The connection of `connect` for as long as this lasts."""
    bus = await connect(settings, name, stop)
    try:
        yield bus
    finally:
        await bus.close()


async def connect(settings: ServiceSettings, name: str, stop: asyncio.Event | None = None) -> Bus:
    """Connect under the settings' login; waits for a broker that is not up yet until `stop` is set."""
    login: dict[str, Any] = {}
    if settings.tls is not None:
        # Before the server has said anything: else whoever stands between could say that none is wanted.
        login = {"tls": settings.tls.asking, "tls_handshake_first": True}
    if settings.nats_user:
        password = read_secret(settings.nats_password_file, "nats_password_file")
        login |= {"user": settings.nats_user, "password": password}
    elif settings.nats_seed_file is not None:
        read_secret(settings.nats_seed_file, "nats_seed_file")
        login |= {"nkeys_seed": str(settings.nats_seed_file)}
    reconnected: list[Callable[[], None]] = []

    async def on_reconnect() -> None:
        logger.info("broker connected again")
        for call in reconnected:
            call()

    client = Client()
    connecting = asyncio.create_task(
        client.connect(
            settings.nats_url,
            name=name,
            # A finite number closes the connection for good after an outage.
            max_reconnect_attempts=-1,
            reconnect_time_wait=0.5,  # type: ignore[arg-type]
            connect_timeout=2,
            ping_interval=10,
            max_outstanding_pings=2,
            error_cb=_on_error,
            disconnected_cb=_on_disconnect,
            reconnected_cb=on_reconnect,
            inbox_prefix=f"_INBOX_{settings.nats_user}" if settings.nats_user else "_INBOX",
            **login,
        )
    )
    stopping = asyncio.create_task((stop or asyncio.Event()).wait())
    try:
        await asyncio.wait({connecting, stopping}, return_when=asyncio.FIRST_COMPLETED)
        if not connecting.done():
            raise UnavailableError("stopped before the broker answered")
        connecting.result()
        return Bus(client, reconnected)
    finally:
        stopping.cancel()
        connecting.cancel()


_RECORD = StreamConfig(
    name=RECORD_STREAM,
    subjects=[RECORD_SUBJECTS],
    storage=StorageType.FILE,
    # A full stream refuses the new message, and its publisher keeps it; dropping the oldest is silent.
    discard=DiscardPolicy.NEW,
    deny_delete=True,
    deny_purge=True,
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
