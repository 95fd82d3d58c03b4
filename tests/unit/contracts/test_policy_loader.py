"""Every fault that a policy can have is refused, and the refusal names file and line."""

from pathlib import Path
from typing import NamedTuple

import pytest

from contracts.policy import loader
from contracts.policy.loader import PolicyError, UnknownVersionError, load


class Fault(NamedTuple):
    """In `file`, `old` becomes `new`; the refusal must point to the line that then holds `where`.

    It is the `nth` such line (from 0) of the file `pointed`, when that is another one.
    """

    file: str
    old: str
    new: str
    where: str
    reason: str
    nth: int = 0
    pointed: str = ""


def spoil(policies: Path, fault: Fault) -> tuple[Path, int]:
    """Plant the fault; the file and line that the refusal must name."""
    path = policies / fault.file
    text = path.read_text(encoding="utf-8")
    assert fault.old in text, "the fault cannot be planted any more"
    text = text.replace(fault.old, fault.new, 1)
    path.write_text(text, encoding="utf-8")
    place = policies / (fault.pointed or fault.file)
    told = enumerate(place.read_text(encoding="utf-8").splitlines(), start=1)
    lines = [number for number, line in told if fault.where in line]
    assert len(lines) > fault.nth, "the place to point to is not there"
    return place, lines[fault.nth]


def refused(policies: Path, fault: Fault, version: str = "2026.1") -> None:
    """Plant the fault, load, and compare the refusal."""
    path, line = spoil(policies, fault)
    with pytest.raises(PolicyError) as caught:
        load(policies / version)
    assert fault.reason in caught.value.reason
    assert (caught.value.file, caught.value.line) == (path, line)
    assert str(caught.value) == f"{path.parent.name}/{path.name}:{line}: {caught.value.reason}"


POLICY, LIMITS, LADDERS = "2026.1/policy.yaml", "2026.1/limits.yaml", "2026.1/ladders.yaml"
TASKS, FORMS, STAGES = "2026.1/tasks.yaml", "2026.1/forms.yaml", "2026.1/stages.yaml"
NEGATIVE, GRADING, NOTICES = "2026.1/negative_list.yaml", "2026.1/grading.yaml", "2026.1/notices.yaml"
DEPARTMENTS, ROLES, SEPARATION = "2026.1/departments.yaml", "2026.1/roles.yaml", "2026.1/separation.yaml"
RETENTION, YEAR = "2026.1/retention.yaml", "calendars/2026.yaml"

