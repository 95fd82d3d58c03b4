"""The API with the cases of the matrix, served on this machine from a thread of its own, for a program that asks it."""

import asyncio
import contextlib
import threading
from collections.abc import Iterator
from pathlib import Path

import httpx2
import uvicorn

from contracts.actor import Grant
from services.kit.gate import Gate
from services.kit.http import within_limits
from services.officers.app import Limits, make_app
from services.officers.roster.workbook import MAX_BYTES
from services.officers.web.throttling import Rate
from tests.officers_rig import Rig, officers
from tests.ports import free_port
from tests.rights.house import HERE, built
from tests.rights.matrix import POLICY
from tests.rights.readers import of_roles
from tests.servers import HOST

UNLIMITED = 1e9
"""Requests a second: how often one may ask is tried elsewhere."""
EMPTY = {"items": [], "next": None}


def neighbours(request: httpx2.Request) -> httpx2.Response:
    """Registry, notices and worker, of which nothing is known."""
    path = request.url.path
    if path.endswith(
        ("/inbox", "/undelivered", "/unprintable", "/public", "/entries", "/attempts", "/stuck")
    ):
        return httpx2.Response(200, json=EMPTY)
    if path == "/overview/figures":
        return httpx2.Response(200, json={"letters": {}, "deliveries": {}, "stuck": 0})
    if path == "/record/head":
        return httpx2.Response(200, json={"count": 0, "entry_hash": "0" * 64})
    return httpx2.Response(404, json={"code": "not-found"})


@contextlib.contextmanager
def served(directory: Path) -> Iterator[tuple[str, dict[str, str]]]:
    """Where it answers, and the token of somebody in every role at every place."""
    ready, stop = threading.Event(), threading.Event()
    port, tokens = free_port(), dict[str, str]()
    fault: list[BaseException] = []

    async def serve() -> None:
        async with officers(directory, neighbours=neighbours) as rig:
            tokens.update(await _told(rig))
            described = make_app(rig.office, {})
            described.openapi()  # made before anybody asks for it: the generator waits ten seconds
            app = within_limits(
                Limits(described, UNLIMITED, rig.office.standings.knows),
                Gate(frozenset({HOST})),
                2 * MAX_BYTES,
            )
            server = uvicorn.Server(
                uvicorn.Config(app, host=HOST, port=port, log_config=None, lifespan="off")
            )
            running = asyncio.create_task(server.serve())
            while not server.started:
                await asyncio.sleep(0.02)
            ready.set()
            while not stop.is_set():
                await asyncio.sleep(0.1)
            server.should_exit = True
            await running

    def run() -> None:
        try:
            asyncio.run(serve())
        except BaseException as error:
            fault.append(error)
            ready.set()

    thread = threading.Thread(target=run)
    thread.start()
    ready.wait()
    try:
        if fault:
            raise fault[0]
        yield f"http://{HOST}:{port}", tokens
    finally:
        stop.set()
        thread.join()


async def _told(rig: Rig) -> dict[str, str]:
    recused = await rig.account(Grant(role="SCREENER", district=HERE))
    house = await built(rig, recused)
    for case in house.cases.values():
        await case.tell(rig)
    rig.office.throttle._rate = Rate(UNLIMITED)
    rig.office.refusals._rate = Rate(UNLIMITED)
    return {one.name: one.person.token for one in await of_roles(rig, POLICY)}
