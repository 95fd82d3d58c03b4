"""The grade, at both sides of every threshold."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from contracts.policy.model import Calendar, Policy
from contracts.refusals import RefusalCode
from contracts.saying import say
from contracts.vocabulary import Grade
from workflows.rules.grading import GradeResult, dimension_nine, grade, valid_until
from workflows.rules.verdict import Refused

TOPS = {"D1": 150, "D2": 150, "D3": 150, "D4": 100, "D5": 100, "D6": 100, "D7": 50, "D8": 50}
FLOORS = {"D1": 90, "D2": 90, "D3": 90, "D4": 60, "D5": 60, "D6": 60, "D7": 30, "D8": 30}


def scores(total: int, **fixed: int) -> dict[str, int]:
    """Scores of D1 to D8 with this sum: the floors of an A, filled up from the first dimension on."""
    given = FLOORS | fixed
    for code in TOPS:
        if code not in fixed:
            given[code] += min(TOPS[code] - given[code], max(0, total - sum(given.values())))
    assert sum(given.values()) == total, given
    return given


def graded(
    policy: Policy,
    given: dict[str, int],
    index: int,
    *,
    minor: bool = False,
    closed_no_reply: bool = False,
    veto: bool = False,
) -> GradeResult:
    result = grade(
        given, index, minor=minor, closed_no_reply=closed_no_reply, veto=veto, grading=policy.grading
    )
    assert isinstance(result, GradeResult)
    return result


# An index of 1000 gives 150 tenths, one of 600 gives 90.
@pytest.mark.parametrize(
    ("total", "expected"),
    [(1000, Grade.A), (860, Grade.A), (850, Grade.A), (849, Grade.B)],
)
def test_the_total_of_an_a_is_inclusive_at_its_lower_end(total: int, expected: Grade, policy: Policy) -> None:
    result = graded(policy, scores(total - 150), 1000)
    assert (result.grade, result.total) == (expected, total)


@pytest.mark.parametrize(("total", "expected"), [(701, Grade.B), (700, Grade.B), (699, Grade.C)])
def test_the_total_of_a_b_is_inclusive_at_its_lower_end(total: int, expected: Grade, policy: Policy) -> None:
    result = graded(policy, scores(total - 90), 600)
    assert (result.grade, result.total) == (expected, total)


@pytest.mark.parametrize("code", sorted(TOPS))
def test_every_dimension_has_a_floor_for_an_a(code: str, policy: Policy) -> None:
    full = dict(TOPS)
    assert graded(policy, full | {code: FLOORS[code]}, 1000).grade is Grade.A
    low = graded(policy, full | {code: FLOORS[code] - 1}, 1000)
    assert low.grade is (Grade.C if code in {"D1", "D2", "D3"} else Grade.B)
    assert f"A: {code} {FLOORS[code] - 1} below 60 % of {TOPS[code]}" in low.reasons


@pytest.mark.parametrize(
    ("index", "expected"),
    [(600, Grade.A), (599, Grade.B), (400, Grade.B), (399, Grade.C)],
)
def test_the_raw_index_decides_and_not_the_points_made_of_it(
    index: int, expected: Grade, policy: Policy
) -> None:
    assert graded(policy, dict(TOPS), index).grade is expected
    assert dimension_nine(599, policy.grading) == dimension_nine(600, policy.grading) == 90


@pytest.mark.parametrize(
    ("index", "tenths"), [(0, 0), (3, 0), (4, 1), (10, 2), (596, 89), (597, 90), (996, 149), (1000, 150)]
)
def test_the_points_of_the_index_are_rounded_half_up(index: int, tenths: int, policy: Policy) -> None:
    assert dimension_nine(index, policy.grading) == tenths


def test_rounding_half_up_differs_from_rounding_half_to_even(policy: Policy) -> None:
    # 30 x 150 / 1000 is 4.5 tenths and 50 x 150 / 1000 is 7.5: the first would be 4 when rounded to even.
    assert [dimension_nine(index, policy.grading) for index in (30, 50)] == [5, 8]


@pytest.mark.parametrize("flag", ["minor", "closed_no_reply"])
def test_a_minor_item_or_an_unheard_department_caps_the_grade_at_b(flag: str, policy: Policy) -> None:
    capped = graded(policy, dict(TOPS), 1000, minor=flag == "minor", closed_no_reply=flag != "minor")
    assert (capped.grade, len(capped.reasons)) == (Grade.B, 1)


def test_the_silent_bank_of_the_scenario_gives_a_b_with_900(policy: Policy) -> None:
    result = graded(policy, scores(750), 1000, closed_no_reply=True)
    assert (result.grade, result.total) == (Grade.B, 900)
    assert result.reasons == ("A: a department was closed without a reply",)


def test_a_veto_gives_c_whatever_the_scores_are(policy: Policy) -> None:
    assert graded(policy, dict(TOPS), 1000, veto=True) == GradeResult(Grade.C, 1000, ("C: veto",))


def test_an_a_has_no_reasons_and_a_c_names_all_that_failed(policy: Policy) -> None:
    assert graded(policy, dict(TOPS), 1000).reasons == ()
    failed = graded(policy, scores(490, D1=70), 399)
    assert failed.reasons == (
        "A: total 550 below 850",
        "A: D1 70 below 60 % of 150",
        "A: integrity index 399 below 600",
        "B: total 550 below 700",
        "B: D1 70 below 60 % of 150",
        "B: integrity index 399 below 400",
    )


@pytest.mark.parametrize(
    ("change", "index", "names"),
    [
        ({"D1": 151}, 600, "scores.D1"),
        ({"D7": -1}, 600, "scores.D7"),
        ({"D9": 90}, 600, "scores.D9"),
        ({"D10": 1}, 600, "scores.D10"),
        ({}, 1001, "integrity_index"),
        ({}, -1, "integrity_index"),
    ],
)
def test_an_impossible_score_is_refused_by_name(
    change: dict[str, int], index: int, names: str, policy: Policy
) -> None:
    refused = grade(
        TOPS | change, index, minor=False, closed_no_reply=False, veto=True, grading=policy.grading
    )
    assert isinstance(refused, Refused)
    assert refused.code == RefusalCode.FORM_INVALID
    assert refused.said.field == names


def test_nothing_at_all_is_a_possible_score(policy: Policy) -> None:
    result = graded(policy, dict.fromkeys(TOPS, 0), 0)
    assert (result.grade, result.total) == (Grade.C, 0)


def test_a_floor_that_is_no_whole_number_is_not_rounded_down(policy: Policy) -> None:
    # 60 % of 101 tenths is 60.6: 60 lies below it and 61 does not.
    first, *others = policy.grading.dimensions
    odd = policy.grading.model_copy(update={"dimensions": (first.model_copy(update={"max": 101}), *others)})
    for score, expected in ((60, 1), (61, 0)):
        result = grade(
            TOPS | {"D1": score}, 1000, minor=False, closed_no_reply=False, veto=False, grading=odd
        )
        assert isinstance(result, GradeResult)
        assert len([reason for reason in result.reasons if reason.startswith("A: D1")]) == expected


def test_the_points_of_the_index_are_a_share_of_its_own_dimension(policy: Policy) -> None:
    first, *others = policy.grading.dimensions
    odd = policy.grading.model_copy(update={"dimensions": (first.model_copy(update={"max": 101}), *others)})
    assert dimension_nine(1000, odd) == 150


def test_a_missing_score_is_refused_and_never_read_as_nothing(policy: Policy) -> None:
    given = {code: top for code, top in TOPS.items() if code != "D6"}
    refused = grade(given, 1000, minor=False, closed_no_reply=False, veto=False, grading=policy.grading)
    assert refused == Refused(
        RefusalCode.FORM_INVALID, say("score-missing", dimension="D6", most=100).at("scores.D6")
    )


def test_a_grade_is_valid_to_the_end_of_the_same_date_three_years_later(
    policy: Policy, calendar: Calendar
) -> None:
    china = timezone(timedelta(hours=8))
    decided = datetime(2026, 4, 10, 23, 59, tzinfo=china)
    assert valid_until(decided, policy.grading, calendar) == datetime(2029, 4, 10, 16, tzinfo=UTC)
    # A Saturday in a year that is not published: a date needs no working day.
    leap = datetime(2028, 2, 29, 9, 0, tzinfo=china)
    assert valid_until(leap, policy.grading, calendar) == datetime(2031, 2, 28, 16, tzinfo=UTC)
