"""Of a case from which somebody is kept they see the number; of what hangs under it not even that (SOD-07, D12)."""

from collections.abc import Awaitable, Callable

import pytest

from contracts.actor import Grant
from contracts.events.conflict import Conflict, ConflictDeclared
from tests import stories
from tests.consulted import ids
from tests.data_requests import data_requested
from tests.officers_rig import Person, Rig, task_opened

KIN = Conflict(ground="kin", reason="表弟")


async def data_request(rig: Rig, parent: str) -> None:
    """The person asks about what is held in the file of the case."""
    story = rig.story("h1", "data-request", parent, "d01")
    await rig.tell(story, data_requested("p-c1"), task_opened("h1", "answer-correction"))


async def enquiry(rig: Rig, parent: str) -> None:
    """A book of screening asks about a fact that may mean the person of the case `c1`."""
    story = rig.story("h1", "enquiry", parent, "d01")
    await rig.tell(story, stories.enquiry_opened("p-c1"), task_opened("h1", "look"))


async def declared(rig: Rig, person: Person) -> None:
    conflict = ConflictDeclared(
        conflict=1, task_id="c1.screen.1.1", person_id=person.person_id, awaits=False, private=KIN
    )
    await rig.tell(rig.stories["c1"], conflict)


@pytest.mark.parametrize(("hang", "parent"), [(data_request, "c1"), (enquiry, "c1"), (enquiry, "book")])
async def test_whoever_is_kept_from_a_case_finds_nothing_that_hangs_under_it(
    rig: Rig, hang: Callable[[Rig, str], Awaitable[None]], parent: str
) -> None:
    await rig.batch()
    await rig.case("c1")
    await hang(rig, parent)
    person = await rig.account(Grant(role="CLERK", district="d01"), Grant(role="SCREENER", district="d01"))
    task = next(one for one in await ids(person, "/v1/tasks", view="all") if one.startswith("h1."))
    assert await ids(person, "/v1/cases") == ["c1", "h1"]
    assert (await person.get("/v1/cases/h1")).status_code == 200
    await declared(rig, person)
    assert (await person.get("/v1/cases")).json()["items"] == [{"case_id": "c1", "recused": True}]
    for path in ("/v1/cases/h1", "/v1/cases/h1/timeline", f"/v1/tasks/{task}"):
        hidden, nothing = await person.get(path), await person.get(path.replace("h1", "h9"))
        assert (hidden.status_code, hidden.json()["code"]) == (404, nothing.json()["code"])
    assert await ids(person, "/v1/tasks", view="all") == []
    assert await ids(person, "/v1/tasks") == []
    found = await person.post("/v1/search/cases", {"q": "h1"}, key=None)
    assert (found.status_code, found.json()["items"]) == (200, [])
    claim = await person.post(f"/v1/tasks/{task}/claim", {})
    assert claim.status_code == 404


async def test_whoever_has_no_conflict_with_it_goes_on_seeing_it(rig: Rig) -> None:
    await rig.batch()
    await rig.case("c1")
    await rig.case("c2", serial=2)
    story = rig.story("h2", "data-request", "c2", "d01")
    await rig.tell(story, data_requested("p-c2"), task_opened("h2", "answer-correction"))
    person = await rig.account(Grant(role="CLERK", district="d01"))
    await declared(rig, person)
    assert await ids(person, "/v1/cases") == ["c1", "c2", "h2"]
    assert (await person.get("/v1/cases/h2")).status_code == 200
