"""An office's identity provider beside a house, and people of the house whom it knows."""

import base64
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import httpx2
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP

from contracts.actor import Grant
from services.ctl.demo.cast import Member
from services.ctl.demo.client import Account
from services.ctl.demo.opening import open_accounts
from services.ctl.demo.roster import officer
from services.officers.identity.factors.totp import DIGITS, STEP
from services.officers.identity.provider.registration import LANDING
from tests.browser.house import DISTRICT, House
from tests.provider_program import provider_program

LINKED, WITH_A_FACTOR = "clerk", "subject-with-a-factor"
"""How the provider calls somebody of the house, and somebody who has a second factor there besides."""


@contextmanager
def provider(folder: Path, pages: str) -> Iterator[Mapping[str, str]]:
    """The provider inside the block: what an operator sets so that it is that of the house whose pages these are."""
    program = provider_program(folder, "--require-registration", "true", "--require-nonce")
    try:
        registered = program.registered(pages + LANDING)
        secret = folder / "secret"
        secret.write_text(registered.secret)
        yield {
            "QX_OFFICERS_OIDC_ISSUER": program.issuer,
            "QX_OFFICERS_OIDC_CLIENT_ID": registered.client_id,
            "QX_OFFICERS_OIDC_SECRET_FILE": str(secret),
            "QX_OFFICERS_OIDC_REDIRECT": pages,
            # Nobody has a passkey here; the pages say how one would sign in by it.
            "QX_OFFICERS_PASSKEY_ORIGIN": "http://localhost",
        }
    finally:
        program.stop()


async def comes_back(address: str, subject: str) -> dict[str, str]:
    """Somebody signs in at the provider's address just now: what its redirect brings."""
    where = urlsplit(address)
    async with httpx2.AsyncClient() as client:
        known = f"{where.scheme}://{where.netloc}/users/{subject}"
        (await client.put(known, json={"auth_time": int(time.time())})).raise_for_status()
        answer = await client.post(address, data={"sub": subject})
    assert answer.status_code == 302, answer.text
    return dict(parse_qsl(urlsplit(answer.headers["location"]).query))


async def link_people(house: House) -> None:
    """Link the clerk, and somebody of whom the house asks a second factor; no password alone signs the latter in."""
    admins = house.admins
    assert admins is not None
    await _link(house, house.account(LINKED), LINKED)
    someone = Member("with-a-factor", officer(90), Grant(role="CLERK", district=DISTRICT))
    opened = await open_accounts(admins.asks.api, admins, [someone], "linked")
    account = opened[someone.login].account
    await _link(house, account, WITH_A_FACTOR)
    begun = await account.post(
        "/v1/factors/totp", house.key(), {"password": account.password, "label": "（试）"}
    )
    written = begun["secret"]
    secret = base64.b32decode(written + "=" * (-len(written) % 8))
    code = TOTP(secret, DIGITS, SHA1(), STEP).generate(int(time.time())).decode()  # noqa: S303
    path = f"/v1/factors/{begun['factor_id']}/confirmation"
    await account.post(path, house.key(), {"code": code})


async def _link(house: House, account: Account, subject: str) -> None:
    path, said = "/v1/provider-link/challenge", {"password": account.password}
    asked = await account.post(path, house.key(), said)
    answer = await comes_back(asked["address"], subject)
    await account.post("/v1/provider-link", house.key(), {"ticket": asked["ticket"], **answer})
