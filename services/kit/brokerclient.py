"""The NATS client of the library, with a flush that keeps its word."""

from nats.aio.client import DEFAULT_FLUSH_TIMEOUT
from nats.aio.client import Client as LibraryClient


class Client(LibraryClient):
    """A connection to the broker."""

    async def flush(self, timeout: int = DEFAULT_FLUSH_TIMEOUT) -> None:  # noqa: ASYNC109 - the library's signature
        """Return once everything sent before has been read by the server.

        Raises nats.errors.FlushTimeoutError when the server takes longer than `timeout` seconds to say so.

        The library writes its question at once, past what still waits to be written: a subscription may follow it, and
        what is published meanwhile is not heard. By the first answer that is written, and so is read before the second.
        """
        for _ in range(2):
            await super().flush(timeout)
