"""A console that can be opened, and whom it knows."""

from typing import Protocol

from services.ctl.demo.client import Account


class Place(Protocol):
    """Where a browser goes; the whole system's console, or one of the test's own before the same API."""

    @property
    def console(self) -> str:
        """Where the pages are."""
        ...

    @property
    def logins(self) -> list[str]:
        """Everybody whom it knows."""
        ...

    def account(self, login: str) -> Account:
        """Somebody's account."""
        ...
