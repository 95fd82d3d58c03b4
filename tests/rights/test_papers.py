"""Papers that were uploaded: read by the hands in which they were left; a guess is answered like one of nothing."""

from contracts.actor import Grant
from tests.person import Person
from tests.rights.conftest import Tried
from tests.rights.expected import Sight, reads_cases
from tests.rights.house import HERE
from tests.rights.matrix import POLICY, Matrix
from tests.rights.readers import Reader, by_way

PDF = b"%PDF-1.7\nmade up for a test"
CHECK = "check-report"
"""What lies at its task is of reports (T4)."""
AT_CASES = ("c1", "c2", "c4", "r1", "t1", "v1", "a1")


async def _left(person: Person, case: str, task: str = "") -> str:
    said = {"case_id": case, "name": "paper.pdf", "task_id": task}
    headers = {"Content-Type": "application/pdf"}
    answer = await person.post("/v1/documents", headers=headers, params=said, content=PDF)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["document_id"])


async def left(matrix: Matrix) -> dict[str, tuple[str, frozenset[str]]]:
    """By document its case, and the roles of the case's team that read it."""
    rig = matrix.house.rig
    office, handler, group = [
        await rig.account(grant)
        for grant in (
            Grant(role="ELECTION_OFFICE"),
            Grant(role="REPORT_HANDLER", district=HERE),
            Grant(role="DISC_OFFICER", district=HERE),
        )
    ]
    theirs, reports = frozenset({"ELECTION_OFFICE"}), frozenset(_told_of_reports())
    found = {await _left(office, case): (case, theirs) for case in AT_CASES}
    found[await _left(group, "c2")] = ("c2", frozenset({"DISC_OFFICER", "DISC_HEAD"}))
    checks = [one for one in matrix.known["c2"].tasks.values() if one.kind == CHECK]
    return found | {await _left(handler, "c2", checks[0].task_id): ("c2", reports)}


def _told_of_reports() -> tuple[str, ...]:
    return next(one.revealed_to for one in POLICY.disclosure.personal if one.code == "reports")


def reads(reader: Reader, seen: Sight, roles: frozenset[str]) -> bool:
    """Whether the paper is theirs to read: of the person concerned and the unit none is that they did not leave."""
    return seen is Sight.TEAM and not reader.roles.isdisjoint(roles)


async def test_a_paper_is_read_by_whoever_is_shown_what_it_belongs_to(tried: Tried) -> None:
    matrix, looking = tried
    papers = await left(matrix)
    for reader in by_way(looking, matrix.whole):
        nothing = await reader.person.get("/v1/documents/d-nothing")
        seen = matrix.sights(reader)
        for ident, (case, roles) in papers.items():
            answer = await reader.person.get(f"/v1/documents/{ident}")
            may = reads_cases(reader, POLICY) and reads(reader, seen[case], roles)
            what = f"a paper in {case} of {', '.join(sorted(roles))}"
            matrix.check(reader, what, answer.content, PDF if may else nothing.content)
            listed = await reader.person.get("/v1/documents", case_id=case)
            matrix.check(reader, f"{what}, listed", ident in listed.text, may)
    assert matrix.wrong == [], f"{len(matrix.wrong)} of {matrix.cells}: {matrix.wrong[:20]}"
