"""Whether a record holds: no change of a stored entry or of a step's mark goes unseen."""

import hashlib
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.base import NO_DIGEST
from contracts.canonical import canonical, envelope_digest
from contracts.claim import Owing
from contracts.names import errand_id
from contracts.record import entry_hash
from services.registry.ledger import Broken, Entry, Line, StepMark, Verified, verify
from services.registry.proof import Proof
from tests.claims import KeySet
from tests.owing import asked, forged, owing, taking
from tests.record_steps import Step, changed, history, step


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> KeySet:
    return KeySet.make(tmp_path_factory.mktemp("keys"))


def record(keys: KeySet, *steps: Step) -> list[Line]:
    """A record that somebody wrote who can compute every hash, and sign."""
    lines: list[Line] = []
    head = NO_DIGEST
    for events in steps:
        for event in events:
            digest, index = envelope_digest(event), len(lines)
            head = entry_hash(index, digest, head)
            body = canonical(event).decode()
            entry = Entry(
                index,
                event.case_id,
                event.sequence,
                event.kind,
                event.type,
                event.version,
                digest,
                head,
                body,
            )
            lines.append(Line(entry, _mark(keys, event, digest) if event is events[-1] else None))
    return lines


def _mark(keys: KeySet, last: object, digest: str) -> StepMark:
    signature = keys.step.sign(digest.encode())
    told = [getattr(last, name) for name in ("case_id", "until", "step", "command_id")]
    return StepMark(*told, signature.key_id, signature.value)


@pytest.fixture(scope="module")
def stored(keys: KeySet) -> list[Line]:
    one, other = history(keys, "c1", (1, 2)), history(keys, "c2", (2, 1))
    return record(keys, one[0], other[0], one[1], other[1])


def broken(lines: Sequence[Line], keys: KeySet | None = None) -> Broken:
    result = verify(lines, None if keys is None else Proof.load(keys.public))
    assert isinstance(result, Broken)
    return result


def test_an_entry_s_hash_covers_index_digest_and_the_entry_before() -> None:
    expected = hashlib.sha256(b"qingxuan entry v1\x00" + (7).to_bytes(8, "big") + b"\xaa" * 32 + b"\xbb" * 32)
    assert entry_hash(7, "aa" * 32, "bb" * 32) == expected.hexdigest()


def test_an_untouched_record_is_verified(stored: list[Line], keys: KeySet) -> None:
    head = stored[-1].entry.entry_hash
    assert verify(stored) == Verified(6, head)
    assert verify(stored, Proof.load(keys.public)) == Verified(6, head, proven=True)
    assert verify([]) == Verified(0, NO_DIGEST)


def other_value(old: object) -> object:
    if isinstance(old, int):
        return old + 1
    assert isinstance(old, str)
    return ("0" if old[0] != "0" else "1") + old[1:]


@pytest.mark.parametrize("field", Entry._fields)
@pytest.mark.parametrize("index", range(6))
def test_a_change_of_any_column_of_any_entry_is_found_there(
    stored: list[Line], field: str, index: int
) -> None:
    lines = list(stored)
    entry, mark = lines[index]
    lines[index] = Line(entry._replace(**{field: other_value(getattr(entry, field))}), mark)  # type: ignore[arg-type]
    result = broken(lines)
    assert result.index == index
    assert result.reason


@pytest.mark.parametrize("field", StepMark._fields)
@pytest.mark.parametrize("index", [0, 2, 4, 5])
def test_a_change_of_any_column_of_any_mark_is_found_there(
    stored: list[Line], keys: KeySet, field: str, index: int
) -> None:
    lines = list(stored)
    entry, mark = lines[index]
    assert mark is not None
    changed_mark = mark._replace(**{field: other_value(getattr(mark, field))})  # type: ignore[arg-type]
    lines[index] = Line(entry, changed_mark)
    assert broken(lines, keys).index == index


def test_a_mark_that_is_missing_or_too_many_is_found(stored: list[Line]) -> None:
    without = [*stored[:2], Line(stored[2].entry, None), *stored[3:]]
    assert broken(without).index == 2
    surplus = [stored[0], Line(stored[1].entry, stored[2].mark), *stored[2:]]
    assert broken(surplus).index == 1


