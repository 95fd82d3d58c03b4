"""Every attack on tokens, sessions and passwords is refused by its own code, and what was attacked still works."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.attacks.attack import Attack, Ground
from tests.attacks.table import ATTACKS, DOCUMENT, table
from tests.officers_rig import officers


@pytest.fixture
async def ground(tmp_path: Path) -> AsyncIterator[Ground]:
    """The API with two people signed in."""
    async with officers(tmp_path) as rig:
        yield await Ground.of(rig)


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.tries)
async def test_an_attack_is_refused_by_its_code(ground: Ground, attack: Attack) -> None:
    answer = await attack.run(ground)
    assert (answer.status_code, answer.json()["code"]) == (attack.status, attack.code)
    assert "Traceback" not in answer.text
    assert (await ground.attacker.get("/v1/me")).status_code == 200


async def test_what_the_attacks_are_made_from_is_good(ground: Ground) -> None:
    """Else every forged token would be refused for a reason of its own."""
    assert (await ground.shown(ground.signed(ground.claims()))).status_code == 200
    assert (await ground.shown(ground.victim.token)).status_code == 200


def test_there_are_many_attacks_and_the_document_names_each() -> None:
    assert len(ATTACKS) >= 40
    assert len({attack.tries for attack in ATTACKS}) == len(ATTACKS)
    assert DOCUMENT.read_text(encoding="utf-8") == table()
