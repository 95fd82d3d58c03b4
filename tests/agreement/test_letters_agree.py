"""Two lists that must match are a test: events and letters, policy and addressees, codes and words."""

from typing import get_args

import pytest

from contracts.catalogue import EVENTS
from contracts.events.base import Event
from contracts.lettering.saying import LANGUAGES
from contracts.policy.later import NO_LETTER
from contracts.policy.letter_rules import FIELDS
from contracts.policy.loader import released, versions
from contracts.policy.model import Policy, Trigger, Who
from contracts.vocabulary import Grade, Rung
from contracts.words.families import Language
from contracts.words.naming import named
from services.notices import addressees, wording
from services.notices.casefile import CaseFile, Contact
from services.notices.composing import compose
from services.notices.letters import Addressee, Kind, Letter, Said
from services.notices.policy import ATTRIBUTES
from tests.events import AT
from tests.stories import NOMINEE

KNOWN: dict[str, type[Event]] = {event.type: event for event in EVENTS.values()}


def thought_about(policy: Policy) -> set[str]:
    """Events that some kind of case leads to a letter, or names as one of which nobody is told."""
    untold = {event for own in policy.procedures.values() for event in own.no_letter}
    untold |= {event for later in NO_LETTER.values() for event in later}
    return untold | {trigger.event for notice in policy.notices for trigger in notice.on}


def faults(trigger: Trigger) -> list[str]:
    """Where a trigger asks about an event that there is not, or about a field that the event lacks."""
    event = KNOWN.get(trigger.event)
    if event is None:
        return [trigger.event]
    asked = [name for word, name in ATTRIBUTES.items() if getattr(trigger, word)]
    return [f"{trigger.event}.{name}" for name in asked if name not in event.model_fields]


@pytest.mark.parametrize("version", versions())
def test_every_event_of_the_catalogue_leads_to_letters_or_was_thought_about(version: str) -> None:
    assert KNOWN.keys() == thought_about(released(version))


@pytest.mark.parametrize("version", versions())
def test_every_trigger_is_an_event_with_the_fields_that_it_asks_about(version: str) -> None:
    found = [fault for notice in released(version).notices for one in notice.on for fault in faults(one)]
    assert found == []


def test_a_trigger_that_could_never_fire_is_found() -> None:
    assert faults(Trigger(event="case-praised")) == ["case-praised"]
    assert faults(Trigger(event="case-ended", task="reply", state="VETOED")) == ["case-ended.kind"]  # type: ignore[arg-type]


def test_there_is_a_way_to_find_every_addressee() -> None:
    assert addressees.FOUND.keys() == set(Who)


@pytest.mark.parametrize("version", versions())
def test_every_word_of_the_wire_that_a_letter_says_has_words_for_people(version: str) -> None:
    policy = released(version)
    for trigger in (trigger for notice in policy.notices for trigger in notice.on):
        for code in trigger.state:
            assert named(code, wording.FAMILIES["state"])
        for code in trigger.outcome:
            assert named(code, wording.FAMILIES["ending"])
        for rung in trigger.rung:
            assert named(rung, "rung")
    for code in (*policy.opinions, *policy.task("check-report").outcomes):
        assert named(code, wording.FAMILIES["opinion"])
        assert named(code, wording.FAMILIES["ending"])
    for grade in Grade:
        assert named(grade, wording.FAMILIES["grade"])


def test_a_letter_knows_where_the_words_stand_of_everything_that_it_may_say() -> None:
    assert set(wording.FAMILIES) == set(get_args(get_args(Said)[0]))


@pytest.mark.parametrize("version", versions())
def test_a_letter_is_composed_over_exactly_the_fields_that_texts_may_use(version: str) -> None:
    who = Addressee(code="nominee", kind=Kind.PERSON, person_id="p1")
    letter = Letter(type="N04", addressee=who, round="1")
    file = CaseFile(
        kind="nomination",
        case_id="c1",
        parent="b1",
        district="d1",
        policy=version,
        person=Contact(name=NOMINEE.name),
    )
    for fields in compose(letter, file, released(version), "清选〔2026〕N04-000001", AT).values():
        assert fields.keys() == FIELDS


def test_both_languages_of_the_wire_type_are_written() -> None:
    assert set(LANGUAGES) == set(get_args(Language))


@pytest.mark.parametrize("version", versions())
def test_a_rung_that_is_no_letter_is_the_conference_or_the_expiry(version: str) -> None:
    told = {rung for notice in released(version).notices for one in notice.on for rung in one.rung}
    assert set(Rung) - told == {Rung.CONFERENCE, Rung.EXPIRED}
