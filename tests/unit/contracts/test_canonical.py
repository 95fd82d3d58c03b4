"""The canonical form is RFC 8785's, whichever way it is written."""

import hashlib
import json
import math
from datetime import UTC, datetime

import pytest
import rfc8785
from hypothesis import example, given
from hypothesis import strategies as st

from contracts.actor import SYSTEM, Actor, Grant
from contracts.base import NO_DIGEST
from contracts.canonical import canonical, canonical_bytes, digest_of, envelope_digest, read_envelope
from contracts.claim import Claim
from contracts.envelope import Envelope
from contracts.sealed import Algorithm, DigestName, Sealed

SEALED = Sealed(
    algorithm=Algorithm.SM4_GCM,
    digest=DigestName.SM3,
    key_id="k1",
    owners=("p1", "p2"),
    nonce="bm9uY2U=",
    ciphertext="c2VhbGVk",
)
JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53) + 1, 2**53 - 1)
    | st.floats(-(2**53) + 1, 2**53 - 1)
    | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=20,
)

CLAIM = Claim(
    command_id="k1",
    target="c1",
    act="claim-task",
    body_digest=NO_DIGEST,
    actor=Actor(account_id="a1", person_id="p1", grants=(Grant(role="SCREENER"),)),
    at=datetime(2026, 3, 2, 9, 30, tzinfo=UTC),
)


def envelope(**payload: object) -> Envelope:
    return Envelope.model_validate(
        {
            "id": "c1.1",
            "type": "task-claimed",
            "version": 1,
            "kind": "nomination",
            "case_id": "c1",
            "parent": "b1",
            "district": "d1",
            "sequence": 1,
            "step": 1,
            "until": 2,
            "previous": NO_DIGEST,
            "at": "2026-03-02T17:30:00+08:00",
            "actor": SYSTEM,
            "command_id": "k1",
            "claim": CLAIM,
            "policy": "2026.1",
            "payload": payload,
        }
    )


@given(JSON)
@example({"\u20ac": 1, "\r": 2, "1": 3, "\ufb33": 4, "\U0001f600": 5, "\x80": 6, "\u00f6": 7})
@example({"\ue000": 1, "\U00010000": 2})
@example(['\x00\x1f\x7f\x80\u2028\u2029\ud7ff\\/"\b\f\n\r\t', 1e21, -0.0, 1e-7, 2**53 - 1, True, 1])
def test_every_value_has_the_bytes_of_rfc_8785(value: object) -> None:
    assert canonical_bytes(value) == rfc8785.dumps(value)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "value", [2**53, -(2**53), math.nan, math.inf, "\ud800", {"a": ["\udfff"]}, object(), {1: 2}]
)
def test_a_value_without_canonical_form_is_refused(value: object) -> None:
    with pytest.raises(ValueError, match=r"."):
        canonical_bytes(value)


def test_digests_are_sha_256_over_the_canonical_bytes() -> None:
    assert digest_of({"b": 1, "a": "选"}) == hashlib.sha256('{"a":"选","b":1}'.encode()).hexdigest()
    event = envelope(b=1, a=[None, True])
    assert canonical(event) == rfc8785.dumps(event.model_dump(mode="json"))
    assert envelope_digest(event) == hashlib.sha256(canonical(event)).hexdigest()


@given(st.dictionaries(st.text(), JSON, max_size=4))
def test_an_envelope_has_the_bytes_of_rfc_8785_whatever_its_payload(payload: dict[str, object]) -> None:
    event = envelope(**payload)
    sealed = event.model_copy(update={"sealed": SEALED})
    by_itself = event.model_copy(update={"claim": None})
    for each in (event, sealed, by_itself):
        assert canonical(each) == rfc8785.dumps(each.model_dump(mode="json"))


@given(st.dictionaries(st.text(), JSON, max_size=4), st.booleans())
def test_a_body_is_read_to_its_canonical_bytes_however_it_was_written(
    payload: dict[str, object], sealed: bool
) -> None:
    event = envelope(**payload)
    if sealed:
        event = event.model_copy(update={"sealed": SEALED})
    value = event.model_dump(mode="json")
    ways = [
        canonical(event),
        json.dumps(value).encode(),
        json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass"),
        json.dumps(dict(sorted(value.items(), reverse=True)), indent=1).encode(),
        json.dumps(
            {**value, "at": "2026-03-02T09:30:00+00:00"}, sort_keys=True, separators=(",", ":")
        ).encode(),
        json.dumps({**value, "version": "1"}, sort_keys=True, separators=(",", ":")).encode(),
    ]
    for body in ways:
        found, at, written = read_envelope(body)
        assert written == rfc8785.dumps(found.model_dump(mode="json"))
        assert at == found.model_dump(mode="json")["at"]
    assert read_envelope(ways[0])[0] == event


@pytest.mark.parametrize(
    "payload",
    [
        '{"b":1,"a":2}',
        '{"x":[{"b":1,"a":2}]}',
        '{"a":1.0}',
        '{"a":1e2}',
        '{"\\u20ac":1,"\\ufb33":2}',
        '{"a":"\\u0041"}',
    ],
)
def test_a_body_that_only_looks_canonical_is_written_anew(payload: str) -> None:
    body = canonical(envelope(x=0)).replace(b'{"x":0}', payload.encode())
    found, _, written = read_envelope(body)
    assert written == rfc8785.dumps(found.model_dump(mode="json"))
    assert written != body


@pytest.mark.parametrize(
    "payload", ['{"a":9007199254740992}', '{"a":NaN}', '{"a":Infinity}', '{"a":"\\ud800"}']
)
def test_a_body_without_canonical_form_is_refused(payload: str) -> None:
    body = canonical(envelope(x=0)).replace(b'{"x":0}', payload.encode())
    with pytest.raises(ValueError, match=r"."):
        read_envelope(body)


@pytest.mark.parametrize("name", ["sequence", "step", "until", "version"])
def test_an_envelope_whose_numbers_are_too_large_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="below 2"):
        canonical(envelope().model_copy(update={name: 2**53}))


def test_an_envelope_keeps_its_bytes_on_the_way_through_a_reader() -> None:
    event = envelope(z={"b": "\u7532", "a": 1}, a=0)
    assert canonical(Envelope.model_validate_json(canonical(event))) == canonical(event)


def test_the_bytes_of_an_envelope_never_change() -> None:
    # Recorded events are chained over these bytes: another form of them breaks every record there is.
    assert canonical(envelope(unit="police")).decode() == (
        '{"actor":{"account_id":"system","person_id":"system","role":"SYSTEM"},"at":"2026-03-02T17:30:00+08:00",'
        '"case_id":"c1","claim":{"act":"claim-task","actor":{"account_id":"a1","grants":[{"district":"*",'
        '"role":"SCREENER","unit":""}],"person_id":"p1"},"at":"2026-03-02T09:30:00Z","body_digest":"'
        + NO_DIGEST
        + '","command_id":"k1","owed_by":null,'
        '"signature":{"key_id":"none","value":""},"target":"c1"},"command_id":"k1",'
        '"district":"d1","id":"c1.1","kind":"nomination","parent":"b1","payload":{"unit":"police"},'
        '"policy":"2026.1","previous":"'
        + NO_DIGEST
        + '","sealed":null,"sequence":1,"step":1,"type":"task-claimed",'
        '"until":2,"version":1}'
    )
