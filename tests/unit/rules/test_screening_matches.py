"""Matches of screening: begun, ended, doubted, set aside for one entry and one person; pure."""

from datetime import date, timedelta

import pytest

from contracts.commands.case import EndFact, ReportFact
from contracts.commands.enquiry import OpenEnquiry
from contracts.errand import Start, Tell
from contracts.events.screening import (
    DoubtRaised,
    EntrySetAside,
    MatchBegun,
    MatchEnded,
    PeopleScreened,
    RunEnded,
    SettingAsideEnded,
)
from contracts.policy.model import Policy
from tests.acting import refused
from tests.asking import local
from tests.desks import PureDesk
from tests.invented import nominee
from tests.screened import BOOK, begins, brought, doubted, fitting, opened, part, settled
from workflows.kinds.screening.book import Book


@pytest.fixture
async def book(policy: Policy) -> PureDesk[Book]:
    desk = opened(policy)
    await desk.send(brought())
    return desk


async def run(desk: PureDesk[Book], *found: object, **other: object) -> None:
    """A whole run: asked for, unless one is under way, and reported in one part."""
    if desk.current.run is None:
        await desk.send(begins())
    await desk.send(part(*found, run=desk.current.runs, **other))  # type: ignore[arg-type]


def matches(desk: PureDesk[Book]) -> list[MatchBegun]:
    return [event for event in desk.of(MatchBegun) if isinstance(event, MatchBegun)]


def causes(desk: PureDesk[Book]) -> list[str]:
    return [event.cause for event in desk.of(MatchEnded) if isinstance(event, MatchEnded)]


def last_part(desk: PureDesk[Book]) -> PeopleScreened:
    event = desk.of(PeopleScreened)[-1]
    assert isinstance(event, PeopleScreened)
    return event


def enquiries(desk: PureDesk[Book]) -> list[OpenEnquiry]:
    starts = [errand for errand in desk.current.owed if isinstance(errand, Start)]
    return [one for start in starts for one in start.openings if isinstance(one, OpenEnquiry)]


async def test_somebody_clean_before_is_a_hit_in_the_very_next_run(book: PureDesk[Book]) -> None:
    await run(book)
    assert matches(book) == []
    await run(book, fitting())
    assert [(one.match, one.run, one.item, one.case_id) for one in matches(book)] == [(1, 2, "NL-E01", "c1")]


async def test_a_match_is_told_to_its_case_as_a_fact_with_paper_version_and_source(
    book: PureDesk[Book],
) -> None:
    await run(book, fitting())
    (tell,) = [errand for errand in book.current.owed if isinstance(errand, Tell)]
    assert (tell.kind, tell.case_ids) == ("nomination", ("c1",))
    word = tell.command
    assert isinstance(word, ReportFact)
    assert (word.source, word.fact.issuer, word.fact.document_no) == ("court", "某某法院", "（2025）执1号")
    assert (word.fact.item, word.fact.fetched_on) == ("NL-E01", date(2026, 3, 2))
    assert "第1版" in word.fact.text
    await run(book, fitting())
    assert len([errand for errand in book.current.owed if isinstance(errand, Tell)]) == 1


async def test_a_match_that_stands_is_told_once_however_often_it_is_found(book: PureDesk[Book]) -> None:
    await run(book, fitting(), fitting())
    await run(book, fitting())
    assert len(matches(book)) == 1
    last = book.of(RunEnded)[-1]
    assert isinstance(last, RunEnded)
    assert (last.begun, last.standing) == (0, 1)


async def test_a_delisting_ends_the_match_and_a_changed_entry_is_another(book: PureDesk[Book]) -> None:
    await run(book, fitting(digest="1"))
    await run(book, fitting(digest="2"))
    assert causes(book) == ["delisted"]
    assert [one.match for one in matches(book)] == [1, 2]
    await run(book)
    assert causes(book) == ["delisted", "delisted"]
    assert book.current.matches == ()


async def test_a_case_that_could_not_be_looked_at_keeps_its_match(book: PureDesk[Book]) -> None:
    await run(book, fitting())
    await run(book, cases=(), missed=("c1",))
    assert causes(book) == []
    await run(book, cases=("c2",))
    assert causes(book) == ["not-due"], "the case is neither in process nor in office any more"


