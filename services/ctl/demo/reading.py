"""Reads back, through the API, what the demonstration left: the record as the auditor, the letters as everybody."""

import asyncio
from typing import Any

from contracts.case import CaseKind
from services.ctl.demo.ending import Shown
from services.ctl.demo.roster import DISTRICTS
from services.ctl.demo.scenes import case_states
from services.ctl.demo.stage import Batch

READERS = 6
"""Inboxes read at the same time."""


async def read_all(batch: Batch) -> Shown:
    """The whole record, its verification, the cases' states, and each letter once."""
    auditor = batch.officers["auditor"].account
    entries = await auditor.pages("/v1/record/entries", limit=200)
    verdict = await auditor.get("/v1/record/verify")
    office = batch.officers["election-office"].account
    states = await case_states(office, parent=batch.batch_id)
    removals = await case_states(office, kind=CaseKind.REMOVAL)
    # Whoever recorded the vote that is attacked reads nothing of the review: its own people do.
    reviewers = [batch.officers[f"reviewer-{district}"].account for district in DISTRICTS]
    reviews = [await case_states(account, kind=CaseKind.REVIEW) for account in reviewers]
    gate = asyncio.Semaphore(READERS)

    async def inbox(login: str) -> list[dict[str, Any]]:
        async with gate:
            return await batch.officers[login].account.pages("/v1/notices", limit=200)

    inboxes = await asyncio.gather(*(inbox(login) for login in batch.officers))
    letters = {letter["id"]: letter for letters in inboxes for letter in letters}
    return Shown(
        envelopes=[entry["envelope"] for entry in entries],
        letters=list(letters.values()),
        record=str(verdict["status"]),
        states=states,
        removals=removals,
        reviews={case_id: state for found in reviews for case_id, state in found.items()},
    )
