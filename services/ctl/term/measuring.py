"""What a run cost: the most memory that each process held, and the longest history of a workflow."""

import asyncio
from pathlib import Path

from temporalio.client import Client

NAMESPACE = "default"
ASKED_AT_ONCE = 8


def peak_memory(run: Path) -> dict[str, int]:
    """MiB that each process of a running system held at most, by its name; Linux only, empty elsewhere."""
    peaks = {}
    for file in sorted(run.glob("*.pid")):
        status = Path(f"/proc/{file.read_text().strip()}/status")
        if status.is_file():
            lines = status.read_text().splitlines()
            peaks[file.stem] = next(int(one.split()[1]) // 1024 for one in lines if one.startswith("VmHWM"))
    return peaks


async def longest_history(address: str) -> tuple[str, int]:
    """The workflow with the most events, and how many; what is in them stays sealed."""
    client = await Client.connect(address, namespace=NAMESPACE)
    ids = [one.id async for one in client.list_workflows()]
    gate = asyncio.Semaphore(ASKED_AT_ONCE)

    async def events(workflow_id: str) -> tuple[int, str]:
        # The list knows the length of those that have ended only.
        async with gate:
            return (await client.get_workflow_handle(workflow_id).describe()).history_length, workflow_id

    length, longest = max(await asyncio.gather(*map(events, ids)))
    return longest, length
