"""Attacks on sessions and passwords: what ended goes on, what is another's is taken, what is slowed down is hurried."""

import asyncio
import json
from datetime import UTC, datetime, timedelta

import httpx2
from sqlalchemy import update

from services.officers.identity.signin.slowdown import FREE, FREE_LOGINS
from services.officers.identity.signin.tables import SessionRow
from tests.access_office import AccessOffice
from tests.attacks.attack import Attack, Ground
from tests.person import PASSWORD

OTHER = "another long enough one"


async def moved(ground: Ground, **instants: datetime) -> None:
    """The victim's session at another time."""
    table = SessionRow.metadata.tables["sessions"]
    change = update(table).where(table.c.session_id == ground.session_id).values(**instants)
    await ground.rig.office.database.unit(lambda unit: unit.execute(change))
    ground.rig.office.standings._known.clear()


async def tried(ground: Ground, login: str, password: str, **more: object) -> httpx2.Response:
    """One sign-in."""
    return await ground.rig.client.post("/v1/sessions", json={"login": login, "password": password, **more})


async def deleted(ground: Ground, path: str, token: str) -> httpx2.Response:
    """One thing ended."""
    return await ground.rig.client.delete(path, headers={"Authorization": f"Bearer {token}"})


async def disabled(ground: Ground) -> None:
    """The victim's account closed: at the asking of one administrator, at once."""
    office = await AccessOffice.of(ground.rig)
    asked = await office.about(ground.victim.account_id, "disable")
    assert asked.status_code in {201, 202}, asked.text


async def after_sign_out(ground: Ground) -> httpx2.Response:
    """Use of a token whose session was ended."""
    assert (
        await deleted(ground, f"/v1/sessions/{ground.session_id}", ground.victim.token)
    ).status_code == 204
    return await ground.victim.get("/v1/me")


async def renewal_after_sign_out(ground: Ground) -> httpx2.Response:
    """Renewal of an ended session."""
    assert (await deleted(ground, "/v1/sessions", ground.victim.token)).status_code == 204
    return await ground.victim.post("/v1/sessions/renewal")


async def fresh_after_sign_out(ground: Ground) -> httpx2.Response:
    """An ended session made fresh with the right password."""
    assert (await deleted(ground, "/v1/sessions", ground.victim.token)).status_code == 204
    return await ground.victim.post("/v1/sessions/fresh", {"password": PASSWORD})


async def renewal_after_the_end(ground: Ground) -> httpx2.Response:
    """Renewal beyond the absolute end."""
    await moved(ground, ends_at=datetime.now(UTC), good_until=datetime.now(UTC))
    return await ground.victim.post("/v1/sessions/renewal")


async def idle(ground: Ground) -> httpx2.Response:
    """A token of a session that nobody renewed in time, signed for longer."""
    await moved(ground, good_until=datetime.now(UTC) - timedelta(seconds=1))
    return await ground.shown(ground.signed(ground.claims()))


async def renewal_after_disable(ground: Ground) -> httpx2.Response:
    """Renewal by a closed account."""
    await disabled(ground)
    return await ground.victim.post("/v1/sessions/renewal")


async def use_after_disable(ground: Ground) -> httpx2.Response:
    """Use of a token of a closed account."""
    await disabled(ground)
    return await ground.victim.get("/v1/tasks")


async def sign_in_after_disable(ground: Ground) -> httpx2.Response:
    """The right password of a closed account."""
    await disabled(ground)
    return await tried(ground, ground.victim.login, PASSWORD)


async def renewals_and_end_at_once(ground: Ground) -> httpx2.Response:
    """Renewals that race with the end of their session: whatever they got is worth nothing afterwards."""
    renewals = [ground.victim.post("/v1/sessions/renewal") for _ in range(8)]
    end = deleted(ground, f"/v1/sessions/{ground.session_id}", ground.victim.token)
    *answers, ended = await asyncio.gather(*renewals, end)
    assert ended.status_code == 204
    for answer in answers:
        if answer.status_code == 200:
            shown = await ground.shown(answer.json()["token"])
            assert shown.status_code == 401, shown.text
    return await ground.victim.get("/v1/me")


