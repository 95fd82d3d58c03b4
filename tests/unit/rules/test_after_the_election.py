"""What comes about somebody who is elected already is about the seat, whose case raises the removal (§8.1)."""

import pytest

from contracts.commands.case import ReportFact
from contracts.commands.tenure import LeadReported
from contracts.errand import Start
from contracts.vocabulary import CaseState
from tests.asking import local
from tests.desks import PureDesk, RefusedError
from tests.office import Office
from tests.prizes import words_for
from tests.tenures import SeatOffice, raised, seat
from tests.unit.rules.test_hits_in_any_state import OFFICER, reported
from workflows.kinds.nomination.case import Nomination
from workflows.kinds.tenure.case import Tenure

ELECTION = local("2026-04-20 09:00")
Work = PureDesk[Nomination]


@pytest.fixture
async def elected(desk: Work, office: Office) -> Work:
    await office.ready()
    await office.election(ELECTION)
    await desk.until(local("2026-04-15 00:00"))
    await office.confirmed()
    await desk.until(ELECTION)
    await office.counted("ELECTED", present=88, votes_for=66)
    return desk


def begun(desk: Work) -> list[str]:
    return [one.act for errand in desk.current.owed if isinstance(errand, Start) for one in errand.openings]


async def the_seat_of(elected: Work) -> PureDesk[Tenure]:
    """The seat that the election gave, after it has heard what the nomination owes it."""
    held = seat(person_id="p-nominee")
    for _, word in words_for(elected, "tenure"):
        await held.send(word)
    return held


async def test_a_fact_is_told_to_the_seat_which_raises_one_removal(elected: Work, office: Office) -> None:
    for _ in range(2):
        await office.asks(ReportFact, OFFICER, **reported())
    assert "open-removal" not in begun(elected), "of a removal that nobody follows the seat would never hear"
    held = await the_seat_of(elected)
    (removal,) = raised(held)
    assert (removal.source, removal.lead.item, removal.tenure) == ("hit", "NL-D01", "t1")


async def test_a_fact_of_another_person_is_refused_all_the_same(elected: Work, office: Office) -> None:
    with pytest.raises(RefusedError, match="not-this-firm"):
        await office.asks(
            ReportFact, OFFICER, **reported("NL-E02", subject="enterprise", subject_id="91990001000000002R")
        )


async def test_a_report_is_told_to_the_seat_without_its_reporter(elected: Work, office: Office) -> None:
    await office.asks(ReportFact, OFFICER, **reported())
    await office.report()
    told = [word for _, word in words_for(elected, "tenure") if isinstance(word, LeadReported)]
    assert [word.lead.text for word in told] == ["说法"]
    assert "举报人" not in told[0].lead.model_dump_json()
    first, second = raised(await the_seat_of(elected))
    assert (second.source, second.tenure, second.open_removal) == ("other", "t1", first.target), (
        "a seat has one open removal; the other lead is its duplicate"
    )


async def test_nobody_raises_anything_about_a_seat_that_nobody_holds(elected: Work, office: Office) -> None:
    held = seat(person_id="p-nominee", ends=ELECTION.date())
    await held.until(local("2026-04-21 00:00"))
    assert held.current.state is CaseState.TERM_ENDED
    await office.report()
    (last,) = [word for _, word in words_for(elected, "tenure") if isinstance(word, LeadReported)]
    with pytest.raises(RefusedError, match="case-ended"):
        await SeatOffice(held).desk.send(last)
