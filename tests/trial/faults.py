"""Rights that nobody should have, planted one at a time: `make access` has to name each."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.trial.system import System


@contextmanager
def broker(system: System) -> Iterator[None]:
    """The officers' service may ask the record to append."""
    with _written(
        system.folder / "deploy" / "nats" / "logins.conf",
        '"registry.journal"',
        '"registry.journal", "registry.append"',
    ):
        system.inside("nats", "sh", "-c", "kill -HUP 1")
        yield
    system.inside("nats", "sh", "-c", "kill -HUP 1")


@contextmanager
def deleting(system: System) -> Iterator[None]:
    """The registry may delete entries."""
    system.statement("qx_registry", "GRANT DELETE ON entries TO qx_registry")
    yield
    system.statement("qx_registry", "REVOKE DELETE ON entries FROM qx_registry")


@contextmanager
def connecting(system: System) -> Iterator[None]:
    """The notices' service may connect to the officers' database."""
    system.statement("postgres", "GRANT CONNECT ON DATABASE qx_officers TO qx_notices")
    yield
    system.statement("postgres", "REVOKE CONNECT ON DATABASE qx_officers FROM qx_notices")


@contextmanager
def commanding(system: System) -> Iterator[None]:
    """An onlooker holds the token of the officers' service."""
    certs = system.secrets / "certs"
    token = certs / "onlooker" / "engine.jwt"
    with _written(token, token.read_text(), (certs / "officers" / "engine.jwt").read_text()):
        yield


PLANTED = {
    "publish registry.append as officers": broker,
    "qx_registry has DELETE on entries": deleting,
    "SELECT 1 as notices": connecting,
    "as onlooker": commanding,
}
"""By what `make access` has to say."""


@contextmanager
def _written(path: Path, right: str, wrong: str) -> Iterator[None]:
    """In place: a container has this very file."""
    before = path.read_text()
    if right not in before:
        raise RuntimeError(f"{path}: nowhere to plant")
    path.write_text(before.replace(right, wrong))
    try:
        yield
    finally:
        path.write_text(before)
