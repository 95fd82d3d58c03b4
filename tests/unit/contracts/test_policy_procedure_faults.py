"""Faults of stages, tasks and forms, inside a kind and between kinds."""

from pathlib import Path

import pytest

from tests.policy_faults import (
    ACTS,
    DEPARTMENTS,
    DISTRICTS,
    FORMS,
    GRADING,
    LETTERS,
    NOMINATING_UNITS,
    POLICY,
    REMOVAL_TASKS,
    RETENTION,
    SHARED_FORMS,
    SIGN_IN,
    STAGES,
    TASKS,
    Fault,
    refused,
)

FAULTS = (
    Fault(TASKS, "code: screen-sign", "code: screen", "code: screen", "screen is used twice", 1),
    Fault(STAGES, "code: ST03", "code: ST02", "name: {zh: 告知与本人承诺", "ST02 is used twice"),
    Fault(STAGES, "code: ST13", "code: ST15", "name: {zh: 选前复核", "ST15 is used twice"),
    Fault(
        STAGES,
        "  - {code: ST12",
        "  # - {code: ST12",
        "# The version",
        "no kind of case has the stage ST12",
        pointed=POLICY,
    ),
    Fault(REMOVAL_TASKS, "code: lead", "code: file", "code: file", "file is used twice"),
    Fault(DEPARTMENTS, "code: court", "code: police", "code: police", "police is used twice", 1),
    Fault(DEPARTMENTS, "{code: women", "{code: customs", "海关", "customs is used twice"),
    Fault(DEPARTMENTS, "{code: women", "{code: court", "妇女联合会", "court is used twice"),
    Fault(DISTRICTS, "code: d02", "code: d01", "code: d01", "d01 is used twice", 1),
    Fault(DISTRICTS, "code: d02", 'code: "*"', 'code: "*"', "districts.1.code"),
    Fault(NOMINATING_UNITS, "code: guild", "code: chamber", "code: chamber,", "chamber is used twice"),
    Fault(NOMINATING_UNITS, "code: guild", "code: tax", "code: tax", "tax is used twice"),
    Fault(LETTERS, "code: N02", "code: N01", "code: N01", "N01 is used twice"),
    Fault(RETENTION, "code: 10y", "code: permanent", "code: permanent", "permanent is used twice", 1),
    Fault(GRADING, "code: D2,", "code: D1,", "个人守法", "D1 is used twice"),
    Fault(SIGN_IN, "[declare,", "[declaim,", "[declaim,", "no kind of task 'declaim'"),
    Fault(SIGN_IN, "[withdraw]", "[retreat]", "[retreat]", "no act 'retreat'"),
    Fault(SIGN_IN, "minutes: 15", "minutes: 0", "minutes: 0", "greater than or equal to 1"),
    Fault(TASKS, "role: SCREENER", "role: NOBODY", "NOBODY", "no role 'NOBODY'"),
    Fault(TASKS, "role: SCREENER", "role: AUDITOR", "role: AUDITOR", "AUDITOR may not act on cases"),
    Fault(TASKS, "limit: repair", "limit: mending", "limit: mending", "no limit 'mending'"),
    Fault(TASKS, "ladder: nominee", "ladder: nobody", "ladder: nobody", "no ladder 'nobody'"),
    Fault(TASKS, "    ladder: nominee\n", "", "- code: declare", "both or neither"),
    Fault(TASKS, "stage: ST03", "stage: R01", "stage: R01", "no stage of this kind 'R01'"),
    Fault(REMOVAL_TASKS, "form: plenary_count", "form: scores", "form: scores", "no form 'scores'"),
    Fault(
        REMOVAL_TASKS,
        "[verify, first-look,",
        "[verify, screen,",
        "[verify, screen,",
        "no kind of task 'screen'",
    ),
    Fault(TASKS, "form: scores", "form: marks", "form: marks", "no form 'marks'"),
    Fault(TASKS, "{ISSUE: findings", "{ISSUES: findings", "{ISSUES: findings", "no outcome 'ISSUES'"),
    Fault(TASKS, "{ISSUE: findings", "{ISSUE: faults", "{ISSUE: faults", "no form 'faults'"),
    Fault(TASKS, "reason_required: [RETURN,", "reason_required: [LATE,", "[LATE,", "no outcome 'LATE'"),
    Fault(TASKS, "distinct_from: [screen]", "distinct_from: [see]", "[see]", "no kind of task 'see'"),
    Fault(TASKS, "[SIGNED, REFUSED]", "[SIGNED, SIGNED]", "[SIGNED, SIGNED]", "SIGNED stands here twice"),
    Fault(TASKS, "stage: ST03", "stage: ST99", "stage: ST99", "procedures.nomination.tasks.3.stage"),
    Fault(POLICY, "REMINDER, DEFER", "DEFER", "REMINDER,", "REMINDER must be one of opinions", pointed=TASKS),
    Fault(
        REMOVAL_TASKS,
        "[NO_OBJECTION, REMINDER, DEFER",
        "[NO_OBJECTION, LATER, REMINDER, DEFER",
        "LATER",
        "LATER must be one",
    ),
    Fault(ACTS, "code: register-report", "code: withdraw", "REPORT_HANDLER", "withdraw is used twice"),
    Fault(ACTS, "[NOMINEE, NOMINATOR]", "[NOMINEE, NOBODY]", "NOBODY", "no role 'NOBODY'"),
    Fault(ACTS, "[NOMINEE, NOMINATOR]", "[AUDITOR]", "AUDITOR", "AUDITOR may not act on cases"),
    Fault(ACTS, "roles: [NOMINEE, NOMINATOR]", "roles: []", "roles: []", "at least 1 item"),
    Fault(TASKS, "people: 2", "people: 0", "people: 0", "greater than or equal to 1"),
    Fault(SHARED_FORMS, "draft/2020-12", "draft/07", "json_schema:", "$schema must be"),
    Fault(
        SHARED_FORMS,
        "additionalProperties: false",
        "additionalProperties: true",
        "json_schema:",
        "must be false",
    ),
    Fault(FORMS, "/ Telephone, maxLength: 30", "/ Telephone", "/ Telephone", "needs maxLength"),
    Fault(SHARED_FORMS, "maxItems: 20", "minItems: 1", "minItems: 1", "twice", 1),
    Fault(SHARED_FORMS, "          maxItems: 20\n", "", "findings:", "needs maxItems"),
    Fault(FORMS, "maximum: 1000}", "minLength: 1}", "minLength: 1}", "needs minimum and maximum"),
    Fault(FORMS, "pattern: ", "patern: ", "patern: ", "patern is not a keyword"),
    Fault(SHARED_FORMS, "type: boolean", "type: number", "type: number", "not number"),
    Fault(SHARED_FORMS, "required: [findings]", "required: [faults]", "[faults]", "no field 'faults'"),
    Fault(FORMS, "sealed: [name, ", "sealed: [nickname, ", "[nickname", "no field 'nickname'"),
    Fault(
        SHARED_FORMS, "      type: object\n", "      type: boolean\n", "json_schema:", "type must be object"
    ),
    Fault(SHARED_FORMS, "properties: {}", "properties: []", "properties: []", "must be a mapping"),
    Fault(
        FORMS,
        "name: {type: string, title: 姓名 / Name, minLength: 1, maxLength: 60}",
        "name: 1",
        "name: 1",
        "a schema",
    ),
)


@pytest.mark.parametrize("fault", FAULTS, ids=repr)
def test_a_fault_is_refused_by_file_and_line(policies: Path, fault: Fault) -> None:
    refused(policies, fault)
