"""Tokens, lockout, grants and scope: who is let in, and what follows from what they hold."""

import base64
import json
from datetime import UTC, datetime, timedelta

import pytest
from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey

from contracts.actor import Actor, Grant
from contracts.policy import loader
from services.kit.settings import SettingsError
from services.officers.identity.grants import clash, grant_fault
from services.officers.identity.lockout import FAILURES, REMEMBERED, WINDOW, Lockout
from services.officers.identity.matching import Matcher
from services.officers.identity.scope import scope_of
from services.officers.identity.tokens import AUDIENCE, ISSUER, TYPE, TokenError, Tokens

SECRET = "s" * 40
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
POLICY = loader.released("2026.1")


def forged(header: dict[str, object], claims: dict[str, object], secret: str = SECRET) -> str:
    key = OctKey.import_key(secret.encode())
    return jwt.encode(header, claims, key, algorithms=[str(header["alg"])])


def claims(**other: object) -> dict[str, object]:
    issued = int(NOW.timestamp())
    good = {
        "iss": ISSUER,
        "aud": AUDIENCE,
        "sub": "a1",
        "gen": 0,
        "iat": issued,
        "exp": issued + 600,
        "jti": "x",
    }
    return {name: value for name, value in {**good, **other}.items() if value is not None}


def test_a_token_says_who_and_until_when() -> None:
    token, ends = Tokens(SECRET, 15).issue("a1", 3, NOW)
    read = Tokens(SECRET, 15).read(token, NOW + timedelta(minutes=14))
    assert (read.account_id, read.generation) == ("a1", 3)
    assert ends == NOW + timedelta(minutes=15)


def test_a_token_ends_on_time() -> None:
    token, ends = Tokens(SECRET, 15).issue("a1", 0, NOW)
    Tokens(SECRET, 15).read(token, ends - timedelta(seconds=1))
    with pytest.raises(TokenError):
        Tokens(SECRET, 15).read(token, ends + timedelta(seconds=1))


HEADER = {"alg": "HS256", "typ": TYPE}
FORGED = {
    "another key": forged(HEADER, claims(), "t" * 40),
    "another algorithm": forged({"alg": "HS512", "typ": TYPE}, claims()),
    "another type": forged({"alg": "HS256", "typ": "JWT"}, claims()),
    "a key in the header": forged({**HEADER, "kid": "../../dev/null"}, claims()),
    "another issuer": forged(HEADER, claims(iss="elsewhere")),
    "another audience": forged(HEADER, claims(aud="elsewhere")),
    "no audience": forged(HEADER, claims(aud=None)),
    "no end": forged(HEADER, claims(exp=None)),
    "ended": forged(HEADER, claims(exp=int(NOW.timestamp()) - 1)),
    "no account": forged(HEADER, claims(sub=None)),
    "a number as account": forged(HEADER, claims(sub=7)),
    "a generation that is true": forged(HEADER, claims(gen=True)),
    "a generation in words": forged(HEADER, claims(gen="0")),
    "nothing": "",
    "dots": "..",
    "very long": "a" * 5000,
}


def _unsigned() -> str:
    def part(value: dict[str, object]) -> str:
        return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")

    return f"{part({'alg': 'none', 'typ': TYPE})}.{part(claims())}."


@pytest.mark.parametrize("name", [*FORGED, "unsigned", "asymmetric", "flipped"])
def test_a_forged_token_is_refused(name: str) -> None:
    if name == "unsigned":
        token = _unsigned()
    elif name == "asymmetric":
        key = RSAKey.generate_key(2048)
        token = jwt.encode({"alg": "RS256", "typ": TYPE}, claims(), key, algorithms=["RS256"])
    elif name == "flipped":
        good, _ = Tokens(SECRET, 15).issue("a1", 0, NOW)
        token = good[:-2] + ("A" if good[-2] != "A" else "B") + good[-1]
    else:
        token = FORGED[name]
    with pytest.raises(TokenError):
        Tokens(SECRET, 15).read(token, NOW)


