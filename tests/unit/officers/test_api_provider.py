"""Signing in by the office's identity provider: linked by the holder, an ordinary session, our second factor unless
the provider vouches for one. What is refused is in tests/attacks."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from contracts.actor import Grant
from services.officers.identity.provider.asking import Question
from services.officers.identity.provider.fetching import BETWEEN_LOOKS, KEYS_FOR, SILENT_FOR
from services.officers.journal import store
from services.officers.journal.store import Wanted
from tests.access_office import AccessOffice
from tests.attacks.attack import Ground
from tests.attacks.of_links import AGAIN, shown_again, with_factor
from tests.attacks.of_provider import begun, linked, own, served, signed_in
from tests.attacks.of_sessions import disabled
from tests.officers_rig import PASSWORD, Rig
from tests.person import Person
from tests.soft_provider import PAGES, fresh_key

SCREENER = Grant(role="SCREENER", district="d01")


@pytest.fixture
async def ground(rig: Rig) -> Ground:
    """Two people, signed in by password."""
    return await Ground.of(rig)


def as_victim(ground: Ground, said: dict[str, Any]) -> Person:
    """The victim with the token that was answered."""
    assert said["account_id"] == ground.victim.account_id
    return ground.holding(said["token"])


async def words(ground: Ground) -> list[str]:
    """What the journal tells of the victim, after the sign-in with which every ground begins."""
    async with ground.rig.office.database.read() as session:
        rows = await store.after(session, Wanted(reader=ground.victim.person_id), 0, 500)
    return [row.fields for row in rows][1:]


async def test_whoever_is_linked_has_an_ordinary_session(ground: Ground) -> None:
    provider = await own(ground)
    person = as_victim(ground, (await signed_in(ground, provider)).json())
    assert (await person.get("/v1/me")).json()["grants"][0]["role"] == "SCREENER"
    renewed = (await person.post("/v1/sessions/renewal")).json()
    [mine] = [one for one in (await person.get("/v1/sessions")).json()["items"] if one["current"]]
    assert (mine["methods"], mine["session_id"]) == ("provider", renewed["session_id"])
    assert (await person.client.delete("/v1/sessions", headers=person._headers(None))).status_code == 204
    assert (await person.get("/v1/me")).status_code == 401
    assert await words(ground) == [
        "provider-link-begun password",
        "provider-linked",
        "signed-in provider",
        "all-signed-out",
    ]


async def test_a_refused_answer_is_noted(ground: Ground) -> None:
    provider = await own(ground)
    await signed_in(ground, provider, state="s" * 43)
    provider.claims["sub"] = "p-99"
    await signed_in(ground, provider)
    async with ground.rig.office.database.read() as session:
        rows = await store.after(session, Wanted(what="sign-in-failed"), 0, 500)
    assert [row.fields for row in rows] == [
        "sign-in-refused provider-refused",
        "sign-in-refused provider-unlinked",
    ]


async def test_what_is_asked_of_the_provider_holds_no_secret_and_one_way_back(ground: Ground) -> None:
    served(ground)
    asked = await begun(ground)
    parts = urlsplit(asked["address"])
    said = {name: values[0] for name, values in parse_qs(parts.query).items()}
    assert said["tenant"] == "7"
    assert (said["code_challenge_method"], said["scope"], said["response_type"]) == ("S256", "openid", "code")
    assert said["redirect_uri"] == PAGES + "/sign-in/provider"
    assert "prompt" not in said
    ticket = ground.rig.office.provider._tickets
    [challenge] = [
        one.opened(asked["ticket"], None, datetime.now(UTC)).challenge
        for name, one in ticket.items()
        if name.name == "SIGN_IN"
    ]
    question = Question.of(ground.rig.office.provider._secret, challenge)
    assert question.verifier not in asked["address"] + asked["ticket"]
    assert len({said["state"], said["nonce"], said["code_challenge"], question.verifier}) == 4


async def test_shown_again_through_the_provider_one_is_fresh(ground: Ground) -> None:
    provider = await own(ground)
    asked = (await ground.victim.post(f"{AGAIN}/challenge")).json()
    assert parse_qs(urlsplit(asked["address"]).query)["prompt"] == ["login"]
    said = (await shown_again(ground, provider, ground.victim)).json()
    assert said["session_id"] == ground.session_id
    assert (await words(ground))[-1] == "authenticated-again provider"


async def test_whom_the_provider_let_in_earlier_is_not_fresh(ground: Ground) -> None:
    provider = await own(ground)
    before = datetime.now(UTC) - timedelta(hours=1)
    provider.claims["auth_time"] = int(before.timestamp())
    said = (await signed_in(ground, provider)).json()
    assert datetime.fromisoformat(said["authenticated_at"]) == before.replace(microsecond=0)


@pytest.mark.parametrize(
    ("vouches", "claims"),
    [
        ({"amr": frozenset({"hwk", "mfa"})}, {"amr": ["pwd", "mfa"]}),
        ({"acr": frozenset({"urn:office:two"})}, {"acr": "urn:office:two"}),
    ],
    ids=["by a method", "by a class"],
)
async def test_a_second_factor_of_the_provider_stands_for_ours_where_the_operator_says_so(
    ground: Ground, vouches: dict[str, Any], claims: dict[str, Any]
) -> None:
    provider, _ = await with_factor(ground, **vouches)
    provider.claims.update(claims)
    person = as_victim(ground, (await signed_in(ground, provider)).json())
    [mine] = [one for one in (await person.get("/v1/sessions")).json()["items"] if one["current"]]
    assert mine["methods"] == "provider+provider-second-factor"


@pytest.mark.parametrize("again", [False, True], ids=["to sign in", "to show again"])
async def test_else_ours_is_asked_for_after_the_providers_word(ground: Ground, again: bool) -> None:
    provider, program = await with_factor(ground)
    who, path = (ground.victim, AGAIN) if again else (ground.attacker, "/v1/sessions/provider")
    needed = await (shown_again(ground, provider, who) if again else signed_in(ground, provider))
    assert needed.json()["code"] == "second-factor-needed"
    body = {"ticket": needed.json()["ticket"], "code": "000000"}
    asks = who.post if again else lambda path, body: ground.rig.client.post(path, json=body)
    assert (await asks(f"{path}/second", body)).json()["code"] == "second-factor-wrong"
    done = await asks(f"{path}/second", {**body, "code": program.code()})
    assert as_victim(ground, done.json()).token
    assert (await words(ground))[-1].endswith("provider totp")


async def test_a_new_key_is_looked_for_once_and_made_up_ones_not_each_time(ground: Ground) -> None:
    provider = await own(ground)
    fetching = ground.rig.office.provider._fetching
    assert fetching is not None
    clock = [fetching._clock()]
    fetching._clock = lambda: clock[0]
    clock[0] += BETWEEN_LOOKS
    provider.key = fresh_key("k2")
    assert (await signed_in(ground, provider)).status_code == 201
    looks = provider.asked.count("/keys")
    provider.header["kid"] = "made-up"
    assert (await signed_in(ground, provider)).status_code == 401
    assert (await signed_in(ground, provider)).status_code == 401
    assert provider.asked.count("/keys") == looks
    clock[0] += KEYS_FOR + 1
    provider.header.clear()
    assert (await signed_in(ground, provider)).status_code == 201
    assert provider.asked.count("/keys") == looks + 1


async def test_a_provider_that_is_away_lets_nobody_in_and_is_asked_again(ground: Ground) -> None:
    provider = served(ground, away="openid-configuration")
    fetching = ground.rig.office.provider._fetching
    assert fetching is not None
    answers = await asyncio.gather(
        *(ground.rig.client.post("/v1/sessions/provider/challenge") for _ in range(5))
    )
    assert {(one.status_code, one.json()["code"]) for one in answers} == {(503, "provider-away")}
    assert all(int(one.headers["Retry-After"]) > 0 for one in answers)
    assert len(provider.asked) == 1, "those who wait do not ask each for themselves"
    now = fetching._clock()
    fetching._clock = lambda: now + SILENT_FOR
    provider.away = ""
    assert (await linked(ground, provider)).status_code == 204


async def test_a_provider_that_takes_secrets_in_the_form_only_is_given_none(ground: Ground) -> None:
    """This one looks for it in the header, so it must refuse us, and say of itself that it is away."""
    provider = served(ground, metadata={"token_endpoint_auth_methods_supported": ["client_secret_post"]})
    answer = await linked(ground, provider)
    assert (answer.status_code, answer.json()["code"]) == (503, "provider-away")


async def test_a_closed_account_is_out_and_a_reset_undoes_the_link(ground: Ground) -> None:
    provider = await own(ground)
    person = as_victim(ground, (await signed_in(ground, provider)).json())
    office = await AccessOffice.of(ground.rig)
    await office.granted(await office.about(person.account_id, "reset"))
    assert (await person.get("/v1/me")).status_code == 401
    assert (await signed_in(ground, provider)).json()["code"] == "provider-unlinked"


async def test_a_session_of_the_providers_ends_with_its_account(ground: Ground) -> None:
    provider = await own(ground)
    person = as_victim(ground, (await signed_in(ground, provider)).json())
    await disabled(ground)
    assert (await person.get("/v1/me")).status_code == 401


async def test_whom_the_provider_knows_somebody_as_is_kept_nowhere(ground: Ground) -> None:
    provider = served(ground)
    await linked(ground, provider, subject="employee-4711")
    await signed_in(ground, provider)
    tables = ("provider_links", "sessions", "journal", "used_tickets")
    rows = [
        await ground.rig.office.database.look(
            lambda unit, table=table: unit.exec_driver_sql(f"SELECT * FROM {table}").fetchall()
        )
        for table in tables
    ]
    assert all(rows)
    assert "employee-4711" not in str(rows)
    assert (await ground.victim.get("/v1/provider-link")).json()["linked_at"] is not None
    assert (await ground.attacker.get("/v1/provider-link")).json() == {"linked_at": None}
    undone = await ground.attacker.post("/v1/provider-link/removal", {"password": PASSWORD})
    assert (undone.status_code, undone.json()["code"]) == (404, "no-link")
