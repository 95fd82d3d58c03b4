"""What each event changes in the read model; no event of the catalogue is left out."""

from datetime import UTC, datetime

from contracts import catalogue
from contracts.events.batch import ElectionCalled
from contracts.events.case import CaseEnded, StageEntered
from contracts.events.task import TaskClaimed, TaskCompleted
from contracts.vocabulary import CaseState, Stage
from services.officers.readmodel.writing.projection import RULES, Change, Target, changes, due_key
from tests.officers_rig import Story, task_opened


def test_every_event_of_the_catalogue_is_named() -> None:
    assert {name for name, _ in catalogue.EVENTS} == set(RULES)


def test_every_event_moves_the_sequence_of_its_case_or_batch() -> None:
    story, batch = Story("c1"), Story("b1", "b1")
    story.add(StageEntered(stage=Stage.GRADING, state=CaseState.GRADED, round=2))
    made = changes(story.events[0])
    assert made[0].values == {"stage": "ST06", "state": "GRADED", "round": 2}
    assert made[1] == Change(Target.CASE, "c1", {"sequence": 1})
    instant = datetime(2026, 6, 1, tzinfo=UTC)
    made = changes(batch.add(ElectionCalled(election_at=instant)))
    assert made == [
        Change(Target.BATCH, "b1", {"election_at": instant}),
        Change(Target.BATCH, "b1", {"sequence": 1}),
    ]


def test_a_task_lives_from_opened_to_done() -> None:
    story = Story("c1")
    opened = changes(story.add(task_opened("c1", "reply", "tax")))[0]
    assert opened.new
    assert (opened.key, opened.values["state"], opened.values["version"]) == ("c1.reply.1.tax.1", "open", 1)
    assert opened.values["due_key"] == due_key(opened.values["due"])
    claimed = changes(story.add(TaskClaimed(task_id="c1.reply.1.tax.1", person_id="p9")))[0]
    assert claimed.values == {"claimed_by": "p9", "version": 2}
    done = changes(
        story.add(
            TaskCompleted(
                task_id="c1.reply.1.tax.1",
                kind="reply",
                stage=Stage.CONSULTATION,
                unit="tax",
                outcome="NO_ISSUE",
                answer_digest="a" * 64,
                private={"form": {}, "reason": ""},
            )
        )
    )[0]
    assert (done.values["state"], done.values["outcome"], done.values["signed_by"]) == (
        "done",
        "NO_ISSUE",
        "p0",
    )


def test_an_ended_case_is_no_longer_held() -> None:
    made = changes(Story("c1").add(CaseEnded(state=CaseState.VETOED, cause="NL-D01")))[0]
    assert made.values["state"] == "VETOED"
    assert made.values["held_cause"] is None


def test_tasks_without_a_deadline_sort_last() -> None:
    assert due_key(None) > due_key(datetime(2999, 1, 1, tzinfo=UTC))
    assert due_key(datetime(2026, 1, 2, tzinfo=UTC)) > due_key(
        datetime(2026, 1, 1, 23, 59, 59, 1, tzinfo=UTC)
    )
