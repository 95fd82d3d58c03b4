"""A fact that did not count as it was reported, and is reported rightly afterwards, of the same paper (§8.1, §8.2)."""

import pytest

from contracts.commands.case import ReportFact
from contracts.events.review import FactDismissed
from tests.asking import NOMINEE, somebody
from tests.tenures import SeatOffice, fact, raised, seat

DESK = somebody("DISC_OFFICER", "p-disc")
OF_A_FIRM: dict[str, object] = {"item": "NL-E02", "subject": "enterprise", "subject_id": NOMINEE.credit_code}


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ({**OF_A_FIRM, "liable": False}, {"liable": True}),
        ({"item": "NL-C04", "anchor": "2016-01-10"}, {"anchor": "2026-01-10"}),
    ],
)
async def test_the_corrected_report_raises_the_removal(
    wrong: dict[str, object], right: dict[str, object]
) -> None:
    held = seat()
    office = SeatOffice(held)
    said = fact(**{"anchor": "2026-01-10", **wrong})  # type: ignore[arg-type]
    await office.asks(ReportFact, DESK, fact=said, source="court")
    assert raised(held) == []
    assert len(held.of(FactDismissed)) == 1
    await office.asks(ReportFact, DESK, fact={**said, **right}, source="court")
    assert len(raised(held)) == 1
    await office.asks(ReportFact, DESK, fact={**said, **right}, source="court")
    assert len(raised(held)) == 1, "what counted counts once"
