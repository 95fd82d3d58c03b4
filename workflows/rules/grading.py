"""The grade of the comprehensive evaluation, in whole tenths of a point (domain §8.3)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from contracts.policy.model import Calendar, Dimension, GradeRule, Grading
from contracts.refusals import RefusalCode
from contracts.saying import Saying, say
from contracts.vocabulary import Grade
from workflows.rules.calendar import end_of, local_day, same_date
from workflows.rules.deadlines import MONTHS
from workflows.rules.verdict import Refused


@dataclass(frozen=True)
class GradeResult:
    """The grade, the total in tenths, and every condition of a better grade that was not met."""

    grade: Grade
    total: int
    reasons: tuple[str, ...]


def dimension_nine(index: int, grading: Grading) -> int:
    """Tenths that the integrity index gives to the dimension computed from it, rounded half up."""
    top = next(dimension.max for dimension in grading.dimensions if dimension.from_index)
    return (2 * index * top + grading.index_max) // (2 * grading.index_max)


def grade(
    scores: Mapping[str, int],
    index: int,
    *,
    minor: bool,
    closed_no_reply: bool,
    veto: bool,
    grading: Grading,
) -> GradeResult | Refused:
    """The grade of these scores (tenths by dimension) and this raw integrity index.

    `minor`: a judgement item was ruled minor. `closed_no_reply`: a department was closed without a reply.
    Either caps the grade at B; a veto makes it C. Refused when a score is missing, unknown or out of range.
    """
    refused = out_of_range(scores, index, grading.dimensions, grading)
    if refused is not None:
        return refused
    total = sum(scores.values()) + dimension_nine(index, grading)
    if veto:
        return GradeResult(Grade.C, total, ("C: veto",))
    against_a = _unmet("A", grading.a, scores, index, total, grading)
    against_a += ["A: a judgement item was ruled minor"] if minor else []
    against_a += ["A: a department was closed without a reply"] if closed_no_reply else []
    if not against_a:
        return GradeResult(Grade.A, total, ())
    against_b = _unmet("B", grading.b, scores, index, total, grading)
    return GradeResult(Grade.C if against_b else Grade.B, total, (*against_a, *against_b))


def valid_until(decided: datetime, grading: Grading, calendar: Calendar) -> datetime:
    """24:00 of the same date when the validity is over (S1: three years). It runs by date and never rolls."""
    months = grading.validity.n * MONTHS[grading.validity.unit]
    return end_of(same_date(local_day(decided, calendar), months), calendar)


def out_of_range(
    scores: Mapping[str, int], index: int, dimensions: Iterable[Dimension], grading: Grading
) -> Refused | None:
    """Refused when a score of these dimensions is missing, unknown or out of range, or the raw index is."""
    asked = {dimension.code: dimension.max for dimension in dimensions if not dimension.from_index}
    for code in sorted(scores.keys() - asked.keys()):
        return _invalid(say("not-scored", asked=asked).at(f"scores.{code}"))
    for code, top in asked.items():
        if code not in scores:
            return _invalid(say("score-missing", dimension=code, most=top).at(f"scores.{code}"))
        if not 0 <= scores[code] <= top:
            said = say("score-range", dimension=code, value=scores[code], most=top)
            return _invalid(said.at(f"scores.{code}"))
    if not 0 <= index <= grading.index_max:
        return _invalid(say("index-range", value=index, most=grading.index_max).at("integrity_index"))
    return None


def below(score: int, percent: int, dimension: Dimension) -> bool:
    """Whether a score lies below this share of the dimension's maximum; at the share itself it does not."""
    # Compared as products: a percentage of a maximum need not be a whole number of tenths.
    return score * 100 < percent * dimension.max


def _invalid(said: Saying) -> Refused:
    return Refused(RefusalCode.FORM_INVALID, said)


def _unmet(
    name: str, rule: GradeRule, scores: Mapping[str, int], index: int, total: int, grading: Grading
) -> list[str]:
    reasons = [f"{name}: total {total} below {rule.total}"] if total < rule.total else []
    for dimension in grading.dimensions:
        if dimension.code in rule.floor_dimensions:
            score, share = scores[dimension.code], f"{rule.floor_percent} % of {dimension.max}"
            low = below(score, rule.floor_percent, dimension)
            reasons += [f"{name}: {dimension.code} {score} below {share}"] if low else []
    # The raw index, never the points made of it: 599 would round up to the points of 600.
    return reasons + ([f"{name}: integrity index {index} below {rule.index}"] if index < rule.index else [])
