"""On both databases: a step is held against the errand that it answers to, whichever of many of its case it is."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from contracts.canonical import envelope_digest
from services.registry.checking import verify_record
from services.registry.ledger import Verified
from tests.owing import SECOND, asked, forged, owing, taking, word
from tests.record_steps import message
from tests.registry_rig import Rig, registry
from tests.servers import NatsServer


@pytest.fixture
async def rig(database_url: str, nats_server: NatsServer, tmp_path: Path) -> AsyncIterator[Rig]:
    async with registry(database_url, nats_server.url, tmp_path) as running:
        yield running


async def test_only_what_is_owed_is_recorded(rig: Rig) -> None:
    first = owing(rig.keys)
    second = owing(rig.keys, 2, first=2, previous=envelope_digest(first[-1]))
    assert await rig.declined(message(taking(asked(rig.keys)), rig.keys.step)) == "not-owed", "not yet"
    await rig.record([first, second])
    other = asked(rig.keys, command=word(at="2027-06-01T01:00:00Z"))
    for said in (asked(rig.keys, number=3), other, forged(rig.keys, asked(rig.keys), body_digest="9" * 64)):
        assert await rig.declined(message(taking(said), rig.keys.step)) == "not-owed"
    await rig.record([taking(asked(rig.keys)), taking(asked(rig.keys, SECOND, 2))])
    result = await verify_record(rig.reading, proof=rig.proof)
    assert isinstance(result, Verified)
    assert result.count == 4
