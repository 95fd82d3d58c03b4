"""Every write by everybody, and every list that is some roles' alone: who may reaches it, and nobody else does."""

from services.officers.routes.rights import RULES, Who
from tests.rights.asked import FIXED, Operation, operations
from tests.rights.conftest import Tried
from tests.rights.expected import Known, Sight
from tests.rights.matrix import POLICY
from tests.rights.readers import by_way
from tests.rights.scanning import leaks

SEEN = frozenset({Sight.TEAM, Sight.BROUGHT, Sight.ASKED, Sight.OWN})
BEGINNINGS = {
    "/cases/": "nomination",
    "/removals/": "removal",
    "/tenures/": "tenure",
    "/screenings/": "screening",
}
"""Of the paths under which something of the matrix can be named, the kind of case that is meant."""
BATCHES = "/batches/"
ELSEWHERE = frozenset({"POST /cases/{case_id}/hits/{hit}/readers", "POST /cases/{case_id}/reveals"})


def target(one: Operation, sights: dict[str, Sight], known: dict[str, Known]) -> dict[str, str] | None:
    """Something of the sort that the operation names, and that the reader sees; None when there is none."""
    if one.path.startswith(BATCHES):
        return {"batch_id": "b1"}
    kind = next(kind for beginning, kind in BEGINNINGS.items() if one.path.startswith(beginning))
    found = [case for case in sorted(known) if known[case].kind == kind and sights[case] in SEEN]
    named = {name: FIXED[name] for name in one.names if name in FIXED}
    return {"case_id": found[0], **named} if found else None


async def test_who_may_ask_reaches_the_case_and_nobody_else_does(tried: Tried) -> None:
    matrix, looking = tried
    whole = (await matrix.house.rig.client.get("/v1/openapi.json")).json()
    every = [
        one
        for one in operations(whole)
        if one.method == "POST" and one.path.startswith((*BEGINNINGS, BATCHES)) and one.rule not in ELSEWHERE
    ]
    asked = 0
    for reader in by_way(looking, matrix.whole):
        for one in every:
            rule = RULES[one.rule]
            named = target(one, matrix.sights(reader), matrix.known)
            if rule.who is not Who.ASKERS or named is None or set(one.names) != named.keys():
                continue
            if "batch_id" in named and (await reader.person.get("/v1/batches/b1")).status_code != 200:
                continue
            answer = await one.ask(reader.person, **named)
            refused = (answer.status_code, answer.json().get("code")) == (403, "wrong-role")
            lets = not reader.roles.isdisjoint(POLICY.askers(rule.act))
            matrix.check(reader, f"{one.rule} {named}", refused, not lets)
            if lets:
                asked += 1
                matrix.check(reader, f"{one.rule} {named} {answer.text}", answer.status_code != 404, True)
    assert matrix.wrong == [], f"{len(matrix.wrong)} of {matrix.cells}: {matrix.wrong[:20]}"
    assert asked > len(looking)


async def test_what_is_some_roles_alone_is_given_to_nobody_else_and_is_sealed(tried: Tried) -> None:
    """The record's entries among it: what is personal in them is sealed for whoever reads them."""
    matrix, looking = tried
    whole = (await matrix.house.rig.client.get("/v1/openapi.json")).json()
    every = [
        one
        for one in operations(whole)
        if one.method == "GET" and not one.names and RULES[one.rule].who is Who.HOLDERS
    ]
    assert "GET /record/entries" in {one.rule for one in every}
    for reader in by_way(looking, matrix.whole):
        for one in every:
            answer = await one.ask(reader.person)
            refused = answer.status_code == 403 and answer.json()["code"] == "wrong-role"
            matrix.check(reader, one.rule, refused, reader.roles.isdisjoint(RULES[one.rule].roles))
            matrix.clean(reader, one.rule, leaks(answer.text, matrix.every, set()))
            if one.rule == "GET /record/entries" and not refused:
                matrix.check(reader, one.rule, len(answer.json()["items"]) > 100, True)
    assert matrix.wrong == [], f"{len(matrix.wrong)} of {matrix.cells}: {matrix.wrong[:20]}"
