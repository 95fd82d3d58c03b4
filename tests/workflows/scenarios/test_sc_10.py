"""SC-10: a member of two committees loses the one seat, and the other level decides for itself."""

from contracts.catalogue import build
from contracts.matter import OtherSeat
from contracts.policy.loader import released
from contracts.vocabulary import CaseState, Seat, Stage
from services.notices.addressees import Occasion
from services.notices.casefile import CaseFile
from services.notices.folding.kinds import fold
from services.notices.policy import letters
from tests.asking import local, removal_opening
from tests.commission import Commission
from tests.engine import Clock
from tests.fakes import FakeCases, FakeRecord
from tests.instants import midnight_after
from tests.workflows.carrying import begun, beside_files
from tests.workflows.conftest import Open

_POLICY = released("2026.1")
CITY, DISTRICT = "150400", "150402"
SEATS = (OtherSeat(owner="federation", district=DISTRICT, seat=Seat.EXECUTIVE), OtherSeat(owner="cppcc"))


async def test_sc_10_a_member_of_two_committees(
    clock: Clock, open_case: Open, record: FakeRecord, cases: FakeCases
) -> None:
    await clock.begin(local("2026-06-01 10:00"))
    city = await open_case(removal_opening(district=CITY, other_seats=SEATS))
    commission = Commission(city)
    await commission.planned()
    await city.until(local("2026-06-18 15:00"))
    await commission.votes("REMOVED", (131, 120, 101), held_on="2026-06-18")
    assert (await city.case()).state is CaseState.REMOVED

    # Served within three working days: 19 to 21 June are holidays.
    assert (await commission.task("serve")).due == midnight_after(6, 24)
    assert _addressees(record, city.case_id, "N20") == [
        ("seat_owners", DISTRICT, "federation"),
        ("seat_owners", CITY, "cppcc"),
    ]

    # One linked case begins, at the other level; of the seat that is not ours nothing is decided here.
    there = await begun(cases, open_case)
    assert len(beside_files(cases)) == 1
    linked = await there.case()
    assert (linked.district, linked.parent, linked.stage, linked.seat) == (
        DISTRICT,
        city.case_id,
        Stage.LEAD,
        Seat.EXECUTIVE,
    )
    assert (await Commission(there).task("lead")).due == midnight_after(6, 22), "one working day"

    # The district's plenary keeps the member, with reasons; nothing of the city's decision changes.
    other = Commission(there)
    await other.planned()
    await there.until(local("2026-07-10 15:00"))
    await other.votes("KEPT", (45, 40, 12), held_on="2026-07-10")
    await other.closed()
    assert await there.handle.result() == "KEPT"
    assert (await city.case()).state is CaseState.REMOVED
    assert len(beside_files(cases)) == 1, "the case there began none back here"


def _addressees(record: FakeRecord, case_id: str, code: str) -> list[tuple[str, str, str]]:
    """Whom the letters of this number are for, by the events on the record."""
    file = CaseFile(kind="removal", case_id=case_id, parent=case_id, district=CITY, policy="2026.1")
    found = []
    for step in record.steps[case_id]:
        for one in step.events:
            event = build(one.type, one.version, one.payload, one.private)
            after = fold(file, event)
            for letter in letters(Occasion(event, file, after, _POLICY)):
                who = letter.addressee
                if letter.type == code:
                    found.append((who.code, who.district, who.owner))
            file = after
    return found
