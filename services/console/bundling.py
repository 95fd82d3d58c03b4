"""Many tasks of one kind as one thing to decide: what may be said of all of them, and what was picked. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from contracts.policy.model import Policy
from services.console.deciding import Typed
from services.console.facts import Reader

MOST = 1000
"""Tasks of one bundle, as the API takes them."""
PICK = "pick."
"""What the names of the boxes begin with; behind it the task, and as the value the digest of what was shown."""


@dataclass(frozen=True)
class Group:
    """Open tasks of one kind under one version of the policy."""

    kind: str
    policy: str
    name: str
    many: int


def groups(rows: Iterable[Mapping[str, Any]], policies: Mapping[str, Policy]) -> tuple[Group, ...]:
    """The kinds of which the policy lets many be signed at once, the most frequent first."""
    counted = Counter((row["kind"], row["policy"], row["names"]["kind"]) for row in rows)
    return tuple(
        Group(kind, version, name, many)
        for (kind, version, name), many in counted.most_common()
        if policies[version].task(kind).bundled
    )


def as_task(kind: str, rows: Sequence[Mapping[str, Any]], reader: Reader) -> dict[str, Any]:
    """All of them as the API gives one task, with the outcomes alone that may be said of many."""
    spec = reader.policy.task(kind)
    forms = {outcome: reader.policy.form(spec.form_of(outcome)) for outcome in spec.bundled}
    return {
        "outcomes": list(spec.bundled),
        "forms": {outcome: form.json_schema for outcome, form in forms.items()},
        "hints": {
            outcome: {path: hint.model_dump() for path, hint in form.hints.items()}
            for outcome, form in forms.items()
        },
        "names": {outcome: reader.word("outcome", outcome) for outcome in spec.bundled},
        "reason_required": list(spec.reason_required),
        "unit": rows[0]["unit"] if rows else "",
    }


def picked(posted: Mapping[str, str]) -> dict[str, str]:
    """The digest that was shown of each task that was picked, in the order of the page."""
    return {name.removeprefix(PICK): seen for name, seen in posted.items() if name.startswith(PICK)}


def body(what: Typed, picks: Mapping[str, str]) -> dict[str, Any]:
    """What is asked of the API."""
    items = [{"task_id": task, "seen": seen} for task, seen in picks.items()]
    return {"items": items, "outcome": what.outcome, "form": dict(what.form), "reason": what.reason}


def refusals(errors: Iterable[Mapping[str, Any]], picks: Iterable[str]) -> dict[str, str]:
    """Why the API would not take a task in a bundle, by task; its errors name places in the list."""
    tasks = list(picks)
    places = (
        (str(one.get("field", "")).removeprefix("items."), str(one.get("reason", ""))) for one in errors
    )
    return {
        tasks[int(place)]: reason
        for place, reason in places
        if place.isascii() and place.isdecimal() and int(place) < len(tasks)
    }
