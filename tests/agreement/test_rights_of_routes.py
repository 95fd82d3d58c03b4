"""A route of which nobody says who may use it is not served; each way to forget it is planted once and seen."""

from collections.abc import Mapping
from types import SimpleNamespace
from typing import cast

import pytest
from fastapi import APIRouter, FastAPI

from contracts.policy.loader import released
from services.kit.bearer import bearer_guard, insist_on_bearer
from services.kit.health import health_router
from services.kit.operations import UnruledError
from services.officers import app
from services.officers.desk.ask import Ask
from services.officers.identity.scope import Scope
from services.officers.identity.standing import Presence
from services.officers.office import Office
from services.officers.routes import ruled
from services.officers.routes.caller import Asking, AtOffice, Caller, Permitted
from services.officers.routes.rights import EVERYBODY, RULES, SIGNED_IN, Rule, Who
from services.officers.web.problems import RefusedError
from tests.asking import somebody
from tests.rights.page import PAGE, written

OFFICE = cast(Office, SimpleNamespace(policy=released("2026.1")))
"""All that the application looks at while it is built."""


def built(
    monkeypatch: pytest.MonkeyPatch, planted: APIRouter, more: Mapping[str, Rule] | None = None
) -> None:
    monkeypatch.setattr(app, "ROUTERS", (*app.ROUTERS, planted))
    monkeypatch.setattr(ruled, "RULES", {**RULES, **(more or {})})
    app.make_app(OFFICE, {})


def planted(*, asks: bool) -> APIRouter:
    router = APIRouter()

    async def answers(office: AtOffice) -> str:
        return "all of it"

    async def answers_by_rule(office: AtOffice, who: Permitted) -> str:
        return "all of it"

    router.add_api_route("/planted", answers_by_rule if asks else answers)
    return router


def test_the_application_is_built_with_a_rule_for_every_route() -> None:
    app.make_app(OFFICE, {})
    assert len(RULES) > 100


def test_a_route_without_a_rule_is_not_built(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(UnruledError, match="no rule says who may use GET /planted"):
        built(monkeypatch, planted(asks=True))


def test_a_rule_by_which_the_route_does_not_ask_is_not_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(UnruledError, match="GET /planted: it has a rule and does not ask by it"):
        built(monkeypatch, planted(asks=False), {"GET /planted": SIGNED_IN})


def test_nor_is_one_that_lets_everybody_in_where_it_is_asked_who_they_are(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with pytest.raises(UnruledError, match="GET /planted: it is said to be everybody's"):
        built(monkeypatch, planted(asks=True), {"GET /planted": EVERYBODY})


@pytest.mark.parametrize(
    ("rule", "fault"),
    [
        (Rule(Who.HOLDERS, ("NOBODY",)), "the policy has no role NOBODY"),
        (Rule(Who.ASKERS, act="nothing"), "the policy names nobody who may ask for nothing"),
    ],
)
def test_nor_one_of_roles_and_acts_that_there_are_not(
    monkeypatch: pytest.MonkeyPatch, rule: Rule, fault: str
) -> None:
    with pytest.raises(UnruledError, match=f"GET /planted: {fault}"):
        built(monkeypatch, planted(asks=True), {"GET /planted": rule})


def test_a_rule_without_a_route_is_not_left_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(UnruledError, match="there is no route GET /gone"):
        built(monkeypatch, APIRouter(), {"GET /gone": SIGNED_IN})


def test_a_service_with_a_token_is_not_built_with_a_route_that_asks_for_none() -> None:
    service = FastAPI(openapi_url=None, docs_url=None, redoc_url=None)
    service.include_router(health_router({}))
    guarded = APIRouter()
    guarded.add_api_route("/told", lambda: "told")
    service.include_router(guarded, dependencies=[bearer_guard("t", "the token")])
    insist_on_bearer(service)
    service.add_api_route("/planted", lambda: "all of it")
    with pytest.raises(UnruledError, match="nothing says who may use: GET /planted"):
        insist_on_bearer(service)


def test_nor_with_another_application_mounted_beside_it() -> None:
    service = FastAPI(openapi_url=None, docs_url=None, redoc_url=None)
    service.mount("/beside", FastAPI())
    with pytest.raises(UnruledError, match="ANY /beside"):
        insist_on_bearer(service)


def test_the_page_of_rights_says_what_the_table_says() -> None:
    text = PAGE.read_text("utf-8")
    assert written(text, OFFICE.policy) == text, "write it again: python -m tests.rights.page"
    assert text.count("\n| GET /v1/") > 40


def test_whoever_a_rule_does_not_let_in_claims_nothing_whatever_a_route_forgets() -> None:
    who = Caller(
        cast(Presence, SimpleNamespace(actor=somebody("SCREENER"))), Scope(person="p"), "en", allowed=False
    )
    asks = Asking(who, Ask(who.actor, "k1", "open-batch", "none"), ("ELECTION_OFFICE",), None)
    with pytest.raises(RefusedError, match="wrong-role"):
        asks.claim()
