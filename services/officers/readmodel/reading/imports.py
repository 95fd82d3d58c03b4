"""Whether a table of people was taken into a batch before: by the digest of what was sent, and by nothing else."""

from collections.abc import Mapping

from services.kit.db import Session
from services.officers.readmodel.reading import cases

DIGESTS: Mapping[str, str] = {
    "roster-accepted": "roster_digest",
    "roster-held": "roster_digest",
    "seats-imported": "table_digest",
    "indexes-imported": "table_digest",
}
"""By event, the field that names the table which it took."""


async def taken_up(session: Session, batch_id: str, digest: str) -> bool:
    """Whether the record has this table in this batch; what else its command said was looked up, and may differ."""
    told = await cases.events_of(session, batch_id, tuple(DIGESTS))
    return any(one.payload[DIGESTS[one.type]] == digest for one in told)
