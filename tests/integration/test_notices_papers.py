"""Letters as papers through the internal API: for whom, what is refused, and what waits for a face."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from contracts.causes import Cause
from contracts.events.case import CaseEnded
from contracts.events.review import NoticePosted
from contracts.vocabulary import CaseState
from services.kit.papers import MEDIA
from tests.notices_rig import Rig, notices, reading
from tests.papers import joined
from tests.reports import SAID, received
from tests.servers import NatsServer
from tests.stories import NOMINEE, case_opened, task_opened
from tests.waiting import until

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


async def test_no_clerk_is_told_that_a_letter_to_a_reporter_cannot_be_printed(rig: Rig) -> None:
    """That there is a report is T4, and the sign that no face has stands in the reporter's name."""
    story = rig.story("c1", district="d1")
    content = SAID.model_copy(update={"reporter": f"{SAID.reporter}\U000e0fff"})
    story.each(case_opened(person_id="p-c1"), received(content=content))
    await rig.publish(story.events)
    await rig.count(1)
    (theirs,) = await rig.letters(grants=["REPORT_HANDLER::d1"])
    assert theirs["type"] == "N12"
    assert (await rig.post("/notices/unprintable", {"server": CLERK}))["items"] == []


async def test_a_public_notice_is_printed_while_it_is_on_show_and_no_longer(rig: Rig) -> None:
    now = datetime.now(UTC)
    story = rig.story("c1", district="d1")
    posted = NoticePosted(posted=now, start=now, end=now + timedelta(days=7), provisional=False)
    story.each(case_opened(person_id="p-c1"), posted)
    await rig.publish(story.events)
    (shown,) = await until(lambda: _on_show(rig))
    printed = await rig.client.post(f"/notices/{shown['id']}/poster", json={"language": "zh"})
    assert NOMINEE.name in joined(printed.content)
    story.then(CaseEnded(state=CaseState.WITHDRAWN, cause=Cause.WITHDRAWN))
    await rig.publish(story.events[-1:])
    await until(lambda: _off_show(rig))
    gone = await rig.client.post(f"/notices/{shown['id']}/poster", json={"language": "zh"})
    assert gone.status_code == 404


async def _on_show(rig: Rig) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = (await rig.get("/overview/public"))["items"]
    return found


async def _off_show(rig: Rig) -> bool:
    return not await _on_show(rig)


async def test_proof_of_service_is_for_the_letters_reader_and_not_for_others(rig: Rig) -> None:
    await rig.publish(rig.consulted().events)
    await rig.count(4)
    (mine,) = await rig.letters(person_id="p-c1")
    at = f"/notices/{mine['id']}/proof"
    found = await rig.post(at, {"reader": reading(person_id="p-c1"), "server": None})
    assert (found["said"]["number"]["zh"], found["by"]) == (mine["number"], "")
    for reader in ("p-c2", "p-clerk"):
        # Mail did not fail, so nobody serves it by hand either.
        asked_for = {"reader": reading(person_id=reader), "server": CLERK}
        assert (await rig.client.post(at, json=asked_for)).status_code == 404
