"""Attacks on the second factor: it is gone round, guessed, replayed, or taken up in another's name."""

import asyncio

import httpx2

from services.officers.identity.signin.slowdown import FREE
from tests.attacks.attack import Attack, Ground
from tests.authenticator import Authenticator
from tests.person import PASSWORD


async def enrolled(ground: Ground) -> Authenticator:
    """The victim with an authenticator program."""
    program = Authenticator(ground.rig)
    await program.enrol(ground.victim)
    return program


async def tried(ground: Ground, password: str = PASSWORD, **more: str) -> httpx2.Response:
    """A sign-in as the victim."""
    body = {"login": ground.victim.login, "password": password, **more}
    return await ground.rig.client.post("/v1/sessions", json=body)


async def password_alone(ground: Ground) -> httpx2.Response:
    """The right password, and nothing else."""
    await enrolled(ground)
    return await tried(ground)


async def fresh_by_password_alone(ground: Ground) -> httpx2.Response:
    """An open session made fresh without the factor."""
    await enrolled(ground)
    return await ground.victim.post("/v1/sessions/fresh", {"password": PASSWORD})


async def change_by_password_alone(ground: Ground) -> httpx2.Response:
    """Another password without the factor."""
    await enrolled(ground)
    return await ground.victim.post(
        "/v1/sessions/password", {"password": PASSWORD, "new": "long words here too"}
    )


async def second_program_by_password_alone(ground: Ground) -> httpx2.Response:
    """A further factor, the thief's own."""
    await enrolled(ground)
    return await ground.victim.post("/v1/factors/totp", {"password": PASSWORD})


async def replay(ground: Ground) -> httpx2.Response:
    """A code looked over the shoulder, once it was used."""
    program = await enrolled(ground)
    assert (await tried(ground, code=program.code())).status_code == 201
    return await tried(ground, code=program.code())


async def replay_at_once(ground: Ground) -> httpx2.Response:
    """One code in many hands at the same moment."""
    program = await enrolled(ground)
    answers = await asyncio.gather(*(tried(ground, code=program.code()) for _ in range(FREE - 1)))
    assert [answer.status_code for answer in answers].count(201) == 1
    return await tried(ground, code=program.code())


async def recovery_at_once(ground: Ground) -> httpx2.Response:
    """One recovery code in many hands at the same moment."""
    program = await enrolled(ground)
    codes = (tried(ground, code=program.recovery_codes[0]) for _ in range(FREE - 1))
    answers = await asyncio.gather(*codes)
    assert [answer.status_code for answer in answers].count(201) == 1
    return await tried(ground, code=program.recovery_codes[0])


async def earlier_code(ground: Ground) -> httpx2.Response:
    """A code of before one that was used."""
    program = await enrolled(ground)
    program.later(2)
    assert (await tried(ground, code=program.code())).status_code == 201
    return await tried(ground, code=program.code(-1))


async def old_code(ground: Ground) -> httpx2.Response:
    """A code that is over."""
    program = await enrolled(ground)
    code = program.code()
    program.later(2)
    return await tried(ground, code=code)


async def code_to_come(ground: Ground) -> httpx2.Response:
    """A code of a clock that was put forward."""
    program = await enrolled(ground)
    return await tried(ground, code=program.code(2))


async def anothers_code(ground: Ground) -> httpx2.Response:
    """A code of the attacker's own program."""
    await enrolled(ground)
    own = Authenticator(ground.rig)
    await own.enrol(ground.attacker)
    return await tried(ground, code=own.code())


async def anothers_recovery_code(ground: Ground) -> httpx2.Response:
    """A recovery code of the attacker's own."""
    await enrolled(ground)
    own = Authenticator(ground.rig)
    await own.enrol(ground.attacker)
    return await tried(ground, code=own.recovery_codes[0])


