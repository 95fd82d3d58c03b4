"""Which event leads to which letter, to whom, under which key."""

from datetime import UTC, datetime, timedelta

import pytest

from contracts.case import about
from contracts.causes import Cause
from contracts.events.base import Event
from contracts.events.nomination import Withdrawal, WithdrawalSigned
from contracts.events.review import (
    CaseGraded,
    HitRuled,
    NoticePosted,
    OpinionGiven,
    Scores,
)
from contracts.events.task import TaskCancelled
from contracts.vocabulary import CaseState, Effect, Grade, Ruling, Rung, Stage
from services.notices.addressees import Occasion
from services.notices.folding.kinds import fold
from services.notices.policy import letters
from tests.reports import answered, received
from tests.stories import (
    AT,
    DUE,
    batch_opened,
    case_held,
    case_opened,
    hit_found,
    rung_reached,
    task_extended,
    task_opened,
)
from tests.told import CASE, NOMINATOR, POLICY, ended, keys, new, told

DISCIPLINE = "unit:DISC_OFFICER+DISC_HEAD::d1"
SCORES = Scores(scores={}, index=700, total=860, reasons=())


def cancelled(unit: str, cause: Cause = Cause.WITHDRAWN, kind: str = "reply") -> TaskCancelled:
    return TaskCancelled(task_id=f"{CASE}.{kind}.1.{unit}.1", kind=kind, unit=unit, cause=cause)


@pytest.mark.parametrize(
    ("events", "expected"),
    [
        ((batch_opened(),), [("N01", "1", "role:NOMINATOR::d1"), ("N01", "1", "role:NOMINATOR::d2")]),
        (
            (case_opened(), task_opened(CASE, "repair", unit="chamber-1", round_number=2)),
            [("N02", "2", NOMINATOR)],
        ),
        (
            (case_opened(), ended(CaseState.INELIGIBLE)),
            [("N03", "1", NOMINATOR), ("N03", "1", "person:p1")],
        ),
        ((case_opened(), task_opened(CASE, "declare")), [("N04", "1", "person:p1")]),
        (
            (case_opened(), task_opened(CASE, "reply", unit="tax")),
            [("N05", "1", "unit:DEPT_OFFICER+DEPT_HEAD:tax:d1")],
        ),
        (
            (case_opened(), hit_found(3), task_opened(CASE, "explain", about=about("hit", 3))),
            [("N07", "3", "person:p1")],
        ),
        (
            (
                case_opened(),
                hit_found(),
                HitRuled(hit=1, effect=Effect.HARD, ruling=Ruling.VETO),
                ended(CaseState.VETOED),
            ),
            [("N08", "1", "person:p1"), ("N08", "1", NOMINATOR), ("N08", "1", DISCIPLINE)],
        ),
        (
            (case_opened(), CaseGraded(grade=Grade.A, veto=False, valid_until=None, private=SCORES)),
            [("N09", "1", NOMINATOR)],
        ),
        ((case_opened(), task_opened(CASE, "opinion-draft")), [("N10", "1", DISCIPLINE)]),
        ((case_opened(), OpinionGiven(opinion="NO_OBJECTION")), [("N10", "1", "role:UFWD::d1")]),
        (
            (case_opened(), NoticePosted(posted=AT, start=AT, end=DUE, provisional=False)),
            [("N11", "1", "public")],
        ),
        ((case_opened(), received(2)), [("N12", "2", "reporter:2")]),
        ((case_opened(), received(2, signed=False)), []),
        (
            (case_opened(), received(2), answered(2)),
            [("N13", "2", "reporter:2"), ("N13", "2", "person:p1")],
        ),
        (
            (case_opened(), received(2, signed=False), answered(2, signed=False)),
            [("N13", "2", "person:p1")],
        ),
        (
            (case_opened(), case_held(AT, Stage.RULING)),
            [("N14", "1", "person:p1"), ("N14", "1", NOMINATOR)],
        ),
        (
            (case_opened(), ended(CaseState.RENOUNCED, Cause.DECLARATION_REFUSED)),
            [("N15", "1", "person:p1"), ("N15", "1", NOMINATOR)],
        ),
        ((case_opened(), ended(CaseState.ELECTED)), [("N16", "1", "person:p1"), ("N16", "1", NOMINATOR)]),
        ((case_opened(), ended(CaseState.NOT_ELECTED)), [("N16", "1", "person:p1"), ("N16", "1", NOMINATOR)]),
        ((case_opened(), task_opened(CASE, "screen")), []),
        ((case_opened(),), []),
    ],
)
def test_an_event_leads_to_its_letters(
    events: tuple[Event, ...], expected: list[tuple[str, str, str]]
) -> None:
    assert keys(*events) == expected


