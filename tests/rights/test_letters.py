"""Letters, as the real service writes and keeps them: each reaches its addressees, and says no more than it may."""

from tests.rights import needles
from tests.rights.conftest import Standing
from tests.rights.expected import Sight, reads_cases
from tests.rights.matrix import POLICY, Matrix, known_of
from tests.rights.page_of import paged
from tests.rights.postroom import Addressed
from tests.rights.readers import Reader, by_way
from tests.rights.scanning import leaks

HANDED_OVER = frozenset({"N12", "N13"})
"""Letters to a reporter, who has no account."""
CHECKS = frozenset({"REPORT_HANDLER"})


def reaches(reader: Reader, letter: Addressed, seen: Sight) -> bool:
    """Whether it is addressed to the person, or to an office of theirs that has a way to the case."""
    named = {one.person_id for one in letter.readers}
    if reader.person.person_id in named:
        return True
    if seen in {Sight.NUMBER, Sight.OWN}:
        return False
    return any(
        (grant.role == one.role and one.unit in {"", grant.unit} and grant.district in {"*", one.district})
        for grant in reader.grants
        for one in letter.readers
    )


def may_say(reader: Reader, letter: Addressed, matrix: Matrix) -> set[str]:
    """What of the case may stand in a letter to this reader."""
    if letter.case_id not in matrix.known:
        return set()
    said = matrix.house.needles(letter.case_id)
    if reader.person.person_id == matrix.known[letter.case_id].person_id:
        return {said.number, *said.contacts, said.explained, said.finding, needles.WANTED}
    # Whoever checks reports hands over what is the reporter's: there is nobody else whom the reporter could meet.
    return {needles.REPORTER} if letter.type in HANDED_OVER and reader.roles & CHECKS else set()


async def test_a_letter_reaches_whom_it_is_addressed_to_and_nobody_else(standing: Standing) -> None:
    matrix = Matrix(standing.house, known_of(standing.house))
    letters = standing.postroom.letters
    alike = {(one.type, one.case_id): ident for ident, one in letters.items()}
    tried = letters if standing.whole else {ident: letters[ident] for ident in alike.values()}
    for reader in by_way(standing.looking, standing.whole):
        if not reads_cases(reader, POLICY):
            answer = await reader.person.get("/v1/notices")
            matrix.check(reader, "letters", (answer.status_code, answer.json()["code"]), (403, "wrong-role"))
            continue
        seen = matrix.sights(reader)
        due = {
            one.letter_id
            for one in letters.values()
            if reaches(reader, one, seen.get(one.case_id, Sight.TEAM))
        }
        listed = {one["id"]: one for one in await paged(reader.person, "/v1/notices")}
        matrix.check(reader, "letters", set(listed), due)
        for ident, one in tried.items():
            answer = await reader.person.get(f"/v1/notices/{ident}")
            matrix.check(reader, f"letter {one.type}", answer.status_code, 200 if ident in due else 404)
            if ident not in due:
                # What is made of it is as much out of reach as the letter.
                for form in ("pdf", "docx") if standing.whole else ("docx",):
                    paper = await reader.person.get(f"/v1/notices/{ident}.{form}")
                    matrix.check(reader, f"{form} of {one.type}", paper.content, answer.content)
            told = answer.text + str(listed.get(ident, ""))
            what = f"letter {one.type} of {one.case_id}"
            matrix.clean(reader, what, leaks(told, matrix.every, may_say(reader, one, matrix)))
    assert matrix.wrong == [], f"{len(matrix.wrong)} of {matrix.cells}: {matrix.wrong[:40]}"
    assert len(letters) > 20
