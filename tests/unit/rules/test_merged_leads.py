"""R01: what a duplicate says is lost to nobody: it is looked at by itself when the open removal is over."""

import pytest

from contracts.causes import Cause
from contracts.commands.case import EndFact
from contracts.commands.removal import LeadMerged, TenderResignation
from contracts.events.removal import LeadJoined
from contracts.events.review import FactEnded
from contracts.nominee import Fact
from contracts.policy.model import Policy
from contracts.vocabulary import CaseState, Stage
from tests.asking import LEAD, local, removal_opening, somebody
from tests.commission import RESIGNED, Commission, started
from tests.desks import PureDesk, RefusedError
from tests.prizes import owed
from tests.raising import Raising
from tests.tenures import fact, raised
from workflows.kinds.removal.case import Removal
from workflows.kinds.removal.kind import DECIDER

MEMBER = somebody("MEMBER", "p-member")


@pytest.fixture
def seated(policy: Policy) -> Raising:
    return Raising(policy)


async def merged(seated: Raising) -> tuple[PureDesk[Removal], Commission]:
    """Owed tax is looked at; a sentence that is reported beside it is its duplicate."""
    await seated.told("NL-D01", "NL-C01")
    (first, one), (_, two) = seated.removal(1), seated.removal(2)
    await two.act("lead", "DUPLICATE", form={"of": first.case_id}, reason="same seat")
    await seated.carried()
    return first, one


async def ended(one: Commission, how: str) -> None:
    if how == "NO_CASE":
        await one.looked("NO_CASE")
    elif how == "UNPROVEN":
        await one.heard()
        await one.verified("UNPROVEN", "UNPROVEN")
    else:
        await one.planned()
        await one.votes("KEPT", (131, 131, 20))


async def test_a_lead_names_the_removal_of_its_seat_that_is_open_and_no_other(policy: Policy) -> None:
    seated = Raising(policy)
    await seated.told("NL-D01", "NL-C04")
    (first, one), (second, two) = seated.removal(1), seated.removal(2)
    with pytest.raises(RefusedError, match="name it"):
        await two.act("lead", "DUPLICATE", form={"of": "another"})
    with pytest.raises(RefusedError, match="duplicate of nothing"):
        await one.act("lead", "DUPLICATE", form={"of": second.case_id})
    await one.looked("NO_CASE")
    await seated.carried()
    with pytest.raises(RefusedError, match="duplicate of nothing"):
        await two.act("lead", "DUPLICATE", form={"of": first.case_id})


async def test_the_open_removal_takes_note_of_what_it_says_and_holds_it_against_nobody(
    seated: Raising,
) -> None:
    first, _ = await merged(seated)
    (noted,) = first.of(LeadJoined)
    assert "NL-C01" not in str(noted.plain()), "sealed, as every lead"
    assert "NL-C01" in first.current.joined[0].lead.text
    assert "NL-C01" not in first.current.lead.text, "the member is heard on it by itself"


@pytest.mark.parametrize("how", ["NO_CASE", "UNPROVEN", "KEPT"])
async def test_however_the_open_removal_keeps_the_member_what_joined_it_is_looked_at(
    seated: Raising, how: str
) -> None:
    first, one = await merged(seated)
    await ended(one, how)
    (opening,) = raised(first)
    next_one, people = seated.begun(opening)
    await seated.carried()
    assert (opening.lead.item, opening.source, opening.tenure) == ("NL-C01", "hit", "t1")
    assert seated.held.current.removals == (next_one.case_id,)
    assert next_one.current.registrar_id == seated.removal(2)[0].current.registrar_id, "SOD-05"
    await people.looked()
    assert next_one.current.stage is Stage.STATEMENT


async def test_a_seat_that_is_lost_leaves_nothing_to_look_at_until_it_is_had_again(seated: Raising) -> None:
    first, one = await merged(seated)
    await one.removed()
    await seated.carried()
    assert raised(first) == []


async def test_what_is_known_already_is_not_looked_at_twice(seated: Raising) -> None:
    first, one = await merged(seated)
    for lead in (first.current.lead, first.current.joined[0].lead):
        said = {"name": lead.name, "text": lead.text, "item": lead.item}
        word = {"removal": "r9", "source": "hit", "registrar": "p-other", "lead": said}
        await first.send(owed(LeadMerged, first.case_id, "r9", **word))
    await ended(one, "NO_CASE")
    assert (len(first.of(LeadJoined)), len(raised(first))) == (1, 1)


async def test_a_lead_that_joins_a_removal_that_is_over_begins_its_own_at_once(seated: Raising) -> None:
    await seated.told("NL-D01", "NL-C01")
    (first, one), (_, two) = seated.removal(1), seated.removal(2)
    await one.looked("NO_CASE")
    await two.act("lead", "DUPLICATE", form={"of": first.case_id}, reason="nobody told it yet")
    with pytest.raises(RefusedError, match="case-ended"):
        await seated.carried()
    await seated.carried()
    assert [opening.lead.item for opening in raised(first)] == ["NL-C01"]