@pytest.mark.parametrize("index", range(6))
def test_another_content_in_an_entry_is_found_there(stored: list[Line], index: int) -> None:
    entry, mark = stored[index]
    body = entry.body.replace("police", "court")
    assert body != entry.body
    lines = [*stored[:index], Line(entry._replace(body=body), mark), *stored[index + 1 :]]
    result = broken(lines)
    assert (result.index, result.case_id) == (index, entry.case_id)
    assert "digest" in result.reason


@pytest.mark.parametrize("index", range(5))
def test_a_removed_entry_is_named(stored: list[Line], index: int) -> None:
    result = broken(stored[:index] + stored[index + 1 :])
    assert result.index == index
    assert "missing" in result.reason


@given(st.permutations(range(6)))
def test_any_other_order_is_found(stored: list[Line], order: list[int]) -> None:
    result = verify([stored[n] for n in order])
    assert isinstance(result, Verified if order == sorted(order) else Broken)


def test_a_record_rewritten_with_new_hashes_still_breaks_its_case(keys: KeySet) -> None:
    # Whoever recomputes every entry hash after dropping a step is betrayed by the case's own chain.
    first, _, third = history(keys, "c1")
    result = broken(record(keys, first, third))
    assert result.index == 1
    assert "event 2 of the case is missing" in result.reason


def test_half_a_step_is_found_even_with_every_hash_made_anew(keys: KeySet) -> None:
    whole = step(keys, "c1", count=3)
    assert "cut off" in broken(record(keys, whole)[:2]).reason
    assert (
        "cut off" in broken([*record(keys, whole)[:1], *record(keys, whole[:1], step(keys, "c2"))[1:]]).reason
    )


def test_a_command_id_twice_is_found(keys: KeySet) -> None:
    again = step(keys, "c2", command_id="k-c1-1")
    assert "used before" in broken(record(keys, step(keys, "c1"), again)).reason


def test_a_step_that_answers_to_an_errand_which_nobody_owed_is_found(keys: KeySet) -> None:
    (told,) = step(keys, "c2", command_id=errand_id("c1", 1, "c2"))
    assert told.claim is not None
    claim = told.claim.model_copy(update={"owed_by": Owing(case_id="c1", number=1)})
    told = told.model_copy(update={"claim": claim})
    (owed,) = step(keys, "c1", event_type="errand-owed", payload={"number": 1})
    assert isinstance(verify(record(keys, [owed], [told])), Verified)
    assert "errand" in broken(record(keys, [told], [owed])).reason
    other = owed.model_copy(update={"payload": {"number": 2}})
    assert "errand" in broken(record(keys, [other], [told])).reason


def test_a_step_that_asks_something_else_than_the_errand_owes_is_found(keys: KeySet) -> None:
    said = asked(keys)
    lines = record(keys, owing(keys), taking(said))
    assert isinstance(verify(lines, Proof.load(keys.public)), Verified)
    other = forged(keys, said, body_digest="9" * 64)
    assert "something else" in broken(record(keys, owing(keys), taking(other)), keys).reason


def test_what_nobody_signed_or_claimed_is_found_with_the_public_keys_only(keys: KeySet) -> None:
    (unclaimed,) = step(keys, "c1")
    lines = record(keys, [unclaimed.model_copy(update={"claim": None})])
    assert isinstance(verify(lines), Verified)
    assert "claim" in broken(lines, keys).reason
    entry, mark = record(keys, step(keys, "c1"))[0]
    assert mark is not None
    forged = [Line(entry, mark._replace(signature=keys.claim.sign(entry.digest.encode()).value))]
    assert isinstance(verify(forged), Verified)
    assert "signature" in broken(forged, keys).reason


def test_a_step_that_was_changed_and_hashed_anew_is_found_with_the_public_keys(keys: KeySet) -> None:
    true, forged = step(keys, "c1", count=2), changed(step(keys, "c1", count=2), 1, policy="2026.2")
    forged = changed(forged, 0, policy="2026.2")
    lines = record(keys, forged)
    assert isinstance(verify(lines), Verified)
    signed_before = record(keys, true)[-1].mark
    assert broken([lines[0], Line(lines[1].entry, signed_before)], keys).index == 1
