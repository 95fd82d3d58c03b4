"""Speak as somebody else, in every way we could think of: nothing is recorded, shown or told, and it is known."""

from collections.abc import AsyncIterator

import pytest
from structlog.testing import capture_logs

from contracts import names
from contracts.case import CaseKind
from services.kit.beginning import begin
from tests.asking import removal_opening
from tests.forgeries.acts import ACTS, UNASKED
from tests.forgeries.forgery import Forgery
from tests.forgeries.house import ONCE, House, house
from tests.forgeries.payloads import PAYLOADS
from tests.forgeries.steps import STEPS
from tests.forgeries.subjects import SUBJECTS
from tests.waiting import until

EVERY = (*ACTS, *PAYLOADS, *STEPS, *SUBJECTS)


@pytest.fixture(scope="module")
async def system(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[House]:
    async with house(tmp_path_factory.mktemp("house")) as running:
        yield running


@pytest.mark.parametrize("forgery", EVERY, ids=lambda forgery: forgery.sentence.replace(" ", "-"))
async def test_it_brings_nothing_about(system: House, forgery: Forgery) -> None:
    before, kept, said = await system.known(), await system.attempts(), len(system.nats.log.read_text())
    with capture_logs() as lines:
        tried = await forgery.tries(system)
        await system.goes_on()

        async def attempts() -> set[tuple[str, str]]:
            """What is kept beyond what was."""
            return {(one.service, one.code) for one in await system.attempts() if one not in kept}

        def alarm() -> bool:
            """Whether the sender is named, by a service or by the broker."""
            told = [str(line) for line in lines if line["log_level"] == "error"]
            return any(tried.sender in one for one in (*told, system.nats.log.read_text()[said:]))

        await until(alarm)
        if forgery.kept is not None:
            await until(attempts)
    assert tried.outcome == forgery.outcome
    assert await system.known() == before
    assert await attempts() == ({forgery.kept} if forgery.kept else set())


async def test_whoever_may_goes_on_as_before(system: House) -> None:
    assert await system.send(system.genuine(system.asked())) == "accepted"
    opening = system.genuine(removal_opening(case_id=UNASKED))
    assert await begin(system.client, CaseKind.REMOVAL, UNASKED, opening, ONCE), "and begins what was forged"
    await system.case(UNASKED).execute_update(names.CATCH_UP_UPDATE, 1000)
    assert await system.reading.entries(case_id=UNASKED, after=-1, limit=1)


def test_there_are_at_least_twenty_and_each_is_told_apart() -> None:
    assert len({forgery.sentence for forgery in EVERY}) == len(EVERY) >= 20
