"""Whose place a newcomer takes, and when there is none."""

import pytest

from services.kit import crowd
from services.kit.crowd import Crowd


class Guest:
    def __init__(self) -> None:
        self.gone = False

    def give_up(self) -> None:
        self.gone = True


@pytest.fixture(autouse=True)
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crowd, "MOST_CONNECTIONS", 4)
    monkeypatch.setattr(crowd, "MOST_FROM_ONE", 2)


def entered(place: Crowd, *addresses: str) -> list[Guest]:
    guests = [Guest() for _ in addresses]
    for guest, address in zip(guests, addresses, strict=True):
        assert place.enter(guest, address)
    return guests


def test_whoever_waits_longest_makes_room() -> None:
    place = Crowd()
    first, second, *_ = entered(place, "127.0.0.1", "10.0.0.1", "10.0.0.2", "10.0.0.3")
    place.works(first)
    [fifth] = entered(place, "10.0.0.4")
    assert (first.gone, second.gone, fifth.gone, len(place)) == (False, True, False, 4)


def test_whoever_was_answered_waits_again_behind_the_others() -> None:
    place = Crowd()
    first, second, *_ = entered(place, *("127.0.0.1",) * 4)
    place.works(first)
    place.waits(first)
    entered(place, "127.0.0.1")
    assert (first.gone, second.gone) == (False, True)


def test_while_all_are_at_work_a_newcomer_is_refused() -> None:
    place = Crowd()
    guests = entered(place, *("127.0.0.1",) * 4)
    for guest in guests:
        place.works(guest)
    assert not place.enter(Guest(), "10.0.0.1")
    place.leave(guests[0])
    assert place.enter(Guest(), "10.0.0.1")


def test_one_address_pushes_out_its_own_only() -> None:
    place = Crowd()
    other, mine, _ = entered(place, "10.0.0.2", "10.0.0.1", "10.0.0.1")
    entered(place, "10.0.0.1")
    assert (other.gone, mine.gone, len(place)) == (False, True, 3)


def test_whoever_has_a_network_pushes_out_their_own_only() -> None:
    place = Crowd()
    other, mine, _ = entered(place, "2001:db8:1:3::1", "2001:db8:1:2::1", "2001:db8:1:2:ffff::2")
    entered(place, "2001:db8:1:2:3::4")
    assert (other.gone, mine.gone, len(place)) == (False, True, 3)


def test_one_address_that_is_at_work_enough_is_refused() -> None:
    place = Crowd()
    for guest in entered(place, "10.0.0.1", "10.0.0.1"):
        place.works(guest)
    assert not place.enter(Guest(), "10.0.0.1")
    assert place.enter(Guest(), "10.0.0.2")


@pytest.mark.parametrize("many", ["127.0.0.1", "::1", "192.168.7.9", ""])
def test_a_proxy_and_this_machine_speak_for_many(many: str) -> None:
    entered(Crowd(["192.168.7.0/24"]), *(many,) * 4)


def test_who_left_counts_no_more() -> None:
    place = Crowd()
    for guest in entered(place, "10.0.0.1", "10.0.0.1"):
        place.works(guest)
        place.leave(guest)
        place.leave(guest)
        place.waits(guest)
    assert len(place) == 0
    entered(place, "10.0.0.1", "10.0.0.1", "10.0.0.1")
