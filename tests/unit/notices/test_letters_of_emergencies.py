"""Of a reading in an emergency the audit administrator is told, and whoever a case that is read is about."""

from datetime import UTC, datetime

import pytest

from contracts.emergency import Addressed, Reach
from contracts.events.access import EmergencyEnded, EmergencyGranted, EmergencyRead
from contracts.events.base import Event
from contracts.policy.loader import released
from services.notices.addressees import Occasion
from services.notices.casefile import CaseFile
from services.notices.composing import compose
from services.notices.folding.kinds import fold, needs
from services.notices.letters import Letter
from services.notices.policy import letters

POLICY = released("2026.1")
AT = datetime(2026, 4, 8, 3, 0, tzinfo=UTC)
BEGUN = EmergencyGranted(
    account_id="a-1", person_id="p-reader", purpose="stop-a-wrong", reach=Reach(district="d01"), until=AT
)


def read(case: str, person: str, name: str) -> EmergencyRead:
    return EmergencyRead(reader="p-reader", case=case, person_id=person, private=Addressed(name=name))


def told(*events: Event) -> tuple[list[Letter], CaseFile]:
    """The letters of the last event, and the file after it."""
    file, found = CaseFile(case_id="g1", kind="access", parent="g1", district="all", policy="2026.1"), ()
    for event in events:
        after = fold(file, event)
        found, file = tuple(letters(Occasion(event, file, after, POLICY))), after
    return list(found), file


def test_the_audit_administrator_is_told_that_it_begins() -> None:
    [letter], _ = told(BEGUN)
    assert (letter.type, letter.addressee.roles, letter.addressee.district) == ("N28", ("AUDITOR",), "all")


def test_whoever_a_case_is_about_is_told_that_it_was_read_and_by_nobody_s_name() -> None:
    [letter], file = told(BEGUN, read("c1", "p-1", "虚构人甲"), read("c2", "p-2", "虚构人乙"))
    assert (letter.type, letter.addressee.person_id) == ("N29", "p-2")
    fields = compose(letter, file, POLICY, "清选〔2026〕N29-000001", AT)
    assert fields["zh"]["addressee"] == "虚构人乙"
    assert "p-reader" not in str(fields)


def test_of_two_cases_of_one_person_both_letters_are_sent() -> None:
    [first], _ = told(read("c1", "p-1", "虚构人甲"))
    [second], _ = told(read("c1", "p-1", "虚构人甲"), read("c2", "p-1", "虚构人甲"))
    assert first.round != second.round


@pytest.mark.parametrize("event", [BEGUN, EmergencyEnded(expired=True, cases=("c1",))])
def test_only_a_reading_is_opened_to_find_out_whom_to_tell(event: Event) -> None:
    assert needs("access", read("c1", "p-1", "虚构人甲"))
    assert not needs("access", event)
