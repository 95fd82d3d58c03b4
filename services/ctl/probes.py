"""Questions about listeners: is the port free, does the process behind it answer?"""

import asyncio
import secrets
import socket
from collections.abc import Awaitable, Callable, Collection

from services.ctl.errors import OperatorError
from services.ctl.layout import HOST, Ports

Probe = Callable[[], Awaitable[bool]]
"""Whether somebody is ready to work; it never raises, and silence is a no."""

ANSWER_LIMIT = 2.0
DRAWN_FROM = range(10_240, 32_768)
"""Below those that Linux gives to connections by itself (`net.ipv4.ip_local_port_range`)."""
TRIES = 200
WHO_LISTENS = {
    "QX_PORT_API": "the officers' API",
    "QX_PORT_REGISTRY": "the record's internal API",
    "QX_PORT_NOTICES": "the notices' internal API",
    "QX_PORT_WORKER": "the worker's health check",
    "QX_PORT_CONSOLE": "the console",
    "QX_PORT_TEMPORAL": "Temporal",
    "QX_PORT_TEMPORAL_HTTP": "Temporal's health check",
    "QX_PORT_NATS": "NATS",
    "QX_PORT_NATS_MONITOR": "NATS' monitoring",
}

_chance = secrets.SystemRandom()


def port_is_free(port: int) -> bool:
    """Whether a server could listen there now. A connection that is just closing does not count as taken."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
    return True


def free_port(but: Collection[int] = ()) -> int:
    """A port on which nobody listens now, none of these; no connection is given it before a server listens there.

    Raises OperatorError where none is found.
    """
    for port in _chance.sample(DRAWN_FROM, TRIES):
        if port not in but and port_is_free(port):
            return port
    raise OperatorError(f"Of {TRIES} ports from {DRAWN_FROM.start} to {DRAWN_FROM.stop - 1} none is free.")


def free_ports() -> Ports:
    """As many as a system needs, all different."""
    drawn: list[int] = []
    for _ in Ports().named():
        drawn.append(free_port(drawn))
    return Ports(*drawn)


def refuse_taken(ports: Ports) -> None:
    """Raise OperatorError naming every port that is taken, its setting and the way out."""
    taken = [(setting, port) for setting, port in ports.named() if not port_is_free(port)]
    if taken:
        lines = [f"Port {port} for {WHO_LISTENS[setting]} ({setting}) is taken." for setting, port in taken]
        ways = " ".join(f"{setting}=<a free port>" for setting, _ in taken)
        advice = f"Stop the program that listens there, or start with: {ways}. Nothing was started."
        raise OperatorError("\n".join([*lines, advice]))


def http_ok(port: int, path: str) -> Probe:
    """Whether GET `path` on this machine answers 200."""

    async def ask() -> bool:
        request = f"GET {path} HTTP/1.1\r\nHost: {HOST}:{port}\r\nConnection: close\r\n\r\n"
        first = await _first_line(port, request.encode())
        return first.startswith((b"HTTP/1.1 200", b"HTTP/1.0 200"))

    return ask


def nats_greets(port: int) -> Probe:
    """Whether a NATS server greets whoever connects."""

    async def ask() -> bool:
        return (await _first_line(port, b"")).startswith(b"INFO ")

    return ask


async def _first_line(port: int, request: bytes) -> bytes:
    try:
        async with asyncio.timeout(ANSWER_LIMIT):
            reader, writer = await asyncio.open_connection(HOST, port, limit=1 << 20)
            try:
                writer.write(request)
                await writer.drain()
                return await reader.readline()
            finally:
                writer.close()
    except (OSError, TimeoutError, ValueError):
        return b""
