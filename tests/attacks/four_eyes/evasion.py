"""What an evasion of four eyes is: one person, or two who may not, trying to be a second pair of eyes; its refusal."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from contracts.actor import Actor, Grant, Ties
from contracts.commands.base import Command

G = TypeVar("G")
A = TypeVar("A")


@dataclass(frozen=True)
class Attempt:
    """Before the rules alone: who evades asks this of the case, and who may asks the same."""

    desk: Any
    evading: Command
    honest: Command
    """Taken afterwards: it was for who asked that the other was refused, and for nothing else."""


@dataclass(frozen=True)
class Evasion(Generic[G, A]):
    """One evasion: what is tried, on which ground, and the code by which it is refused."""

    tries: str
    run: Callable[[G], Awaitable[A]]
    code: str


class Evasions(list[Evasion[G, A]], Generic[G, A]):
    """Evasions of one ground, in the order in which they are told."""

    def of(
        self, tries: str, code: str
    ) -> Callable[[Callable[[G], Awaitable[A]]], Callable[[G], Awaitable[A]]]:
        """Take the function as an evasion."""

        def take(run: Callable[[G], Awaitable[A]]) -> Callable[[G], Awaitable[A]]:
            self.append(Evasion(tries, run, code))
            return run

        return take


def also(actor: Actor, *ids: str) -> Actor:
    """The actor as somebody whom two people found to be known under these ids as well."""
    return actor.model_copy(update={"ties": (Ties(person_id=actor.person_id, also=ids),)})


def deputy(role: str, person: str, principal: str, unit: str = "") -> Actor:
    """Somebody who holds the role in another's place only."""
    grants = (Grant(role=role, unit=unit, deputy_for=principal),)
    return Actor(account_id=f"a-{person}", person_id=person, grants=grants)
