"""Codes of an authenticator program as RFC 6238 reckons them, and recovery codes as they are drawn and kept."""

import pytest

from services.officers.identity.factors import recovery
from services.officers.identity.factors.totp import address, matched_step, written

SECRET = b"12345678901234567890"


@pytest.mark.parametrize(
    ("second", "code"),
    [
        (59, "287082"),
        (1111111109, "081804"),
        (1111111111, "050471"),
        (1234567890, "005924"),
        (2000000000, "279037"),
        (20000000000, "353130"),
    ],
)
def test_the_codes_are_those_of_the_rfc(second: int, code: str) -> None:
    step = second // 30
    assert matched_step(SECRET, code, second) == step
    assert matched_step(SECRET, code, second + 30) == step
    assert matched_step(SECRET, code, max(0, second - 30)) == step
    assert matched_step(SECRET, code, second + 60) is None
    assert matched_step(b"another secret of 20", code, second) is None


@pytest.mark.parametrize("code", ["", "28708", "2870820", " 287082", "287o82", "٢٨٧٠٨٢", "２８７０８２"])
def test_what_is_no_code_matches_no_step(code: str) -> None:
    assert matched_step(SECRET, code, 59) is None


def test_what_a_program_is_given_says_whose_it_is() -> None:
    assert written(SECRET) == "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
    given = address(SECRET, "li.weiguo")
    assert given.startswith("otpauth://totp/Qingxuan:li.weiguo?")
    assert f"secret={written(SECRET)}" in given


def test_recovery_codes_are_drawn_apart_and_kept_as_digests() -> None:
    codes = recovery.drawn()
    assert len(set(codes)) == recovery.HOW_MANY
    digests = {recovery.digest("a1", code) for code in codes}
    assert None not in digests
    assert not digests & {recovery.digest("a2", code) for code in codes}
    assert recovery.digest("a1", codes[0].lower().replace("-", " ")) == recovery.digest("a1", codes[0])


@pytest.mark.parametrize("code", ["", "123456", "A" * 19, "A" * 21, "O" * 20, "1" * 20])
def test_what_is_no_recovery_code_has_no_digest(code: str) -> None:
    assert recovery.digest("a1", code) is None