async def test_a_part_ends_nothing_outside_of_itself(book: PureDesk[Book]) -> None:
    await run(book, fitting("c1"), fitting("c7"), cases=("c1", "c7"))
    await book.send(begins())
    await book.send(part(run=2, until="c5", cases=("c1",), expected=2))
    assert [one.fitting.case_id for one in book.current.matches] == ["c7"]


async def test_a_masked_number_is_a_doubt_and_never_a_match(book: PureDesk[Book]) -> None:
    await run(book, fitting(fit="masked"))
    assert matches(book) == []
    (enquiry,) = enquiries(book)
    assert (enquiry.source, enquiry.about_case, enquiry.district, enquiry.parent) == (
        "masked",
        "c1",
        "d01",
        BOOK,
    )
    assert "*" in enquiry.matter.fact.subject_id
    await run(book, fitting(fit="masked"))
    assert len(book.of(DoubtRaised)) == 1, "people are asked once about an entry"


async def test_a_doubted_match_stands_until_two_people_have_looked(book: PureDesk[Book]) -> None:
    await run(book, fitting())
    await refused(book, doubted(9), "unknown-match")
    await book.send(doubted())
    await refused(book, doubted(), "unknown-match")
    (enquiry,) = enquiries(book)
    assert (enquiry.source, enquiry.matter.reason) == ("doubted", "法院更正")
    assert len(book.current.matches) == 1
    await book.send(settled(enquiry.doubt, means_person=True))
    assert len(book.current.matches) == 1
    await book.send(doubted())
    assert len(enquiries(book)) == 2, "what people found may be doubted again"


async def test_what_is_set_aside_is_this_entry_for_this_person_until_a_day(book: PureDesk[Book]) -> None:
    await run(book, fitting("c1"), fitting("c2"), cases=("c1", "c2"))
    await book.send(doubted())
    await book.send(settled(enquiries(book)[0].doubt, means_person=False, days=30))
    assert causes(book) == ["set-aside"]
    await run(book, fitting("c1"), fitting("c2"), cases=("c1", "c2"))
    assert last_part(book).set_aside == 1
    assert [one.fitting.case_id for one in book.current.matches] == ["c2"], "the other person's stands"
    await run(book, fitting("c1", digest="2"), fitting("c2"), cases=("c1", "c2"))
    assert [one.case_id for one in matches(book)] == ["c1", "c2", "c1"], "a changed entry is matched anew"


async def test_an_entry_that_is_set_aside_for_a_person_is_told_so_to_each_of_their_cases(
    book: PureDesk[Book],
) -> None:
    """It never meant them in any; "delisted" would say that it did and is over (§8.2, SC-19)."""
    both = [fitting(case).model_copy(update={"person_id": "p-same"}) for case in ("c1", "c2")]
    await run(book, *both, cases=("c1", "c2"))
    await book.send(doubted())
    await book.send(settled(enquiries(book)[0].doubt, means_person=False))
    assert [(word.cause, case) for case, word in told_ended(book)] == [
        ("set-aside", "c1"),
        ("set-aside", "c2"),
    ]
    await run(book, *both, cases=("c1", "c2"))
    assert causes(book) == ["set-aside", "set-aside"], "nothing is left that could be delisted"


async def test_a_masked_entry_that_is_set_aside_in_one_case_was_never_the_persons_in_another(
    book: PureDesk[Book],
) -> None:
    both = [fitting(case, fit="masked").model_copy(update={"person_id": "p-same"}) for case in ("c1", "c2")]
    await run(book, *both, cases=("c1", "c2"))
    first, second = enquiries(book)
    await book.send(settled(first.doubt, means_person=True, subject_id=nominee().id_number))
    await book.send(settled(second.doubt, means_person=False))
    await run(book, *both, cases=("c1", "c2"))
    assert [(word.cause, case) for case, word in told_ended(book)] == [("set-aside", "c1")]


async def test_a_setting_aside_ends_with_its_term_and_the_entry_is_matched_again(
    book: PureDesk[Book],
) -> None:
    await run(book, fitting())
    await book.send(doubted())
    await book.send(settled(enquiries(book)[0].doubt, means_person=False, days=2))
    book.now += timedelta(days=1)
    await run(book, fitting())
    assert book.current.matches == ()
    book.now += timedelta(days=1, seconds=1)
    await run(book, fitting())
    assert len(book.of(SettingAsideEnded)) == 1
    assert len(book.current.matches) == 1