def test_a_withdrawal_is_told_to_the_departments_that_had_not_answered() -> None:
    # SC-08: of the departments asked, only those whose task was open at that moment.
    asked = [task_opened(CASE, "reply", unit=unit) for unit in ("tax", "court", "police")]
    withdrawn = WithdrawalSigned(private=Withdrawal(reason="本人原因"))
    closed = cancelled("police", cause=Cause.CLOSED_WITHOUT_REPLY)
    found = keys(
        case_opened(),
        *asked,
        closed,
        withdrawn,
        cancelled("tax"),
        cancelled("court", kind="reply-sign"),
        cancelled("", kind="explain"),
        ended(CaseState.WITHDRAWN),
    )
    assert found == [
        ("N15", "1", "person:p1"),
        ("N15", "1", NOMINATOR),
        ("N15", "1", "unit:DEPT_OFFICER+DEPT_HEAD:tax:d1"),
        ("N15", "1", "unit:DEPT_OFFICER+DEPT_HEAD:court:d1"),
    ]


@pytest.mark.parametrize(
    ("rung", "to", "expected"),
    [
        (Rung.BLUE, ("task_owner",), ["role:DEPT_OFFICER:tax:d1"]),
        (Rung.YELLOW, ("unit_head",), ["role:DEPT_HEAD:tax:d1"]),
        (Rung.RED, ("lead_deputy", "discipline_group"), ["role:UFWD::d1", DISCIPLINE]),
        (Rung.CONFERENCE, ("lead_deputy",), []),
        (Rung.EXPIRED, ("lead_deputy",), []),
    ],
)
def test_a_coloured_rung_is_one_sheet_to_those_it_names(
    rung: Rung, to: tuple[str, ...], expected: list[str]
) -> None:
    found = told(case_opened(), rung_reached(CASE, rung, *to))
    assert [letter.addressee.key for letter in found] == expected
    assert all(letter.type == "N06" and letter.reply_by == DUE and letter.rung is rung for letter in found)


def test_a_nominees_own_task_reminds_nominee_and_nominator() -> None:
    found = keys(
        case_opened(), rung_reached(CASE, Rung.BLUE, "nominee", "nominator", kind="declare", unit="")
    )
    assert [key for _, _, key in found] == ["person:p1", NOMINATOR]
    own = told(case_opened(), rung_reached(CASE, Rung.BLUE, "task_owner", kind="declare", unit=""))
    assert [letter.addressee.key for letter in own] == ["person:p1"]


def test_where_no_head_is_known_the_lead_department_is_told() -> None:
    found = told(case_opened(), rung_reached(CASE, Rung.YELLOW, "unit_head", kind="screen", unit=""))
    assert [letter.addressee.key for letter in found] == ["role:UFWD::d1"]


def test_two_tasks_and_two_colours_are_different_rounds_and_an_extended_deadline_is_another() -> None:
    def round_of(rung: Rung, **changes: object) -> str:
        return told(case_opened(), rung_reached(CASE, rung, "task_owner", **changes))[0].round  # type: ignore[arg-type]

    rounds = [
        round_of(Rung.BLUE),
        round_of(Rung.YELLOW),
        round_of(Rung.BLUE, unit="court"),
        round_of(Rung.BLUE, kind="screen", unit=""),
        round_of(Rung.BLUE, due=DUE + timedelta(days=7)),
    ]
    assert len(set(rounds)) == len(rounds)
    assert round_of(Rung.BLUE) == rounds[0]


