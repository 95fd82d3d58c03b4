"""Walk the stored record and check every entry."""

from services.registry.ledger import Broken, Checker, Proving, Verified
from services.registry.store.reading import Reading


async def verify_record(
    reading: Reading, known_head: tuple[int, str] | None = None, proof: Proving | None = None
) -> Verified | Broken:
    """Check the whole record as it is stored, values included; with `proof` also who signed and asked for each step.

    `known_head` is an index and its entry hash noted down earlier, elsewhere: with it a record whose end was
    cut off, or which was rebuilt from another history, is found out too.
    """
    checker = Checker(proof)
    async for line in reading.walk():
        broken = checker.check(line)
        if broken is not None:
            return broken
        entry = line.entry
        noted = known_head[1] if known_head is not None and entry.entry_index == known_head[0] else None
        if noted not in (None, entry.entry_hash):
            reason = "the entry's hash is not the one that was noted down"
            return Broken(entry.entry_index, entry.case_id, reason)
    result = checker.result()
    if isinstance(result, Broken):
        return result
    if known_head is not None and result.count <= known_head[0]:
        return Broken(result.count, "", f"the record ends before entry {known_head[0]}, which was noted down")
    for mark in await reading.loose_marks():
        return Broken(result.count, mark.case_id, "a step is marked for which there is no entry")
    return result
