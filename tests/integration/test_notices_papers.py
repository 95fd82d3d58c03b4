"""Letters as papers through the internal API: for whom, what is refused, and what waits for a face."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from services.kit.papers import MEDIA
from tests.notices_rig import Rig, notices, reading
from tests.papers import joined
from tests.servers import NatsServer
from tests.stories import NOMINEE, case_opened, task_opened

CLERK = {"person_id": "p-clerk", "districts": ["d1"], "not_cases": []}


@pytest.fixture
async def rig(database_url: str, nats_server: NatsServer, tmp_path: Path) -> AsyncIterator[Rig]:
    async with notices(database_url, nats_server, tmp_path) as running:
        yield running


def asked(form: str, **reader: Any) -> dict[str, Any]:
    return {"reader": reading(**reader), "form": form, "language": "zh"}


async def test_a_paper_is_for_whoever_may_read_the_letter_and_the_same_bytes_each_time(rig: Rig) -> None:
    await rig.publish(rig.consulted().events)
    await rig.count(4)
    (mine,) = await rig.letters(person_id="p-c1")
    at = f"/notices/{mine['id']}/paper"
    for form, media in MEDIA.items():
        first = await rig.client.post(at, json=asked(form, person_id="p-c1"))
        again = await rig.client.post(at, json=asked(form, person_id="p-c1"))
        assert (first.status_code, first.headers["content-type"]) == (200, media)
        assert first.content == again.content
        assert (await rig.client.post(at, json=asked(form, person_id="p-c2"))).status_code == 404
        assert (await rig.client.post(at, json=asked(form, grants=["CLERK::d1"]))).status_code == 404
    printed = await rig.client.post(at, json=asked("pdf", person_id="p-c1"))
    assert mine["number"] in joined(printed.content)


async def test_a_sign_without_a_face_stops_this_paper_and_no_other_letter(rig: Rig) -> None:
    name = f"{NOMINEE.name}\U000e0fff"
    story = rig.story("c1", district="d1")
    story.each(
        case_opened(person_id="p-c1", nominee=NOMINEE.model_copy(update={"name": name})),
        task_opened("c1", "declare"),
    )
    await rig.publish([*story.events, *rig.consulted("c2").events])
    await rig.count(5)
    (mine,) = await rig.letters(person_id="p-c1")
    assert name in mine["body"]["zh"]
    refused = await rig.client.post(f"/notices/{mine['id']}/paper", json=asked("pdf", person_id="p-c1"))
    assert (refused.status_code, refused.json()["signs"]) == (409, "\U000e0fff (U+E0FFF)")
    found = await rig.post("/notices/unprintable", {"server": CLERK})
    assert [(one["id"], one["signs"]) for one in found["items"]] == [(mine["id"], "\U000e0fff (U+E0FFF)")]
    elsewhere = await rig.post("/notices/unprintable", {"server": {**CLERK, "districts": ["d2"]}})
    assert elsewhere["items"] == []
