"""The engine's payloads are shown to an administrator as shapes: whether they open, and nothing that is in them."""

import base64
import json
from typing import Any

import pytest
from temporalio.api.common.v1 import Payload

from contracts.actor import Grant
from contracts.names import workflow_id
from services.kit.codec import SealingCodec
from services.officers.desk.payloads import made_of, moments
from services.officers.identity.scope import AUDITOR, SECURITY_ADMIN, SYS_ADMIN
from tests.invented import nominee
from tests.officers_rig import Person, Rig
from tests.unit.officers.test_api_reads import block, noted

WORKFLOW = workflow_id("nomination", "c1")
NAMED = {"X-Workflow-Id": WORKFLOW}
HELD = {
    "name": nominee().name,
    "id_number": nominee().id_number,
    "at": "2026-03-02T02:00:00Z",
    "born": "1980-01-02",
    "report": {"reporter": "某某", "facts": ["欠税", 3, True, None]},
}


async def sealed(rig: Rig, workflow: str = WORKFLOW, value: object = HELD) -> dict[str, Any]:
    """A payload as it lies in a history."""
    codec = SealingCodec(rig.office.payloads._keyring, place=("default", workflow))
    plain = Payload(metadata={"encoding": b"json/plain"}, data=json.dumps(value).encode())
    [payload] = await codec.encode([plain])
    return {
        "metadata": {name: base64.b64encode(one).decode() for name, one in payload.metadata.items()},
        "data": base64.b64encode(payload.data).decode(),
    }


async def asked(
    who: Person, *payloads: dict[str, Any], headers: dict[str, str] = NAMED
) -> tuple[int, list[dict[str, Any]], str]:
    answer = await who.post("/v1/codec/decode", {"payloads": payloads}, headers=headers)
    told = answer.json().get("payloads", [])
    return answer.status_code, [json.loads(base64.b64decode(one["data"])) for one in told], answer.text


async def test_an_administrator_is_shown_the_shape_and_noted(rig: Rig) -> None:
    admin = await rig.account(Grant(role=SYS_ADMIN))
    status, [shape], text = await asked(admin, await sealed(rig))
    assert status == 200
    assert (shape["opens"], shape["moments"]) == (True, ["2026-03-02T02:00:00Z"])
    assert shape["made_of"] == {
        "objects": 2,
        "texts": 6,
        "lists": 1,
        "numbers": 1,
        "switches": 1,
        "nothing": 1,
    }
    said = text + json.dumps(shape, ensure_ascii=False)
    for hidden in (*HELD, nominee().name, nominee().id_number, "reporter", "某某", "欠税", "1980-01-02"):
        assert hidden not in said.replace('"metadata"', "").replace('"data"', "")
    [line] = await noted(rig, what="inspect")
    assert (line["person_id"], line["target"], line["case_id"]) == (admin.person_id, WORKFLOW, "c1")
    assert line["names"]["what"]


async def test_what_was_not_sealed_by_us_for_this_workflow_does_not_open(rig: Rig) -> None:
    admin = await rig.account(Grant(role=SYS_ADMIN))
    foreign = {"metadata": {"encoding": base64.b64encode(b"json/plain").decode()}, "data": "e30="}
    status, shapes, _ = await asked(admin, await sealed(rig, "nomination:c2"), foreign, {}, await sealed(rig))
    assert status == 200
    assert [one["opens"] for one in shapes] == [False, False, False, True]


@pytest.mark.parametrize("role", [SECURITY_ADMIN, AUDITOR, "ELECTION_OFFICE", "REPORT_HANDLER"])
async def test_nobody_else_is(rig: Rig, role: str) -> None:
    other = await rig.account(Grant(role=role))
    status, shapes, _ = await asked(other, await sealed(rig))
    assert (status, shapes) == (403, [])
    assert await noted(rig, what="inspect") == []


async def test_without_its_note_nothing_is_shown(rig: Rig) -> None:
    admin = await rig.account(Grant(role=SYS_ADMIN))
    await block(rig)
    assert (await asked(admin, await sealed(rig)))[:2] == (503, [])


@pytest.mark.parametrize(
    "headers",
    [{}, {"X-Workflow-Id": "../x"}, {"X-Workflow-Id": "nomination:"}, {"X-Workflow-Id": "nomination/c1"}],
)
async def test_a_workflow_is_named(rig: Rig, headers: dict[str, str]) -> None:
    admin = await rig.account(Grant(role=SYS_ADMIN))
    assert (await asked(admin, await sealed(rig), headers=headers))[0] == 422


async def test_nothing_is_sealed_here_and_no_other_page_is_answered(rig: Rig) -> None:
    admin = await rig.account(Grant(role=SYS_ADMIN))
    origin = {"Origin": "https://engine.example.org", **NAMED}
    sealing = await admin.post("/v1/codec/encode", {"payloads": []})
    before = await admin.client.request(
        "OPTIONS", "/v1/codec/decode", headers={**origin, "Access-Control-Request-Method": "POST"}
    )
    shown = await admin.post("/v1/codec/decode", {"payloads": []}, headers=origin)
    assert [one.status_code for one in (sealing, before, shown)] == [404, 405, 200]
    for answer in (sealing, before, shown):
        assert not [name for name in answer.headers if name.lower().startswith("access-control")]


def test_shapes_name_no_field_and_no_value() -> None:
    assert made_of(None) == {"nothing": 1}
    assert made_of({"a": {"b": [1, 2.5]}}) == {"objects": 2, "lists": 1, "numbers": 2}
    assert moments(
        ["2026-03-02T02:00:00+08:00", "2026-03-02", "13800000000", "2026-03-02T02:00:00+08:00"]
    ) == ("2026-03-02T02:00:00+08:00",)
