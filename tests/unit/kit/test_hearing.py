"""What is believed of what was heard: a beginning of the true entries, in order, and nothing of anybody else's."""

import itertools
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.base import NO_DIGEST
from contracts.canonical import canonical, envelope_digest
from contracts.names import ENTRY_HASH_HEADER, INDEX_HEADER, SEAL_HEADER
from contracts.record import ENTRY_PURPOSE, entry_hash
from services.kit.cursor import START, Place
from services.kit.hearing import Heard, Hearing
from services.kit.recordreader import Entry
from services.kit.signing import Verifier
from services.kit.storing import Outgoing
from services.registry.ledger import Entry as Recorded
from services.registry.publisher import outgoing
from tests.claims import KeySet
from tests.record_steps import history

COUNT = 8


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> KeySet:
    return KeySet.make(tmp_path_factory.mktemp("keys"))


def recorded(case_id: str) -> list[Recorded]:
    entries: list[Recorded] = []
    head = NO_DIGEST
    for (event,) in history(None, case_id, (1,) * COUNT):
        digest, index = envelope_digest(event), len(entries)
        head = entry_hash(index, digest, head)
        body = canonical(event).decode()
        entries.append(
            Recorded(index, case_id, event.sequence, event.kind, event.type, 1, digest, head, body)
        )
    return entries


TRUE, FALSE = recorded("c1"), recorded("forged")


@pytest.fixture(scope="module")
def seals(keys: KeySet) -> Verifier:
    return Verifier(keys.public / "entry", ENTRY_PURPOSE)


@pytest.fixture(scope="module")
def groups(keys: KeySet) -> list[Outgoing]:
    """The true messages, in groups of one to three entries, each sealed at its end."""
    bounds = (0, 1, 3, 6, 8)
    return [
        message
        for begin, end in itertools.pairwise(bounds)
        for message in outgoing(TRUE[begin:end], keys.entry)
    ]


def hear(hearing: Hearing, message: Outgoing) -> Heard:
    return hearing.hear(message.subject, message.headers, message.body)


def bodies(entries: Sequence[Entry]) -> list[str]:
    return [entry.body.decode() for entry in entries]


def test_entries_are_believed_up_to_a_seal(seals: Verifier, groups: list[Outgoing]) -> None:
    hearing = Hearing(seals, START)
    assert [hear(hearing, one) for one in groups[:5]] == [Heard.NEXT] * 5
    assert hearing.unproven == 4
    assert bodies(hearing.take(2)) == [entry.body for entry in TRUE[:2]]
    assert bodies(hearing.take(9)) == [TRUE[2].body]
    assert hearing.take(9) == []
    hear(hearing, groups[5])
    assert bodies(hearing.take(9)) == [entry.body for entry in TRUE[3:6]]
    assert hear(hearing, groups[0]) is Heard.OLD


def test_after_a_hole_nothing_is_believed_until_it_was_filled(
    seals: Verifier, groups: list[Outgoing]
) -> None:
    hearing = Hearing(seals, START)
    hear(hearing, groups[0])
    assert [hear(hearing, one) for one in groups[3:]] == [Heard.AHEAD] * 5
    assert bodies(hearing.take(9)) == [TRUE[0].body]
    assert hearing.holed
    # The others were fetched meanwhile.
    assert hearing.restart(Place(2, TRUE[2].entry_hash))
    assert not hearing.holed
    assert bodies(hearing.take(9)) == [entry.body for entry in TRUE[3:]]


