"""The nomination says what the procedure says (domain sections 8.1 to 8.3): who acts, how long, by which measure."""

from contracts.policy.loader import released
from contracts.vocabulary import Grade

POLICY = released("2026.1")
SIGNS = "CONFIRM SEND_BACK"
OPINIONS = "NO_OBJECTION REMINDER DEFER NEGATIVE"
TASKS = {
    "screen": ("ST02", "SCREENER", 5, "PASS RETURN INELIGIBLE DUPLICATE"),
    "screen-sign": ("ST02", "SECOND_CHECKER", 5, SIGNS),
    "repair": ("ST02", "NOMINATOR", 3, "REPAIRED"),
    "declare": ("ST03", "NOMINEE", 5, "SIGNED REFUSED"),
    "reply": ("ST04", "DEPT_OFFICER", 10, "NO_ISSUE ISSUE NO_RECORD RECUSED EXTENDED"),
    "reply-sign": ("ST04", "DEPT_HEAD", 10, SIGNS),
    "conference": ("ST04", "UFWD", 5, "EXTENDED ASKED_ABOVE HELD CLOSED_NO_REPLY"),
    "explain": ("ST05", "NOMINEE", 5, "EXPLAINED NOTHING_TO_ADD MISMATCH"),
    "confirm-fact": ("ST05", "EVALUATOR", 2, "VETO CLEARED"),
    "confirm-fact-sign": ("ST05", "PANEL_CHAIR", 2, SIGNS),
    "confirm-pause": ("ST05", "EVALUATOR", 2, "PAUSE CLEARED"),
    "panel-chair": ("ST05", "PANEL_CHAIR", 5, "CLEARED MINOR VETO"),
    "panel-vote": ("ST05", "PANEL_MEMBER", 5, "CLEARED MINOR VETO"),
    "score": ("ST06", "EVALUATOR", 5, "SCORED"),
    "score-sign": ("ST06", "PANEL_CHAIR", 5, SIGNS),
    "inspect": ("ST07", "INSPECTOR", 10, "SUITABLE UNSUITABLE RECHECK"),
    "opinion-draft": ("ST08", "DISC_OFFICER", 5, f"{OPINIONS} EXTENDED"),
    "opinion-head": ("ST08", "DISC_HEAD", 5, OPINIONS),
    "opinion-leader": ("ST08", "LEADER_IN_CHARGE", 5, OPINIONS),
    "propose-department": ("ST09", "UFWD", 5, "PROPOSE REJECT RETURN"),
    "propose-party-group": ("ST09", "PARTY_GROUP", 5, "PROPOSE REJECT RETURN"),
    "decide": ("ST10", "COMMITTEE_CLERK", 10, "APPROVED REJECTED DEFERRED"),
    "close-notice": ("ST11", "NOTICE_OFFICER", 1, "NO_REPORT REPORTED"),
    "check-report": ("ST12", "REPORT_HANDLER", 10, "UNTRUE MINOR SERIOUS UNPROVEN EXTENDED"),
    "recheck": ("ST13", "EVALUATOR", 3, "CONFIRMED NEW_HIT"),
    "count": ("ST14", "ELECTION_OFFICE", None, "ELECTED NOT_ELECTED NOT_HELD"),
    "serve": ("ST15", "CLERK", 3, "SERVED"),
    "file": ("ST15", "ARCHIVIST", 20, "FILED"),
    "appeal": ("ST15", "NOMINEE", 5, "APPEALED WAIVED"),
    "appeal-answer": ("ST15", "EVALUATOR", 10, "GRANTED REFUSED"),
}
SOURCES = {
    "NL-A01": "united-front", "NL-A02": "united-front", "NL-A03": "federation discipline-group",
    "NL-A04": "organisation police", "NL-A05": "discipline police", "NL-A06": "federation cppcc npc",
    "NL-B01": "exit-entry", "NL-B02": "nominee police", "NL-B03": "nominee", "NL-B04": "state-security police",
    "NL-B05": "police united-front", "NL-B06": "united-front internet", "NL-C01": "court procuratorate",
    "NL-C02": "court", "NL-C03": "police procuratorate discipline", "NL-C04": "discipline court",
    "NL-C05": "police court", "NL-C06": "discipline", "NL-C07": "police", "NL-C07-DRUGS": "police",
    "NL-C08": "finance police", "NL-D01": "tax", "NL-D02": "tax", "NL-D03": "tax", "NL-E01": "court",
    "NL-E02": "court", "NL-E03": "market", "NL-E04": "market", "NL-E05": "market", "NL-E06": "market customs",
    "NL-E07": "industry", "NL-F01": "labour", "NL-F02": "labour trade-union", "NL-G01": "environment",
    "NL-G01-DELISTED": "environment", "NL-G02": "environment", "NL-G03": "emergency", "NL-G04": "emergency",
    "NL-G05": "emergency", "NL-G06": "natural-resources", "NL-H01": "police petition",
    "NL-H02": "united-front women", "NL-X01": "family-planning",
}  # fmt: skip
DIMENSIONS = {
    "D1": (150, "united-front organisation federation"),
    "D2": (150, "discipline police court procuratorate"),
    "D3": (150, "tax market court"),
    "D4": (100, "industry tax finance"),
    "D5": (100, "labour trade-union"),
    "D6": (100, "environment emergency"),
    "D7": (50, "federation guangcai civil-affairs"),
    "D8": (50, "federation cppcc npc"),
    "D9": (150, "discipline-group federation"),
}


