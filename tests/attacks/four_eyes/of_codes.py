"""Evasions over the API by any two of the three administrators, who are after a session of somebody else.

A code has a part for whoever asked, for whoever decided and for a witness (adr/0035): two parts open nothing, and
nobody takes a part that is not theirs.
"""

from collections.abc import Awaitable, Callable

import httpx2

from contracts.actor import Grant
from services.officers.identity.codes import SEPARATOR, Part
from tests.access_office import AUDIT, SYS, AccessOffice, parts_of, wanted
from tests.attacks.four_eyes.evasion import Evasions
from tests.attacks.four_eyes.of_accounts import SCREENER, SCREENING, fresh, merge, one
from tests.person import Person

CODES: Evasions[AccessOffice, httpx2.Response] = Evasions()
DISCIPLINE = {"role": "DISC_OFFICER", "district": "d01"}
KEEPERS = (Part.ASKER, Part.APPROVER)
PAIRS = {
    "the system and the security administrator": KEEPERS,
    "the system and the audit administrator": (Part.ASKER, Part.WITNESS),
    "the security and the audit administrator": (Part.APPROVER, Part.WITNESS),
}


async def two_parts(
    office: AccessOffice, asked: httpx2.Response, login: str, two: tuple[Part, ...] = KEEPERS
) -> httpx2.Response:
    """Let the request take force, and set the password of the login by what these two are given of its code."""
    case_id = (await office.granted(asked))["case_id"]
    first, second = await office.parts(case_id)
    third = parts_of(await office.witness(case_id))
    of_each = {Part.ASKER: first, Part.APPROVER: second, Part.WITNESS: third}
    # In the place of the part that they do not have they try what they have.
    code = SEPARATOR.join(of_each[part if part in two else two[0]][login] for part in Part)
    return await office.set_password(login, code)


async def officer(office: AccessOffice, *grants: dict[str, str]) -> Person:
    """Somebody real, in office."""
    serial = fresh()
    return await office.opened(f"u{serial}", serial, *(grants or (DISCIPLINE,)))


def _invented(two: tuple[Part, ...]) -> Callable[[AccessOffice], Awaitable[httpx2.Response]]:
    async def run(office: AccessOffice) -> httpx2.Response:
        account = one(SCREENER)
        return await two_parts(office, await office.request(account), str(account["login"]), two)

    return run


def _reset(two: tuple[Part, ...]) -> Callable[[AccessOffice], Awaitable[httpx2.Response]]:
    async def run(office: AccessOffice) -> httpx2.Response:
        victim = await officer(office)
        return await two_parts(office, await office.about(victim.account_id, "reset"), victim.login, two)

    return run


for _who, _two in PAIRS.items():
    CODES.of(f"{_who}: a session of somebody invented, by their two parts", "code-wrong")(_invented(_two))
    CODES.of(f"{_who}: a session of a discipline officer who was reset", "code-wrong")(_reset(_two))


@CODES.of("two administrators: the account of an officer closed, opened again and reset", "code-wrong")
async def _closed_and_reset(office: AccessOffice) -> httpx2.Response:
    victim = await officer(office)
    for act in ("disable", "enable"):
        await office.granted(await office.about(victim.account_id, act))
    return await two_parts(office, await office.about(victim.account_id, "reset"), victim.login)


@CODES.of("two administrators: a second account in the name of an officer", "code-wrong")
async def _second_account(office: AccessOffice) -> httpx2.Response:
    serial = fresh()
    await office.opened(f"u{serial}", serial, DISCIPLINE)
    again = await office.request(wanted(f"v{serial}", serial, DISCIPLINE))
    return await two_parts(office, again, f"v{serial}")


@CODES.of("two administrators: an invented audit administrator, to be the witness of the next", "code-wrong")
async def _straw(office: AccessOffice) -> httpx2.Response:
    straw = one({"role": "AUDITOR"})
    return await two_parts(office, await office.request(straw), str(straw["login"]))


