"""SC-11, last line: sitting members are measured by a new list only from the next annual re-evaluation."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from contracts.commands.case import ReportFact
from contracts.commands.removal import OpenRemoval
from contracts.commands.tenure import AnnouncePolicy
from contracts.errand import Start
from contracts.policy import loader
from contracts.vocabulary import CaseState
from tests.asking import local, somebody
from tests.desks import RefusedError
from tests.engine import Clock
from tests.fakes import FakeCases, FakeRecord
from tests.prizes import owed
from tests.tenures import SeatOffice, fact, tenure_opening, year
from tests.versions import draft, released_in
from tests.workflows.conftest import Open

NEXT = "2026.2"
ITEM = "NL-B06"
"""Off under 2026.1, and on under the version after it."""
DISCIPLINE = somebody("DISC_OFFICER", "p-discipline")


@pytest.fixture
def released(tmp_path: Path) -> Iterator[None]:
    """A version of 15 April 2026: one item more is on, and the integrity index must reach 600."""
    folder = draft(tmp_path / "policies", NEXT)
    items = folder / "negative_list.yaml"
    before, item, after = items.read_text().partition(f"  - code: {ITEM}\n")
    items.write_text(before + item + after.replace("    on: false\n", "    basis: 决定〔2026〕1号\n", 1))
    seats = folder / "seats.yaml"
    seats.write_text(seats.read_text().replace("index: 400", "index: 600"))
    with released_in(folder.parent):
        yield


def leads(cases: FakeCases) -> list[str]:
    """From where the removals came that were begun."""
    started = [one.errand.openings for one in cases.carried if isinstance(one.errand, Start)]
    return [one.source for openings in started for one in openings if isinstance(one, OpenRemoval)]


async def test_sc_11_a_new_list_binds_a_sitting_member_from_the_next_re_evaluation_on(
    released: None, clock: Clock, open_case: Open, record: FakeRecord, cases: FakeCases
) -> None:
    await clock.begin(local("2026-03-02 10:00"))
    desk = await open_case(tenure_opening(calendar_years=(year(2027),)))
    office = SeatOffice(desk)
    await desk.until(local("2026-04-15 10:00"))
    later = {"policy": NEXT, "policy_digest": loader.digest(NEXT)}
    await desk.send(owed(AnnouncePolicy, "t1", "b1", **later))
    new = fact(ITEM, "2026-04-01", fetched_on="2026-04-20")

    # Announced is not in force: what the old list does not name cannot be reported.
    await desk.until(local("2026-04-20 10:00"))
    with pytest.raises(RefusedError, match="not on the negative list in force"):
        await office.asks(ReportFact, DISCIPLINE, fact=new, source="discipline")
    await desk.until(local("2027-03-01 23:59"))
    assert (await desk.case()).policy == "2026.1"
    assert {request.policy for request in record.local} == {"2026.1"}

    # From the anniversary on it decides, and every step from then on says so.
    await desk.until(local("2027-03-02 00:01"))
    await office.appears("re-reply")
    assert (await desk.case()).policy == NEXT
    assert [event.payload["policy"] for event in record.of("policy-adopted")] == [NEXT]
    begun = next(one for one in record.local if one.proposal and _begins(one.proposal.events))
    assert begun.policy == NEXT
    await office.replies()
    await office.scored(index=500)
    await office.asks(ReportFact, DISCIPLINE, fact=new, source="discipline")
    await desk.until(local("2027-03-03 10:00"))
    assert leads(cases) == ["re-evaluation", "hit"], "500 was enough before, and the item was off"
    assert (await desk.case()).state is CaseState.IN_OFFICE
    assert (await desk.case()).ends == date(2031, 3, 2)


def _begins(events: object) -> bool:
    return "re-evaluation-begun" in str(events)
