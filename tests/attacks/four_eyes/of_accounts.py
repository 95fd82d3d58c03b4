"""Evasions over the API by those who keep accounts, each alone and two of them, and by who has an account too many."""

import itertools
from collections.abc import Awaitable, Callable
from typing import Any

import httpx2

from contracts.actor import Grant
from services.ctl.demo.roster import resident_number
from tests.access_office import AUDIT, SECURITY, SYS, AccessOffice, parts_of, wanted
from tests.attacks.four_eyes.evasion import Evasions
from tests.invented import name_of
from tests.person import Person

ACCOUNTS: Evasions[AccessOffice, httpx2.Response] = Evasions()
ADMIN_OF_POLICY = Grant(role="POLICY_ADMIN")
SCREENING = Grant(role="SCREENER", district="d01")
SCREENER = {"role": "SCREENER", "district": "d01"}
_serials = itertools.count(3_000)
"""One office serves all of them: whoever is asked about is somebody nobody asked about before."""


def fresh() -> int:
    """The number of a person nobody asked about before."""
    return next(_serials)


def one(*grants: dict[str, str], **other: object) -> dict[str, object]:
    """An account of somebody new, as it is asked for."""
    serial = fresh()
    return wanted(f"u{serial}", serial, *grants, **other)


@ACCOUNTS.of("an account opened and approved by the system administrator", "wrong-role")
async def _alone(office: AccessOffice) -> httpx2.Response:
    return await office.decide(await office.request(one(SCREENER)), who=office.asks)


@ACCOUNTS.of("the same by a second account that may approve", "same-person")
async def _two_accounts(office: AccessOffice) -> httpx2.Response:
    """No person can hold both roles; were the tables to say so, the rule asks who it is and not which account."""
    serial = fresh()
    await office.rig.account(SYS, serial=serial)
    second = await office.rig.account(SECURITY, serial=serial)
    first = await office.sign_in((await office.rig.account(SYS, serial=serial)).login)
    return await office.decide(await office.request(one(SCREENER), who=first), who=second)


@ACCOUNTS.of("an account asked for by the security administrator", "wrong-role")
async def _decides_alone(office: AccessOffice) -> httpx2.Response:
    return await office.request(one(SCREENER), who=office.decides)


def _own(act: str, body: dict[str, Any]) -> Callable[[AccessOffice], Awaitable[httpx2.Response]]:
    async def asks(office: AccessOffice) -> httpx2.Response:
        me = await office.rig.account(SYS)
        return await office.about(me.account_id, act, who=me, **body)

    return asks


ACCOUNTS.of("roles asked for by whose they are", "conflict-of-interest")(
    _own("grants", {"grants": [SCREENER]})
)
ACCOUNTS.of("a reset asked for by whose account it is", "conflict-of-interest")(_own("reset", {}))
ACCOUNTS.of("an account opened again at the word of whose it is", "conflict-of-interest")(_own("enable", {}))


@ACCOUNTS.of("a second account asked for by who would hold it", "conflict-of-interest")
async def _mine_too(office: AccessOffice) -> httpx2.Response:
    serial = fresh()
    me = await office.rig.account(SYS, serial=serial)
    return await office.request(wanted(f"u{serial}", serial, SCREENER), who=me)


@ACCOUNTS.of("a second account approved by who would hold it", "conflict-of-interest")
async def _approves_own(office: AccessOffice) -> httpx2.Response:
    serial = fresh()
    me = await office.rig.account(SECURITY, serial=serial)
    return await office.decide(await office.request(wanted(f"u{serial}", serial)), who=me)


@ACCOUNTS.of("a reset approved by whose account it is", "conflict-of-interest")
async def _approves_own_reset(office: AccessOffice) -> httpx2.Response:
    me = await office.rig.account(SECURITY)
    return await office.decide(await office.about(me.account_id, "reset"), who=me)


@ACCOUNTS.of("other roles approved than those that were read", "stale-digest")
async def _other_roles(office: AccessOffice) -> httpx2.Response:
    asked = await office.request(one(SCREENER))
    shown = (await office.decides.get(f"/v1/access/{asked.json()['case_id']}")).json()
    again = await office.request(one({"role": "DISC_HEAD", "district": "d01"}))
    return await office.decide(again, seen=shown["decision"]["seen"])


def _approved_by(grant: Grant) -> Callable[[AccessOffice], Awaitable[httpx2.Response]]:
    async def run(office: AccessOffice) -> httpx2.Response:
        return await office.decide(await office.request(one()), who=await office.rig.account(grant))

    return run


def _asked_by(grant: Grant) -> Callable[[AccessOffice], Awaitable[httpx2.Response]]:
    async def run(office: AccessOffice) -> httpx2.Response:
        return await office.request(one(), who=await office.rig.account(grant))

    return run


def _codes_to(grant: Grant) -> Callable[[AccessOffice], Awaitable[httpx2.Response]]:
    async def run(office: AccessOffice) -> httpx2.Response:
        asked = await office.request(one())
        other = await office.rig.account(grant)
        return await other.post(f"/v1/access/{asked.json()['case_id']}/codes")

    return run


