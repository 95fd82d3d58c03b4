"""N23: the organisation is told that its application is no longer eligible, and nobody is named in it."""

import pytest

from contracts.causes import Cause
from contracts.events.award import VetoFell
from contracts.events.base import Event
from contracts.events.case import CaseEnded
from contracts.policy.loader import released
from contracts.vocabulary import CaseState
from services.notices.addressees import Occasion
from services.notices.casefile import CaseFile
from services.notices.composing import compose
from services.notices.folding.kinds import fold
from services.notices.letters import Letter
from services.notices.policy import letters
from services.notices.renderer import write
from tests.events import AT
from tests.stories import award_applied

POLICY = released("2026.1")
BLANK = CaseFile(kind="award", case_id="a1", parent="a1", district="d1", policy="2026.1")


def told(event: Event) -> list[Letter]:
    file = fold(BLANK, award_applied())
    return list(letters(Occasion(event, file, fold(file, event), POLICY)))


@pytest.mark.parametrize("cause", [Cause.LEADER_VETOED, Cause.AWARD_CHECK])
def test_the_organisation_alone_is_told_of_the_loss(cause: Cause) -> None:
    (letter,) = told(CaseEnded(state=CaseState.INELIGIBLE, cause=cause))
    assert (letter.type, letter.addressee.code, letter.addressee.roles) == ("N23", "applicant", ("CLERK",))
    text = POLICY.notice("N23").text
    assert "person_name" not in text.zh + text.en
    assert "facts" not in text.zh + text.en


def test_the_letter_names_the_organisation_s_case() -> None:
    (letter,) = told(CaseEnded(state=CaseState.INELIGIBLE, cause=Cause.LEADER_VETOED))
    fields = compose(letter, fold(BLANK, award_applied()), POLICY, "n", AT)
    body = write(POLICY.notice("N23"), POLICY.letter_frame, fields).body
    assert "先进评选申请（a1）" in body["zh"]
    assert "of this cycle (a1)" in body["en"]


@pytest.mark.parametrize(
    ("state", "outcome", "sent"),
    [
        (CaseState.INELIGIBLE, "INELIGIBLE", ["N22-2"]),
        (CaseState.TITLE_WITHDRAWN, "PROPOSED", ["N22-2"]),
        (CaseState.INELIGIBLE, "NOT_AFFECTED", []),
        (CaseState.IN_QUESTION, "", []),
        (CaseState.TITLE_HELD, "PROPOSED", []),
    ],
)
def test_whoever_lost_something_by_a_veto_that_fell_is_told_so(
    state: CaseState, outcome: str, sent: list[str]
) -> None:
    assert [letter.type for letter in told(VetoFell(mark=1, state=state, outcome=outcome))] == sent


@pytest.mark.parametrize(
    "state", [CaseState.TITLE_EXPIRED, CaseState.TITLE_WITHDRAWN, CaseState.NOT_RECOGNISED]
)
def test_no_other_end_loses_an_eligibility(state: CaseState) -> None:
    assert told(CaseEnded(state=state, cause=Cause.TITLE_OVER)) == []
