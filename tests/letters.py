"""A case as letters know it, and letters to be written of it."""

from contracts.policy.loader import released
from contracts.policy.model import Policy
from contracts.vocabulary import Seat
from services.notices.casefile import CaseFile, Contact, Reporter
from services.notices.composing import compose
from services.notices.letters import Addressee, Kind, Letter
from services.notices.papers.faces import Faces, find
from services.notices.renderer import Written, write
from tests.stories import AT, FACT, NOMINEE

POLICY = released("2026.1")
DEMO = released("2026.1-demo")
PERSON = Addressee(code="nominee", kind=Kind.PERSON, person_id="p1", district="d1")
DEPARTMENT = Addressee(
    code="department", kind=Kind.UNIT, roles=("DEPT_OFFICER", "DEPT_HEAD"), unit="tax", district="d1"
)
PUBLIC = Addressee(code="public", kind=Kind.PUBLIC)


def faces() -> Faces:
    """Those of the package alone: the same on every machine."""
    return find(())


def file(**changes: object) -> CaseFile:
    """A nomination with one hit, one report and a returned dossier."""
    values: dict[str, object] = {
        "kind": "nomination",
        "case_id": "c1",
        "parent": "b1",
        "district": "d1",
        "policy": "2026.1",
        "person_id": "p1",
        "nominating_unit": "chamber-1",
        "seat": Seat.EXECUTIVE,
        "person": Contact(name=NOMINEE.name, firm=NOMINEE.firm, email=NOMINEE.email),
        "facts": {1: FACT},
        "remark": "缺少学历证明",
        "reporters": {1: Reporter(ident="k1", name="贾报", contact="jia@example.org")},
        **changes,
    }
    return CaseFile.model_validate(values)


def letter(code: str, to: Addressee = PERSON, **about: object) -> Letter:
    """A letter to be written, by default to the nominee."""
    return Letter.model_validate({"type": code, "addressee": to, "round": "1", **about})


def written(
    one: Letter, of: CaseFile | None = None, policy: Policy = POLICY, number: str = "清选〔2026〕N-1"
) -> Written:
    """The letter in both languages."""
    return write(policy.notice(one.type), policy.letter_frame, compose(one, of or file(), policy, number, AT))
