"""A roster with people whom other rosters named before: by another unit, and in other batches."""

from contracts import names
from contracts.actor import Grant
from contracts.causes import Cause
from contracts.commands.batch import SubmitRoster
from contracts.events.batch import RosterAccepted
from contracts.events.case import CaseEnded
from contracts.events.conflict import PapersVoided
from contracts.events.review import CaseGraded, Scores
from contracts.nominee import RosterEntry
from contracts.vocabulary import CaseState, Grade, Stage
from services.officers.roster.importing import roster_digest
from tests.instants import midnight_after
from tests.officers_rig import Person, Rig, case_opened
from tests.unit.officers.sheets import row, sheet
from tests.unit.officers.test_api_batches import NOMINATOR, OFFICE, send

TAKEN = RosterAccepted(roster_digest="a" * 64, cases=(), people=())
UNTIL = midnight_after(4, 28, 2028)
GRADED = CaseGraded(
    grade=Grade.A,
    veto=False,
    valid_until=UNTIL,
    private=Scores(scores={"D1": 140}, index=800, total=900, reasons=()),
)


async def entries(rig: Rig, person: Person, body: bytes) -> tuple[RosterEntry, ...]:
    """What a roster sends to its batch."""
    rig.engine.answers = lambda command: rig.record(command, TAKEN)
    assert (await send(person, body, dry_run="false")).status_code == 201
    command = rig.engine.sent[-1]
    assert isinstance(command, SubmitRoster)
    return command.entries


async def test_another_unit_may_nominate_the_same_person_in_a_case_of_its_own(rig: Rig) -> None:
    await rig.batch()
    office, nominee = await rig.account(OFFICE), await rig.account(Grant(role="NOMINEE"), serial=1)
    await rig.account(NOMINATOR)
    await rig.account(Grant(role="NOMINATOR", unit="guild", district="d01"))
    await rig.case("c1", person=nominee.person_id)
    (one,) = await entries(rig, office, sheet([row(1, nominating_unit="guild")]))
    assert one.case_id == names.nomination_id("b1", nominee.person_id, "guild")
    assert (one.person_id, one.sisters, one.evaluation) == (nominee.person_id, (), None)
    both = sheet([row(2), row(2, nominating_unit="guild"), row(2)])
    errors = (await send(office, both)).json()["errors"]
    assert [error["cell"] for error in errors] == ["B4"], "one unit names a person once"


async def test_what_is_on_record_of_a_person_in_other_batches_goes_along(rig: Rig) -> None:
    await rig.batch()
    office, nominee = await rig.account(OFFICE), await rig.account(Grant(role="NOMINEE"), serial=1)
    await rig.account(NOMINATOR)
    later = GRADED.model_copy(update={"valid_until": midnight_after(4, 29, 2028)})
    histories = {
        "under-way": [],
        "ended": [CaseEnded(state=CaseState.WITHDRAWN, cause=Cause.WITHDRAWN)],
        "graded": [GRADED],
        "void": [later, PapersVoided(person_id="p-grader", stage=Stage.GRADING, tasks=())],
    }
    for case_id, history in histories.items():
        story = rig.story(case_id, parent="b0")
        for event in (case_opened(nominee.person_id, 1), *history):
            await rig.tell(story, event)
    (one,) = await entries(rig, office, sheet([row(1)]))
    assert one.sisters == ("graded", "under-way", "void"), (
        "whoever shares an evaluation hears what becomes of it"
    )
    assert one.evaluation is not None
    assert (one.evaluation.of, one.evaluation.valid_until, one.evaluation.index) == ("graded", UNTIL, 800)


async def test_a_repeat_is_answered_though_more_is_known_of_its_people_by_now(rig: Rig) -> None:
    await rig.batch()
    office, nominee = await rig.account(OFFICE), await rig.account(Grant(role="NOMINEE"), serial=1)
    await rig.account(NOMINATOR)
    body, other = sheet([row(1)]), sheet([row(2)])
    taken = RosterAccepted(roster_digest=roster_digest(body), cases=(), people=())
    rig.engine.answers = lambda command: rig.record(command, taken)
    first = await send(office, body, dry_run="false", key="again")
    await rig.tell(rig.story("elsewhere", parent="b0"), case_opened(nominee.person_id, 1))
    again = await send(office, body, dry_run="false", key="again")
    assert (first.status_code, again.status_code) == (201, 201)
    assert again.json() == first.json()
    reused = await send(office, other, dry_run="false", key="again")
    assert reused.json()["code"] == "idempotency-key-reused"
    assert len(rig.engine.sent) == 1
