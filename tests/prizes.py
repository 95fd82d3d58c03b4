"""Awards for tests: who applies, what integrity files tell, and cases that hear of one another as they would."""

from datetime import date
from typing import Any

from contracts.base import NO_DIGEST
from contracts.claim import Owing
from contracts.commands.award import LeaderCleared, LeaderMarked, LeaderMeasured, OpenAward
from contracts.commands.base import Command
from contracts.commands.integrity import OpenIntegrity
from contracts.errand import Start, Tell
from contracts.matter import Applicant, Leader, Mark, Reading
from contracts.names import award_id, integrity_id
from contracts.policy import loader
from contracts.vocabulary import Subject
from tests.asking import asks, claim, somebody
from tests.desks import PureDesk

CHAIR = "p-nominee"
"""The chamber's head: the person whom the nomination of the tests is about."""
CHAMBER = award_id("four-good", "2026", "chamber-1")
FILE = integrity_id(Subject.PERSON, CHAIR)
VETO = Mark(case="c1", items=("NL-C04",), confirmed_on=date(2026, 3, 20))
MEETING: dict[str, object] = {"meeting_on": "2026-03-02", "minutes_digest": NO_DIGEST}


def award_opening(
    *leaders: str, title: str = "four-good", version: str = "2026.1", case_id: str = CHAMBER
) -> OpenAward:
    """A chamber applies."""
    people = tuple(Leader(person_id=person, name="测试甲", position="会长") for person in leaders or (CHAIR,))
    return asks(
        OpenAward,
        somebody("CLERK", "p-applicant"),
        case_id,
        f"apply.{case_id}",
        parent=case_id,
        district="d01",
        policy=version,
        policy_digest=loader.digest(version),
        title=title,
        cycle="2026",
        organisation="chamber-1",
        applicant=Applicant(name="测试商会", leaders=people),
    )


def file_opening(version: str = "2026.1") -> OpenIntegrity:
    """The chair's integrity file."""
    return asks(
        OpenIntegrity,
        somebody("CLERK", "p-applicant"),
        FILE,
        f"file.{FILE}",
        parent=FILE,
        policy=version,
        policy_digest=loader.digest(version),
        subject=Subject.PERSON,
        person_id=CHAIR,
    )


def owed(cls: type[Any], target: str, owing: str = "c1", number: int = 1, **fields: object) -> Any:
    """The command as another case asks it."""
    asked = claim(somebody("EVALUATOR"), target).model_copy(
        update={"owed_by": Owing(case_id=owing, number=number)}
    )
    unclaimed = cls.model_validate({"claim": asked, **fields})
    return unclaimed.claimed_as(asked)


def told_of_veto(mark: Mark = VETO, person: str = CHAIR) -> LeaderMarked:
    """What the chair's file tells the application."""
    told: LeaderMarked = owed(LeaderMarked, CHAMBER, FILE, person_id=person, mark=mark)
    return told


def told_of_fall(case: str = VETO.case, person: str = CHAIR) -> LeaderCleared:
    """What the chair's file tells the application when the veto of a case stands no more."""
    told: LeaderCleared = owed(LeaderCleared, CHAMBER, FILE, person_id=person, case=case)
    return told


def told_of_index(index: int, person: str = CHAIR) -> LeaderMeasured:
    """What the chair's file tells the application of the index on record."""
    reading = Reading(index=index, assessed_on=date(2026, 2, 1), source="第三方机构")
    told: LeaderMeasured = owed(LeaderMeasured, CHAMBER, FILE, person_id=person, reading=reading)
    return told


def words_for(desk: PureDesk[Any], kind: str) -> list[tuple[tuple[str, ...], Command]]:
    """What a case owes cases of this kind, as they would be asked it, oldest first."""
    return [
        (errand.case_ids, as_owed(errand.command, errand.case_ids[0], desk.case_id, errand.number))
        for errand in desk.current.owed
        if isinstance(errand, Tell) and errand.kind == kind
    ]


def begins(desk: PureDesk[Any]) -> list[str]:
    """Which cases it begins."""
    starts = [errand for errand in desk.current.owed if isinstance(errand, Start)]
    return [opening.target for errand in starts for opening in errand.openings]


def as_owed(command: Command, target: str, owing: str, number: int) -> Command:
    """The command as it is carried."""
    own = {
        "target": target,
        "command_id": f"e{owing}.{number}"[:60],
        "owed_by": Owing(case_id=owing, number=number),
    }
    return command.claimed_as(command.claim.model_copy(update=own))
