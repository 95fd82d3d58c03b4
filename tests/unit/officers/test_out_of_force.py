"""A closed account is out of force everywhere: every session, whatever it was begun by, at every process (Z8)."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path

import httpx2
import pytest

from contracts.commands.case import ReleaseTask
from contracts.events.task import TaskClaimed
from services.officers.desk.freeing import Freeing
from services.officers.identity.factors import store as factor_store
from services.officers.identity.provider import store as link_store
from services.officers.main import TABLES
from tests.access_office import AccessOffice
from tests.attacks.attack import Ground
from tests.attacks.of_links import LINK, asked_of
from tests.attacks.of_passkeys import answered, challenge, opened_for_passkeys, taken_up
from tests.attacks.of_provider import own, served, signed_in
from tests.attacks.of_sessions import disabled
from tests.authenticator import Authenticator
from tests.officers_ground import settings_in
from tests.officers_rig import PASSWORD, Rig, running
from tests.soft_passkey import SoftPasskey
from tests.waiting import PATIENCE

Confirm = Callable[[], Awaitable[httpx2.Response]]


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


async def link_begun(ground: Ground) -> Confirm:
    """The victim is about to be linked."""
    provider = served(ground)
    asked = await asked_of(ground.victim, LINK)
    answer = {"ticket": asked["ticket"], **provider.comes_back(asked["address"])}
    return lambda: ground.victim.post(LINK, answer)


async def passkey_begun(ground: Ground) -> Confirm:
    """Likewise to take up a passkey."""
    opened_for_passkeys(ground)
    asked = (await ground.victim.post("/v1/factors/passkey/challenge", {"password": PASSWORD})).json()
    body = {"ticket": asked["ticket"], "credential": SoftPasskey().made(asked["options"])}
    return lambda: ground.victim.post("/v1/factors/passkey", body)


async def program_begun(ground: Ground) -> Confirm:
    """Likewise an authenticator program, whose code is good."""
    program = Authenticator(ground.rig)
    await program.begin(ground.victim)
    path = f"/v1/factors/{program.factor_id}/confirmation"
    return lambda: ground.victim.post(path, {"code": program.code()})


@pytest.mark.parametrize("begun", [link_begun, passkey_begun, program_begun], ids=lambda one: one.__name__)
async def test_nobody_leaves_a_way_back_while_a_reset_is_not_known_everywhere(
    tmp_path: Path, begun: Callable[[Ground], Awaitable[Confirm]]
) -> None:
    settings = settings_in(tmp_path, f"sqlite+aiosqlite:///{tmp_path / 'officers.db'}")
    await TABLES.migrate(settings)
    async with running(settings) as here, running(settings) as there:
        there.office.standings._remember = 3600.0
        known = await Ground.of(here)
        late = replace(known, rig=there, victim=known.victim.through(there.client))
        confirm = await begun(late)
        office = await AccessOffice.of(here)
        asked = await office.about(late.victim.account_id, "reset")
        await office.granted(asked)
        assert (await late.victim.get("/v1/me")).status_code == 200, "it is not known there yet"
        refused = await confirm()
        assert refused.status_code in {401, 404}
        assert not await ways_back(late)


async def ways_back(ground: Ground) -> bool:
    """Whether anything opens the victim's account."""
    async with ground.rig.office.database.read() as session:
        account_id = ground.victim.account_id
        factors = await factor_store.factors_of(session, account_id)
        return bool(factors) or await link_store.link_of(session, account_id) is not None


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
        async with asyncio.timeout(PATIENCE):
            for token in tokens.values():
                while await known(there, token):
                    await asyncio.sleep(0.05)
        assert await Freeing(there.office.database, there.office.desk).round() == 1
        [freed] = [one for one in there.engine.sent if isinstance(one, ReleaseTask)]
        assert freed.of == ground.victim.person_id
