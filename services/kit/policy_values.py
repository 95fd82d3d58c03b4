"""Every value of a policy by its place, and what differs between two versions value by value. Pure."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from contracts.policy.model import Policy, Text
from services.kit.policy_words import t

KEYS = ("code", "rung", "year", "event")
"""What names a row of a list; rows are compared by it, not by their place."""


class Change(NamedTuple):
    """A value of the policy; `was` or `now` is None where the version has none."""

    place: str
    was: Text | None
    now: Text | None


def changed_values(old: Policy, new: Policy) -> tuple[Change, ...]:
    """What the new version says otherwise than the old one, in the order of the places."""
    was, now = (dict(_flat(policy.model_dump(mode="json"), "")) for policy in (old, new))
    return tuple(
        Change(place, was.get(place), now.get(place))
        for place in sorted(was.keys() | now.keys())
        if was.get(place) != now.get(place)
    )


def _flat(value: Any, place: str) -> Iterator[tuple[str, Text]]:
    """Every value by its place; a text is one value, and so is a list without rows."""
    match value:
        case {"zh": str(zh), "en": str(en)} if len(value) == 2:
            yield place, t(zh, en)
        case dict():
            for name, below in value.items():
                yield from _flat(below, f"{place}.{name}" if place else str(name))
        case [{}, *_] if (key := _key(value[0])) is not None:
            for row in value:
                yield from _flat(row, f"{place}.{row[key]}")
        case [] | None:
            return
        case list():
            yield place, t(_joined(value, "zh"), _joined(value, "en"))
        case _:
            yield place, t(f"{value}" or "—", f"{value}" or "—")


def _key(row: Any) -> str | None:
    return next((key for key in KEYS if key in row), None)


def _joined(values: list[Any], language: str) -> str:
    said = (value.get(language, value) if isinstance(value, dict) else value for value in values)
    return " | ".join(str(value) for value in said)