async def test_what_joined_a_removal_that_turns_out_to_be_a_duplicate_goes_on_to_the_open_one(
    policy: Policy,
) -> None:
    desk: PureDesk[Removal] = PureDesk(DECIDER, policy, local("2026-03-02 10:00"))
    desk.open(removal_opening(tenure="t1", open_removal="r0"))
    await desk.send(
        owed(
            LeadMerged,
            "r1",
            "r2",
            removal="r2",
            source="other",
            registrar="p-other",
            lead={**dict(LEAD), "text": "b"},
        )
    )
    await Commission(desk).act("lead", "DUPLICATE", form={"of": "r0"})
    words = [e.command for e in desk.current.owed if e.case_ids == ("r0",)]
    assert [(one.lead.text, one.registrar) for one in words] == [("b", "p-other"), (LEAD.text, "p-registrar")]
    assert raised(desk) == []


async def test_the_chair_meeting_that_is_asked_still_is_not_asked_by_the_next_one_too(
    seated: Raising,
) -> None:
    await seated.told("NL-C03", "NL-C01")
    (first, one), (_, two) = seated.removal(1), seated.removal(2)
    await two.act("lead", "DUPLICATE", form={"of": first.case_id})
    await seated.carried()
    await ended(one, "NO_CASE")
    next_one, _ = seated.begun(raised(first)[0])
    await seated.carried()
    assert next_one.current.investigations == (Cause.UNDER_INVESTIGATION,)
    asked = [len(desk.current.open_tasks("suspend-duty")) for desk in (first, next_one)]
    assert asked == [1, 0]


@pytest.mark.parametrize("how", ["NO_CASE", "UNPROVEN", "KEPT"])
async def test_a_resignation_is_decided_on_however_the_removal_ends_in_which_it_was_tendered(
    seated: Raising, how: str
) -> None:
    """R07: nobody dropped it; R01: the own wish is a channel of its own."""
    await seated.told("NL-D01")
    first, one = seated.removal(1)
    await one.asks(TenderResignation, MEMBER, document_digest="d" * 64)
    await ended(one, how)
    (opening,) = raised(first)
    wish, people = seated.begun(opening)
    await seated.carried()
    assert (opening.source, wish.current.registrar_id) == ("own-wish", "p-member")
    await people.act("accept-resignation", "ACCEPTED", form=RESIGNED)
    await seated.carried()
    assert seated.held.current.state is CaseState.VACANT


async def test_a_resignation_that_was_decided_on_is_not_asked_about_again(seated: Raising) -> None:
    await seated.told("NL-D01")
    first, one = seated.removal(1)
    await one.asks(TenderResignation, MEMBER, document_digest="d" * 64)
    await one.act("accept-resignation", "NOT_ACCEPTED")
    await ended(one, "NO_CASE")
    assert raised(first) == []


async def test_a_resignation_that_was_tendered_in_a_duplicate_is_decided_on_in_the_open_removal(
    seated: Raising,
) -> None:
    await seated.told("NL-D01", "NL-C01")
    (first, one), (second, two) = seated.removal(1), seated.removal(2)
    await two.asks(TenderResignation, MEMBER, document_digest="d" * 64)
    await two.act("lead", "DUPLICATE", form={"of": first.case_id})
    await seated.carried()
    assert raised(second) == []
    await one.act("accept-resignation", "ACCEPTED", form=RESIGNED)
    assert first.current.state is CaseState.RESIGNED


SENTENCED = Fact.model_validate(fact("NL-C01"))


async def over(seated: Raising, cause: str) -> None:
    """What the duplicate says has ended where it came from, or was another's."""
    await seated.held.send(owed(EndFact, "t1", "s1", fact=SENTENCED, source="court", cause=cause))
    await seated.carried()


def begun_after(seated: Raising, one: PureDesk[Removal]) -> list[PureDesk[Removal]]:
    """The removals that began from what had joined this one."""
    return [seated.begun(opening)[0] for opening in started(one.current.owed)]


@pytest.mark.parametrize("joins_first", [True, False])
async def test_of_a_fact_that_never_meant_the_member_nothing_begins(
    seated: Raising, joins_first: bool
) -> None:
    if joins_first:
        first, one = await merged(seated)
        await over(seated, "set-aside")
    else:
        await seated.told("NL-D01", "NL-C01")
        (first, one), (_, two) = seated.removal(1), seated.removal(2)
        await over(seated, "set-aside")
        await two.act("lead", "DUPLICATE", form={"of": first.case_id}, reason="same seat")
        await seated.carried()
    await ended(one, "UNPROVEN")
    assert begun_after(seated, first) == []
    assert not first.current.groundless, "what it rests on itself is the member's"


@pytest.mark.parametrize("when", ["before", "open", "after"])
async def test_what_begins_from_a_duplicate_knows_that_its_fact_is_over(seated: Raising, when: str) -> None:
    if when == "before":
        await seated.told("NL-D01", "NL-C01")
        (first, one), (_, two) = seated.removal(1), seated.removal(2)
        await over(seated, "delisted")
        await two.act("lead", "DUPLICATE", form={"of": first.case_id}, reason="same seat")
        await seated.carried()
    else:
        first, one = await merged(seated)
    if when == "open":
        await over(seated, "delisted")
    await ended(one, "KEPT")
    (after,) = begun_after(seated, first)
    if when == "after":
        await over(seated, "set-aside")
        assert after.current.groundless
    await seated.carried()
    (end,) = after.of(FactEnded)
    assert "of" not in end.model_dump(), "it rests on that itself"
