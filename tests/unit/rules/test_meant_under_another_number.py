"""Two people say that an entry means the person, under a number that is not theirs: they, or the file, are wrong.

The case cannot take it as a fact, and nobody would hear of a refusal: the desk looks again (§8.1, §8.2, SC-19).
"""

from typing import Any

from contracts.commands.case import ReportFact
from contracts.commands.enquiry import OpenEnquiry
from contracts.errand import Start
from contracts.events.review import FactUnmatched, HitFound
from contracts.names import enquiry_id
from contracts.nominee import Fact
from tests.acting import refused
from tests.asking import asks, somebody
from tests.desks import PureDesk
from tests.office import Office
from tests.prizes import owed
from tests.tenures import OTHER_ID, fact, raised, seat
from workflows.kinds.nomination.case import Nomination

ENQUIRY = enquiry_id("s1", 7)
SAID = fact("NL-E01", subject_id=OTHER_ID)


def enquiries(desk: PureDesk[Any]) -> list[OpenEnquiry]:
    starts = [errand for errand in desk.current.owed if isinstance(errand, Start)]
    return [one for start in starts for one in start.openings if isinstance(one, OpenEnquiry)]


async def test_a_nomination_asks_the_desk_again(desk: PureDesk[Nomination], office: Office) -> None:
    for _ in range(2):
        await desk.send(owed(ReportFact, "c1", ENQUIRY, fact=SAID, source="court"))
    assert desk.of(HitFound) == []
    first, second = enquiries(desk)
    assert (first.source, first.about_case, first.matter.source) == ("unmatched", "c1", "court")
    assert first.matter.fact == Fact.model_validate({**SAID, "unmatched": True})
    assert first.target != second.target, "said once more, it is asked once more"


async def test_a_seat_asks_the_desk_again() -> None:
    held = seat()
    await held.send(owed(ReportFact, "t1", ENQUIRY, fact=SAID, source="court"))
    assert raised(held) == []
    assert len(held.of(FactUnmatched)) == 1
    assert [one.about_case for one in enquiries(held)] == ["t1"]


async def test_a_person_is_refused_as_before_and_says_it_rightly(desk: PureDesk[Nomination]) -> None:
    said = asks(ReportFact, somebody("DISC_OFFICER", "p-disc"), "c1", fact=SAID, source="court")
    await refused(desk, said, "not-this-person")


async def test_what_can_be_true_of_nobody_is_refused_whoever_tells_it(desk: PureDesk[Nomination]) -> None:
    await refused(desk, owed(ReportFact, "c1", ENQUIRY, fact=fact("NL-X99"), source="court"), "form-invalid")
