"""Questions about listeners: is the port free, does the process behind it answer?"""

import asyncio
import socket
from collections.abc import Awaitable, Callable

from services.ctl.errors import OperatorError
from services.ctl.layout import HOST, Ports

Probe = Callable[[], Awaitable[bool]]
"""Whether somebody is ready to work; it never raises, and silence is a no."""

ANSWER_LIMIT = 2.0
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


def port_is_free(port: int) -> bool:
    """Whether a server could listen there now. A connection that is just closing does not count as taken."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
    return True


def free_ports() -> Ports:
    """Ports that nobody listens on now, all different: held open together until all are drawn."""
    sockets = [socket.socket() for _ in Ports().named()]
    try:
        for one in sockets:
            one.bind((HOST, 0))
        return Ports(*(int(one.getsockname()[1]) for one in sockets))
    finally:
        for one in sockets:
            one.close()


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
