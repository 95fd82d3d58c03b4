"""What a payload in the engine looks like to whoever looks after the engine: its shape, and nothing that is in it."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from services.kit.codec import open_payload
from services.kit.sealing import Keyring, SealError

MOMENTS = 20
"""Of a payload, at most."""
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|\+\d\d:\d\d)")
"""A day alone may be somebody's birthday; a second on the clock is the machine's."""


@dataclass(frozen=True)
class Shape:
    """Whether a payload opens for its workflow, under which key it was sealed, and what it is made of.

    Fields have no names here: that somebody was reported, say, would show in them.
    """

    opens: bool
    key: str = ""
    sealed_bytes: int = 0
    made_of: Mapping[str, int] | None = None
    moments: tuple[str, ...] = ()


class Payloads:
    """Opens payloads in this process and lets out their shapes only."""

    def __init__(self, keyring: Keyring, namespace: str) -> None:
        self._keyring = keyring
        self._namespace = namespace

    def shape(self, workflow: str, metadata: Mapping[str, bytes], data: bytes) -> Shape:
        """The shape of one; a payload that we did not seal for this workflow does not open."""
        key = metadata.get("key-id", b"").decode(errors="replace")
        known = key if re.fullmatch(r"[a-z0-9]{1,20}", key) else ""
        try:
            plain = json.loads(
                open_payload(self._keyring, self._namespace, workflow, metadata, data) or "null"
            )
        except SealError:
            return Shape(opens=False, key=known, sealed_bytes=len(data))
        return Shape(True, known, len(data), made_of(plain), moments(plain))


def made_of(value: Any) -> dict[str, int]:
    """How many values of each type a JSON value holds, itself and all within it."""
    found: dict[str, int] = {}
    for one in _within(value):
        name = _TYPES[type(one)]
        found[name] = found.get(name, 0) + 1
    return found


def moments(value: Any) -> tuple[str, ...]:
    """The instants within it, in their order, without doubles."""
    texts = (one for one in _within(value) if isinstance(one, str) and _MOMENT.fullmatch(one))
    return tuple(dict.fromkeys(texts))[:MOMENTS]


_TYPES: Mapping[type, str] = {
    dict: "objects",
    list: "lists",
    str: "texts",
    int: "numbers",
    float: "numbers",
    bool: "switches",
    type(None): "nothing",
}


def _within(value: Any) -> Iterator[Any]:
    yield value
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    for one in inner:
        yield from _within(one)