ACCOUNTS.of("two system administrators: the one asks and the other approves", "wrong-role")(_approved_by(SYS))
ACCOUNTS.of("a system and the audit administrator: the other approves", "wrong-role")(_approved_by(AUDIT))
ACCOUNTS.of("the audit administrator asks, for the security administrator to approve", "wrong-role")(
    _asked_by(AUDIT)
)
ACCOUNTS.of("the administrator of policies asks", "wrong-role")(_asked_by(ADMIN_OF_POLICY))
ACCOUNTS.of("an officer asks", "wrong-role")(_asked_by(SCREENING))
ACCOUNTS.of("an officer approves", "unknown-task")(_approved_by(SCREENING))
ACCOUNTS.of("the audit administrator takes the codes of an account", "wrong-role")(_codes_to(AUDIT))
ACCOUNTS.of("a second security administrator takes the codes of another's request", "not-your-request")(
    _codes_to(SECURITY)
)


@ACCOUNTS.of("a password set with the part of a code that one administrator has", "code-wrong")
async def _one_part(office: AccessOffice) -> httpx2.Response:
    asked = await office.request(one(SCREENER))
    await office.decide(asked)
    handed = await office.asks.post(f"/v1/access/{asked.json()['case_id']}/codes")
    [(login, part)] = parts_of(handed).items()
    return await office.set_password(login, f"{part}.{part}.{part}")


def _both(*roles: str, together: bool) -> Callable[[AccessOffice], Awaitable[httpx2.Response]]:
    async def run(office: AccessOffice) -> httpx2.Response:
        serial = fresh()
        first, second = [grant_of(role) for role in roles]
        accounts = [wanted(f"u{serial}", serial, first), wanted(f"v{serial}", serial, second)]
        if together:
            return await office.request(*accounts)
        await office.granted(await office.request(accounts[0]))
        return await office.request(accounts[1])

    return run


EXCLUDING = (
    ("SYS_ADMIN", "SECURITY_ADMIN"),
    ("SYS_ADMIN", "AUDITOR"),
    ("SECURITY_ADMIN", "AUDITOR"),
    ("SYS_ADMIN", "SCREENER"),
    ("SECURITY_ADMIN", "NOMINATOR"),
    ("DISC_OFFICER", "NOTICE_OFFICER"),
)
for _pair in EXCLUDING:
    _said = " and ".join(f"`{_role}`" for _role in _pair)
    ACCOUNTS.of(f"{_said} in two accounts of one person, asked for at once", "grants-incompatible")(
        _both(*_pair, together=True)
    )
    ACCOUNTS.of(f"{_said} in two accounts of one person, one after the other", "grants-incompatible")(
        _both(*_pair, together=False)
    )


def grant_of(role: str) -> dict[str, str]:
    """Such a grant as somebody asks for it."""
    scopes = {
        "NOMINATOR": {"unit": "chamber", "district": "d01"},
        "SCREENER": {"district": "d01"},
        "DISC_OFFICER": {"district": "d01"},
        "NOTICE_OFFICER": {"district": "d01"},
    }
    return {"role": role, **scopes.get(role, {})}


@ACCOUNTS.of("a second identity: the same name and birth date under another number", "identity-alike")
async def _twin(office: AccessOffice) -> httpx2.Response:
    serial = fresh()
    await office.granted(await office.request(wanted(f"u{serial}", serial, SCREENER)))
    number = another_of_that_day(resident_number(serial))
    return await office.request(one(SCREENER, name=name_of(serial), id_number=number))


@ACCOUNTS.of("a second identity: another name and number, reached by the same phone", "identity-alike")
async def _phone(office: AccessOffice) -> httpx2.Response:
    phone = f"139{fresh():08d}"
    await office.granted(await office.request(one(SCREENER, phone=phone)))
    return await office.request(one(SCREENER, phone=phone))


def another_of_that_day(number: str) -> str:
    """Another valid ID number of the same region and birth date."""
    weights = [2 ** (17 - place) % 11 for place in range(17)]
    serial = int(number[14:17]) % 900 + 99
    head = f"{number[:14]}{serial:03d}"
    return head + "10X98765432"[sum(w * int(d) for w, d in zip(weights, head, strict=True)) % 11]


async def merge(
    office: AccessOffice, kept: Person, other: Person, who: Person | None = None
) -> httpx2.Response:
    """Ask that the two be one."""
    body = {"kept": kept.person_id, "merged": other.person_id, "reason": "同一人"}
    return await (who or office.asks).post("/v1/persons/merges", body)


@ACCOUNTS.of(
    "two security administrators who are one: the one's matter decided by the other", "conflict-of-interest"
)
async def _one_of_two(office: AccessOffice) -> httpx2.Response:
    first, second = [await office.rig.account(SECURITY) for _ in range(2)]
    await office.granted(await merge(office, first, second))
    return await office.decide(await office.about(first.account_id, "reset"), who=second)


@ACCOUNTS.of("an administrator made one person with an officer", "grants-incompatible")
async def _merged_officer(office: AccessOffice) -> httpx2.Response:
    officer, keeper = await office.rig.account(SCREENING), await office.rig.account(SECURITY)
    return await merge(office, officer, keeper)
