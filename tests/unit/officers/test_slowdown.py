"""Who is slowed down by failures, and who never is."""

import pytest

from services.kit.crowd import place
from services.officers.identity.signin.slowdown import (
    FIRST_PAUSE,
    FORGOTTEN,
    FREE,
    FREE_LOGINS,
    LONGEST_PAUSE,
    REMEMBERED,
    Slowdown,
    pause,
)

ME = ("me", "10.0.0.1")


def fail(slowdown: Slowdown, pair: tuple[str, str], now: float) -> None:
    """One attempt that failed."""
    slowdown.began(pair, now)
    slowdown.failed(pair, now)


def test_a_pair_is_slowed_down_more_with_every_failure_and_wakes_by_itself() -> None:
    slowdown, now, waits = Slowdown(), 0.0, []
    for _ in range(FREE + 8):
        waits.append(slowdown.wait(ME, now))
        now += waits[-1]
        fail(slowdown, ME, now)
    assert waits[:FREE] == [0] * FREE
    assert waits[FREE:] == sorted(waits[FREE:])
    assert (waits[FREE], waits[-1]) == (FIRST_PAUSE, LONGEST_PAUSE)
    assert slowdown.wait(ME, now) == LONGEST_PAUSE
    assert slowdown.wait(ME, now + FORGOTTEN) == 0


def test_nobody_else_is_slowed_down_by_failures_in_their_name() -> None:
    slowdown = Slowdown()
    for number in range(1000):
        fail(slowdown, (ME[0], f"10.9.{number // 250}.{number % 250}"), 0)
    assert slowdown.wait(ME, 0) == 0
    assert not slowdown.doubted(ME, 0)


def test_many_logins_from_one_address_are_slowed_down_together() -> None:
    slowdown = Slowdown()
    slowdown.began(("neighbour", "10.0.0.1"), 0)
    slowdown.succeeded(("neighbour", "10.0.0.1"))
    for number in range(FREE_LOGINS):
        assert slowdown.wait((f"u{number}", "10.0.0.1"), 0) == 0
        fail(slowdown, (f"u{number}", "10.0.0.1"), 0)
    assert slowdown.wait(("one more", "10.0.0.1"), 0) > 0
    assert slowdown.wait(("one more", "10.0.0.2"), 0) == 0
    assert slowdown.wait(("neighbour", "10.0.0.1"), 0) == 0


def test_one_good_login_does_not_clear_the_way_for_others() -> None:
    slowdown = Slowdown()
    for number in range(FREE_LOGINS):
        fail(slowdown, (f"u{number}", "10.0.0.1"), 0)
    slowdown.succeeded(("own", "10.0.0.1"))
    assert slowdown.wait(("u77", "10.0.0.1"), 0) > 0


def test_a_success_forgets_failures_and_memory_is_bounded() -> None:
    slowdown = Slowdown()
    for _ in range(FREE):
        fail(slowdown, ME, 0)
    slowdown.succeeded(ME)
    assert slowdown.wait(ME, 0) == 0
    for number in range(REMEMBERED + 50):
        fail(slowdown, (str(number), str(number)), 0)
        slowdown.succeeded((f"good{number}", "a"))
    assert len(slowdown._pairs) <= REMEMBERED
    assert len(slowdown._places) <= REMEMBERED
    assert len(slowdown._good) <= REMEMBERED


def test_attempts_that_are_under_way_count() -> None:
    slowdown = Slowdown()
    for _ in range(FREE):
        slowdown.began(ME, 0)
    assert slowdown.wait(ME, 0) > 0


@pytest.mark.parametrize(
    ("address", "counted"),
    [
        ("10.0.0.7", "10.0.0.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        ("2001:db8:1:2:ffff::1", "2001:db8:1:2::"),
        ("::ffff:10.0.0.7", "10.0.0.7"),
        ("", ""),
        ("testclient", "testclient"),
    ],
)
def test_whoever_has_an_address_of_a_network_has_all_of_them(address: str, counted: str) -> None:
    assert place(address) == counted


def test_a_pause_stays_a_number_however_many_failures() -> None:
    assert pause(10_000, FREE) == LONGEST_PAUSE
