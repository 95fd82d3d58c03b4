"""The officers' API over so many stored cases, as a process of its own, for the benchmark of the console's pages.

The rows are written by the projector's own rules. The first thousand cases are sealed as they are in life, so that
lists have names to open; those beyond, which no first page shows, are not, which would only slow the filling.

    PYTHONPATH=. python -m tests.bench.filled FOLDER CASES PORT
"""

import asyncio
import gc
import json
import sys
from pathlib import Path
from typing import Any

import httpx2

from contracts.actor import Grant
from services.kit import collector, logs
from services.kit.gate import Gate
from services.kit.http import serve_app
from services.officers.app import Limits
from tests.bench.pages import UNITS, fill
from tests.officers_ground import application
from tests.officers_rig import Rig, batch_opened, case_opened, officers, task_opened
from tests.servers import HOST

SEALED = 1_000
"""Cases of the batch b0, the only one that is looked at."""
DISTRICTS = tuple(f"d{number:02d}" for number in range(12))
HERE = 3
"""The number of the district in which everybody works."""
PEOPLE = {
    **{f"screener-{number}": Grant(role="SCREENER", district=DISTRICTS[HERE]) for number in range(9)},
    **{f"office-{number}": Grant(role="ELECTION_OFFICE") for number in range(3)},
}
"""Twelve people, each at an address of their own."""
LETTERS = 50
RATE = 1000.0
"""Requests a second: what is measured is the pages, not the gate."""


async def main(folder: Path, cases: int, port: int) -> None:
    """Fill, say who may sign in, and answer until the process is ended."""
    logs.configure("bench", "error")
    async with officers(folder, neighbours=notices) as rig:
        await _sealed(rig, min(SEALED, cases))
        await fill(rig, range(SEALED, cases))
        people = {name: (await rig.account(grant)).login for name, grant in PEOPLE.items()}
        # It answers as a service does after its start: what the filling left is looked through no more.
        gc.collect()
        collector.pause()
        serving = asyncio.create_task(
            serve_app(
                Limits(application(rig.office), RATE, rig.office.standings.knows),
                HOST,
                port,
                asyncio.Event(),
                Gate(proxies=(HOST,)),
            )
        )
        print(json.dumps({"people": people, "case": f"c{HERE:07d}", "batch": "b0"}), flush=True)
        await serving


async def _sealed(rig: Rig, cases: int) -> None:
    await rig.tell(rig.story("b0", "batch", "b0", "all"), batch_opened(DISTRICTS))
    for number in range(cases):
        case_id = f"c{number:07d}"
        story = rig.story(case_id, parent="b0", district=DISTRICTS[number % len(DISTRICTS)])
        opened = case_opened(f"p{number}", number)
        asked = [task_opened(case_id, "reply", UNITS[(number + place) % len(UNITS)]) for place in (0, 5)]
        await rig.tell(story, opened, task_opened(case_id, "screen"), *asked)


def notices(request: httpx2.Request) -> httpx2.Response:
    """An inbox of fifty letters; what stands in it is not measured here."""
    if not request.url.path.endswith("/inbox"):
        return httpx2.Response(404, json={"code": "not-found"})
    return httpx2.Response(200, json={"items": [_letter(number) for number in range(LETTERS)], "next": None})


def _letter(number: int) -> dict[str, Any]:
    return {
        "id": f"l{number}",
        "event_id": f"e{number}",
        "case_id": f"c{number:07d}",
        "number": f"测联函〔2026〕{number} 号",
        "subject": {"zh": "征求意见函", "en": "Request for an opinion"},
        "body": {"zh": "正文" * 400, "en": "Text " * 400},
        "issued_at": "2026-03-02T02:00:00Z",
        "reply_by": "2026-03-16T16:00:00Z",
        "provisional": False,
        "readers": [],
        "receipts": [],
    }


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])))
