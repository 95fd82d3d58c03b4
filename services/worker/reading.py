"""Read the whole record, page by page."""

from collections.abc import AsyncIterator

from contracts.envelope import Envelope
from services.kit.recordreader import RecordReader


async def entries(reader: RecordReader) -> AsyncIterator[Envelope]:
    """Every event of the record, in order, as far as it goes when the last page is asked for."""
    page = await reader.after(-1)
    while page:
        for entry in page:
            yield entry.envelope
        page = await reader.after(page[-1].index)
