"""A task that is decided from a page of its own: whoever administers reads no page of tasks."""

from collections.abc import Mapping
from typing import Any

from contracts.policy.model import Policy
from contracts.policy.procedure import TaskKind
from contracts.words.loader import words
from services.console.acting import Act
from services.console.api import Problem, RefusedError
from services.console.forms.draw import Known
from services.console.forms.kinds import Schema
from services.console.language import Language

SEEN = "seen"
"""The field of the page that holds the digest of what was shown."""


def waiting(found: Mapping[str, Any] | None) -> Mapping[str, Any]:
    """The decision that waits, by its task and what is seen; RefusedError when none does."""
    if found is None:
        raise RefusedError(Problem(404, "not-found"))
    return found


def kind_of(case_id: str, task_id: str, policy: Policy) -> TaskKind | None:
    """What kind of decision waits, as its task is named; None when the policy knows none of that name."""
    named = task_id.removeprefix(f"{case_id}.").partition(".")[0]
    return next((task for task in policy.tasks if task.code == named), None)


def decision(
    kind: TaskKind | None, language: Language, *, task_id: str, seen: str, address: str, about: str
) -> Act:
    """The outcomes and the reason, under the digest of what was shown. `address` is the page from which one comes.

    RefusedError when there is no such kind.
    """
    if kind is None:
        raise RefusedError(Problem(404, "not-found"))
    schema: Schema = {
        "type": "object",
        "required": ["outcome", "reason"],
        "properties": {
            "outcome": {
                "type": "string",
                "enum": list(kind.outcomes),
                "maxLength": 121,
                "title": "办理结果 / Outcome",
            },
            "reason": {"type": "string", "minLength": 1, "maxLength": 4000, "title": "理由 / Why"},
        },
    }
    return Act(
        address=f"{address}/decide",
        title=kind.name.zh if language == "zh" else kind.name.en,
        back=address,
        about=about,
        path=f"/tasks/{task_id}/outcome",
        schema=schema,
        known=Known({"outcome": [(code, words("outcome")[code]) for code in kind.outcomes]}),
        body=lambda value: {**value, "form": {}, SEEN: seen},
        kept={SEEN: seen},
    )
