"""Who is connected: how many in all, how many from one address, and whose place a newcomer takes."""

from collections import Counter
from collections.abc import Callable, Iterable
from ipaddress import IPv6Address, ip_address, ip_network
from typing import Protocol

MOST_CONNECTIONS = 512
"""Open at once in one service."""

MOST_FROM_ONE = 256
"""Of them from one address: an office of forty people behind one address has as many."""

LOOPBACK = ("127.0.0.0/8", "::1")


class Guest(Protocol):
    """One connection."""

    def give_up(self) -> None:
        """Close it at once."""


class Crowd:
    """The connections of one server.

    When there are too many, whoever has waited longest gives up the place: an idle connection, or one whose request is
    not here as a whole. So requests that are half sent keep nobody out. While all others are at work a newcomer is
    refused.
    """

    def __init__(self, proxies: Iterable[str] = ()) -> None:
        """`proxies`: addresses or networks that speak for many, and so are not counted; nor is this machine."""
        self._speaks_for_many = of_networks((*LOOPBACK, *proxies))
        self._addresses: dict[Guest, str] = {}
        self._counts: Counter[str] = Counter()
        self._waiting: dict[Guest, None] = {}
        """Those that could go, the longest waiting first."""

    def __len__(self) -> int:
        return len(self._addresses)

    def enter(self, guest: Guest, address: str) -> bool:
        """Whether there is room for one more, after another gave up its place if need be."""
        own = "" if self._speaks_for_many(address) else place(address)
        if own and self._counts[own] >= MOST_FROM_ONE and not self._make_room(own):
            return False
        if len(self._addresses) >= MOST_CONNECTIONS and not self._make_room(None):
            return False
        self._addresses[guest] = own
        self._counts[own] += 1
        self._waiting[guest] = None
        return True

    def works(self, guest: Guest) -> None:
        """Its request is here as a whole and is being answered."""
        self._waiting.pop(guest, None)

    def waits(self, guest: Guest) -> None:
        """It was answered: the next request may come or not."""
        if guest in self._addresses:
            self._waiting[guest] = None

    def leave(self, guest: Guest) -> None:
        """It is gone."""
        own = self._addresses.pop(guest, None)
        self._waiting.pop(guest, None)
        if own is not None:
            self._counts[own] -= 1
            if not self._counts[own]:
                del self._counts[own]

    def _make_room(self, address: str | None) -> bool:
        longest = next((one for one in self._waiting if address in (None, self._addresses[one])), None)
        if longest is None:
            return False
        self.leave(longest)
        longest.give_up()
        return True


def place(address: str) -> str:
    """The address as it is counted: of IPv6 the network, for whoever has one address there has all of them."""
    try:
        known = ip_address(address)
    except ValueError:
        return address
    if isinstance(known, IPv6Address):
        return str(known.ipv4_mapped or IPv6Address(int(known) >> 64 << 64))
    return str(known)


def of_networks(networks: Iterable[str]) -> Callable[[str], bool]:
    """Whether an address is one of these networks; what is no address is a socket of this machine, and is."""
    known = tuple(ip_network(one) for one in networks)

    def within(address: str) -> bool:
        try:
            asked = ip_address(address)
        except ValueError:
            return True
        return any(asked in one for one in known)

    return within
