"""Faults of letters, their frame and their addressees, and of record sheets."""

from pathlib import Path

import pytest

from tests.policy_faults import ADDRESSEES, FRAME, LETTERS, SHEET, Fault, refused

FAULTS = (
    Fault(FRAME, "{{ basis }}", "{{ base }}", "zh: |", "base is not a field that may stand here", 1),
    Fault(FRAME, "依据：{{ basis }}", "依据：", "zh: |", "every letter must print {{ basis }}", 1),
    Fault(FRAME, "权利告知：{{ rights }}", "权利告知", "zh: |", "every letter must print {{ rights }}", 1),
    Fault(FRAME, "{{ text }}", "", "zh: |", "every letter must print {{ text }}", 1),
    Fault(
        FRAME,
        "{% if demonstration_mark %}【",
        "{% if demonstration_mark|upper %}【",
        "zh: |",
        "may not stand here",
    ),
    # A paper draws the head by itself: what else stood there would be in the mail and on no paper.
    Fault(
        FRAME,
        "{{ notice_number }}",
        "{{ notice_number }} {{ case_id }}",
        "zh: |",
        "case_id is not a field that may stand here",
    ),
    Fault(FRAME, "{% if reply_by %}", "", "zh: |", "{% endif %} may not stand here", 1),
    Fault(FRAME, "{{ reply_by }}{% endif %}", "{{ reply_by }}", "zh: |", "an if has no endif", 1),
    Fault(FRAME, "{{ matter }}", "{{ matter }}{% include 'x' %}", "zh: |", "may not stand here", 1),
    Fault(FRAME, "{{ matter }}", "{{ matter }}{{", "zh: |", "may not stand here", 1),
    Fault(FRAME, "issuer: ELECTION_OFFICE", "issuer: NOBODY", "issuer: NOBODY", "no role 'NOBODY'"),
    Fault(FRAME, "closing: {zh: 特此告知。", 'closing: {zh: "{{ title }}"', "closing:", "a closing is plain"),
    Fault(SHEET, "task: declare", "task: declares", "task: declares", "no kind of task 'declares'"),
    Fault(LETTERS, "{{ facts }}", "{{ reporter }}", "zh: |-", "reporter is not a field that may stand here"),
    Fault(
        LETTERS,
        "（{{ case_id }}）",
        "（{{ text }}）",
        "{{ text }}",
        "text is not a field that may stand here",
    ),
    Fault(LETTERS, "{{ about }}", "{{ facts }}", "{{ facts }}", "facts is not a field that may stand here"),
    Fault(
        LETTERS, "{% else %}", "{% else %}{% else %}", "{% else %}{% else %}", "{% else %} may not stand here"
    ),
    Fault(LETTERS, "to: [nominator]", "to: [the_press]", "the_press", "no addressee 'the_press'"),
    Fault(
        LETTERS,
        "task: opinion-draft, to: discipline_group}",
        "task: opinion-draft, to: nominee}",
        "task: opinion-draft, to: nominee}",
        "no addressee of this letter 'nominee'",
    ),
    Fault(
        LETTERS, "nominator: items}", "clerk: items}", "clerk: items}", "no addressee of this letter 'clerk'"
    ),
    Fault(
        LETTERS,
        ", nominator: items}",
        "}",
        "discipline_group: facts}",
        "what it says to nominator must stand",
    ),
    Fault(LETTERS, "says: remark", "says: everything", "says: everything", "letters.0.says"),
    Fault(LETTERS, "once_per: due", "once_per: year", "once_per: year", "once_per"),
    Fault(
        LETTERS,
        "task: repair",
        "task: mending",
        "on: {event: task-opened, task: m",
        "no kind of task 'mending'",
    ),
    Fault(
        LETTERS,
        "state: INELIGIBLE",
        "state: UNFIT",
        "on: {event: case-ended, state: U",
        "letters.1.on.0.state",
    ),
    Fault(LETTERS, "    on: {event: appeal-answered}\n", "    on: []\n", "on: []", "letters.6.on"),
    Fault(
        LETTERS,
        "      zh: 对本告知不服的",
        "      zh: '{{ basis }}'\n      #",
        "zh: '{{ basis }}'",
        "text is plain",
    ),
    Fault(ADDRESSEES, "who: public", "who: everybody", "who: everybody", "addressees.15.who"),
    Fault(ADDRESSEES, "roles: [REPORT_HANDLER]", "roles: [NOBODY]", "[NOBODY]", "no role 'NOBODY'"),
    Fault(ADDRESSEES, "code: member", "code: nominee", "在任委员本人", "nominee is used twice"),
)


@pytest.mark.parametrize("fault", FAULTS, ids=repr)
def test_a_fault_is_refused_by_file_and_line(policies: Path, fault: Fault) -> None:
    refused(policies, fault)