async def test_the_policy_bounds_how_long_an_entry_is_set_aside(book: PureDesk[Book]) -> None:
    await run(book, fitting())
    await book.send(doubted())
    await book.send(settled(enquiries(book)[0].doubt, means_person=False, days=3000))
    (event,) = book.of(EntrySetAside)
    assert isinstance(event, EntrySetAside)
    assert book.policy.screening is not None
    assert event.until == book.now + timedelta(days=book.policy.screening.set_aside_days)


async def test_a_masked_entry_that_means_somebody_else_is_raised_again_after_its_term(
    book: PureDesk[Book],
) -> None:
    await run(book, fitting(fit="masked"))
    await book.send(settled(enquiries(book)[0].doubt, means_person=False, days=2))
    await run(book, fitting(fit="masked"))
    assert len(book.of(DoubtRaised)) == 1
    book.now = local("2026-03-05 10:00")
    await run(book, fitting(fit="masked"))
    assert len(book.of(DoubtRaised)) == 2


async def test_a_case_is_told_that_its_fact_has_ended_under_the_number_it_was_told(
    book: PureDesk[Book],
) -> None:
    await run(book, fitting())
    await run(book)
    (ended,) = endings(book)
    assert (ended.cause, ended.source, ended.fact.document_no) == ("delisted", "court", "（2025）执1号")
    await run(book, fitting(digest="2", fit="masked"))
    whole = nominee().id_number
    await book.send(settled(enquiries(book)[-1].doubt, means_person=True, subject_id=whole))
    await run(book)
    assert [one.fact.subject_id for one in endings(book)] == [whole, whole]
    await run(book, fitting("c9"), cases=("c9",))
    await run(book, cases=())
    assert len(endings(book)) == 2, "a case that is not due any more is told nothing"


@pytest.mark.parametrize("fit", ["number", "masked"])
async def test_an_entry_that_changed_has_not_ended(book: PureDesk[Book], fit: str) -> None:
    """Its paper is the same: the case would clear what stands on the list all the same."""
    await run(book, fitting(digest="1"))
    await run(book, fitting(digest="2", fit=fit))
    assert causes(book) == ["delisted"]
    assert endings(book) == []
    await run(book)
    assert len(endings(book)) == (fit == "number")


async def test_of_a_case_that_ended_by_a_veto_only_what_ended_is_told(book: PureDesk[Book]) -> None:
    await run(book, fitting(digest="1"))
    other = fitting(digest="2")
    await run(book, fitting(digest="1"), other, vetoed=("c1",))
    assert len(matches(book)) == 1, "nothing that is new"
    await run(book, vetoed=("c1",))
    assert [ended.cause for ended in endings(book)] == ["delisted"]
    await run(book, other)
    assert len(matches(book)) == 2, "reopened, it is held against the lists as before"


def told_ended(desk: PureDesk[Book]) -> list[tuple[str, EndFact]]:
    tells = [errand for errand in desk.current.owed if isinstance(errand, Tell)]
    return [(one.case_ids[0], one.command) for one in tells if isinstance(one.command, EndFact)]


def endings(desk: PureDesk[Book]) -> list[EndFact]:
    tells = [errand.command for errand in desk.current.owed if isinstance(errand, Tell)]
    return [word for word in tells if isinstance(word, EndFact)]


async def test_only_the_enquiry_into_a_doubt_settles_it(book: PureDesk[Book]) -> None:
    await run(book, fitting())
    await book.send(doubted())
    doubt = enquiries(book)[0].doubt
    await refused(book, settled(doubt, means_person=False, enquiry="q-other"), "wrong-role")
    forged = settled(doubt, means_person=False)
    by_hand = forged.claim.model_copy(update={"owed_by": None})
    await refused(book, forged.model_copy(update={"claim": by_hand}), "wrong-role")


async def test_an_answer_that_comes_after_the_delisting_changes_nothing(book: PureDesk[Book]) -> None:
    await run(book, fitting())
    await book.send(doubted())
    doubt = enquiries(book)[0].doubt
    await run(book)
    before = len(book.events)
    await book.send(settled(doubt, means_person=False))
    assert len(book.events) == before
