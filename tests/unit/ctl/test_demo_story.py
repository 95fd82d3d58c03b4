"""The demonstration's answers fit the policy, and its ending notices when something is not as it must be."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import jsonschema
import pytest

from contracts.policy.loader import released
from contracts.vocabulary import CaseState
from services.ctl.demo.answers import EXTENSION, Act, answer
from services.ctl.demo.ending import LETTERS, REMOVAL_TASKS, Shown, faults, last_line
from services.ctl.demo.play import Part
from services.ctl.demo.roster import nominations
from services.ctl.demo.stage import POLICY
from services.ctl.demo.story import NO_NOMINEES, ORDER, UNIT, Story, expected_end, stories

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
ROW = nominations(1)[0]
NEVER_OPENED = {
    "conference",
    "serve-letter",
    "overdue",
    "resume",
    "resume-sign",
    "recusal",
    "name-signer",
    "confirm-pause",
    "confirm-pause-sign",
    "persuade",
    "accept-resignation",
    "confirm-withdrawal",
    "see-withdrawal",
    "see-loss",
    "answer-report",
    "sign-report",
    "note-report",
    "hearing",
    "match",
    "match-sign",
    "match-desk",
    "match-desk-sign",
    "appeal",  # opened after every veto, and nobody of the demonstration asks: its term ends it
    "appeal-answer",
    "appeal-answer-sign",
    "hearing-sign",
    "suspend-duty",
    "apply-second-review",
    "second-review-vote",
    "reply-above",
    "reply-above-sign",
    "late-reply",
    "late-reply-sign",
    "supplement",
    "supplement-sign",
    "supplement-conference",
}
RULINGS = {
    "confirm-fact": {Story.HARD_VETO, Story.WRONG_HIT},
    "confirm-fact-sign": {Story.HARD_VETO, Story.WRONG_HIT},
    "panel-chair": {Story.PANEL_VETO, Story.MINOR},
    "panel-vote": {Story.PANEL_VETO, Story.MINOR},
}
RULINGS["explain"] = RULINGS["confirm-fact"] | RULINGS["panel-chair"]


def fits(kind_code: str, act: Act) -> None:
    policy = released(POLICY)
    kind = policy.task(kind_code)
    assert act.outcome in kind.outcomes
    schema = policy.form(kind.forms.get(act.outcome, kind.form)).json_schema
    jsonschema.Draft202012Validator(schema).validate(act.form)
    assert act.reason or act.outcome not in kind.reason_required


@pytest.mark.parametrize("story", list(Story))
def test_every_answer_is_one_that_the_policy_allows(story: Story) -> None:
    procedure = {Story.REVIEW: "review"}.get(story, "removal" if story in NO_NOMINEES else "nomination")
    for kind in released(POLICY).procedure(procedure).tasks:
        if kind.code in NEVER_OPENED or story not in RULINGS.get(kind.code, {story}):
            continue
        for unit in ("", UNIT.get(story, "")):
            for round_number in (1, 2):
                fits(kind.code, answer(story, kind.code, unit, round_number, ROW, NOW))


def test_the_request_for_more_time_is_one_that_the_policy_allows() -> None:
    fits("reply", EXTENSION)


def test_the_negative_items_of_the_stories_are_on_and_of_the_right_effect() -> None:
    expected = {Story.HARD_VETO: "H", Story.WRONG_HIT: "H", Story.PANEL_VETO: "J", Story.MINOR: "J"}
    for story, effect in expected.items():
        findings: Any = answer(story, "reply", UNIT[story], 1, ROW, NOW).form["findings"]
        item = released(POLICY).item(findings[0]["item"])
        assert (item.on, item.retired, item.effect) == (True, False, effect)
        assert findings[0]["subject"] in [str(subject) for subject in item.subject]


def test_a_roster_of_ten_tells_every_story_once() -> None:
    assert stories(10) == ORDER
    assert set(stories(11)) == set(Story) - NO_NOMINEES


def test_departments_of_the_stories_are_consulted_and_the_late_one_is_no_key_source() -> None:
    policy = released(POLICY)
    assert all(policy.department(unit) for unit in UNIT.values())
    assert not policy.department(UNIT[Story.LATE]).key_source


def part(story: Story) -> Part:
    return Part("c1", ROW, story)


def shown(
    story: Story, *events: tuple[str, dict[str, Any]], letters: list[dict[str, Any]] | None = None
) -> Shown:
    end = expected_end(story)
    every = [*events, ("case-ended", {"state": end})]
    envelopes = [
        {"case_id": "c1", "type": name, "sequence": number, "payload": payload}
        for number, (name, payload) in enumerate(every, 1)
    ]
    return Shown(envelopes, letters or [], "verified", {"c1": end})


def reminder(colour: str, addressee: str = "a", task: str = "reply.1.finance.1") -> dict[str, Any]:
    readers = [{"person_id": addressee, "role": "", "unit": "", "district": ""}]
    round_name = f"{task}.{colour}.17"
    return {
        "case_id": "c1",
        "type": "N06",
        "round": round_name,
        "readers": readers,
        "addressee": addressee,
    }


def replied(unit: str) -> list[tuple[str, dict[str, Any]]]:
    done = {"kind": "reply-sign", "unit": unit}
    return [("task-opened", {"kind": "reply", "unit": unit}), ("task-completed", done)]


def rungs(*colours: str) -> list[tuple[str, dict[str, Any]]]:
    return [("rung-reached", {"kind": "reply", "unit": "finance", "rung": colour}) for colour in colours]


def test_a_clean_case_that_was_elected_has_no_fault() -> None:
    assert faults([part(Story.CLEAN)], shown(Story.CLEAN), {}) == []


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda s: Shown(s.envelopes, s.letters, s.record, {"c1": CaseState.VETOED}), "ended as VETOED"),
        (lambda s: Shown(s.envelopes, s.letters, s.record, {}), "ended as None"),
        (lambda s: Shown([], s.letters, s.record, s.states), "the record has the ends []"),
        (lambda s: Shown([*s.envelopes, *s.envelopes], s.letters, s.record, s.states), "a gap or a repeat"),
        (lambda s: Shown(s.envelopes, [reminder("red")] * 2, s.record, s.states), "N06 of c1 exists 2 times"),
        (lambda s: Shown(s.envelopes, s.letters, "broken", s.states), "does not verify: broken"),
    ],
)
def test_what_is_not_as_it_must_be_is_named(change: Callable[[Shown], Shown], sentence: str) -> None:
    found = faults([part(Story.CLEAN)], change(shown(Story.CLEAN)), {})
    assert any(sentence in fault for fault in found), found


def test_the_late_department_must_have_had_one_reminder_of_each_colour() -> None:
    letters = [reminder("blue"), reminder("yellow"), reminder("red", "a"), reminder("red", "b")]
    letters += [reminder("yellow", task="reply-sign.1.finance.2"), reminder("yellow", task="reply.1.tax.1")]
    answered = [*replied("finance"), *replied("tax")]
    told = shown(Story.LATE, *rungs("blue", "yellow", "red"), *answered, letters=letters)
    assert faults([part(Story.LATE)], told, {}) == []
    missing = shown(Story.LATE, *rungs("blue", "yellow", "red"), *answered, letters=letters[:2])
    assert "N06 red" in faults([part(Story.LATE)], missing, {})[0]
    others = shown(Story.LATE, *rungs("blue", "yellow", "red"), *answered[:-1], letters=letters)
    assert (
        "of 2 departments these did not answer exactly once: tax" in faults([part(Story.LATE)], others, {})[0]
    )
    early = shown(Story.LATE, *rungs("blue"), *answered, letters=letters)
    assert "the rungs of finance were ['blue']" in faults([part(Story.LATE)], early, {})[0]


@pytest.mark.parametrize(
    ("story", "notes", "sentence"),
    [
        (Story.SAME_PERSON, {"same-person": "wrong-role"}, "got wrong-role"),
        (Story.SAME_PERSON, {}, "got None"),
        (Story.EXTENSION, {"extension": {"before": "2026", "after": "2026"}}, "did not move the deadline"),
        (Story.REPAIR, {}, "repaired 0 times"),
        (Story.REPORT, {}, "expected UNTRUE"),
        (Story.MINOR, {}, "expected B"),
        (Story.HARD_VETO, {}, "without the nominee's explanation"),
        (Story.REMOVAL, {}, "its tasks were "),
    ],
)
def test_a_story_that_was_not_told_is_a_fault(story: Story, notes: dict[str, Any], sentence: str) -> None:
    assert sentence in faults([part(story)], shown(story), notes)[0]


def test_a_removal_needs_its_tasks_in_order_the_suspension_and_the_letters() -> None:
    tasks = [("task-completed", {"kind": kind}) for kind in REMOVAL_TASKS]
    suspended = [("duty-suspended", {}), ("suspension-lifted", {})]
    letters = [{**reminder("red", code), "type": code} for code in LETTERS[Story.REMOVAL]]
    whole = shown(Story.REMOVAL, *tasks, *suspended, letters=letters)
    assert faults([part(Story.REMOVAL)], whole, {}) == []
    swapped = [*tasks[:2][::-1], *tasks[2:]]
    for told, sentence in (
        (shown(Story.REMOVAL, *swapped, *suspended, letters=letters), "its tasks were first-look, lead"),
        (shown(Story.REMOVAL, *tasks, suspended[0], letters=letters), "suspension-lifted happened 0 times"),
        (shown(Story.REMOVAL, *tasks, *suspended, letters=letters[1:]), f"not written: {letters[0]['type']}"),
    ):
        (fault,) = faults([part(Story.REMOVAL)], told, {})
        assert sentence in fault


@pytest.mark.parametrize("story", [Story.NOT_RATIFIED, Story.REVIEWED])
def test_a_member_who_was_not_restored_is_a_fault(story: Story) -> None:
    letters = [{**reminder("red", code), "type": code} for code in LETTERS[story]]
    restored = ("member-restored", {})
    assert faults([part(story)], shown(story, restored, letters=letters), {}) == []
    (fault,) = faults([part(story)], shown(story, letters=letters), {})
    assert "member-restored happened 0 times" in fault
    (fault,) = faults([part(story)], shown(story, restored, letters=letters[:-1]), {})
    assert "N22" in fault


def test_the_last_line_counts_what_was_shown() -> None:
    line = last_line(shown(Story.CLEAN, ("task-opened", {}), ("task-opened", {}), letters=[reminder("red")]))
    expected = (
        "cases=1 elected=1 vetoed=0 withdrawn=0 removed=0 restored=0 reviews=0 tasks=2 events=3 notices=1"
    )
    assert line == f"demo: {expected} record=verified"
