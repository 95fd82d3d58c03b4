"""Every role at every place, every tie, at every case and task: shown is what the table says, and no more."""

from collections import Counter

from tests.rights.expected import Sight, reads_cases, sees_task
from tests.rights.matrix import POLICY, Matrix
from tests.rights.page_of import paged
from tests.rights.readers import Reader
from tests.rights.scanning import leaks, may_stand, secrets


async def lists(matrix: Matrix, reader: Reader) -> None:
    """Lists, and numbers counted over them."""
    seen = matrix.sights(reader)
    found = await paged(reader.person, "/v1/cases")
    matrix.check(
        reader,
        "cases",
        {one["case_id"] for one in found},
        {case for case, much in seen.items() if much is not Sight.NOTHING},
    )
    matrix.check(
        reader,
        "numbers",
        {one["case_id"] for one in found if one == {"case_id": one["case_id"], "recused": True}},
        {case for case, much in seen.items() if much is Sight.NUMBER},
    )
    visible = {
        task.task_id
        for case, one in matrix.known.items()
        for task in one.tasks.values()
        if sees_task(reader, seen[case], one, task)
    }
    tasks = await paged(reader.person, "/v1/tasks", view="all")
    matrix.check(reader, "tasks", {one["task_id"] for one in tasks}, visible)
    mine = {one["task_id"] for one in await paged(reader.person, "/v1/tasks")}
    matrix.check(reader, "mine", mine - visible, set())
    matrix.clean(reader, "a list", leaks(str([found, tasks]), matrix.every, set()))
    batch = await reader.person.get("/v1/batches/b1")
    if batch.status_code == 200:
        stands = Counter(
            one["state"] for one in found if "recused" not in one and one["kind"] == "nomination"
        )
        matrix.check(reader, "counted", batch.json()["cases"], dict(sorted(stands.items())))
    for state in sorted({one["state"] for one in found if "state" in one}):
        narrowed = {one["case_id"] for one in await paged(reader.person, "/v1/cases", state=state)}
        matrix.check(
            reader, f"in {state}", narrowed, {one["case_id"] for one in found if one.get("state") == state}
        )


async def details(matrix: Matrix, reader: Reader) -> None:
    """Each case, what happened in it, and each of its tasks."""
    for case, much in matrix.sights(reader).items():
        known, said = matrix.known[case], matrix.house.needles(case)
        shown = await reader.person.get(f"/v1/cases/{case}")
        matrix.check(reader, case, shown.status_code, 404 if much is Sight.NOTHING else 200)
        if much is Sight.NUMBER:
            matrix.check(reader, case, shown.json(), {"case_id": case, "recused": True})
        matrix.clean(
            reader, case, leaks(shown.text, matrix.every, may_stand(reader, much, known, said, POLICY, None))
        )
        told = await reader.person.get(f"/v1/cases/{case}/timeline", limit=200)
        wanted = {Sight.NOTHING: 404, Sight.NUMBER: 403}.get(much, 200)
        matrix.check(reader, f"{case} timeline", told.status_code, wanted)
        own = may_stand(reader, much, known, said, POLICY, None) if much is Sight.OWN else set()
        matrix.clean(reader, f"{case} timeline", leaks(told.text, matrix.every, own))
        for answer in (shown, told):
            matrix.clean(reader, case, secrets(answer.text, reader, much, known))
        for task in matrix.tasks(known):
            answer = await reader.person.get(f"/v1/tasks/{task.task_id}")
            wanted = 200 if sees_task(reader, much, known, task) else 404
            if much is Sight.NUMBER:
                matrix.clean(reader, task.task_id, [] if answer.status_code in {403, 404} else ["a task"])
            else:
                matrix.check(reader, task.task_id, answer.status_code, wanted)
            allowed = may_stand(reader, much, known, said, POLICY, task)
            matrix.clean(reader, task.task_id, leaks(answer.text, matrix.every, allowed))
            matrix.clean(reader, task.task_id, secrets(answer.text, reader, much, known))


async def test_nobody_is_shown_more_or_less_than_the_table_says(
    tried: tuple[Matrix, list[Reader]],
) -> None:
    matrix, looking = tried
    for reader in looking:
        if reads_cases(reader, POLICY):
            await lists(matrix, reader)
            await details(matrix, reader)
        else:
            for path in ("/v1/cases", "/v1/tasks", "/v1/cases/c1", "/v1/cases/c1/timeline", "/v1/batches"):
                answer = await reader.person.get(path)
                matrix.check(reader, path, (answer.status_code, answer.json()["code"]), (403, "wrong-role"))
    assert matrix.wrong == [], f"{len(matrix.wrong)} of {matrix.cells}: {matrix.wrong[:40]}"
    assert matrix.cells > 200 * len(looking), "a matrix that tries little shows little"
