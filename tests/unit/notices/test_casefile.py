"""What the letters of a case know about it, and what they never learn."""

from contracts.events.review import (
    CaseGraded,
    Scores,
)
from contracts.events.task import Answer, TaskCompleted
from contracts.vocabulary import Grade, Stage
from services.notices.casefile import CaseFile, fold
from tests.stories import DIGEST, case_opened, hit_found

CASE = "c1"


def test_the_reason_of_the_screener_is_kept_and_nobody_elses() -> None:
    def done(kind: str, reason: str) -> TaskCompleted:
        answer = Answer(form={}, reason=reason)
        return TaskCompleted(
            task_id=f"{CASE}.{kind}.1.1",
            kind=kind,
            stage=Stage.SCREENING,
            unit="",
            outcome="RETURN",
            answer_digest=DIGEST,
            private=answer,
        )

    file = CaseFile(kind="nomination", case_id=CASE, batch_id="b1", district="d1", policy="2026.1")
    file = fold(fold(file, done("screen", "照片不清")), done("reply", "不得外传"))
    assert file.remark == "照片不清"
    assert "不得外传" not in file.model_dump_json()


def test_the_file_of_a_case_knows_neither_informant_nor_scores() -> None:
    file = CaseFile(kind="nomination", case_id=CASE, batch_id="b1", district="d1", policy="2026.1")
    for event in (
        case_opened(),
        hit_found(source="informant-unit"),
        CaseGraded(
            grade=Grade.A,
            veto=False,
            valid_until=None,
            private=Scores(scores={"x": 1}, index=777, total=888, reasons=()),
        ),
    ):
        file = fold(file, event)
    stored = file.model_dump_json()
    assert "informant-unit" not in stored
    assert "777" not in stored
    assert "888" not in stored
