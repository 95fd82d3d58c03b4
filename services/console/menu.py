"""What stands in the menu. Values only."""

from collections.abc import Collection
from dataclasses import dataclass


@dataclass(frozen=True)
class Entry:
    """One page that is reached from everywhere, shown to those who may use every route of the API that it `needs`.

    Who they are is nothing that the console knows: the API says it of whoever asks (`may` of /v1/me).
    """

    address: str
    word: str
    """Its name among the console's words."""
    order: int
    needs: tuple[str, ...] = ()
    """Routes as the API names them, behind /v1: `GET /tasks`."""
    either: tuple[str, ...] = ()
    """Routes of which one is enough."""

    def is_for(self, may: Collection[str]) -> bool:
        """Whether whoever may use these routes is shown it."""
        either = not self.either or any(route in may for route in self.either)
        return either and all(route in may for route in self.needs)