async def anothers_session_under_own_name(ground: Ground) -> httpx2.Response:
    """The victim's session with the attacker's account, under our own key."""
    return await ground.shown(ground.signed(ground.claims(sub=ground.attacker.account_id)))


async def own_session_under_anothers_name(ground: Ground) -> httpx2.Response:
    """The attacker's session with the victim's account, under our own key."""
    [own] = (await ground.attacker.get("/v1/sessions")).json()["items"]
    return await ground.shown(ground.signed(ground.claims(sid=own["session_id"])))


async def end_anothers_session(ground: Ground) -> httpx2.Response:
    """The end of a session that is another's."""
    answer = await deleted(ground, f"/v1/sessions/{ground.session_id}", ground.attacker.token)
    assert (await ground.victim.get("/v1/me")).status_code == 200
    return answer


async def fixation(ground: Ground) -> httpx2.Response:
    """A session id brought along to the sign-in, to be known afterwards."""
    return await tried(ground, ground.victim.login, PASSWORD, session_id="s-known-to-me")


async def fixation_by_token(ground: Ground) -> httpx2.Response:
    """A sign-in while holding another's session: one's own is a new one, and the old one's owner stays."""
    body = {"login": ground.attacker.login, "password": PASSWORD}
    headers = {"Authorization": f"Bearer {ground.victim.token}"}
    new = (await ground.rig.client.post("/v1/sessions", json=body, headers=headers)).json()
    assert new["session_id"] != ground.session_id
    assert new["account_id"] == ground.attacker.account_id
    return await deleted(ground, f"/v1/sessions/{ground.session_id}", new["token"])


async def old_password_after_change(ground: Ground) -> httpx2.Response:
    """The password that held before."""
    done = await ground.victim.post("/v1/sessions/password", {"password": PASSWORD, "new": OTHER})
    assert done.status_code == 204, done.text
    return await tried(ground, ground.victim.login, PASSWORD)


async def other_session_after_change(ground: Ground) -> httpx2.Response:
    """A session that a thief began before the password was changed."""
    thief = (await tried(ground, ground.victim.login, PASSWORD)).json()["token"]
    assert (await ground.shown(thief)).status_code == 200
    await ground.victim.post("/v1/sessions/password", {"password": PASSWORD, "new": OTHER})
    return await ground.holding(thief).post("/v1/sessions/renewal")


async def change_without_the_old(ground: Ground) -> httpx2.Response:
    """Another password set by whoever found an open session."""
    return await ground.victim.post("/v1/sessions/password", {"password": "guess", "new": OTHER})


async def guesses_in_a_row(ground: Ground) -> httpx2.Response:
    """One password after the other, under changing forwarded addresses."""
    for number in range(FREE):
        headers = {"X-Forwarded-For": f"10.1.1.{number}", "Forwarded": f"for=10.1.1.{number}"}
        body = {"login": ground.victim.login, "password": f"guess {number}"}
        assert (await ground.rig.client.post("/v1/sessions", json=body, headers=headers)).status_code == 401
    return await tried(ground, ground.victim.login, PASSWORD)


async def guesses_at_once(ground: Ground) -> httpx2.Response:
    """All at the same moment."""
    guesses = (tried(ground, ground.victim.login, f"guess {number}") for number in range(4 * FREE))
    answers = [answer.status_code for answer in await asyncio.gather(*guesses)]
    assert answers.count(401) <= FREE
    return await tried(ground, ground.victim.login, PASSWORD)


async def spraying(ground: Ground) -> httpx2.Response:
    """One password over many logins."""
    for number in range(FREE_LOGINS):
        assert (await tried(ground, f"nobody{number}", "the same password")).status_code == 401
    return await tried(ground, "nobody more", "the same password")


async def guesses_of_who_is_signed_in(ground: Ground) -> httpx2.Response:
    """The password guessed through an open session."""
    for number in range(FREE):
        await ground.victim.post("/v1/sessions/fresh", {"password": f"guess {number}"})
    return await ground.victim.post("/v1/sessions/fresh", {"password": PASSWORD})


