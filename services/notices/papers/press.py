"""The press: the faces of this machine, and the setter that is made when the first paper is asked for."""

import asyncio
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from services.kit.errors import ServiceError
from services.notices.papers.faces import SYSTEM, Faces, find
from services.notices.papers.signs import named
from services.notices.papers.typesetting import PaperError, Typesetter

Made = TypeVar("Made")


class UnprintableError(ServiceError):
    """No paper can be made: `extra` names the signs that no face on this machine has."""

    status, code, title = 409, "unprintable", "No paper can be made of this"


class Press:
    """Sets papers, each in a thread of its own, one after another."""

    def __init__(self, own: Path | None = None) -> None:
        """`own` is a folder of the office's own fonts, looked through before the system's."""
        self._folders = (*((own,) if own else ()), *SYSTEM)
        self._making = threading.Lock()
        self._setter: Typesetter | None = None

    def faces(self) -> Faces:
        """The faces of this machine; NoFacesError when it has none."""
        return find(self._folders)

    async def run(self, stop: asyncio.Event) -> None:
        """Look for the faces now, so that no letter waits for it. NoFacesError when there are none."""
        await asyncio.to_thread(self.faces)
        await stop.wait()

    async def made(self, make: Callable[[Typesetter], Made]) -> Made:
        """What is made with the setter. Raises UnprintableError, naming the signs that no face has."""
        try:
            return await asyncio.to_thread(lambda: make(self._ready()))
        except PaperError as error:
            if not error.signs:
                raise
            raise UnprintableError(
                f"no face has: {named(error.signs)}", extra={"signs": named(error.signs)}
            ) from None

    def _ready(self) -> Typesetter:
        with self._making:
            if self._setter is None:
                self._setter = Typesetter(self.faces())
            return self._setter