@CODES.of("two administrators: the role of a head given to an account that nobody holds yet", "code-wrong")
async def _straw_head(office: AccessOffice) -> httpx2.Response:
    serial = fresh()
    shown = await office.granted(await office.request(wanted(f"u{serial}", serial)))
    [account] = [each["account_id"] for each in shown["accounts"]]
    grants = [{"role": "UFWD", "district": "d01"}]
    await office.granted(await office.about(account, "grants", grants=grants))
    return await two_parts(office, await office.about(account, "reset"), f"u{serial}")


@CODES.of("two administrators: an invented person made one with an officer, and reset", "code-wrong")
async def _merged(office: AccessOffice) -> httpx2.Response:
    victim, straw = await officer(office), await officer(office, SCREENER)
    await office.granted(await merge(office, victim, straw))
    return await two_parts(office, await office.about(straw.account_id, "reset"), straw.login)


async def _approved(office: AccessOffice, *grants: dict[str, str]) -> str:
    return str((await office.granted(await office.request(one(*(grants or (SCREENER,))))))["case_id"])


@CODES.of("the witness's part taken by the system administrator", "wrong-role")
async def _asker_witnesses(office: AccessOffice) -> httpx2.Response:
    return await office.witness(await _approved(office), office.asks)


@CODES.of("the witness's part taken by the security administrator", "wrong-role")
async def _decider_witnesses(office: AccessOffice) -> httpx2.Response:
    return await office.witness(await _approved(office), office.decides)


@CODES.of("the witness's part by who asked, who has an account as the audit administrator too", "wrong-role")
async def _asker_is_auditor(office: AccessOffice) -> httpx2.Response:
    serial = fresh()
    asker, auditor = [await office.rig.account(role, serial=serial) for role in (SYS, AUDIT)]
    again = await office.sign_in(asker.login)
    shown = await office.granted(await office.request(one(SCREENER), who=again))
    return await office.witness(shown["case_id"], auditor)


@CODES.of("the witness's part of a code of one's own, as the audit administrator", "conflict-of-interest")
async def _own_code(office: AccessOffice) -> httpx2.Response:
    me = await office.rig.account(AUDIT)
    shown = await office.granted(await office.about(me.account_id, "reset"))
    again = await office.sign_in_again(me)
    return await office.witness(shown["case_id"], again)


@CODES.of("the witness's part before anybody has approved the accounts", "not-a-witness")
async def _too_early(office: AccessOffice) -> httpx2.Response:
    asked = await office.request(one(SCREENER))
    return await office.witness(asked.json()["case_id"])


@CODES.of("the witness's part taken by an officer who is nobody's head", "wrong-role")
async def _no_head(office: AccessOffice) -> httpx2.Response:
    return await office.witness(await _approved(office), await office.rig.account(SCREENING))


@CODES.of("the same by a head of another district", "not-a-witness")
async def _elsewhere(office: AccessOffice) -> httpx2.Response:
    head = await office.rig.account(Grant(role="DISC_HEAD", district="d02"))
    return await office.witness(await _approved(office, DISCIPLINE), head)


@CODES.of("the same by the level above, although the unit has a head", "not-a-witness")
async def _over_the_head(office: AccessOffice) -> httpx2.Response:
    await office.rig.account(Grant(role="DISC_HEAD", district="d01"))
    above = await office.rig.account(Grant(role="LEADER_IN_CHARGE", district="d01"))
    return await office.witness(await _approved(office, DISCIPLINE), above)


@CODES.of("a password by a part of the witness that was drawn anew since", "code-wrong")
async def _older_part(office: AccessOffice) -> httpx2.Response:
    account = one(SCREENER)
    shown = await office.granted(await office.request(account))
    code = (await office.codes(shown["case_id"]))[str(account["login"])]
    await office.witness(shown["case_id"])
    return await office.set_password(str(account["login"]), code)
