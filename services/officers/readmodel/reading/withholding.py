"""Answers without what they tell of an investigation (T4), for whoever may not know of one. Pure."""

from collections.abc import Mapping
from typing import Any

from contracts.policy.model import Policy
from contracts.vocabulary import Effect

FINDINGS = "findings"
"""The field of a form in which facts of the negative list are named."""


def pausing(policy: Policy) -> frozenset[str]:
    """The items whose facts are no guilt and whose ground is sealed: a case waits while their state lasts."""
    return frozenset(one.code for one in policy.negative_list if one.effect is Effect.PAUSE)


def names_one(answer: Mapping[str, Any], policy: Policy) -> bool:
    """Whether the answer names a fact of such an item."""
    return any(_pauses(one, policy) for one in (answer.get("form") or {}).get(FINDINGS) or ())


def without_pauses(answer: Mapping[str, Any], policy: Policy) -> dict[str, Any]:
    """The answer without facts of such items, and then without what was written beside them, which may say the same."""
    if not names_one(answer, policy):
        return dict(answer)
    kept = [one for one in answer["form"][FINDINGS] if not _pauses(one, policy)]
    return {**answer, "form": {FINDINGS: kept}, "reason": ""}


def _pauses(finding: Any, policy: Policy) -> bool:
    return isinstance(finding, Mapping) and finding.get("item") in pausing(policy)
