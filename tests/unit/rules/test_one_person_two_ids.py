"""Two identities that two people found to be one count as one natural person, for what was done before as well."""

import pytest

from contracts.access import AnyRequest, MergePersons, SplitPersons
from contracts.actor import ACCOUNT_KEEPER, Actor, Ties
from contracts.commands.case import ReportConflict
from contracts.events.access import PersonsMerged, PersonsSplit
from contracts.events.conflict import ConflictReported, PapersVoided
from contracts.policy.model import Policy
from contracts.vocabulary import Stage
from tests.acting import completing, refused
from tests.asking import asks, somebody
from tests.desks import PureDesk
from tests.office import Office
from tests.unit.rules.test_access import answer, asked


def one_of(actor: Actor, *also: str) -> Actor:
    """The actor as somebody who is known under these ids as well."""
    return actor.model_copy(update={"ties": (Ties(person_id=actor.person_id, also=also),)})


async def screened(office: Office, person: str = "p-screens") -> None:
    await office.act("screen", "PASS", actor=somebody("SCREENER", person))


async def test_the_person_concerned_acts_under_either_id(desk: PureDesk, office: Office) -> None:
    await screened(office)
    await office.act("screen-sign", "CONFIRM")
    nominee = one_of(somebody("NOMINEE", "p-kept"), desk.current.person_id)
    await desk.send(await completing(office, "declare", nominee, outcome="SIGNED"))


async def test_what_one_person_signed_twice_before_is_found_later_and_done_again_by_others(
    desk: PureDesk, office: Office
) -> None:
    await screened(office, "p-one")
    await office.act("screen-sign", "CONFIRM", actor=somebody("SECOND_CHECKER", "p-one-again"))
    assert desk.current.stage is Stage.DECLARATION
    told = asks(
        ReportConflict,
        ACCOUNT_KEEPER,
        desk.case_id,
        person_id="p-one-again",
        ground="same-person",
        reason="one person",
    )
    await desk.send(told)
    assert len(desk.of(ConflictReported)) == 1
    await office.act("recusal", "RECUSED", form={}, reason="one person", actor=somebody("UFWD", "p-ufwd"))
    (void,) = desk.of(PapersVoided)
    assert isinstance(void, PapersVoided)
    assert [desk.current.tasks[one].kind for one in void.tasks] == ["screen", "screen-sign"]
    assert desk.current.stage is Stage.SCREENING
    same = one_of(somebody("SCREENER", "p-one"), "p-one-again")
    await refused(desk, await completing(office, "screen", same), "conflict-of-interest")
    await desk.send(await completing(office, "screen", somebody("SCREENER", "p-fresh")))


async def test_nobody_else_speaks_in_the_name_of_the_system(desk: PureDesk) -> None:
    stranger = ACCOUNT_KEEPER.model_copy(update={"account_id": "a-stranger"})
    told = asks(
        ReportConflict, stranger, desk.case_id, person_id="p-x", ground="same-person", reason="one person"
    )
    await refused(desk, told, "wrong-role")


BOTH = {"kept": "p-kept", "merged": "p-merged"}


@pytest.mark.parametrize(
    ("request_", "event"),
    [(MergePersons(**BOTH), PersonsMerged(**BOTH)), (SplitPersons(**BOTH), PersonsSplit(**BOTH))],
    ids=["merge", "split"],
)
async def test_two_people_merge_and_two_people_undo_it_and_neither_is_one_of_both(
    policy: Policy, request_: AnyRequest, event: PersonsMerged | PersonsSplit
) -> None:
    desk = asked(policy, request_)
    for person in BOTH.values():
        await refused(desk, answer(desk, "APPROVED", person), "conflict-of-interest")
    await refused(desk, answer(desk, "APPROVED", "p-asker"), "same-person")
    assert desk.of(type(event)) == []
    await desk.send(answer(desk, "APPROVED"))
    assert desk.of(type(event)) == [event]
