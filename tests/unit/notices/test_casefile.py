"""What the file of a case takes from its events: by its kind, and no more than letters say."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from contracts.catalogue import build_plain
from contracts.causes import Cause
from contracts.events.base import Event
from contracts.events.nomination import CaseAmended
from contracts.events.removal import LeadVerified
from contracts.events.review import CaseGraded, HitRuled, ReportReceived, Scores
from contracts.events.task import Answer, TaskCancelled, TaskCompleted
from contracts.vocabulary import Effect, Grade, Ruling, Seat, Stage
from services.kit.sealing import SealError
from services.notices.casefile import CaseFile, Contact, Reporter, blank
from services.notices.folding.kinds import KINDS, fold
from services.notices.reading import read
from tests.events import Story
from tests.peoplekeys import everybodys
from tests.reports import received
from tests.stories import (
    DIGEST,
    DUE,
    FACT,
    NOMINEE,
    case_opened,
    hit_found,
    removal_opened,
    task_extended,
    task_opened,
)

LATER = DUE + timedelta(days=7)


def folded(kind: str, *events: Event) -> CaseFile:
    """The file of a new case after these events."""
    file = CaseFile(case_id="c1", kind=kind, parent="b1", district="d1", policy="2026.1")
    for event in events:
        file = fold(file, event)
    return file


def completed(kind: str, reason: str) -> TaskCompleted:
    return TaskCompleted(
        task_id=f"c1.{kind}.1.1",
        kind=kind,
        stage=Stage.SCREENING,
        unit="",
        outcome="RETURN",
        answer_digest=DIGEST,
        private=Answer(form={}, reason=reason),
    )


def report(number: int, signed: bool) -> ReportReceived:
    return received(number, signed=signed)


def test_a_file_begins_with_what_the_envelope_says(tmp_path: Path) -> None:
    story = Story("r1", everybodys(tmp_path), kind="removal", parent="c7", district="d2")
    file = blank(story.then(removal_opened())[0])
    assert (file.case_id, file.kind, file.parent, file.district, file.policy) == (
        "r1",
        "removal",
        "c7",
        "d2",
        "2026.1",
    )


def test_a_nomination_tells_of_its_nominee_hits_and_reporters() -> None:
    moved = NOMINEE.model_copy(update={"email": "new@example.org"})
    file = folded(
        "nomination",
        case_opened(),
        hit_found(1),
        hit_found(2),
        HitRuled(hit=2, effect=Effect.HARD, ruling=Ruling.CLEARED),
        report(1, signed=True),
        report(2, signed=False),
        CaseAmended(firm_digests=moved.firm_digests, content_digest=DIGEST, private=moved),
    )
    assert (file.person_id, file.nominating_unit, file.seat) == ("p1", "chamber-1", Seat.EXECUTIVE)
    assert file.person == Contact(name=NOMINEE.name, firm=NOMINEE.firm, email="new@example.org")
    assert file.facts == {1: FACT, 2: FACT}
    assert file.rulings == {2: Ruling.CLEARED}
    assert file.reporters == {1: Reporter(ident="k-reporter-1", name="贾报", contact="jia@example.org")}
    assert (file.counts["hit-found"], file.counts["case-opened"]) == (2, 1)


def test_a_removal_tells_of_the_member_and_the_lead() -> None:
    file = folded("removal", removal_opened(), LeadVerified(finding="PROVEN"))
    assert (file.person_id, file.seat, file.lead) == ("p1", Seat.STANDING, "无故缺席三次")
    assert file.person == Contact(name=NOMINEE.name)


@pytest.mark.parametrize("kind", [*KINDS, "batch", "toy"])
def test_every_kind_tells_which_departments_were_asked(kind: str) -> None:
    asked = task_opened("c1", "reply", unit="tax")
    extended = task_extended(asked, LATER)
    file = folded(kind, asked, task_opened("c1", "reply", unit="court"))
    assert file.asked == {"tax": DUE, "court": DUE}
    file = fold(file, extended)
    assert file.asked == {"tax": LATER, "court": DUE}
    cancelled = TaskCancelled(task_id=asked.task_id, kind="reply", unit="tax", cause=Cause.WITHDRAWN)
    assert fold(file, cancelled).cancelled == {"tax": Cause.WITHDRAWN}
    assert folded(kind, task_opened("c1", "repair", unit="chamber-1")).asked == {}


def test_a_kind_without_folding_of_its_own_takes_its_own_events_as_they_come() -> None:
    class Praised(Event):
        type = "toy-praised"

    assert folded("toy", Praised(), Praised()).counts == {"toy-praised": 2}


def test_an_event_that_a_kind_does_not_know_is_an_error_and_no_silence() -> None:
    with pytest.raises(KeyError, match="removal-opened in a nomination"):
        folded("nomination", removal_opened())
    with pytest.raises(KeyError, match="case-opened in a removal"):
        folded("removal", case_opened())


def test_the_reason_of_the_screener_is_kept_and_nobody_elses() -> None:
    file = folded("nomination", completed("screen", "照片不清"), completed("reply", "不得外传"))
    assert file.remark == "照片不清"
    assert "不得外传" not in file.model_dump_json()


def test_the_file_knows_neither_informant_nor_scores() -> None:
    scores = Scores(scores={"x": 1}, index=777, total=888, reasons=())
    graded = CaseGraded(grade=Grade.A, veto=False, valid_until=None, private=scores)
    stored = folded("nomination", case_opened(), hit_found(source="informant-unit"), graded).model_dump_json()
    for kept_out in ("informant-unit", "777", "888"):
        assert kept_out not in stored


@pytest.mark.parametrize(
    ("kind", "event", "opened"),
    [
        ("nomination", case_opened(), True),
        ("nomination", hit_found(), True),
        ("nomination", completed("screen", "照片不清"), True),
        ("nomination", completed("reply", "不得外传"), False),
        ("nomination", report(1, signed=True), True),
        ("nomination", report(1, signed=False), False),
        ("removal", removal_opened(), True),
        ("removal", completed("statement", "申辩"), False),
        ("toy", completed("screen", "照片不清"), False),
    ],
)
def test_nothing_is_opened_that_no_letter_needs(
    tmp_path: Path, kind: str, event: Event, opened: bool
) -> None:
    known, other = everybodys(tmp_path / "known"), everybodys(tmp_path / "other")
    envelope = Story("c1", known, kind=kind).then(event)[0]
    found = read(envelope, known)
    assert found.plain() == event.plain()
    assert found.personal() == (event.personal() if opened else None)
    if opened:
        with pytest.raises(SealError):
            read(envelope, other)
        with pytest.raises(ValidationError):
            read(envelope.model_copy(update={"sealed": None}), known)
    else:
        assert read(envelope, other) == found


def test_an_event_that_was_not_opened_has_nothing_to_give_away() -> None:
    unopened: Any = build_plain("task-completed", 1, completed("reply", "不得外传").plain())
    with pytest.raises(AttributeError):
        _ = unopened.private
