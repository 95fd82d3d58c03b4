"""Where a case stands among the stages of its kind. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from contracts.policy.model import Policy
from services.console.language import Language


@dataclass(frozen=True)
class Step:
    """One stage on the bar."""

    name: str
    place: Literal["done", "now", "ahead"]


def bar(case: Mapping[str, Any], policy: Policy, language: Language) -> tuple[Step, ...]:
    """The stages of this kind in their order; of a case that has ended none is under way."""
    procedure = policy.procedures.get(case["kind"])
    stages = procedure.stages if procedure is not None else ()
    codes = [one.code.value for one in stages]
    at = codes.index(case["stage"]) if case["stage"] in codes else -1
    ended = case["ended_at"] is not None

    def place(number: int) -> Literal["done", "now", "ahead"]:
        if number == at and not ended:
            return "now"
        return "done" if number <= at else "ahead"

    names = [one.name.zh if language == "zh" else one.name.en for one in stages]
    return tuple(Step(name, place(number)) for number, name in enumerate(names))
