"""The rules of the record: what may come next, and that no change of a stored entry goes unseen."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.base import NO_DIGEST
from contracts.canonical import canonical, envelope_digest
from contracts.envelope import Envelope
from services.registry.ledger import (
    ACCEPTED,
    DUPLICATE,
    Broken,
    Conflict,
    Entry,
    Gap,
    Tip,
    Verified,
    check_next,
    digest_of_body,
    entry_hash,
    verify,
)
from tests.registry_rig import history

FIRST, SECOND, THIRD = history("c1", 3)


def tip(event: Envelope) -> Tip:
    return Tip(event.sequence, envelope_digest(event))


def record(*events: Envelope) -> list[Entry]:
    entries: list[Entry] = []
    head = NO_DIGEST
    for index, event in enumerate(events):
        digest = envelope_digest(event)
        head = entry_hash(index, digest, head)
        at = event.model_dump(mode="json")["at"]
        entries.append(
            Entry(
                index,
                event.id,
                event.case_id,
                event.sequence,
                event.type,
                event.version,
                at,
                event.previous,
                digest,
                head,
                canonical(event).decode(),
            )
        )
    return entries


@pytest.mark.parametrize(
    ("last", "recorded", "event", "expected"),
    [
        (None, None, FIRST, ACCEPTED),
        (tip(FIRST), None, SECOND, ACCEPTED),
        (tip(FIRST), envelope_digest(FIRST), FIRST, DUPLICATE),
        (tip(THIRD), envelope_digest(FIRST), FIRST, DUPLICATE),
        (None, None, SECOND, Gap(1)),
        (tip(FIRST), None, THIRD, Gap(2)),
    ],
    ids=["first", "next", "repeat of the last", "repeat of an earlier one", "no first", "hole"],
)
def test_what_may_come_next(
    last: Tip | None, recorded: str | None, event: Envelope, expected: object
) -> None:
    assert check_next(last, recorded, event, envelope_digest(event)) == expected


@pytest.mark.parametrize(
    ("last", "recorded", "event", "code"),
    [
        (tip(FIRST), envelope_digest(SECOND), FIRST, "other-content"),
        (tip(SECOND), None, SECOND, "sequence-taken"),
        (Tip(1, "f" * 64), None, SECOND, "other-past"),
        (None, None, FIRST.model_copy(update={"previous": "f" * 64}), "other-past"),
        (None, None, FIRST.model_copy(update={"id": "c1.2"}), "wrong-event-id"),
        (None, None, FIRST.model_copy(update={"case_id": "c2"}), "wrong-event-id"),
    ],
)
def test_what_contradicts_the_record_is_a_conflict(
    last: Tip | None, recorded: str | None, event: Envelope, code: str
) -> None:
    judgement = check_next(last, recorded, event, envelope_digest(event))
    assert isinstance(judgement, Conflict)
    assert judgement.code == code


def test_an_entry_s_hash_covers_index_digest_and_the_entry_before() -> None:
    expected = hashlib.sha256(b"qingxuan entry v1\x00" + (7).to_bytes(8, "big") + b"\xaa" * 32 + b"\xbb" * 32)
    assert entry_hash(7, "aa" * 32, "bb" * 32) == expected.hexdigest()
    assert len({entry_hash(7, "aa" * 32, "bb" * 32), entry_hash(8, "aa" * 32, "bb" * 32)}) == 2


def test_a_digest_is_over_the_canonical_bytes() -> None:
    assert digest_of_body(canonical(FIRST)) == envelope_digest(FIRST)


def test_an_untouched_record_is_verified() -> None:
    entries = record(FIRST, *history("c2", 2), SECOND, THIRD)
    assert verify(entries) == Verified(5, entries[-1].entry_hash)
    assert verify([]) == Verified(0, NO_DIGEST)


STORED = record(*history("c1", 3), *history("c2", 3))


@pytest.mark.parametrize("field", Entry._fields)
@pytest.mark.parametrize("index", range(6))
def test_a_change_of_any_column_of_any_entry_is_found_there(field: str, index: int) -> None:
    entries = list(STORED)
    old = getattr(entries[index], field)
    new = old + 1 if isinstance(old, int) else ("0" if old[0] != "0" else "1") + old[1:]
    entries[index] = entries[index]._replace(**{field: new})
    result = verify(entries)
    assert isinstance(result, Broken)
    assert result.index == index
    assert result.reason


@pytest.mark.parametrize("index", range(6))
def test_another_content_in_an_entry_is_found_there(index: int) -> None:
    entries = list(STORED)
    body = entries[index].body.replace("police", "court")
    assert body != entries[index].body
    entries[index] = entries[index]._replace(body=body)
    result = verify(entries)
    assert isinstance(result, Broken)
    assert (result.index, result.case_id) == (index, entries[index].case_id)
    assert "digest" in result.reason


@pytest.mark.parametrize("index", range(5))
def test_a_removed_entry_is_named(index: int) -> None:
    result = verify(STORED[:index] + STORED[index + 1 :])
    assert isinstance(result, Broken)
    assert result.index == index
    assert "missing" in result.reason


@given(st.permutations(range(6)))
def test_any_other_order_is_found(order: list[int]) -> None:
    result = verify([STORED[n] for n in order])
    if order == sorted(order):
        assert isinstance(result, Verified)
    else:
        assert isinstance(result, Broken)


def test_a_record_rewritten_with_new_hashes_still_breaks_its_case() -> None:
    # Whoever recomputes every entry hash after dropping an event is betrayed by the case's own chain.
    result = verify(record(FIRST, THIRD))
    assert isinstance(result, Broken)
    assert result.index == 1
    assert "event 2 of the case is missing" in result.reason


def test_a_body_replaced_with_its_digest_breaks_the_entry_chain() -> None:
    forged = history("c1", 3, mark="forged")[1]
    entries = list(STORED)
    entries[1] = entries[1]._replace(body=canonical(forged).decode(), digest=envelope_digest(forged))
    result = verify(entries)
    assert isinstance(result, Broken)
    assert result.index == 1
