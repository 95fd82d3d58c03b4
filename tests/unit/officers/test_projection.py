"""What each event changes in the read model; no event of the catalogue is left out."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from contracts import catalogue
from contracts.causes import Cause
from contracts.envelope import Envelope
from contracts.events.batch import ElectionCalled
from contracts.events.case import CaseEnded, StageEntered
from contracts.events.nomination import EvaluationShared
from contracts.events.removal import DutySuspended, SuspensionLifted
from contracts.events.removal_review import PersonsBarred
from contracts.events.task import Answer, TaskClaimed, TaskCompleted
from contracts.nominee import Evaluation
from contracts.vocabulary import CaseState, Stage
from services.kit.sealing import Keyring
from services.officers.readmodel.writing.projection import shared
from services.officers.readmodel.writing.projection.change import Change, Target, due_key
from services.officers.readmodel.writing.projection.every import OF_KIND, changes
from tests import stories
from tests.events import Story
from tests.officers_rig import batch_opened, case_opened, task_opened
from tests.peoplekeys import everybodys

REPLY = "c1.reply.1.tax.1"


@pytest.fixture
def keyring(tmp_path: Path) -> Keyring:
    return everybodys(tmp_path)


def values(made: list[Change], target: Target = Target.CASE) -> dict[str, Any]:
    """What a row holds after these changes."""
    found: dict[str, Any] = {}
    for change in made:
        if change.target is target:
            found |= change.values
    return found


def of(envelopes: list[Envelope]) -> list[Change]:
    return [change for envelope in envelopes for change in changes(envelope)]


def test_every_event_of_the_catalogue_is_named_once() -> None:
    tables = (shared.RULES, *OF_KIND.values())
    named = [name for table in tables for name in table]
    assert sorted(named) == sorted({name for name, _ in catalogue.EVENTS})


def test_every_event_moves_the_sequence_of_its_case_or_batch(keyring: Keyring) -> None:
    story, batch = Story("c1", keyring), Story("b1", keyring, kind="batch", parent="b1")
    story.then(case_opened("p1", 1))
    made = of(story.then(StageEntered(stage=Stage.GRADING, state=CaseState.GRADED, round=2)))
    assert [change.new for change in made] == [False, False]
    assert values(made)["sequence"] == 2
    assert {name: values(made)[name] for name in ("stage", "state", "round")} == {
        "stage": "ST06",
        "state": "GRADED",
        "round": 2,
    }
    batch.then(batch_opened())
    instant = datetime(2026, 6, 1, tzinfo=UTC)
    made = of(batch.then(ElectionCalled(election_at=instant)))
    assert values(made) == {}
    assert (values(made, Target.BATCH)["election_at"], values(made, Target.BATCH)["sequence"]) == (instant, 2)


def test_a_nomination_begins_with_its_nominee_and_who_brought_them(keyring: Keyring) -> None:
    made = of(Story("c1", keyring).then(case_opened("p1", 1)))
    row = values(made)
    assert (row["kind"], row["parent"], row["person_id"], row["told"]) == ("nomination", "b1", "p1", True)
    assert (row["unit"], row["brought_by"], row["state"]) == ("chamber", "p-nominator", "DRAFT")
    assert [change.facts for change in made if change.facts] == [
        {"seat": "executive", "late": False, "duplicate_of": None}
    ]
    assert row["dossier"]["ciphertext"]
    assert row["dossier_event"] == "c1.1"


def test_an_evaluation_that_falls_takes_its_grade_along(keyring: Keyring) -> None:
    until = datetime(2028, 6, 1, tzinfo=UTC)
    fallen = Evaluation(of="c0", valid_until=until, scores={}, index=0, fallen=True)
    story = Story("c1", keyring)
    shared = EvaluationShared(of="c0", valid_until=until, private=fallen.model_copy(update={"fallen": False}))
    told = of(story.then(shared))
    told += of(story.then(EvaluationShared(of="c0", valid_until=until, fallen=True, private=fallen)))
    assert [change.facts for change in told if change.facts] == [
        {"evaluation_of": "c0"},
        {"evaluation_of": None, "grade": None},
    ]


def test_a_removal_begins_without_the_members_knowing(keyring: Keyring) -> None:
    story = Story("r1", keyring, kind="removal", parent="r1")
    row = values(of(story.then(stories.removal_opened("p-member"))))
    assert (row["kind"], row["person_id"], row["told"], row["unit"]) == ("removal", "p-member", False, "")
    suspended = of(story.then(DutySuspended(cause=Cause.DETAINED, minutes_digest="a" * 64)))
    other = (Cause.CHAIR_DECISION,)
    one = of(story.then(SuspensionLifted(cause=Cause.DETAINED, left=other)))
    all_of_them = of(story.then(SuspensionLifted(cause=Cause.CHAIR_DECISION)))
    assert [change.facts for change in (*suspended, *one, *all_of_them) if change.facts] == [
        {"suspended": "detained"},
        {"suspended": "chair-decision"},
        {"suspended": None},
    ]


def test_whoever_signed_what_is_attacked_is_shown_no_more_of_its_review_than_a_recused_person(
    keyring: Keyring,
) -> None:
    story = Story("v1", keyring, kind="review", parent="r1")
    row = values(of(story.then(stories.review_opened("p-member"))))
    assert (row["kind"], row["person_id"], row["told"], row["parent"]) == ("review", "p-member", True, "r1")
    barred = of(story.then(PersonsBarred(persons=("p1", "p2"))))
    rows = {change.key: change.values for change in barred if change.target is Target.CONFLICT}
    assert rows == {f"v1/{one}": {"case_id": "v1", "person_id": one, "stands": True} for one in ("p1", "p2")}


def test_a_kind_without_a_module_of_its_own_still_gets_case_and_tasks(keyring: Keyring) -> None:
    story = Story("t1", keyring, kind="toy", parent="t1")
    made = of(story.then(task_opened("t1", "screen")))
    assert (values(made)["kind"], values(made)["person_id"], values(made)["sequence"]) == ("toy", "", 1)
    assert values(made, Target.TASK)["parent"] == "t1"


def test_a_task_lives_from_opened_to_done(keyring: Keyring) -> None:
    story = Story("c1", keyring)
    story.then(case_opened("p1", 1))
    opened = of(story.then(task_opened("c1", "reply", "tax")))[0]
    assert opened.new
    assert (opened.key, opened.values["state"], opened.values["version"]) == (REPLY, "open", 2)
    assert opened.values["due_key"] == due_key(opened.values["due"])
    claimed = of(story.then(TaskClaimed(task_id=REPLY, person_id="p9")))[0]
    assert claimed.values == {"claimed_by": "p9", "version": 3}
    completed = TaskCompleted(
        task_id=REPLY,
        kind="reply",
        stage=Stage.CONSULTATION,
        unit="tax",
        outcome="NO_ISSUE",
        answer_digest="a" * 64,
        private=Answer(form={}, reason=""),
    )
    done = of(story.then(completed))[0]
    assert {name: done.values[name] for name in ("state", "outcome", "signed_by")} == {
        "state": "done",
        "outcome": "NO_ISSUE",
        "signed_by": "system",
    }


def test_an_ended_case_is_no_longer_held(keyring: Keyring) -> None:
    story = Story("c1", keyring)
    story.then(case_opened("p1", 1))
    row = values(of(story.then(CaseEnded(state=CaseState.VETOED, cause=Cause.NEGATIVE_LIST))))
    assert (row["state"], row["held_cause"], row["ended_cause"]) == ("VETOED", None, "negative-list")


def test_tasks_without_a_deadline_sort_last() -> None:
    assert due_key(None) > due_key(datetime(2999, 1, 1, tzinfo=UTC))
    assert due_key(datetime(2026, 1, 2, tzinfo=UTC)) > due_key(
        datetime(2026, 1, 1, 23, 59, 59, 1, tzinfo=UTC)
    )