def forged(keys: KeySet, groups: list[Outgoing]) -> dict[str, Outgoing]:
    good = groups[0]
    (by_another,) = outgoing(TRUE[:1], keys.step)
    (of_another,) = outgoing(FALSE[:1], keys.step)
    headers = dict(good.headers)
    return {
        "sealed by another key": by_another,
        "another event, well chained": of_another,
        "the seal of another entry": good._replace(
            headers={**headers, SEAL_HEADER: groups[2].headers[SEAL_HEADER]}
        ),
        "a seal without sense": good._replace(headers={**headers, SEAL_HEADER: "x"}),
        "a seal under a name that is none": good._replace(headers={**headers, SEAL_HEADER: " :x"}),
        "another hash": good._replace(headers={**headers, ENTRY_HASH_HEADER: "0" * 64}),
        "no hash": good._replace(headers={INDEX_HEADER: "0"}),
        "another body": good._replace(body=FALSE[0].body.encode()),
        "no event": good._replace(body=b"[]"),
        "nothing": good._replace(body=b""),
        "another subject": good._replace(subject="record.removal.task-claimed.v1"),
        "no index": good._replace(headers={}),
        "a negative index": good._replace(headers={**headers, INDEX_HEADER: "-1"}),
        "an index without end": good._replace(headers={**headers, INDEX_HEADER: "9" * 30}),
    }


def test_a_forgery_is_not_believed_and_the_true_entry_after_it_is(
    seals: Verifier, keys: KeySet, groups: list[Outgoing]
) -> None:
    for name, message in forged(keys, groups).items():
        hearing = Hearing(seals, START)
        assert hear(hearing, message) is Heard.FORGED, name
        assert hearing.take(9) == [], name
        assert hear(hearing, groups[0]) is Heard.NEXT, name
        assert bodies(hearing.take(9)) == [TRUE[0].body], name


def test_an_unsealed_forgery_in_the_place_of_the_next_is_found_out_by_the_true_one(
    seals: Verifier, keys: KeySet, groups: list[Outgoing]
) -> None:
    for ahead in (0, 2):
        hearing = Hearing(seals, START)
        (false,) = outgoing(FALSE[ahead : ahead + 1], keys.step)
        hear(hearing, false._replace(headers={k: v for k, v in false.headers.items() if k != SEAL_HEADER}))
        assert Heard.FORGED in [hear(hearing, one) for one in groups[:3]]
        assert not [one for one in bodies(hearing.take(9)) if one not in {entry.body for entry in TRUE}]


def test_what_the_record_says_contradicts_what_was_heard(seals: Verifier, keys: KeySet) -> None:
    hearing = Hearing(seals, START)
    (false,) = outgoing(FALSE[3:4], keys.step)
    hear(hearing, false)
    assert hearing.contradicts(Entry(3, TRUE[3].entry_hash, TRUE[3].body.encode()))
    assert not hearing.contradicts(Entry(2, TRUE[2].entry_hash, TRUE[2].body.encode()))


@given(st.data())
def test_whatever_is_lost_doubled_swapped_or_forged_only_true_entries_are_believed_in_order(
    seals: Verifier, keys: KeySet, groups: list[Outgoing], data: st.DataObject
) -> None:
    false = outgoing(FALSE, keys.step)
    unsealed = [
        one._replace(headers={k: v for k, v in one.headers.items() if k != SEAL_HEADER}) for one in false
    ]
    pool = [*groups, *groups, *unsealed, *false[-1:], *forged(keys, groups).values()]
    hearing = Hearing(seals, START)
    believed: list[str] = []
    for number in data.draw(st.lists(st.integers(0, len(pool) - 1), max_size=40)):
        hear(hearing, pool[number])
        if data.draw(st.booleans()):
            believed += bodies(hearing.take(data.draw(st.integers(1, 4))))
        if data.draw(st.integers(0, 9)) == 0:
            # The record is asked, which has the first ones.
            known = data.draw(st.integers(len(believed), COUNT))
            believed += [entry.body for entry in TRUE[len(believed) : known]]
            hearing.restart(START if known == 0 else Place(known - 1, TRUE[known - 1].entry_hash))
    believed += bodies(hearing.take(99))
    assert believed == [entry.body for entry in TRUE[: len(believed)]]
    # And with all of them heard in order behind what is applied, all are believed.
    known = len(believed)
    hearing.restart(START if known == 0 else Place(known - 1, TRUE[known - 1].entry_hash))
    for one in groups:
        hear(hearing, one)
    for one in groups:
        hear(hearing, one)
    assert believed + bodies(hearing.take(99)) == [entry.body for entry in TRUE]