TEXT = (
    Fault(LIMITS, "screening: {n: 5, unit: WD}", "screening: {n: 5, unit: WD", "  repair:", "not YAML"),
    Fault(LIMITS, "  repair: {n: 3", "  screening: {n: 3", "screening: {n: 3", "stands here twice"),
    Fault(LIMITS, "limits:", "stages: []\nlimits:", "stages:", "already set in limits.yaml", pointed=STAGES),
    Fault(LIMITS, "  repair: {n: 3", "  ? [a, b]\n  : 1\n  repair: {n: 3", "? [a, b]", "one word"),
    Fault(LIMITS, "{n: 5, unit: WD}", "&five {n: 5, unit: WD}\n  other: *five", "&five", "alias"),
    Fault(LIMITS, "  hold: {n: 3", "  hold: {n: !!float 3", "!!float", "only text, whole numbers"),
    Fault(LIMITS, "  hold: {n: 3", "  hold: {n: 3.5", "n: 3.5", "limits.hold.n"),
    Fault(LIMITS, "  hold: {n: 3", "  hold: {n: 0", "n: 0", "greater than 0"),
    Fault(LIMITS, "unit: month", "unit: weeks", "unit: weeks", "limits.hold.unit"),
    Fault(TASKS, "    role: SCREENER", "    rolle: SCREENER", "rolle: SCREENER", "tasks.0.rolle"),
    Fault(TASKS, "    role: SCREENER\n", "", "- code: screen", "tasks.0.role: Field required"),
    Fault(TASKS, "outcomes: [REPAIRED]", "outcomes: []", "outcomes: []", "tasks.2.outcomes"),
    Fault(NEGATIVE, "    effect: H", "    effect: X", "effect: X", "negative_list.0.effect"),
    Fault(POLICY, "released: 2026-01-05", "released: 2026-13-05", "2026-13-05", "released"),
    Fault(POLICY, "panel_size: 3", "panel_size: 2", "panel_size: 2", "greater than or equal to 3"),
    Fault(POLICY, "repairs_at_most: 2\n", "", "version:", "repairs_at_most: Field required"),
)
CODES = (
    Fault(TASKS, "code: screen-sign", "code: screen", "code: screen", "screen is used twice", 1),
    Fault(STAGES, "code: ST01", "code: ST00", "name: {zh: 推荐提名", "ST00 is used twice"),
    Fault(STAGES, "  - {code: ST12", "  # - {code: ST12", "stages:", "ST12 must be here too"),
    Fault(DEPARTMENTS, "code: court", "code: police", "code: police", "police is used twice", 1),
    Fault(DEPARTMENTS, "{code: women", "{code: customs", "海关", "customs is used twice"),
    Fault(DEPARTMENTS, "{code: women", "{code: court", "妇女联合会", "court is used twice"),
    Fault(NOTICES, "code: N02", "code: N01", "code: N01", "N01 is used twice", 1),
    Fault(RETENTION, "code: 30y", "code: permanent", "code: permanent", "permanent is used twice", 1),
    Fault(GRADING, "code: D2,", "code: D1,", "个人守法", "D1 is used twice"),
)
TASK_KINDS = (
    Fault(TASKS, "role: SCREENER", "role: NOBODY", "NOBODY", "no role 'NOBODY'"),
    Fault(TASKS, "role: SCREENER", "role: AUDITOR", "role: AUDITOR", "AUDITOR may not act on cases"),
    Fault(TASKS, "limit: repair", "limit: mending", "limit: mending", "no limit 'mending'"),
    Fault(TASKS, "ladder: nominee", "ladder: nobody", "ladder: nobody", "no ladder 'nobody'"),
    Fault(TASKS, "    ladder: nominee\n", "", "- code: declare", "both or neither"),
    Fault(TASKS, "form: scores", "form: marks", "form: marks", "no form 'marks'"),
    Fault(TASKS, "{ISSUE: findings", "{ISSUES: findings", "{ISSUES: findings", "no outcome 'ISSUES'"),
    Fault(TASKS, "{ISSUE: findings", "{ISSUE: faults", "{ISSUE: faults", "no form 'faults'"),
    Fault(TASKS, "reason_required: [RETURN,", "reason_required: [LATE,", "[LATE,", "no outcome 'LATE'"),
    Fault(TASKS, "distinct_from: [screen]", "distinct_from: [see]", "[see]", "no kind of task 'see'"),
    Fault(TASKS, "[SIGNED, REFUSED]", "[SIGNED, SIGNED]", "[SIGNED, SIGNED]", "SIGNED stands here twice"),
    Fault(TASKS, "stage: ST03", "stage: ST99", "stage: ST99", "tasks.3.stage"),
    Fault(POLICY, "REMINDER, DEFER", "DEFER", "REMINDER,", "REMINDER must be one of opinions", pointed=TASKS),
    Fault(POLICY, "REMINDER, DEFER", "REMINDER, DEFER, DEFER", "opinions:", "DEFER stands here twice"),
)
TIMES = (
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
    Fault(LADDERS, "to: [task_owner]", "to: [the_press]", "the_press", "no addressee of a rung 'the_press'"),
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
)
SHAPES = (
    Fault(FORMS, "draft/2020-12", "draft/07", "json_schema:", "$schema must be"),
    Fault(
        FORMS, "additionalProperties: false", "additionalProperties: true", "json_schema:", "must be false"
    ),
    Fault(FORMS, "/ Telephone, maxLength: 30", "/ Telephone", "/ Telephone", "needs maxLength"),
    Fault(FORMS, "maxItems: 20", "minItems: 1", "minItems: 1", "twice", 1),
    Fault(FORMS, "          maxItems: 20\n", "", "findings:", "needs maxItems"),
    Fault(FORMS, "maximum: 1000}", "minLength: 1}", "minLength: 1}", "needs minimum and maximum"),
    Fault(FORMS, "pattern: ", "patern: ", "patern: ", "patern is not a keyword"),
    Fault(FORMS, "type: boolean", "type: number", "type: number", "not number"),
    Fault(FORMS, "required: [findings]", "required: [faults]", "[faults]", "no field 'faults'"),
    Fault(FORMS, "sealed: [name, ", "sealed: [nickname, ", "[nickname", "no field 'nickname'"),
    Fault(FORMS, "      type: object\n", "      type: boolean\n", "json_schema:", "type must be object"),
    Fault(FORMS, "properties: {}", "properties: []", "properties: []", "must be a mapping"),
    Fault(
        FORMS,
        "name: {type: string, title: 姓名 / Name, minLength: 1, maxLength: 60}",
        "name: 1",
        "name: 1",
        "a schema",
    ),
)
NEGATIVE_ITEMS = (
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
)
MARKS = (
    Fault(GRADING, "max: 150", "max: 151", "dimensions:", "must sum to 1000 tenths, not 1001"),
    Fault(GRADING, ", from_index: true", "", "dimensions:", "exactly one dimension must be from_index"),
    Fault(GRADING, "[D1, D2, D3]", "[D1, D2, D30]", "[D1, D2, D30]", "no scored dimension 'D30'"),
    Fault(GRADING, "[D1, D2, D3]", "[D1, D2, D9]", "[D1, D2, D9]", "no scored dimension 'D9'"),
    Fault(GRADING, "b: {total: 700", "b: {total: 850", "a: {total", "above that of b"),
    Fault(GRADING, "[400, {zh", "[900, {zh", "index_bands", "bounds must rise"),
    Fault(GRADING, "[industry, tax", "[industries, tax", "[industries, tax", "'industries'"),
    Fault(POLICY, "quorum: [2, 3]", "quorum: [4, 3]", "quorum: [4, 3]", "a fraction above 0"),
    Fault(POLICY, "pass_over: [1, 2]", "pass_over: [0, 2]", "pass_over: [0, 2]", "a fraction above 0"),
    Fault(SEPARATION, "[screen, screen-sign", "[see, screen-sign", "[see,", "no kind of task or role 'see'"),
    Fault(SEPARATION, "role:NOMINATOR", "role:NOBODY", "role:NOBODY", "'role:NOBODY'"),
    Fault(ROLES, "{code: MEMBER", "{code: NOMINEE", "在任委员本人", "NOMINEE is used twice"),
)
LETTERS = (
    Fault(NOTICES, "{{ basis }}", "{{ base }}", "zh: |", "base is not a field of notices"),
    Fault(NOTICES, "依据：{{ basis }}", "依据：", "zh: |", "every notice must print {{ basis }}"),
    Fault(
        NOTICES,
        "{% if demonstration_mark %}【",
        "{% if demonstration_mark|upper %}【",
        "zh: |",
        "may not stand here",
    ),
    Fault(NOTICES, "{% if reply_by %}", "", "zh: |", "{% endif %} may not stand here"),
    Fault(NOTICES, "{{ reply_by }}{% endif %}", "{{ reply_by }}", "zh: |", "an if has no endif"),
    Fault(NOTICES, "{{ matter }}", "{{ matter }}{% include 'x' %}", "zh: |", "may not stand here"),
    Fault(NOTICES, "{{ matter }}", "{{ matter }}{{", "zh: |", "may not stand here"),
    Fault(NOTICES, "{% else %}", "{% else %}{% else %}", "zh: |", "{% else %} may not stand here", 9),
    Fault(NOTICES, "to: [nominator]", "to: [the_press]", "the_press", "no addressee 'the_press'"),
    Fault(
        NOTICES,
        "same_day: true",
        "same_day: true\n    issue_within: {n: 1, unit: WD}",
        "same_day",
        "no issue_within",
    ),
    Fault(NOTICES, "权利告知：{{ rights }}", "权利告知", "zh: |", "rights text, and only there", 2),
    Fault(
        NOTICES,
        "      zh: 对本告知不服的",
        "      zh: '{{ basis }}'\n      #",
        "zh: '{{ basis }}'",
        "rights text is plain",
    ),
)
DAYS = (
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


@pytest.mark.parametrize(
    "fault", TEXT + CODES + TASK_KINDS + TIMES + SHAPES + NEGATIVE_ITEMS + MARKS + LETTERS + DAYS, ids=repr
)
def test_a_fault_in_a_policy_is_refused_by_file_and_line(policies: Path, fault: Fault) -> None:
    refused(policies, fault)


@pytest.mark.parametrize(
    "fault",
    [
        Fault(
            "2026.1-demo/limits.yaml",
            "limits:",
            "roles: []\nlimits:",
            "roles: []",
            "a version with a base sets only",
        ),
        Fault(
            "2026.1-demo/limits.yaml",
            "repair: {n: 150, unit: s}",
            "repair: {n: 3, unit: WD}",
            "unit: WD",
            "must be s",
        ),
        Fault(
            "2026.1-demo/ladders.yaml",
            "unit: s",
            "unit: WD",
            "ladder: standard",
            "cannot have a ladder in WD",
            pointed=TASKS,
        ),
        Fault(
            "2026.1-demo/policy.yaml",
            'base: "2026.1"',
            'base: "2025.1"',
            "2025.1",
            "there is no version '2025.1'",
        ),
        Fault(
            "2026.1-demo/policy.yaml", 'base: "2026.1"', 'base: "2026.1-demo"', "base:", "has no base itself"
        ),
        Fault(
            "2026.1-demo/policy.yaml",
            "demonstration: true",
            "demonstration: false",
            "demonstration: false",
            "both or neither",
        ),
    ],
    ids=repr,
)
def test_a_fault_in_a_demonstration_is_refused_by_file_and_line(policies: Path, fault: Fault) -> None:
    refused(policies, fault, "2026.1-demo")


def test_the_copied_policies_are_sound(policies: Path) -> None:
    assert load(policies / "2026.1") == loader.released("2026.1")
    assert load(policies / "2026.1-demo") == loader.released("2026.1-demo")


def test_a_folder_without_a_policy_is_refused(policies: Path) -> None:
    (policies / "2026.1" / "policy.yaml").unlink()
    with pytest.raises(PolicyError, match=r"2026\.1/policy\.yaml: missing"):
        load(policies / "2026.1")


def test_a_missing_subject_is_refused(policies: Path) -> None:
    (policies / "2026.1" / "negative_list.yaml").unlink()
    with pytest.raises(PolicyError, match=r"policy\.yaml:2: negative_list: Field required"):
        load(policies / "2026.1")


def test_a_foreign_file_in_the_folder_is_refused_because_nobody_would_read_it(policies: Path) -> None:
    (policies / "2026.1" / "limits.yml").write_text("limits: {}")
    with pytest.raises(PolicyError, match=r"limits\.yml: only \.yaml files"):
        load(policies / "2026.1")


def test_a_file_that_is_no_mapping_is_refused(policies: Path) -> None:
    (policies / "2026.1" / "limits.yaml").write_text("- limits\n")
    with pytest.raises(PolicyError, match=r"limits\.yaml:1: must be a mapping"):
        load(policies / "2026.1")


def test_a_file_that_is_no_text_is_refused(policies: Path) -> None:
    (policies / "2026.1" / "limits.yaml").write_bytes(b"limits: \xff\n")
    with pytest.raises(PolicyError, match=r"limits\.yaml: cannot be read"):
        load(policies / "2026.1")


@pytest.mark.parametrize("name", ["2025.9", "", "..", "calendars", "2026.1/../2026.1"])
def test_an_unknown_version_is_refused_and_the_known_ones_are_named(name: str) -> None:
    for ask in (loader.released, loader.digest):
        with pytest.raises(UnknownVersionError, match=r"released are 2026\.1, 2026\.1-demo"):
            ask(name)


def test_an_unknown_version_is_a_key_error_as_well() -> None:
    with pytest.raises(KeyError):
        loader.released("1999.1")


def test_a_released_version_is_read_once() -> None:
    assert loader.released("2026.1") is loader.released("2026.1")
    assert loader.versions() == ("2026.1", "2026.1-demo")
