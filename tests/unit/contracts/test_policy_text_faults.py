"""Faults of the files themselves: text, fields, dates, calendars."""

from pathlib import Path

import pytest

from tests.policy_faults import LIMITS, NEGATIVE, POLICY, ROLES, TASKS, YEAR, Fault, refused

FAULTS = (
    Fault(LIMITS, "screening: {n: 5, unit: WD}", "screening: {n: 5, unit: WD", "  repair:", "not YAML"),
    Fault(LIMITS, "  repair: {n: 3", "  screening: {n: 3", "screening: {n: 3", "stands here twice"),
    Fault(LIMITS, "limits:", "roles: []\nlimits:", "roles:", "already set in limits.yaml", pointed=ROLES),
    Fault(LIMITS, "limits:", "procedures: {}\nlimits:", "procedures:", "is what the folders hold"),
    Fault(TASKS, "tasks:", "stages: []\ntasks:", "stages: []", "already set in stages.yaml"),
    Fault(LIMITS, "  repair: {n: 3", "  ? [a, b]\n  : 1\n  repair: {n: 3", "? [a, b]", "one word"),
    Fault(LIMITS, "{n: 5, unit: WD}", "&five {n: 5, unit: WD}\n  other: *five", "&five", "alias"),
    Fault(LIMITS, "  hold: {n: 3", "  hold: {n: !!float 3", "!!float", "only text, whole numbers"),
    Fault(LIMITS, "  hold: {n: 3", "  hold: {n: 3.5", "n: 3.5", "limits.hold.n"),
    Fault(LIMITS, "  hold: {n: 3", "  hold: {n: 0", "n: 0", "greater than 0"),
    Fault(LIMITS, "unit: month", "unit: weeks", "unit: weeks", "limits.hold.unit"),
    Fault(
        TASKS,
        "    role: SCREENER",
        "    rolle: SCREENER",
        "rolle: SCREENER",
        "procedures.nomination.tasks.0.rolle",
    ),
    Fault(
        TASKS,
        "    role: SCREENER\n",
        "",
        "- code: screen",
        "procedures.nomination.tasks.0.role: Field required",
    ),
    Fault(
        TASKS,
        "outcomes: [REPAIRED]",
        "outcomes: []",
        "outcomes: []",
        "procedures.nomination.tasks.2.outcomes",
    ),
    Fault(NEGATIVE, "    effect: H", "    effect: X", "effect: X", "negative_list.0.effect"),
    Fault(POLICY, "released: 2026-01-05", "released: 2026-13-05", "2026-13-05", "released"),
    Fault(POLICY, "panel_size: 3", "panel_size: 2", "panel_size: 2", "greater than or equal to 3"),
    Fault(POLICY, "repairs_at_most: 2\n", "", "version:", "repairs_at_most: Field required"),
    Fault(YEAR, "2026-01-02", "2027-01-02", "2027-01-02", "does not lie in 2026"),
    Fault(YEAR, "2026-01-02", "2026-01-01", "2026-01-01", "stands here twice", 1),
    Fault(YEAR, "2026-01-04", "2026-01-03", "2026-01-03", "both a holiday and a make-up day", 1),
    Fault(YEAR, "2026-01-04", "2026-01-05", "2026-01-05", "no weekend day"),
    Fault(YEAR, "2026-01-02", "2026-02-30", "2026-02-30", "calendar.years.1.holidays.1"),
    Fault(YEAR, "year: 2026", "year: 2025", "year: 2025", "must be 2026, the file's name"),
    Fault(POLICY, "years: [2025, 2026]", "years: [2025, 2027]", "[2025, 2027]", "no calendar 2027.yaml"),
    Fault(
        POLICY, "years: [2025, 2026]", "years: [2026, 2026]", "year: 2026", "2026 is used twice", pointed=YEAR
    ),
    Fault(POLICY, "  years: [2025, 2026]\n", "", "utc_offset_hours", "a list of years"),
    Fault(
        POLICY,
        "calendar:\n  utc_offset_hours: 8\n  years: [2025, 2026]",
        "calendar: 8",
        "calendar: 8",
        "must be a mapping",
    ),
    Fault(POLICY, 'version: "2026.1"', 'version: "2026.2"', "2026.2", "must be '2026.1', the folder's name"),
)


@pytest.mark.parametrize("fault", FAULTS, ids=repr)
def test_a_fault_is_refused_by_file_and_line(policies: Path, fault: Fault) -> None:
    refused(policies, fault)
