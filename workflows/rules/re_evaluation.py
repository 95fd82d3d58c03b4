"""Whether a sitting member still meets the bar, on the dimensions that are measured once a year (domain §8.4)."""

from collections.abc import Mapping

from contracts.policy.model import Grading, ReEvaluation
from workflows.rules.grading import below, out_of_range
from workflows.rules.verdict import Refused


def unmet(
    scores: Mapping[str, int], index: int, rule: ReEvaluation, grading: Grading
) -> tuple[str, ...] | Refused:
    """Every condition that is not met, in words for whoever looks at the lead; none when the bar is met.

    Refused when a score is missing, unknown or out of range. The raw index is compared, never the points made of it.
    """
    measured = [dimension for dimension in grading.dimensions if dimension.code in rule.dimensions]
    refused = out_of_range(scores, index, measured, grading)
    if refused is not None:
        return refused
    low = tuple(
        f"{row.code} {row.name.zh} {_points(scores[row.code])}/{_points(row.max)}，低于{rule.floor_percent}%"
        for row in measured
        if row.code in rule.floor_dimensions and below(scores[row.code], rule.floor_percent, row)
    )
    return low if index >= rule.index else (*low, f"清廉指数 {index}，低于{rule.index}")


def _points(tenths: int) -> str:
    return f"{tenths // 10}.{tenths % 10}"
