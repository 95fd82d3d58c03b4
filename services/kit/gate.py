"""Who may come in to a service: under which names it is asked, and through whom. Values only."""

from dataclasses import dataclass

from services.kit.tls import Tls


@dataclass(frozen=True)
class Gate:
    """Who may come in.

    `hosts` are the names by which callers may ask, besides those of this machine. `proxies` are the addresses and
    networks of reverse proxies, of whom alone it is believed for whom they ask. With `tls` nobody comes in without.
    """

    hosts: frozenset[str] = frozenset()
    proxies: tuple[str, ...] = ()
    tls: Tls | None = None
