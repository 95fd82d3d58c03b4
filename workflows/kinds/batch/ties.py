"""ST00: what people declare of themselves before there is a case binds in the whole batch (SOD-06).

A nomination begins with the ties that were declared to its nominee, and so does a seat that is imported. One that is
declared later is told to every case about that person, where what rests on that person's acts is done again (SOD-08).
"""

from contracts.case import CaseKind
from contracts.commands.batch import DeclareTie
from contracts.commands.case import ReportConflict
from contracts.events.batch import TieDeclared
from contracts.matter import DeclaredTie
from workflows.kinds.batch.case import Batch, Work
from workflows.rules.verdict import Refused


def declare(work: Work, command: DeclareTie) -> Refused | None:
    """Keep it, once; the cases about that person hear of it as if their own officer had said so there."""
    batch, actor, said = work.state, command.actor, command.tie
    tie = DeclaredTie(
        **said.model_dump(),
        person_id=actor.person_id,
        roles=tuple(sorted({grant.role for grant in actor.grants})),
    )
    if any((one.of, one.person_id) == (tie.of, tie.person_id) for one in batch.ties):
        return None
    work.emit(TieDeclared(person_id=tie.person_id, private=tie))
    word = ReportConflict(claim=work.claim, person_id=tie.person_id, ground=tie.ground, reason=tie.reason)
    work.owe_tell(CaseKind.NOMINATION, batch.cases_of.get(tie.of, ()), word)
    work.owe_tell(CaseKind.TENURE, batch.seats_of.get(tie.of, ()), word)
    return None


def to(batch: Batch, person_id: str) -> tuple[DeclaredTie, ...]:
    """Who is tied to this person."""
    return tuple(tie for tie in batch.ties if tie.of == person_id)
