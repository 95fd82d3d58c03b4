"""Two lists that must match are a test: events and letters, policy and addressees, codes and words."""

from typing import get_args

import pytest

from contracts.catalogue import EVENTS
from contracts.policy.letter_rules import FIELDS
from contracts.policy.loader import released, versions
from contracts.vocabulary import Grade, Seat
from services.notices import addressees, wording
from services.notices.casefile import FOLDED, CaseFile, Contact
from services.notices.composing import compose
from services.notices.letters import Addressee, Kind, Letter
from services.notices.policy import COLOURED, LETTERS, NO_LETTER
from tests.stories import AT, NOMINEE

WRITTEN = {f"N{number:02d}" for number in range(1, 17)}
"""The letters of a nomination; N17 to N23 belong to removals, reviews and awards."""


def test_every_event_of_the_catalogue_leads_to_letters_or_was_thought_about() -> None:
    every = set(EVENTS.values())
    assert LETTERS.keys() | NO_LETTER == every
    assert not LETTERS.keys() & NO_LETTER
    assert FOLDED <= NO_LETTER


@pytest.mark.parametrize("version", versions())
def test_every_addressee_of_a_written_letter_can_be_found(version: str) -> None:
    policy = released(version)
    assert {notice.code for notice in policy.notices} >= WRITTEN
    for notice in policy.notices:
        if notice.code in WRITTEN:
            assert set(notice.to) <= addressees.RESOLVERS.keys(), notice.code


@pytest.mark.parametrize("version", versions())
def test_everybody_whom_a_ladder_tells_can_be_found(version: str) -> None:
    told = {
        name for ladder in released(version).ladders.values() for rung in ladder.rungs for name in rung.to
    }
    assert told <= addressees.RESOLVERS.keys()


@pytest.mark.parametrize("version", versions())
def test_every_role_that_letters_go_to_is_a_role_of_the_policy(version: str) -> None:
    roles = {role.code for role in released(version).roles}
    used = {*addressees.DEPARTMENT, *addressees.DISCIPLINE, addressees.LEAD, "NOMINATOR", "REPORT_HANDLER"}
    assert used | addressees.HEADS.keys() | set(addressees.HEADS.values()) <= roles


@pytest.mark.parametrize("version", versions())
def test_every_word_of_the_wire_that_a_letter_says_has_words_for_people(version: str) -> None:
    policy = released(version)
    assert wording.OPINIONS.keys() == set(policy.opinions)
    check = policy.task("check-report")
    assert wording.ENDINGS.keys() == set(check.outcomes) - {"EXTENDED"}
    assert wording.GRADES.keys() == set(Grade)
    assert wording.SEATS.keys() == set(Seat)
    assert wording.COLOURS.keys() == COLOURED


@pytest.mark.parametrize("version", versions())
def test_a_letter_is_composed_over_exactly_the_fields_that_texts_may_use(version: str) -> None:
    letter = Letter(type="N04", addressee=Addressee(kind=Kind.PERSON, person_id="p1"), round="1")
    who = Contact(name=NOMINEE.name)
    file = CaseFile(case_id="c1", batch_id="b1", district="d1", policy=version, nominee=who)
    for fields in compose(letter, file, released(version), "清选〔2026〕N04-000001", AT).values():
        assert fields.keys() == FIELDS


def test_both_languages_of_the_wire_type_are_written() -> None:
    assert set(wording.LANGUAGES) == set(get_args(wording.Language))
