"""A closed account is out of force everywhere: every session, whatever it was begun by, at every process (Z8)."""

import asyncio
from pathlib import Path

from contracts.commands.case import ReleaseTask
from contracts.events.task import TaskClaimed
from services.officers.desk.freeing import Freeing
from services.officers.main import TABLES
from tests.attacks.attack import Ground
from tests.attacks.of_passkeys import answered, challenge, taken_up
from tests.attacks.of_provider import own, signed_in
from tests.attacks.of_sessions import disabled
from tests.officers_rig import Rig, running, settings_in
from tests.soft_passkey import SoftPasskey

SECONDS = 30
"""Until which a change must have come; the setting is two."""


async def ways_in(ground: Ground) -> dict[str, str]:
    """By what it was begun a token of the victim."""
    provider, passkey = await own(ground), SoftPasskey()
    by_provider = (await signed_in(ground, provider)).json()["token"]
    assert (await taken_up(ground, ground.victim, passkey)).status_code == 201
    # Taking up a factor ended every other session: the provider's word now needs the second factor, or a passkey.
    provider.serve(ground.rig.office, amr=frozenset({"mfa"}))
    provider.claims["amr"] = ["mfa"]
    asked = await challenge(ground)
    by_passkey = await answered(ground, asked["ticket"], passkey.shown(asked["options"]))
    tokens = {"password": ground.victim.token, "passkey": by_passkey.json()["token"]}
    assert (await ground.shown(by_provider)).status_code == 401
    return {**tokens, "provider": (await signed_in(ground, provider)).json()["token"]}


async def known(rig: Rig, token: str) -> bool:
    """Whether the process lets this token in."""
    answer = await rig.client.get("/v1/tasks", headers={"Authorization": f"Bearer {token}"})
    assert answer.status_code in {200, 401}
    return answer.status_code == 200


async def test_whoever_is_closed_is_out_at_every_process_and_their_tasks_are_free(tmp_path: Path) -> None:
    settings = settings_in(tmp_path, f"sqlite+aiosqlite:///{tmp_path / 'officers.db'}")
    await TABLES.migrate(settings)
    async with running(settings) as here, running(settings) as there:
        ground = await Ground.of(here)
        await here.batch()
        claimed = TaskClaimed(task_id="c1.screen.1.1", person_id=ground.victim.person_id)
        await here.tell(await here.case("c1"), claimed)
        tokens = await ways_in(ground)
        for way, token in tokens.items():
            assert await known(here, token), way
            assert await known(there, token), way
        await disabled(ground)
        for way, token in tokens.items():
            assert not await known(here, token), way
        async with asyncio.timeout(SECONDS):
            for token in tokens.values():
                while await known(there, token):
                    await asyncio.sleep(0.05)
        assert await Freeing(there.office.database, there.office.desk).round() == 1
        [freed] = [one for one in there.engine.sent if isinstance(one, ReleaseTask)]
        assert freed.of == ground.victim.person_id
