"""Where a case stands among the stages of its kind, as the API says it. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from contracts.policy.model import Policy
from services.console.language import Language


@dataclass(frozen=True)
class Step:
    """One stage on the bar; `place` is done, now, ahead, skipped or unsaid."""

    name: str
    place: str


def bar(case: Mapping[str, Any], policy: Policy, language: Language) -> tuple[Step, ...]:
    """The stages of this kind in their order. Where each stands the API says: not every stage before another took
    place, and what took place may stand behind the one at which the case ended."""
    procedure = policy.procedures.get(case["kind"])
    stages = procedure.stages if procedure is not None else ()
    told = case["stages"]
    last = max((number for number, one in enumerate(stages) if one.code.value in told), default=-1)
    return tuple(
        Step(
            one.name.zh if language == "zh" else one.name.en,
            told.get(one.code.value, "ahead" if number > last else "unsaid"),
        )
        for number, one in enumerate(stages)
    )
