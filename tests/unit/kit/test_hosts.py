"""A request names this service, once; who a caller is and how they came is believed of named proxies only."""

import pytest
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.types import Message, Receive, Scope, Send

from services.kit.gate import Gate
from services.kit.http import configured
from services.kit.settings import ServiceSettings


async def app(scope: Scope, receive: Receive, send: Send) -> None:
    request = Request(scope)
    assert request.client is not None
    await JSONResponse({"from": request.client.host, "by": request.url.scheme})(scope, receive, send)


async def asked(
    gate: Gate, *headers: tuple[str, str], address: str = "10.0.0.1"
) -> tuple[int, dict[str, str], bytes]:
    """Status, headers and body, as one asks over the wire through everything that stands before an application."""
    config = configured(app, gate)
    config.load()
    scope = {
        "type": "http",
        "method": "GET",
        "path": "/",
        "raw_path": b"/",
        "query_string": b"",
        "scheme": "http",
        "client": (address, 1),
        "server": ("127.0.0.1", 1),
        "headers": [(name.encode(), value.encode()) for name, value in headers],
    }
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request"}

    async def send(message: Message) -> None:
        sent.append(message)

    await config.loaded_app(scope, receive, send)  # type: ignore[arg-type]
    said = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
    return sent[0]["status"], said, sent[1]["body"]


OURS = Gate(frozenset({"Vetting.example.org"}))


@pytest.mark.parametrize(
    "name",
    ["localhost", "127.0.0.1:8080", "[::1]:8080", "[::1]", "vetting.example.org", "VETTING.example.org:443"],
)
async def test_a_name_of_ours_is_answered(name: str) -> None:
    assert (await asked(OURS, ("host", name)))[0] == 200


@pytest.mark.parametrize(
    ("names", "status"),
    [
        (["evil.example"], 421),
        (["evil.example:8080"], 421),
        (["vetting.example.org.evil.example"], 421),
        (["localhost:8080:evil"], 421),
        (["localhost@evil.example"], 421),
        ([""], 421),
        ([], 400),
        (["localhost", "localhost"], 400),
        (["localhost", "evil.example"], 400),
    ],
)
async def test_another_name_none_or_two_are_refused(names: list[str], status: int) -> None:
    found, headers, body = await asked(OURS, *(("host", name) for name in names))
    assert found == status
    assert headers["content-type"] == "application/problem+json"
    assert headers["cache-control"] == "no-store"
    assert b"evil" not in body


FORWARDED = (("host", "localhost"), ("x-forwarded-for", "203.0.113.9"), ("x-forwarded-proto", "https"))


async def test_a_named_proxy_is_believed_for_whom_it_asks() -> None:
    _, headers, body = await asked(Gate(proxies=("10.0.0.0/30",)), *FORWARDED)
    assert body == b'{"from":"203.0.113.9","by":"https"}'
    assert "strict-transport-security" in headers


@pytest.mark.parametrize(
    ("gate", "address"), [(Gate(), "127.0.0.1"), (Gate(proxies=("10.0.0.0/30",)), "10.0.0.9")]
)
async def test_nobody_else_is_believed(gate: Gate, address: str) -> None:
    _, headers, body = await asked(gate, *FORWARDED, address=address)
    assert body == b'{"from":"%b","by":"http"}' % address.encode()
    assert "strict-transport-security" not in headers


def test_the_gate_is_set_by_lists_with_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("hosts", "a.example, b.example")
    monkeypatch.setenv("proxies", "10.0.0.1,192.168.0.0/16")
    assert ServiceSettings().gate == Gate(
        frozenset({"a.example", "b.example"}), ("10.0.0.1/32", "192.168.0.0/16")
    )


@pytest.mark.parametrize(
    ("name", "value"), [("hosts", "a b"), ("hosts", "*"), ("proxies", "everybody"), ("proxies", "*")]
)
def test_everybody_is_no_host_and_no_proxy(name: str, value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(ValueError, match=name):
        ServiceSettings()
