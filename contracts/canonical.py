"""Canonical bytes (RFC 8785) and the digests over them."""

import hashlib
from typing import Any

import rfc8785
from pydantic_core import from_json, to_json

from contracts.actor import Signer
from contracts.base import Digest
from contracts.envelope import Envelope
from contracts.sealed import Sealed

_LARGEST = 2**53 - 1
_FIELDS = tuple(sorted(Envelope.model_fields))
_NUMBERS = ("sequence", "step", "until", "version")
_ACTOR = tuple(sorted(Signer.model_fields))
_SEALED = tuple(sorted(Sealed.model_fields))


class _UnusualError(Exception):
    """A value that the short way must not write."""


def canonical_bytes(value: object) -> bytes:
    """A JSON value in its RFC 8785 form. Raises ValueError for what has none (NaN, integers beyond 2**53)."""
    # A compact writer gives the same bytes ten times faster wherever it cannot differ: no fractions, no large
    # integers, and keys that sort alike by code point and by UTF-16 unit. Tests hold the two equal.
    try:
        return to_json(_ordered(value))
    except (_UnusualError, TypeError):
        return rfc8785.dumps(value)  # type: ignore[arg-type]


def digest_of(value: object) -> Digest:
    """SHA-256 over the RFC 8785 form of a JSON value."""
    return hashlib.sha256(canonical_bytes(value)).hexdigest()


def canonical(envelope: Envelope) -> bytes:
    """The bytes that the record stores and hashes: RFC 8785 over the envelope's JSON."""
    return canonical_envelope(envelope.model_dump(mode="json"))


def canonical_envelope(value: dict[str, Any]) -> bytes:
    """The canonical bytes of an envelope that was dumped in JSON mode already."""
    # Only payload and claim are free in form. The rest is known, so it is put in order without looking at it again.
    if max(value[name] for name in _NUMBERS) > _LARGEST:
        raise ValueError(f"{', '.join(_NUMBERS)} must be below 2**53")
    ordered = {name: value[name] for name in _FIELDS}
    ordered["actor"] = {name: value["actor"][name] for name in _ACTOR if name in value["actor"]}
    if value["sealed"] is not None:
        ordered["sealed"] = {name: value["sealed"][name] for name in _SEALED}
    try:
        ordered["claim"] = _ordered(value["claim"])
        ordered["payload"] = _ordered(value["payload"])
    except _UnusualError:
        return rfc8785.dumps(value)
    return to_json(ordered)


def read_envelope(body: bytes) -> tuple[Envelope, str, bytes]:
    """The envelope in a message's body, its instant as canonically written, and its canonical bytes.

    Raises ValueError when the body is no envelope or has no canonical form.
    """
    value = from_json(body, allow_inf_nan=False)
    envelope = Envelope.model_validate(value)
    at = to_json(envelope.at)[1:-1].decode()
    # Whoever sends us envelopes sends canonical bytes: to see that they are takes a third of the time of writing them.
    if _is_canonical(value, at) and to_json(value) == body:
        return envelope, at, body
    return envelope, at, canonical(envelope)


def envelope_digest(envelope: Envelope) -> Digest:
    """The envelope's digest: what the next event of the case carries as `previous`."""
    return hashlib.sha256(canonical(envelope)).hexdigest()


def _ordered(value: object) -> object:
    # By exact type, because it runs over every event's payload and a subclass might print otherwise.
    kind = type(value)
    if kind is str or value is None or kind is bool:
        return value
    if kind is dict:
        keys = sorted(value)  # type: ignore[call-overload]
        if not "".join(keys).isascii():
            raise _UnusualError
        return {key: _ordered(value[key]) for key in keys}  # type: ignore[index]
    if kind is list:
        return [_ordered(member) for member in value]  # type: ignore[attr-defined]
    if kind is int and -_LARGEST <= value <= _LARGEST:  # type: ignore[operator]
        return value
    raise _UnusualError


def _is_canonical(value: dict[str, Any], at: str) -> bool:
    sealed = value.get("sealed")
    return (
        tuple(value) == _FIELDS
        and value["at"] == at
        and tuple(value["actor"]) == _ACTOR
        and (sealed is None or tuple(sealed) == _SEALED)
        and all(type(value[name]) is int and value[name] <= _LARGEST for name in _NUMBERS)
        and _in_order(value["claim"])
        and _in_order(value["payload"])
    )


def _in_order(value: object) -> bool:
    kind = type(value)
    if kind is str or value is None or kind is bool:
        return True
    if kind is dict:
        keys = list(value)  # type: ignore[call-overload]
        ordered = keys == sorted(keys) and "".join(keys).isascii()
        return ordered and all(map(_in_order, value.values()))  # type: ignore[attr-defined]
    if kind is list:
        return all(map(_in_order, value))  # type: ignore[call-overload]
    return kind is int and -_LARGEST <= value <= _LARGEST  # type: ignore[operator]
