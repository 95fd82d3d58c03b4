"""What is on record of a person's evaluation elsewhere, for whoever nominates the person again."""

from collections.abc import Collection
from dataclasses import dataclass, field

from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.case import CaseKind
from contracts.events.review import CaseGraded, Scores
from contracts.nominee import Evaluation
from contracts.sealed import Sealed
from services.kit.sealing import Keyring, open_sealed
from services.officers.readmodel.tables import CaseRow, EventRow


@dataclass
class Elsewhere:
    """One person's nominations in other batches: the latest evaluation that stands, and the cases still under way.

    An evaluation may fall or be capped while its case goes on: whoever uses it hears of that.
    """

    evaluation: Evaluation | None = None
    sisters: list[str] = field(default_factory=list)

    def add(self, case: CaseRow, evaluation: Evaluation | None) -> None:
        """Take one case in."""
        if case.ended_at is None:
            self.sisters.append(case.case_id)
        known = self.evaluation
        if evaluation is not None and (known is None or known.valid_until < evaluation.valid_until):
            self.evaluation = evaluation


async def elsewhere(
    session: AsyncSession, keyring: Keyring, batch_id: str, people: Collection[str]
) -> dict[str, Elsewhere]:
    """By person, of these people only. Whether an evaluation is still valid the case decides, not this."""
    wanted = select(CaseRow).where(
        CaseRow.kind == CaseKind.NOMINATION,
        CaseRow.parent != batch_id,
        col(CaseRow.person_id).in_(sorted(people)),
    )
    cases = (await session.exec(wanted.order_by(col(CaseRow.case_id)))).all()
    graded = await _graded(session, keyring, [case.case_id for case in cases if case.facts.get("grade")])
    found: dict[str, Elsewhere] = {}
    for case in cases:
        found.setdefault(case.person_id, Elsewhere()).add(case, graded.get(case.case_id))
    return found


async def _graded(session: AsyncSession, keyring: Keyring, cases: list[str]) -> dict[str, Evaluation]:
    wanted = select(EventRow).where(col(EventRow.case_id).in_(cases), EventRow.type == CaseGraded.type)
    events = (await session.exec(wanted.order_by(col(EventRow.sequence)))).all()
    found = {}
    for event in events:
        if event.payload["valid_until"] is None:
            continue
        scores = Scores.model_validate(
            open_sealed(Sealed.model_validate(event.sealed), event.event_id, keyring)
        )
        found[event.case_id] = Evaluation(
            of=event.case_id,
            valid_until=event.payload["valid_until"],
            scores=scores.scores,
            index=scores.index,
            minor=scores.minor,
            unheard=scores.unheard,
        )
    return found
