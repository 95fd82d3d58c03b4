"""Whoever a case is opened about, by id and by name, is one person: the name is the one registered, however spelled."""

from collections.abc import Callable
from typing import Any

import pytest

from contracts.actor import Grant
from contracts.commands.award import OpenAward
from contracts.commands.removal import OpenRemoval
from services.officers.routes.starts import STARTS
from services.officers.views.starts import StartBody
from tests.officers_rig import Rig
from tests.person import Person
from tests.unit.officers import test_api_awards, test_api_removals

Naming = Callable[[Person, Person, str], dict[str, Any]]


def lead(member: Person, _other: Person, name: str) -> dict[str, Any]:
    return test_api_removals.body(member, lead={"name": name, "text": "无故缺席三次"})


def leader(one: Person, other: Person, name: str) -> dict[str, Any]:
    first = {"id_number": other.id_number, "name": other.name, "position": "会长"}
    second = {"id_number": one.id_number, "name": name, "position": "副会长"}
    return test_api_awards.applying(one, leaders=[first, second])


NAMED: dict[str, tuple[Grant, Naming, str]] = {
    "/removals": (Grant(role="EVALUATOR", district="d01"), lead, "lead.name"),
    "/awards": (Grant(role="CLERK", district="d01"), leader, "leaders.1.name"),
}


def names_people(body: type[StartBody]) -> bool:
    """Whether people stand in the body, by id or by number."""
    return body.people is not StartBody.people or body.numbered is not StartBody.numbered


def test_the_starts_that_name_people_are_counted() -> None:
    assert {one.path for one in STARTS if names_people(one.body)} == NAMED.keys()


@pytest.mark.parametrize("path", NAMED)
async def test_another_name_than_the_registered_one_opens_nothing(rig: Rig, path: str) -> None:
    grant, naming, place = NAMED[path]
    officer, one, other = [await rig.account(grant) for _ in range(3)]
    refused = await officer.post(f"/v1{path}", naming(one, other, other.name))
    assert (refused.status_code, refused.json()["code"]) == (422, "identity-mismatch")
    assert [one["field"] for one in refused.json()["errors"]] == [place]
    assert rig.engine.sent == []


@pytest.mark.parametrize("path", NAMED)
async def test_the_registered_name_is_known_in_whatever_spelling(rig: Rig, path: str) -> None:
    grant, naming, _ = NAMED[path]
    officer, one, other = [await rig.account(grant) for _ in range(3)]
    spelled = one.name.replace("·", " • ")
    assert (await officer.post(f"/v1{path}", naming(one, other, spelled))).status_code == 202
    [command] = rig.engine.sent
    assert isinstance(command, OpenRemoval | OpenAward)
    kept = command.lead.name if isinstance(command, OpenRemoval) else command.applicant.leaders[1].name
    assert kept == one.name
