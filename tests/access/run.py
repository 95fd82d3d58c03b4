"""`make access`: docs/access-matrix.md against a composed system, with no credential and with each.

    PYTHONPATH=. python -m tests.access.run --secrets FOLDER [--at temporal=10.0.0.7:7233 ...]

By default each is asked under its name in docker-compose.yml, so these names have to lead there from where it runs.
Prints every cell that is not what the page says, and how much was tried; the exit status is 1 if there is any.
"""

import argparse
import asyncio
import logging
import sys
from collections.abc import Mapping
from pathlib import Path

import psycopg
from temporalio.service import TLSConfig

from services.kit.tls import Tls
from tests.access import broker, databases, engine, listeners, wire
from tests.matrix import Matrix, differences, matrix

PLACES = {
    "nats": "nats:4222",
    "postgres": "postgres:5432",
    "temporal": "temporal:7233",
    "api": "officers:8080",
    "registry": "registry:8081",
    "notices": "notices:8082",
    "worker": "worker:8083",
    "console": "console:8088",
}
LOGINS = ("worker", "registry", "officers", "notices")
CERTIFIED = ("onlooker", "officers", "worker", "operator")
ELSEWHERE = ("temporal_http", "nats_monitor")
"""Rows of one machine: in a composed system nobody reaches these."""
NEVER = {"nats": (8222,), "temporal": (8233, 9090)}


class Composed:
    """A composed system: where it is, and every credential that its folder of secrets holds."""

    def __init__(self, secrets: Path, places: Mapping[str, str], password: str) -> None:
        """`password` is the first administrator's, or becomes it."""
        self.secrets, self.places, self.certs = secrets, places, secrets / "certs"
        self.password = password
        self.surplus: list[str] = []

    def secret(self, name: str) -> str:
        """What is in the file of this name."""
        return (self.secrets / name).read_text().strip()

    def tls(self, holder: str) -> Tls:
        """How a holder speaks TLS."""
        folder = self.certs / holder
        return Tls(folder / "ca.crt", folder / "tls.crt", folder / "tls.key")

    async def broker(self) -> tuple[Matrix, Matrix]:
        """What the page says of it, and what was found."""
        said = matrix("The broker")
        logins = {
            name: broker.Login(name, self.secret(f"nats-{name}"), self.tls(name).asking) for name in LOGINS
        }
        url = f"tls://{self.places['nats']}"
        return said, await broker.found(url, {"nobody": broker.Login(), **logins}, said)

    async def listeners(self) -> tuple[Matrix, Matrix]:
        """Likewise of what answers over HTTP."""
        every = matrix("What answers over HTTP")
        said = {act: cells for act, cells in every.items() if not act.startswith(ELSEWHERE)}
        urls = {
            name: f"https://{self.places[name]}"
            for name in ("api", "registry", "notices", "worker", "console")
        }
        verify = self.tls("registry").asking
        tokens = {name: self.secret(name) for name in ("registry-token", "notices-token")}
        tokens["sign-in"] = await listeners.administrator(
            urls["api"], self.secret("admin-code"), verify, self.password
        )
        return said, await listeners.found(urls, tokens, said, verify)

    async def engine(self) -> tuple[Matrix, Matrix]:
        """Likewise of the engine."""
        every = matrix("The engine")
        holders = {
            "no certificate": engine.Holder(),
            "certificate alone": engine.Holder(self._certified("officers")),
            **{
                name: engine.Holder(self._certified(name), (self.certs / name / "engine.jwt").read_text())
                for name in CERTIFIED
            },
        }
        said = {act: {name: cells[name] for name in holders} for act, cells in every.items()}
        maker = holders["officers"]
        return said, await engine.found(self.places["temporal"], "qingxuan", holders, maker, said)

    def _certified(self, holder: str) -> TLSConfig:
        folder = self.certs / holder
        parts = (folder / name for name in ("engine-ca.crt", "engine.crt", "engine.key"))
        authority, certificate, key = (part.read_bytes() for part in parts)
        return TLSConfig(server_root_ca_cert=authority, client_cert=certificate, client_private_key=key)

    async def databases(self) -> tuple[Matrix, Matrix]:
        """Likewise of PostgreSQL."""
        said = matrix("PostgreSQL")
        host, _, port = self.places["postgres"].partition(":")

        def connect(role: str, secret: str, database: str) -> psycopg.Connection:
            of = secret.removeprefix("migrate-")
            folder = self.certs / (of if of in databases.SERVICES else "databases")
            return psycopg.connect(
                host=host,
                port=int(port),
                user=role,
                password="none" if secret == "of-nobody" else self.secret(f"postgres-{secret}"),
                dbname=database,
                autocommit=True,
                sslmode="verify-full",
                sslrootcert=str(folder / "ca.crt"),
                sslcert=str(folder / "tls.crt"),
                sslkey=str(folder / "tls.key"),
            )

        self.surplus = await asyncio.to_thread(databases.surplus, connect)
        return said, await asyncio.to_thread(databases.found, connect, said)

    async def wire(self) -> list[str]:
        """What a listener allows of what none may, and who listens that should not."""
        found = []
        for name, place in self.places.items():
            host, _, port = place.partition(":")
            authority = "operator/engine-ca.crt" if name == "temporal" else "registry/ca.crt"
            listener = wire.Listener(name, host, int(port), self.certs / authority)
            found += await wire.faults(listener)
            for other in NEVER.get(name, ()):
                try:
                    _, writer = await asyncio.open_connection(host, other)
                except OSError:
                    continue
                writer.close()
                found.append(f"{name} listens on {other}")
        return found


async def main(composed: Composed) -> int:
    """Try everything; 1 when anything is not as the page says."""
    wrong, cells = await composed.wire(), 0
    for tried in (composed.broker, composed.databases, composed.engine, composed.listeners):
        said, found = await tried()
        wrong += differences(said, found)
        cells += sum(len(row) for row in found.values())
    wrong += composed.surplus
    print("\n".join(wrong) or f"{cells} cells and {len(composed.places)} listeners are as the page says")
    return 1 if wrong else 0


if __name__ == "__main__":
    given = argparse.ArgumentParser()
    given.add_argument("--secrets", type=Path, required=True)
    given.add_argument("--at", action="append", default=[], metavar="NAME=HOST:PORT")
    given.add_argument("--password", default=listeners.PASSWORD)
    chosen = given.parse_args()
    # What the library says of every connection that the other side ends.
    logging.getLogger("asyncio").setLevel(logging.ERROR)
    places = {**PLACES, **dict(one.split("=", 1) for one in chosen.at)}
    sys.exit(asyncio.run(main(Composed(chosen.secrets, places, chosen.password))))
