"""SC-01, the rules' part: one roster of 992 invented nominees under the list of 2017 and under that of 2026."""

from collections import Counter
from collections.abc import Iterator

import pytest

from contracts.policy.loader import released
from contracts.policy.model import Policy
from contracts.vocabulary import CaseState, Stage
from tests.asking import ENTRY, local, opening
from tests.desks import PureDesk
from tests.invented import nominee
from tests.office import Office, finding
from workflows.kinds.nomination.case import Nomination
from workflows.kinds.nomination.kind import DECIDER

SIZES = (83,) * 8 + (82,) * 4
"""Nominees in each of the twelve districts."""
FACTS = ("NL-D01",) * 9 + ("NL-C06",) * 6 + ("NL-X01",) * 8
ASKED = {"NL-D01": "tax", "NL-C06": "discipline", "NL-X01": "petition"}


def roster() -> Iterator[tuple[str, str]]:
    """District and item of every nominee; no item for most. The facts are spread over the districts."""
    facts = dict(zip(range(0, 992, 43), FACTS, strict=False))
    people = [f"d{district:02}" for district, size in enumerate(SIZES, start=1) for _ in range(size)]
    return ((district, facts.get(serial, "")) for serial, district in enumerate(people))


def case(policy: Policy, serial: int, district: str) -> Office:
    """The case of one invented nominee."""
    desk: PureDesk[Nomination] = PureDesk(DECIDER, policy, local("2026-03-02 10:00"))
    entry = ENTRY.model_copy(
        update={"nominee": nominee(serial), "case_id": f"c{serial}", "district": district}
    )
    desk.open(opening(policy.version, district, f"c{serial}").model_copy(update={"entry": entry}))
    return Office(desk)


async def decided(office: Office, item: str, serial: int) -> CaseState | Stage:
    """The end of a case with such a fact, or the stage that it reaches when nothing of the list is found."""
    desk = office.desk
    await office.screened()
    if item:
        # An item that is not in force cannot be reported (test_consultation.py).
        outcome = "ISSUE" if desk.policy.item(item).on else "NO_ISSUE"
        form = finding(item, subject_id=nominee(serial).id_number)
        await office.act("reply", outcome, unit=ASKED[item], form=form)
        await office.act("reply-sign", "CONFIRM", unit=ASKED[item])
        if (await desk.case()).open_hits():
            await office.act("explain", "NOTHING_TO_ADD")
            await office.act("confirm-fact", "VETO")
            await office.act("confirm-fact-sign", "CONFIRM")
            return (await desk.case()).state
    await office.replies(*filter(None, [ASKED.get(item)]))
    await office.graded(700)
    return (await desk.case()).stage


@pytest.mark.parametrize(("version", "vetoed"), [("2017.1", 23), ("2026.1", 15)])
async def test_the_same_facts_under_two_lists(version: str, vetoed: int) -> None:
    policy, ends, asked = released(version), Counter[str](), 0
    clean: dict[str, CaseState | Stage] = {}
    for serial, (district, item) in enumerate(roster()):
        office = case(policy, serial, district)
        if item or district not in clean:
            end = await decided(office, item, serial)
            clean.setdefault(district, end)
            ends[end] += 1
            asked += len({t.unit for t in (await office.desk.case()).tasks.values() if t.kind == "reply"})
        else:
            # One clean case of a district shows what becomes of the others: no fact of theirs tells them apart.
            ends[Stage.INSPECTION] += 1
            asked += len(policy.departments)
    assert ends == {CaseState.VETOED: vetoed, Stage.INSPECTION: 992 - vetoed}
    assert asked == 992 * 14 == 13_888
    assert f"{vetoed / 992:.1%}" == {23: "2.3%", 15: "1.5%"}[vetoed]