async def guesses_that_keep_others_out(ground: Ground) -> httpx2.Response:
    """Wrong passwords through the open sessions of many, until nobody could show again who they are."""
    many = [await ground.rig.account() for _ in range(2 * FREE_LOGINS)]
    for one in many:
        for number in range(FREE):
            await one.post("/v1/sessions/fresh", {"password": f"guess {number}"})
    assert (await ground.victim.post("/v1/sessions/fresh", {"password": PASSWORD})).status_code == 200
    return await many[0].post("/v1/sessions/fresh", {"password": PASSWORD})


async def login_in_another_case(ground: Ground) -> httpx2.Response:
    """The same login written otherwise, for further attempts."""
    return await tried(ground, ground.victim.login.upper(), PASSWORD)


async def password_with_a_nul(ground: Ground) -> httpx2.Response:
    """A password that ends at a NUL for some readers."""
    return await tried(ground, ground.victim.login, PASSWORD + "\x00more")


async def password_too_long(ground: Ground) -> httpx2.Response:
    """A password so long that hashing it costs."""
    return await tried(ground, ground.victim.login, "x" * 100_000)


async def repeated_key(ground: Ground) -> httpx2.Response:
    """Two passwords under one name."""
    login = json.dumps(ground.victim.login)
    body = f'{{"login":{login},"password":"guess","password":{json.dumps(PASSWORD)}}}'
    headers = {"Content-Type": "application/json"}
    return await ground.rig.client.post("/v1/sessions", content=body.encode(), headers=headers)


async def a_form(ground: Ground) -> httpx2.Response:
    """A form that a foreign page can send without asking."""
    body = {"login": ground.victim.login, "password": PASSWORD}
    return await ground.rig.client.post("/v1/sessions", data=body)


async def a_command_of_another(ground: Ground) -> httpx2.Response:
    """A session's end named as a path into something else."""
    return await deleted(ground, "/v1/sessions/..%2Fme", ground.attacker.token)


SLOWED = {"status": 429, "code": "too-many-attempts"}
WRONG = {"code": "credentials-wrong"}
NOT_THERE = {"status": 404, "code": "unknown-session"}

SESSIONS = (
    Attack("use after sign-out", after_sign_out),
    Attack("renewal after sign-out", renewal_after_sign_out),
    Attack("an ended session made fresh", fresh_after_sign_out),
    Attack("renewal after the absolute end", renewal_after_the_end),
    Attack("a session that nobody renewed in time", idle),
    Attack("renewal by a closed account", renewal_after_disable),
    Attack("use by a closed account", use_after_disable),
    Attack("sign-in to a closed account", sign_in_after_disable, **WRONG),
    Attack("renewals and the end at once", renewals_and_end_at_once),
    Attack("another's session under one's own name", anothers_session_under_own_name),
    Attack("one's own session under another's name", own_session_under_anothers_name),
    Attack("the end of another's session", end_anothers_session, **NOT_THERE),
    Attack("a session id brought along", fixation, 422, "invalid"),
    Attack("another's token brought along", fixation_by_token, **NOT_THERE),
    Attack("the old password after a change", old_password_after_change, **WRONG),
    Attack("a thief's session after a change of password", other_session_after_change),
    Attack("a change of password without the old one", change_without_the_old, **WRONG),
    Attack("guesses in a row, forwarded from everywhere", guesses_in_a_row, **SLOWED),
    Attack("guesses at once", guesses_at_once, **SLOWED),
    Attack("one password over many logins", spraying, **SLOWED),
    Attack("guesses through an open session", guesses_of_who_is_signed_in, **SLOWED),
    Attack("guesses through many open sessions, to keep others out", guesses_that_keep_others_out, **SLOWED),
    Attack("the login in another case", login_in_another_case, **WRONG),
    Attack("a password with a NUL", password_with_a_nul, 400, "not-json"),
    Attack("a password of 100,000 signs", password_too_long, 422, "invalid"),
    Attack("two passwords under one name", repeated_key, 400, "not-json"),
    Attack("a form from another page", a_form, 415, "content-type"),
    Attack("a path in place of a session", a_command_of_another, 404, "not-found"),
)
