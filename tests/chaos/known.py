"""What the workflows know, asked of them with the keys of the engine."""

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from temporalio.client import Client, WorkflowExecutionStatus, WorkflowQueryFailedError
from temporalio.service import RPCError

from contracts import names
from services.kit.sealing import Keyring
from services.kit.temporal import data_converter
from workflows.shell import Ledger

AT_ONCE = 8
QUERY_SECONDS = timedelta(seconds=10)
GONE = frozenset(
    {WorkflowExecutionStatus.FAILED, WorkflowExecutionStatus.TERMINATED, WorkflowExecutionStatus.TIMED_OUT}
)
"""How no case may end."""


@dataclass(frozen=True)
class Known:
    """What a workflow answers; without a ledger it does not answer, and `silence` says how."""

    ledger: Ledger | None = None
    state: dict[str, Any] | None = None
    silence: str = ""


class Workflows:
    """Those that run on an engine."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self._turn = asyncio.Semaphore(AT_ONCE)

    @classmethod
    async def at(cls, address: str, keyring: Keyring) -> "Workflows":
        """Those of this engine."""
        client = await Client.connect(
            address, namespace="default", data_converter=data_converter(keyring), lazy=True
        )
        return cls(client)

    async def gone(self) -> list[str]:
        """Ids of those that ended as no case may end."""
        return [one.id async for one in self._client.list_workflows() if one.status in GONE]

    async def known(self, cases: Iterable[tuple[str, str]], *, state: bool) -> dict[str, Known]:
        """What the workflows of these cases know, each a kind and an id; the whole `state`, or the ledger alone."""
        every = list(cases)
        answers = await asyncio.gather(*(self._ask(kind, case_id, state) for kind, case_id in every))
        return {case_id: answer for (_, case_id), answer in zip(every, answers, strict=True)}

    async def _ask(self, kind: str, case_id: str, state: bool) -> Known:
        handle = self._client.get_workflow_handle(names.workflow_id(kind, case_id))
        async with self._turn:
            try:
                ledger = await handle.query(names.LEDGER_QUERY, result_type=Ledger, rpc_timeout=QUERY_SECONDS)
                if not state:
                    return Known(ledger)
                known = await handle.query(
                    names.STATE_QUERY, result_type=dict[str, Any], rpc_timeout=QUERY_SECONDS
                )
            except (RPCError, WorkflowQueryFailedError) as error:
                return Known(silence=str(error))
        return Known(ledger, known)