def test_a_person_named_twice_gets_one_letter() -> None:
    found = keys(case_opened(), rung_reached(CASE, Rung.RED, "lead_deputy", "lead_deputy"))
    assert len(found) == 1


def test_a_reply_opened_again_under_the_old_deadline_is_no_second_request() -> None:
    first = task_opened(CASE, "reply", unit="tax")
    again = task_opened(CASE, "reply", unit="tax", round_number=2)
    assert keys(case_opened(), first, again) == []
    extended = task_extended(first, DUE + timedelta(days=7))
    later = task_opened(CASE, "reply", unit="tax", round_number=2, due=DUE + timedelta(days=7))
    assert keys(case_opened(), first, extended, later) == []
    assert keys(case_opened(), first, later) == [("N05", "2", "unit:DEPT_OFFICER+DEPT_HEAD:tax:d1")]


def test_a_second_grade_or_posting_is_a_round_of_its_own() -> None:
    graded = CaseGraded(grade=Grade.B, veto=False, valid_until=None, private=SCORES)
    assert keys(case_opened(), graded, graded)[0][1] == "2"
    provisional = NoticePosted(posted=AT, start=None, end=None, provisional=True)
    posted = NoticePosted(posted=AT, start=AT, end=DUE, provisional=False)
    assert keys(case_opened(), provisional, posted)[0][1] == "2"


def test_the_stored_instants_of_the_event_stand_in_the_letter() -> None:
    due = datetime(2026, 5, 18, 16, 0, tzinfo=UTC)
    letter = told(case_opened(), task_opened(CASE, "reply", unit="tax", due=due))[0]
    assert (letter.reply_by, letter.provisional) == (due, False)
    window = told(case_opened(), NoticePosted(posted=AT, start=AT, end=due, provisional=False))[0]
    assert window.window == (AT, due)
    later = told(case_opened(), task_opened(CASE, "declare", due=None, provisional=True))[0]
    assert (later.reply_by, later.provisional) == (None, True)


def test_the_nominating_body_learns_the_item_of_a_veto_and_no_more() -> None:
    found = told(
        case_opened(),
        hit_found(),
        HitRuled(hit=1, effect=Effect.HARD, ruling=Ruling.VETO),
        ended(CaseState.VETOED),
    )
    assert {letter.addressee.key: (letter.says, letter.hits) for letter in found} == {
        "person:p1": ("facts", (1,)),
        NOMINATOR: ("items", (1,)),
        DISCIPLINE: ("facts", (1,)),
    }


def test_only_vetoed_hits_stand_in_a_veto() -> None:
    found = told(
        case_opened(),
        hit_found(1),
        hit_found(2),
        HitRuled(hit=1, effect=Effect.HARD, ruling=Ruling.CLEARED),
        HitRuled(hit=2, effect=Effect.HARD, ruling=Ruling.VETO),
        ended(CaseState.VETOED),
    )
    assert {letter.hits for letter in found} == {(2,)}


def test_a_policy_without_the_text_is_an_error_and_no_silence() -> None:
    silent = POLICY.procedures["nomination"].model_copy(update={"letters": ()})
    bare = POLICY.model_copy(update={"procedures": {**POLICY.procedures, "nomination": silent}})
    file = new("nomination")
    after = fold(file, task_opened(CASE, "declare"))
    with pytest.raises(KeyError):
        letters(Occasion(task_opened(CASE, "declare"), file, after, bare))


def test_an_event_nobody_thought_about_is_an_error_and_no_silence() -> None:
    class Praised(Event):
        type = "case-praised"

    file = new("nomination")
    with pytest.raises(KeyError):
        letters(Occasion(Praised(), file, file, POLICY))
