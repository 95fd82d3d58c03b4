"""What fills the slots of a record sheet: events by the policy's own list, the same said once with how often."""

from datetime import UTC, datetime
from typing import Any

from contracts.catalogue import EVENTS
from contracts.policy.loader import released, versions
from services.officers.readmodel.tables import EventRow
from services.officers.views.cases import EventView
from services.officers.views.sheets import filled

POLICY = released("2026.1")


def event(name: str, day: int, **payload: Any) -> EventView:
    """An event of this type on a day of March 2026, at one in the morning of the procedure's clock."""
    row = EventRow(
        case_id="c1", sequence=day, event_id=f"c1.{day}", type=name, version=1,
        at=datetime(2026, 3, day - 1, 17, tzinfo=UTC), role="", person_id="p1", account_id="a1", policy="2026.1",
        payload=payload,
    )  # fmt: skip
    return EventView.of(row, day, payload, None, "zh")


def slots(*events: EventView) -> dict[int, list[tuple[str, str, int, str, str]]]:
    """By number what stands in the slots in which something does."""
    links = filled(POLICY, "nomination", events, "zh")
    return {
        slot.number: [(one.what, one.result, one.times, one.first, one.last) for one in slot.lines]
        for link in links
        for slot in link.slots
        if slot.lines
    }


def test_a_nomination_has_thirteen_documents_in_five_links() -> None:
    for version in versions():
        links = released(version).procedures["nomination"].sheet
        assert [link.name.zh for link in links] == ["动议", "推荐", "考察", "讨论决定", "任职"]
        assert sum(len(link.slots) for link in links) == 13


def test_every_event_that_fills_a_slot_is_one_of_the_record() -> None:
    known = {name for name, _ in EVENTS}
    for version in versions():
        for own in released(version).procedures.values():
            assert {one.event for link in own.sheet for slot in link.slots for one in slot.filled} <= known


def test_a_task_stands_in_its_slot_under_its_name_with_its_outcome() -> None:
    done = event("task-completed", 5, kind="screen", outcome="ELIGIBLE")
    assert slots(done) == {3: [("资格初审", "具备资格", 1, "2026-03-05", "2026-03-05")]}


def test_the_same_answers_stand_once_with_how_often_and_between_which_days() -> None:
    replies = [event("task-completed", day, kind="reply", outcome="NO_ISSUE") for day in (9, 5, 11)]
    (line,) = slots(*replies)[5]
    assert line[2:] == (3, "2026-03-05", "2026-03-11")
    assert len(slots(*replies, event("task-completed", 6, kind="reply", outcome="ISSUE"))[5]) == 2


def test_what_no_slot_names_stands_nowhere() -> None:
    assert slots(event("task-claimed", 5, task_id="t1"), event("task-completed", 5, kind="match")) == {}


def test_grade_opinion_and_end_are_said_in_words() -> None:
    found = slots(
        event("case-graded", 9, grade="A"),
        event("opinion-given", 10, opinion="NO_OBJECTION"),
        event("case-ended", 12, state="ELECTED"),
    )
    assert found.keys() == {7, 9, 13}
    assert all(
        (line[1] and not line[1].isascii()) or line[1] == "A" for lines in found.values() for line in lines
    )
