"""Outside one's reach a guess is answered like an id of nothing: the same status, head, body and questions.

Time is not measured: it follows from what is asked of the database, and that is compared.
"""

from typing import Any

from tests.questions import questions
from tests.rights.asked import FIXED, Operation, operations
from tests.rights.expected import Sight, sees_task
from tests.rights.matrix import Matrix
from tests.rights.readers import Reader, by_way

NAMED = {"case_id", "task_id", "batch_id", "about"}
"""What a path may name of a case; all else is tried elsewhere."""
NOTHING = {"case_id": "c9", "task_id": "c9.screen.1.1", "batch_id": "b9", "about": "c9"}


async def answered(one: Operation, reader: Reader, named: dict[str, str]) -> tuple[Any, ...]:
    """All that an answer tells, and what was asked for it."""
    with questions() as asked:
        answer = await one.ask(reader.person, **named)
    heads = sorted((name, value) for name, value in answer.headers.items() if name != "date")
    return answer.status_code, answer.content, heads, asked


def hidden(matrix: Matrix, reader: Reader) -> dict[str, str]:
    """Something of each sort that there is and that this reader may not know of; nothing where they may."""
    found: dict[str, str] = {}
    for case, seen in matrix.sights(reader).items():
        known = matrix.known[case]
        if seen is Sight.NOTHING:
            found |= {"case_id": case, "about": case}
        for task in known.tasks.values():
            if seen is not Sight.NUMBER and not sees_task(reader, seen, known, task):
                found["task_id"] = task.task_id
    return found


async def test_a_guess_tells_nothing(tried: tuple[Matrix, list[Reader]]) -> None:
    matrix, looking = tried
    whole = (await matrix.house.rig.client.get("/v1/openapi.json")).json()
    every = [one for one in operations(whole) if one.names and set(one.names) <= NAMED | FIXED.keys()]
    assert len(every) > 40
    for reader in by_way(looking, matrix.whole):
        there = hidden(matrix, reader)
        # At the first request of an account its standing is read, whatever is asked for.
        await reader.person.get("/v1/me")
        for one in every:
            if not set(one.names) & NAMED <= there.keys():
                continue
            real = {name: there.get(name, FIXED.get(name, "")) for name in one.names}
            guess = {name: NOTHING.get(name, FIXED.get(name, "")) for name in one.names}
            first, second = await answered(one, reader, real), await answered(one, reader, guess)
            matrix.check(reader, f"{one.rule} {real}", first, second)
            matrix.check(reader, f"{one.rule} {real}", first[0] in {403, 404}, True)
    assert matrix.wrong == [], f"{len(matrix.wrong)} of {matrix.cells}: {matrix.wrong[:10]}"
