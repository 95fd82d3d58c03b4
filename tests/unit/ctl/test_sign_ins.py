"""What a kept demonstration prints: one person of every role, by login, password and what they are called."""

import pytest

from contracts.actor import Grant
from contracts.policy.loader import released
from contracts.words.families import UnknownWordError
from services.ctl.demo.cast import cast
from services.ctl.demo.client import Account, Api
from services.ctl.demo.roster import nominations, sitting_members
from services.ctl.demo.sign_ins import sign_ins
from services.ctl.demo.stage import POLICY

CONSOLE = "http://127.0.0.1:8088"


def of(login: str, role: str, **more: str) -> tuple[Account, Grant]:
    """Somebody whose password is not anybody else's."""
    return Account(Api(CONSOLE), login, f"secret-of-{login}"), Grant(role=role, **more)


def test_of_each_role_the_first_is_shown_with_password_place_and_words() -> None:
    lines = sign_ins(
        CONSOLE,
        [
            of("nominee-001", "NOMINEE"),
            of("tax-head-d01", "DEPT_HEAD", unit="tax", district="d01"),
            of("police-head-d01", "DEPT_HEAD", unit="police", district="d01"),
            of("screener-d01", "SCREENER", district="d01"),
        ],
    )
    people = [line.split(maxsplit=2) for line in lines if "secret-of" in line]
    assert people == [
        ["screener-d01", "secret-of-screener-d01", "东湖区·资格审核  Screener, Donghu District"],
        ["tax-head-d01", "secret-of-tax-head-d01", "税务局·部门审签  Department head, Tax authority"],
        ["nominee-001", "secret-of-nominee-001", "被推荐人本人  Nominee"],
    ]
    assert f"  {CONSOLE}/sign-in" in lines


def test_everybody_of_the_demonstration_has_a_role_that_is_shown_in_words() -> None:
    departments = tuple(one.code for one in released(POLICY).departments)
    everybody = cast(nominations(2), departments, sitting_members(1))
    lines = sign_ins(CONSOLE, [of(one.login, one.grant.role, unit=one.grant.unit) for one in everybody])
    assert sum("secret-of" in line for line in lines) == len({one.grant.role for one in everybody})


def test_a_role_without_words_is_not_shown_as_a_code() -> None:
    with pytest.raises(UnknownWordError):
        sign_ins(CONSOLE, [of("somebody", "NO_SUCH_ROLE")])
