"""Whom a value is about, so that their own keys seal it."""

from contracts.base import Contract
from contracts.catalogue import EVENTS
from contracts.claim import UNSIGNED
from contracts.commands.every import COMMANDS, OPENINGS
from contracts.commands.integrity import EnterReading
from contracts.errand import Tell
from contracts.events.case import Correction
from contracts.events.errand import ErrandOwed, Owed
from contracts.events.late_roster import LateRoster, LateRosterOpened
from contracts.matter import Reading
from contracts.nominee import RosterLine
from contracts.whose import owners
from tests.claims import AT, claim
from tests.reports import received


def line(person: str) -> RosterLine:
    return RosterLine(
        person_id=person,
        name="某人",
        firm="某厂",
        district="d01",
        seat="executive",
        nominating_unit="chamber",
    )


def test_a_roster_is_everybodys_on_it_once_each_and_in_order() -> None:
    roster = LateRoster(lines=(line("p2"), line("p1"), line("p2")))
    opened = LateRosterOpened(content_digest="1" * 64, submitted_by="p9", private=roster)
    assert owners(opened) == ("p1", "p2")
    assert owners(opened, ["p0", "p1"]) == ("p0", "p1", "p2")


def test_a_report_is_the_reporters_too() -> None:
    assert owners(received(3), ["p1"]) == ("k-reporter-3", "p1")


def test_an_errand_says_whom_it_is_about_where_its_command_does_not() -> None:
    reading = Reading(index=80, assessed_on=AT.date(), source="某院")
    word = EnterReading(claim=claim("i1"), reading=reading)
    errand = Tell(number=1, kind="integrity", case_ids=("i1",), command=word)
    assert owners(ErrandOwed(number=1, private=Owed(errand=errand))) == ()
    assert owners(ErrandOwed(number=1, private=Owed(errand=errand, about=("p1",)))) == ("p1",)


def test_whoever_acts_is_not_whom_it_is_about() -> None:
    assert owners(claim("c1")) == owners(Correction(reason="更正")) == owners(UNSIGNED) == ()


def _all(value: type[Contract]) -> set[type[Contract]]:
    return {value, *(one for under in value.__subclasses__() for one in _all(under))}


def test_whose_is_a_field() -> None:
    """Or follows from one: whoever asks about their own data is named by the claim."""
    assert all(
        not one.whose or hasattr(one, one.whose) or one.whose in one.model_fields for one in _all(Contract)
    )


def test_what_is_sealed_and_names_one_person_says_so() -> None:
    """A new private part, or a command that an errand carries, with a `person_id` and no `whose`, would be nobody's."""
    private = {
        cls.model_fields["private"].annotation for cls in EVENTS.values() if "private" in cls.model_fields
    }
    carried = {*private, *COMMANDS, *OPENINGS}
    silent = {
        one.__name__
        for one in carried
        if isinstance(one, type)
        and issubclass(one, Contract)
        and "person_id" in one.model_fields
        and not one.whose
    }
    assert silent == OFFICERS


OFFICERS = {"LeaderCleared", "ReassignTask", "ReportConflict"}
"""Commands that name an officer, or nothing about the person but that a veto stands no more."""
