"""What is masked, asked for part by part: whom the policy names is shown that part, and nobody anything else.

Each part is of a data tier (domain 8.5): numbers, contacts (T2), findings, replies (T3), reports, the opinion (T4).
"""

from contracts.policy.reading import Personal
from tests.rights import needles
from tests.rights.conftest import Tried
from tests.rights.expected import PAUSES, Known, Sight, reads_cases
from tests.rights.matrix import POLICY, Matrix
from tests.rights.readers import Reader, by_way
from tests.rights.scanning import leaks

PAUSED = "c3"
"""The case that waits for the end of an investigation, which alone is what was found in it."""
BOUNDED = ("c1", "c2", PAUSED, "r1", "v1", "d1", "c4")
"""The cases that some readers ask about: one of every sort of part, at home and elsewhere."""


def wanted(reader: Reader, seen: Sight, case: Known, part: Personal) -> tuple[int, str]:
    """What is answered to who asks for this part."""
    if not reads_cases(reader, POLICY):
        return 403, "wrong-role"
    match seen:
        case Sight.NOTHING:
            return 404, "unknown-case"
        case Sight.NUMBER:
            return 403, "conflict-of-interest"
        case Sight.TEAM | Sight.BROUGHT:
            roles = {one.role for one in reader.grants if one.district in {"*", case.district}}
            return (200, "") if roles & set(part.revealed_to) else (403, "wrong-role")
        case Sight.ASKED | Sight.OWN:
            return 403, "wrong-role"


def holds(matrix: Matrix, reader: Reader, case: Known, part: Personal) -> set[str]:
    """What may stand in the part, beside what every part says of a case."""
    if case.case_id == PAUSED and part.code in {"findings", "replies"} and reader.roles.isdisjoint(PAUSES):
        return set()
    said = matrix.house.needles(case.case_id)
    parts = {
        "id_number": {said.number},
        "contact": set(said.contacts),
        "findings": {said.finding, said.explained},
        "replies": {said.reply, said.finding, said.explained},
        "reports": {needles.REPORTED, needles.REPORTER, needles.REACHED},
        "opinion": {needles.OPINION},
        "request": {needles.WANTED},
    }
    return parts[part.code]


async def test_a_part_is_shown_to_whom_the_policy_names_and_holds_nothing_else(tried: Tried) -> None:
    matrix, looking = tried
    shown = 0
    for reader in by_way(looking, matrix.whole):
        for case, seen in matrix.sights(reader).items():
            if not matrix.whole and case not in BOUNDED:
                continue
            for part in POLICY.disclosure.personal:
                body = {"fields": [part.code], "purpose": "verify", "reason": "a test"}
                answer = await reader.person.post(f"/v1/cases/{case}/reveals", body)
                found = (answer.status_code, answer.json().get("code", ""))
                what = f"{part.code} of {case}"
                matrix.check(reader, what, found, wanted(reader, seen, matrix.known[case], part))
                allowed = holds(matrix, reader, matrix.known[case], part) if found[0] == 200 else set()
                matrix.clean(reader, what, leaks(answer.text, matrix.every, allowed))
                shown += found[0] == 200
    assert matrix.wrong == [], f"{len(matrix.wrong)} of {matrix.cells}: {matrix.wrong[:40]}"
    assert shown > len(looking)
