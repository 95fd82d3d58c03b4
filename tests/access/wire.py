"""Each listener of a composed system, asked in clear, by TLS that is too old, and without a certificate (D7)."""

import asyncio
import contextlib
import ssl
import warnings
from dataclasses import dataclass
from pathlib import Path

QUIET_SECONDS = 3.0
"""Whoever has said nothing by then says nothing in clear."""

HELLO = {
    "postgres": b"\x00\x00\x00\x2a\x00\x03\x00\x00user\x00postgres\x00database\x00postgres\x00\x00",
    "nats": b'CONNECT {"verbose":false}\r\nPING\r\n',
    "temporal": b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\x00\x00\x00\x04\x00\x00\x00\x00\x00",
}
HTTP = b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
SSL_REQUEST = b"\x00\x00\x00\x08\x04\xd2\x16\x2f"
"""PostgreSQL is asked for TLS first; `S` says yes."""

MUTUAL = frozenset({"nats", "temporal", "postgres"})
"""Who asks for a certificate besides."""


@dataclass(frozen=True)
class Listener:
    """Where it is, and whose certificates its callers believe."""

    name: str
    host: str
    port: int
    authority: Path


async def faults(listener: Listener) -> list[str]:
    """What it allows of what it must not; nothing when all is refused. Raises OSError when nobody listens there."""
    found = []
    if await _answers_in_clear(listener):
        found.append(f"{listener.name} answers in clear")
    old = _context(listener)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        old.set_ciphers("ALL:@SECLEVEL=0")
        old.minimum_version, old.maximum_version = ssl.TLSVersion.TLSv1, ssl.TLSVersion.TLSv1_1
    if await _hears(listener, old):
        found.append(f"{listener.name} speaks TLS 1.1")
    if listener.name in MUTUAL and await _hears(listener, _context(listener)):
        found.append(f"{listener.name} hears somebody without a certificate")
    stranger = ssl.create_default_context()
    stranger.check_hostname = False
    if await _hears(listener, stranger):
        found.append(f"{listener.name} has a certificate of an authority that every machine believes")
    return found


def _context(listener: Listener) -> ssl.SSLContext:
    context = ssl.create_default_context(cafile=str(listener.authority))
    # It may be asked by an address; what it is called is looked at elsewhere.
    context.check_hostname = False
    if listener.name == "temporal":
        context.set_alpn_protocols(["h2"])
    return context


async def _answers_in_clear(listener: Listener) -> bool:
    """Whether anything of its own language comes back; a complaint, an alert and silence are none."""
    reader, writer = await asyncio.open_connection(listener.host, listener.port)
    said = b""
    with contextlib.suppress(OSError, TimeoutError):
        writer.write(HELLO.get(listener.name, HTTP))
        await writer.drain()
        async with asyncio.timeout(QUIET_SECONDS):
            said = await reader.read(64)
    writer.close()
    # PostgreSQL asks for a password by `R`, NATS greets, HTTP has a status and HTTP/2 a frame of settings.
    return said.startswith((b"R", b"INFO", b"HTTP/1.1 2")) or said[3:4] == b"\x04"


async def _hears(listener: Listener, context: ssl.SSLContext) -> bool:
    """Whether it goes on after the handshake; one that wants a certificate says so only then (TLS 1.3)."""
    try:
        reader, writer = await asyncio.open_connection(listener.host, listener.port)
        if listener.name == "postgres":
            writer.write(SSL_REQUEST)
            assert await reader.readexactly(1) == b"S"
        await writer.start_tls(context, server_hostname=listener.host)
        writer.write(HELLO.get(listener.name, HTTP))
        await writer.drain()
        async with asyncio.timeout(QUIET_SECONDS):
            said = await reader.read(64)
        writer.close()
    except (OSError, TimeoutError, EOFError):
        return False
    # PostgreSQL lets the handshake pass and then names what is missing by an error.
    return bool(said) and not said.startswith(b"E")