def test_every_stage_has_its_actor_limit_and_outcomes() -> None:
    found = {
        task.code: (
            task.stage.value,
            task.role,
            POLICY.limits[task.limit].n if task.limit else None,
            " ".join(task.outcomes),
        )
        for task in POLICY.procedure("nomination").tasks
    }
    assert {code: found[code] for code in TASKS} == TASKS
    assert (POLICY.task("inspect").people, POLICY.panel_size, POLICY.repairs_at_most) == (2, 3, 2)


def test_every_item_comes_from_whom_the_list_says() -> None:
    assert {item.code: " ".join(item.sources) for item in POLICY.negative_list} == SOURCES


def test_the_nine_dimensions_have_their_maxima_and_who_answers() -> None:
    found = {one.code: (one.max, " ".join(one.answered_by)) for one in POLICY.grading.dimensions}
    assert found == DIMENSIONS
    assert sum(top for top, _ in found.values()) == 1000, "tenths of a point"
    assert [one.code for one in POLICY.grading.dimensions if one.from_index] == ["D9"]


def test_the_thresholds_of_grades_and_index_are_those_of_the_domain() -> None:
    grading = POLICY.grading
    first_eight = tuple(f"D{n}" for n in range(1, 9))
    assert grading.a.model_dump() == {
        "total": 850,
        "floor_percent": 60,
        "floor_dimensions": first_eight,
        "index": 600,
    }
    assert grading.b.model_dump() == {
        "total": 700,
        "floor_percent": 60,
        "floor_dimensions": ("D1", "D2", "D3"),
        "index": 400,
    }
    assert [one.lower for one in grading.index_levels] == [0, 400, 600, 800]
    assert (grading.index_pass, grading.index_item, grading.index_max) == (400, "NL-A03", 1000)
    assert (grading.validity.n, grading.validity.unit) == (3, "year")
    assert grading.seen_anew == ("D2", "D3", "D4")
    assert set(Grade) == {Grade.A, Grade.B, Grade.C}


def test_whoever_is_elected_needs_two_thirds_present_and_more_than_half_of_all() -> None:
    election = POLICY.election
    assert (election.quorum, election.pass_over) == ((2, 3), (1, 2))
    assert (election.recheck_within.n, election.recheck_within.unit) == (3, "WD")
    assert (election.notice_valid.n, election.notice_valid.unit) == (6, "month")


def test_the_version_of_2017_measures_and_asks_as_the_later_one_does() -> None:
    """Only its list is another (SC-01): stages, terms, ladders and grades are those of the base."""
    old = released("2017.1")
    assert old.limits == POLICY.limits
    assert old.ladders == POLICY.ladders
    assert old.grading == POLICY.grading
    assert old.departments == POLICY.departments
    assert old.procedure("nomination").tasks == POLICY.procedure("nomination").tasks
