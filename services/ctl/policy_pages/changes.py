"""What differs between two versions: every value that changed, and the tasks and letters that read otherwise. Pure."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from contracts.policy.model import Policy, Text
from services.ctl.policy_pages import stages
from services.ctl.policy_pages.letters import Shown
from services.kit.policy_values import Change, changed_values

NEITHER: tuple[None, Any] = (None, None)


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
    # Every letter names its version: both are written under one, so that only what differs otherwise shows.
    renamed = new.model_copy(update={"version": old.version})
    before, after = (_pages(policy) for policy in (old, renamed))
    return Changes(
        changed_values(old, new),
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
