"""Faults of limits, ladders, lists, marks and roles."""

from pathlib import Path

import pytest

from tests.policy_faults import (
    DEPARTMENTS,
    GRADING,
    LADDERS,
    LIMITS,
    NEGATIVE,
    POLICY,
    RETENTION,
    ROLES,
    SEPARATION,
    Fault,
    refused,
)

FAULTS = (
    Fault(LIMITS, "  notice: {n: 5", "  notice: {n: 4", "notice: {n: 4", "at least 5 WD"),
    Fault(LIMITS, "notice: {n: 5, unit: WD", "notice: {n: 9, unit: day", "notice: {n: 9", "at least 5 WD"),
    Fault(LIMITS, "  hold: {n: 3, unit: month}\n", "", "limits:", "hold must be here too"),
    Fault(
        LIMITS, "repair: {n: 3, unit: WD}", "repair: {n: 3, unit: s}", "unit: s}", "demonstration policy only"
    ),
    Fault(
        LIMITS,
        "unit: WD, extension: 5, extensions: 1",
        "unit: WD, extensions: 1",
        "consultation",
        "both or neither",
    ),
    Fault(LADDERS, "unit: WD", "unit: s", "unit: s", "demonstration policy only"),
    Fault(
        LADDERS, "rung: red, offset: 3,", "rung: red, offset: 1,", "offset: 1, to: [lead", "must come later"
    ),
    Fault(LADDERS, "short_offset: -1", "short_offset: 2", "rung: yellow", "must come later"),
    Fault(LADDERS, "month_offset: -5", "month_offset: 1", "rung: yellow", "must come later"),
    Fault(LADDERS, "rung: yellow", "rung: blue", "rung: blue, offset: 1", "blue stands here twice"),
    Fault(LADDERS, "to: [task_owner]", "to: [the_press]", "the_press", "no addressee 'the_press'"),
    Fault(
        POLICY,
        "recheck_within: {n: 3, unit: WD}",
        "recheck_within: {n: 3, unit: day}",
        "unit: day",
        "must be WD",
    ),
    Fault(
        POLICY,
        "panel_size: 3",
        "demonstration: true\npanel_size: 3",
        "demonstration: true",
        "both or neither",
    ),
    Fault(NEGATIVE, "    retired: true", "    retired: true\n    on: true", "on: true", "twice"),
    Fault(
        NEGATIVE,
        "    on: false\n    retired: true",
        "    on: true\n    retired: true",
        "on: true",
        "retired and must be off",
    ),
    Fault(NEGATIVE, "    on: false\n", "", "- code: NL-B03", "NL-B03 cannot be on without a basis"),
    Fault(NEGATIVE, "look_back_years: 5", "look_back_years: -5", "look_back_years: -5", "at least 1 year"),
    Fault(
        NEGATIVE,
        "while_state: true",
        "while_state: true\n    look_back_years: 2",
        "look_back_years: 2",
        "no look-back",
    ),
    Fault(
        NEGATIVE,
        "[united-front]",
        "[back-front]",
        "[back-front]",
        "no department or other source 'back-front'",
    ),
    Fault(NEGATIVE, "part_of: NL-C07", "part_of: NL-C70", "NL-C70", "no item 'NL-C70'"),
    Fault(NEGATIVE, "subject: [person]", "subject: []", "subject: []", "negative_list.0.subject"),
    Fault(
        DEPARTMENTS,
        "code: tax",
        "code: taxes",
        "sources: [tax]",
        "no department or other source 'tax'",
        pointed=NEGATIVE,
    ),
    Fault(GRADING, "max: 150", "max: 151", "dimensions:", "must sum to 1000 tenths, not 1001"),
    Fault(GRADING, ", from_index: true", "", "dimensions:", "exactly one dimension must be from_index"),
    Fault(GRADING, "[D1, D2, D3]", "[D1, D2, D30]", "[D1, D2, D30]", "no scored dimension 'D30'"),
    Fault(GRADING, "[D1, D2, D3]", "[D1, D2, D9]", "[D1, D2, D9]", "no scored dimension 'D9'"),
    Fault(GRADING, "b: {total: 700", "b: {total: 850", "a: {total", "above that of b"),
    Fault(RETENTION, "LAPSED, ", "", "retention:", "no class keeps the cases that ended as LAPSED"),
    Fault(RETENTION, "[REJECTED", "[REMOVED, REJECTED", "VETOED,", "REMOVED is kept under two classes"),
    Fault(RETENTION, "[REJECTED", "[READY, REJECTED", "[READY", "READY is no end of a case"),
    Fault(POLICY, "REMINDER, DEFER", "REMINDER, DEFER, DEFER", "opinions:", "DEFER stands here twice"),
    Fault(ROLES, "head: DISC_HEAD", "head: NOBODY", "head: NOBODY", "no role 'NOBODY'"),
    Fault(POLICY, "quorum: [2, 3]", "quorum: [4, 3]", "quorum: [4, 3]", "a fraction above 0"),
    Fault(POLICY, "pass_over: [1, 2]", "pass_over: [0, 2]", "pass_over: [0, 2]", "a fraction above 0"),
    Fault(SEPARATION, "[screen, screen-sign", "[see, screen-sign", "[see,", "no kind of task or role 'see'"),
    Fault(SEPARATION, "role:NOMINATOR", "role:NOBODY", "role:NOBODY", "'role:NOBODY'"),
    Fault(ROLES, "{code: MEMBER", "{code: NOMINEE", "在任委员本人", "NOMINEE is used twice"),
)


@pytest.mark.parametrize("fault", FAULTS, ids=repr)
def test_a_fault_is_refused_by_file_and_line(policies: Path, fault: Fault) -> None:
    refused(policies, fault)
