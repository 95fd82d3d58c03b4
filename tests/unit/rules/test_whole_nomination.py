"""A nomination from roster to file."""

from contracts.vocabulary import CaseState
from tests.asking import local
from tests.desks import PureDesk
from tests.office import Office


async def elected(office: Office, desk: PureDesk) -> None:
    """Call the election and count a pass."""
    await office.election(local("2026-04-20 09:00"))
    await desk.until(local("2026-04-15 00:00"))
    await office.confirmed()
    await desk.until(local("2026-04-20 09:00"))
    await office.counted("ELECTED", present=100, votes_for=66)


async def test_a_clean_case_goes_from_roster_to_file(desk: PureDesk, office: Office) -> None:
    await office.ready()
    assert desk.current.state is CaseState.READY
    await elected(office, desk)
    assert desk.current.state is CaseState.ELECTED
    await office.act("serve", "SERVED")
    await office.act("file", "FILED")
    assert desk.current.filed
    assert not desk.current.open_tasks()
