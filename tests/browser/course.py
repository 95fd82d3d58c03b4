"""The course of one case: who is called to a desk, and for which acts."""

import asyncio
from collections.abc import Callable, Coroutine, Iterable
from dataclasses import dataclass
from typing import Any

from services.ctl.demo.answers import Act
from tests.browser.desk import Office


@dataclass(frozen=True)
class Course:
    """A case, the office that deals with it, and what is said there by whoever is asked."""

    office: Office
    case: str
    says: Callable[[str], Act]

    async def does(self, login: str, *kinds: str) -> None:
        """Somebody comes in and answers their tasks of these kinds."""
        async with self.office.desk(login) as one:
            for kind in kinds:
                await one.act(kind, self.case, self.says)

    def in_turn(self, logins: Iterable[str], kind: str) -> list[Coroutine[Any, Any, None]]:
        """Each answers one of the tasks that are there for all of them: nobody takes what another is about to."""
        turn = asyncio.Lock()

        async def answers(login: str) -> None:
            async with self.office.desk(login) as one, turn:
                await one.act(kind, self.case, self.says)

        return [answers(one) for one in logins]
