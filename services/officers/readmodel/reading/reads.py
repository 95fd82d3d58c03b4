"""What was opened for one caller while an answer was made: so that it is noted before it is given. Pure."""

from collections.abc import Mapping

from contracts.actor import Actor
from services.officers.journal.notes import Note, Noted, Tier
from services.officers.readmodel.tables import CaseRow

TIERS: Mapping[str, Tier] = {
    "id_number": Tier.INTERNAL,
    "contact": Tier.INTERNAL,
    "request": Tier.INTERNAL,
    "findings": Tier.RESTRICTED,
    "replies": Tier.RESTRICTED,
    "reports": Tier.SEALED,
    "opinion": Tier.SEALED,
}
"""How far the parts of a case reach at least, by the policy's names of them (domain §8.5)."""


class Reads:
    """Collects what is opened, case by case: a task may show what another case left behind."""

    def __init__(self) -> None:
        self._cases: dict[str, str] = {}
        self._parts: dict[str, dict[str, Tier]] = {}

    def add(self, case: CaseRow, part: str, which: str = "", *, case_id: str = "") -> None:
        """This part of the case was opened; `which` of several, such as `hit.3`. `case_id`: of another case of the
        same person."""
        ident = case_id or case.case_id
        self._cases[ident] = case.person_id
        tier = TIERS[part]
        named = f"{part}:{which}" if which else part
        self._parts.setdefault(ident, {})[named] = tier

    def notes(
        self, actor: Actor, what: Noted, target: str, *, purpose: str = "", said: str = ""
    ) -> tuple[Note, ...]:
        """A note for each case of which something was opened; none when nothing was."""
        return tuple(
            Note.by(
                actor,
                what,
                target,
                case_id=case_id,
                subject=self._cases[case_id],
                tier=max(parts.values(), key=lambda tier: tier.value),
                fields=tuple(parts),
                purpose=purpose,
                said=said,
            )
            for case_id, parts in self._parts.items()
        )


def glance(actor: Actor, case: CaseRow, target: str) -> Note:
    """That a detail gave the name of whom the case is about, as a list does, with all else that is personal masked."""
    return Note.by(
        actor,
        Noted.READ,
        target,
        case_id=case.case_id,
        subject=case.person_id,
        tier=Tier.INTERNAL,
        fields=("dossier",),
    )
