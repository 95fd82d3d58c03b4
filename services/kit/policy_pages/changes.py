"""What differs between two versions: every value that changed, and the tasks and letters that read otherwise. Pure."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from contracts.policy.model import Policy, Text
from services.kit.policy_pages import stages
from services.kit.policy_pages.letters import Shown
from services.kit.policy_pages.words import t

KEYS = ("code", "rung", "year", "event")
"""What names a row of a list; rows are compared by it, not by their place."""

NEITHER: tuple[None, Any] = (None, None)


class Change(NamedTuple):
    """A value of the policy; `was` or `now` is None where the version has none."""

    place: str
    was: Text | None
    now: Text | None


class Reads(NamedTuple):
    """Something on the page that reads otherwise; None on the side where it is not."""

    kind: Text
    code: str
    name: Text
    was: Any
    now: Any


class Changes(NamedTuple):
    """All that differs."""

    values: tuple[Change, ...]
    tasks: tuple[Reads, ...]
    letters: tuple[Reads, ...]


def changes(old: Policy, new: Policy) -> Changes:
    """What the new version says otherwise than the old one."""
    was, now = (dict(_flat(policy.model_dump(mode="json"), "")) for policy in (old, new))
    values = tuple(
        Change(place, was.get(place), now.get(place))
        for place in sorted(was.keys() | now.keys())
        if was.get(place) != now.get(place)
    )
    # Every letter names its version: both are written under one, so that only what differs otherwise shows.
    renamed = new.model_copy(update={"version": old.version})
    before, after = (_pages(policy) for policy in (old, renamed))
    return Changes(
        values,
        _differ(_tasks(before), _tasks(after)),
        _differ(_letters(before), _letters(after)),
    )


def _pages(policy: Policy) -> tuple[stages.Kind, ...]:
    return tuple(stages.kind(name, policy) for name in policy.procedures)


def _tasks(kinds: tuple[stages.Kind, ...]) -> dict[str, tuple[Text, stages.Task]]:
    return {task.code: (kind.name, task) for kind in kinds for stage in kind.stages for task in stage.tasks}


def _letters(kinds: tuple[stages.Kind, ...]) -> dict[str, tuple[Text, Shown]]:
    """By number and occasion."""
    return {f"{one.code} {one.when.zh}": (kind.name, one) for kind in kinds for one in kind.letters}


def _differ(was: Mapping[str, tuple[Text, Any]], now: Mapping[str, tuple[Text, Any]]) -> tuple[Reads, ...]:
    found = []
    for key in sorted(was.keys() | now.keys()):
        (_, old), (_, new) = was.get(key, NEITHER), now.get(key, NEITHER)
        if old != new:
            kind, one = now.get(key) or was[key]
            found.append(Reads(kind, one.code, one.name, old, new))
    return tuple(found)


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
