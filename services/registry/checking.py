"""Walk the stored record and check every entry."""

from services.registry.ledger import Broken, Checker, Verified
from services.registry.store import Store


async def verify_record(store: Store, known_head: tuple[int, str] | None = None) -> Verified | Broken:
    """Check the whole record as it is stored, values included.

    `known_head` is an index and its entry hash noted down earlier, elsewhere: with it a record whose end was
    cut off, or which was rebuilt from another history, is found out too.
    """
    checker = Checker()
    async for entry in store.walk():
        broken = checker.check(entry)
        if broken is not None:
            return broken
        if (
            known_head is not None
            and entry.entry_index == known_head[0]
            and entry.entry_hash != known_head[1]
        ):
            return Broken(
                entry.entry_index, entry.case_id, "the entry's hash is not the one that was noted down"
            )
    result = checker.verified()
    if known_head is not None and result.count <= known_head[0]:
        return Broken(result.count, "", f"the record ends before entry {known_head[0]}, which was noted down")
    return result
