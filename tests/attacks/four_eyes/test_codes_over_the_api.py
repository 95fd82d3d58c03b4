"""Every evasion with the parts of a code is refused by its code, and the three parts of three people are a way in.

Each in an office of its own: who guesses at codes is slowed down by address, and these all sit at one.
"""

from collections.abc import AsyncIterator
from pathlib import Path

import httpx2
import pytest

from contracts.actor import Grant
from tests.access_office import AccessOffice
from tests.attacks.four_eyes.evasion import Evasion
from tests.attacks.four_eyes.of_accounts import one
from tests.attacks.four_eyes.of_codes import CODES, officer
from tests.officers_rig import officers


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[AccessOffice]:
    async with officers(tmp_path) as rig:
        yield await AccessOffice.of(rig)


@pytest.mark.parametrize("evasion", CODES, ids=lambda one: one.tries)
async def test_an_evasion_is_refused_by_its_code(
    office: AccessOffice, evasion: Evasion[AccessOffice, httpx2.Response]
) -> None:
    answer = await evasion.run(office)
    assert answer.status_code >= 400, answer.text
    assert answer.json()["code"] == evasion.code, answer.text


async def test_three_parts_of_three_people_are_a_way_in(office: AccessOffice) -> None:
    assert (await officer(office)).token, "before the audit administrator"
    head = await office.rig.account(Grant(role="UFWD", district="d02"))
    account = one({"role": "SCREENER", "district": "d02"})
    case_id = (await office.granted(await office.request(account)))["case_id"]
    code = (await office.codes(case_id, head))[str(account["login"])]
    assert (await office.set_password(str(account["login"]), code)).status_code == 204