@pytest.mark.parametrize("make", [lambda: Tokens("short", 15), lambda: Matcher("short")])
def test_a_short_secret_is_refused_at_the_start(make: object) -> None:
    with pytest.raises(SettingsError, match="32"):
        make()  # type: ignore[operator]


def test_a_match_key_needs_the_secret() -> None:
    one, other = Matcher("a" * 32), Matcher("b" * 32)
    assert one.key("110105") == one.key("110105")
    assert one.key("110105") != other.key("110105")
    assert one.key("110105") != one.key("110106")


def test_a_login_rests_after_five_failures_and_wakes_by_itself() -> None:
    lockout = Lockout()
    for second in range(FAILURES):
        assert lockout.wait("a", second) == 0
        lockout.failed("a", second)
    assert lockout.wait("a", FAILURES) > 0
    assert lockout.wait("b", FAILURES) == 0
    assert lockout.wait("a", WINDOW - 0.5) == 1
    assert lockout.wait("a", WINDOW + 0.01) == 0


def test_a_success_forgets_failures_and_memory_is_bounded() -> None:
    lockout = Lockout()
    for _ in range(FAILURES):
        lockout.failed("a", 0)
    lockout.succeeded("a")
    assert lockout.wait("a", 0) == 0
    for number in range(REMEMBERED + 50):
        lockout.failed(str(number), 0)
    assert len(lockout._failures) == REMEMBERED


@pytest.mark.parametrize(
    ("grant", "good"),
    [
        (Grant(role="SCREENER", district="d01"), True),
        (Grant(role="SCREENER"), True),
        (Grant(role="SCREENER", unit="tax"), False),
        (Grant(role="DEPT_OFFICER", unit="tax", district="d01"), True),
        (Grant(role="DEPT_OFFICER", unit="tax"), False),
        (Grant(role="DEPT_OFFICER", district="d01"), False),
        (Grant(role="DEPT_OFFICER", unit="weather", district="d01"), False),
        (Grant(role="NOMINATOR", unit="chamber", district="d01"), True),
        (Grant(role="NOMINATOR", unit="chamber"), False),
        (Grant(role="NOMINEE"), True),
        (Grant(role="NOMINEE", district="d01"), False),
        (Grant(role="AUDITOR", district="d01"), False),
        (Grant(role="KING"), False),
    ],
)
def test_a_grant_fits_its_roles_scope(grant: Grant, *, good: bool) -> None:
    assert (grant_fault(grant, POLICY) is None) == good


@pytest.mark.parametrize(
    ("roles", "good"),
    [
        (["SCREENER", "EVALUATOR"], True),
        (["DISC_OFFICER", "DISC_HEAD"], True),
        (["DISC_OFFICER", "DEPT_OFFICER"], True),
        (["DISC_OFFICER", "NOMINATOR"], False),
        (["DISC_HEAD", "NOTICE_OFFICER"], False),
        (["SYS_ADMIN"], True),
        (["SYS_ADMIN", "SCREENER"], False),
        (["SYS_ADMIN", "AUDITOR"], False),
        (["POLICY_ADMIN", "NOMINEE"], False),
        (["AUDITOR", "NOMINEE"], False),
    ],
)
def test_some_roles_are_not_held_by_one_person(roles: list[str], *, good: bool) -> None:
    assert (clash([Grant(role=role) for role in roles], POLICY) is None) == good


def test_administrators_have_no_way_to_a_case() -> None:
    for role in ("SYS_ADMIN", "POLICY_ADMIN", "KING"):
        assert not scope_of(
            Actor(account_id="a", person_id="p", grants=(Grant(role=role),)), POLICY
        ).reads_cases


def test_nobody_is_on_the_team_of_their_own_case() -> None:
    everywhere = scope_of(
        Actor(account_id="a", person_id="p", grants=(Grant(role="ELECTION_OFFICE"),)), POLICY
    )
    assert everywhere.of_team("d01", "p-other")
    assert not everywhere.of_team("d01", "p")


def test_an_auditor_sees_and_has_no_right_to_act() -> None:
    found = scope_of(Actor(account_id="a", person_id="p", grants=(Grant(role="AUDITOR"),)), POLICY)
    assert found.districts is None
    assert found.acts == ()
