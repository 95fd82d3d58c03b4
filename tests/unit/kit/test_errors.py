"""Every error leaves as a problem document that says nothing of the inside."""

from typing import Annotated

import httpx2
import pytest
from fastapi import FastAPI, Query
from pydantic import BaseModel

from services.kit.errors import (
    InvalidError,
    NotFoundError,
    ServiceError,
    UnauthenticatedError,
    UnavailableError,
    install_handlers,
)


class Body(BaseModel, extra="forbid"):
    count: int


def application() -> FastAPI:
    app = FastAPI()
    install_handlers(app)

    @app.get("/raise/{kind}")
    async def fail(kind: str) -> None:
        raise {
            "service": ServiceError(
                "not yours",
                status=403,
                code="own-code",
                title="Not allowed",
                extra={"rule": "SOD-01", "status": 200},
            ),
            "fault": RuntimeError("甄选 in a message"),
            "away": UnavailableError("the database does not answer"),
            "who": UnauthenticatedError("no token"),
        }[kind]

    @app.post("/body")
    async def body(value: Body, page: Annotated[int, Query(ge=1)] = 1) -> Body:
        return value

    return app


@pytest.fixture
async def client() -> object:
    transport = httpx2.ASGITransport(app=application(), raise_app_exceptions=False)
    async with httpx2.AsyncClient(transport=transport, base_url="http://test") as client:
        yield client


async def test_a_service_error_is_a_problem_document(client: httpx2.AsyncClient) -> None:
    answer = await client.get("/raise/service")
    assert answer.status_code == 403
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json() == {
        "type": "https://qingxuan.invalid/problems/own-code",
        "title": "Not allowed",
        "status": 403,
        "detail": "not yours",
        "code": "own-code",
        "rule": "SOD-01",
    }


async def test_a_fault_of_ours_says_nothing_of_the_inside(
    client: httpx2.AsyncClient, capsys: pytest.CaptureFixture[str]
) -> None:
    answer = await client.get("/raise/fault")
    assert answer.status_code == 500
    assert answer.json() == {
        "type": "https://qingxuan.invalid/problems/internal",
        "title": "The service could not do this",
        "status": 500,
        "code": "internal",
    }
    printed = capsys.readouterr()
    assert "RuntimeError" in printed.err
    assert "甄选" not in printed.out + printed.err


async def test_a_malformed_request_names_each_field_and_repeats_no_value(client: httpx2.AsyncClient) -> None:
    answer = await client.post("/body?page=0", json={"count": "甄选"})
    assert answer.status_code == 422
    fields = {error["field"] for error in answer.json()["errors"]}
    assert fields == {"query.page", "body.count"}
    assert "甄选" not in answer.text


@pytest.mark.parametrize("called", ["甄选", "99000119780601001X", "somebody@example.org"])
async def test_what_a_caller_takes_for_a_name_is_not_repeated(
    client: httpx2.AsyncClient, called: str
) -> None:
    answer = await client.post("/body", json={"count": 1, called: 2, "other": 3})
    assert {error["field"] for error in answer.json()["errors"]} == {"body.?", "body.other"}
    assert called not in answer.text


@pytest.mark.parametrize(
    ("method", "path", "code"), [("GET", "/nowhere", "not-found"), ("GET", "/body", "method-not-allowed")]
)
async def test_unknown_routes_and_methods_are_problems_too(
    client: httpx2.AsyncClient, method: str, path: str, code: str
) -> None:
    answer = await client.request(method, path)
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["code"] == code


async def test_a_caller_is_told_when_to_come_back_and_how_to_log_in(client: httpx2.AsyncClient) -> None:
    assert (await client.get("/raise/away")).headers["retry-after"] == "2"
    assert (await client.get("/raise/who")).headers["www-authenticate"] == "Bearer"


@pytest.mark.parametrize(
    ("error", "status"),
    [(NotFoundError(), 404), (InvalidError(), 422), (ServiceError(status=409, code="stale"), 409)],
)
def test_each_error_has_its_status(error: ServiceError, status: int) -> None:
    assert error.problem()["status"] == status
    assert error.code in str(error)