async def guessed(ground: Ground) -> httpx2.Response:
    """One code after the other with the right password, from an open session and from none."""
    program = await enrolled(ground)
    right = {program.code(steps) for steps in (-1, 0, 1)}
    guesses = [f"{number:06}" for number in range(2 * FREE + 3) if f"{number:06}" not in right][: 2 * FREE]
    for guess in guesses[:FREE]:
        assert (await tried(ground, code=guess)).status_code == 401
    return await tried(ground, code=guesses[FREE])


async def guessed_during_a_pause(ground: Ground) -> httpx2.Response:
    """Codes guessed where the password is not looked at: after a few the right one helps no more."""
    program = await enrolled(ground)
    for number in range(FREE):
        await tried(ground, f"guess {number}")
    right = {program.code(steps) for steps in (-1, 0, 1)}
    for guess in [f"{number:06}" for number in range(FREE + 3) if f"{number:06}" not in right][:FREE]:
        assert (await tried(ground, code=guess)).status_code == 429
    return await tried(ground, code=program.code())


async def code_without_password(ground: Ground) -> httpx2.Response:
    """The right code with a wrong password, during a pause."""
    program = await enrolled(ground)
    for number in range(FREE):
        await tried(ground, f"guess {number}")
    return await tried(ground, "guess", code=program.code())


async def confirm_anothers(ground: Ground) -> httpx2.Response:
    """A factor that another began."""
    program = Authenticator(ground.rig)
    await program.begin(ground.victim)
    return await ground.attacker.post(
        f"/v1/factors/{program.factor_id}/confirmation", {"code": program.code()}
    )


async def remove_anothers(ground: Ground) -> httpx2.Response:
    """A factor that another has."""
    program = await enrolled(ground)
    return await ground.attacker.post(f"/v1/factors/{program.factor_id}/removal", {"password": PASSWORD})


async def confirm_twice(ground: Ground) -> httpx2.Response:
    """A factor confirmed again, for other recovery codes."""
    program = await enrolled(ground)
    return await ground.victim.post(f"/v1/factors/{program.factor_id}/confirmation", {"code": program.code()})


async def removed_code(ground: Ground) -> httpx2.Response:
    """A recovery code of a factor that was given up, after another was taken up."""
    program = await enrolled(ground)
    body = {"password": PASSWORD, "code": program.code()}
    assert (await ground.victim.post(f"/v1/factors/{program.factor_id}/removal", body)).status_code == 204
    old = program.recovery_codes[0]
    program.later()
    await program.enrol(ground.victim)
    return await tried(ground, code=old)


NEEDED = {"code": "second-factor-needed"}
WRONG = {"code": "second-factor-wrong"}
NOT_THERE = {"status": 404, "code": "unknown-factor"}
SLOWED = {"status": 429, "code": "too-many-attempts"}

FACTORS = (
    Attack("the password alone", password_alone, **NEEDED),
    Attack("an open session made fresh by the password alone", fresh_by_password_alone, **NEEDED),
    Attack("a new password by the old one alone", change_by_password_alone, **NEEDED),
    Attack("a further factor by the password alone", second_program_by_password_alone, **NEEDED),
    Attack("a used code", replay, **WRONG),
    Attack("one code in many hands at once", replay_at_once, **WRONG),
    Attack("one recovery code in many hands at once", recovery_at_once, **WRONG),
    Attack("a code of before a used one", earlier_code, **WRONG),
    Attack("a code that is over", old_code, **WRONG),
    Attack("a code that is to come", code_to_come, **WRONG),
    Attack("a code of another's program", anothers_code, **WRONG),
    Attack("another's recovery code", anothers_recovery_code, **WRONG),
    Attack("codes guessed with the right password", guessed, **SLOWED),
    Attack("codes guessed during a pause", guessed_during_a_pause, **SLOWED),
    Attack("the right code without the password", code_without_password, code="credentials-wrong"),
    Attack("another's factor confirmed", confirm_anothers, **NOT_THERE),
    Attack("another's factor removed", remove_anothers, **NOT_THERE),
    Attack("a factor confirmed twice", confirm_twice, **NOT_THERE),
    Attack("a recovery code of a factor that was given up", removed_code, **WRONG),
)
