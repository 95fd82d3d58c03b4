"""Versions of the house's own policy: taken when the record holds that two people released these very bytes (D5)."""

import asyncio
import contextlib
from collections.abc import Callable, Iterator
from pathlib import Path

from contracts import names
from contracts.base import Digest
from contracts.events.policy import PolicyReleased
from contracts.policy import loader
from contracts.policy.model import Policy
from services.kit.errors import UnavailableError
from services.kit.logs import logger
from services.kit.recordreader import RecordReader

LOOK_SECONDS = 2.0
"""Between two looks at the folder, and, while a version lies there that is not taken, at the record."""

Fits = Callable[[Policy], list[str]]
"""Why a service cannot work by a version, one sentence each; none when it can."""


class Releases:
    """The folder of one installation's own versions. A service without such a folder has those of the product."""

    def __init__(self, folder: Path | None, record: RecordReader, fits: Fits = lambda policy: []) -> None:
        """`fits` is asked of a version that is approved, before it is taken."""
        self._folder = folder
        self._record = record
        self._fits = fits
        self._said: dict[str, str] = {}

    async def run(self, stop: asyncio.Event) -> None:
        """Take what is released, now and as it comes."""
        while not stop.is_set():
            await self.look()
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(LOOK_SECONDS):
                    await stop.wait()

    async def look(self) -> None:
        """Take every version that lies there and is approved on the record; what cannot be taken is said, once."""
        for directory in self._waiting():
            try:
                await self._take(directory)
            except (loader.PolicyError, UnavailableError) as error:
                self._say(directory.name, str(error))

    def _waiting(self) -> Iterator[Path]:
        if self._folder is not None:
            taken = loader.versions()
            for file in sorted(self._folder.glob("*/policy.yaml")):
                if file.parent.name not in taken:
                    yield file.parent

    async def _take(self, directory: Path) -> None:
        draft = await asyncio.to_thread(loader.drafted, directory)
        if not await self._approved(directory.name, draft.digest):
            return
        faults = self._fits(draft.policy)
        if faults:
            self._say(directory.name, "; ".join(faults))
            return
        await asyncio.to_thread(loader.take, directory, draft.digest)

    async def _approved(self, version: str, digest: Digest) -> bool:
        case = await self._record.of_case(names.policy_id(version, digest), -1)
        wanted = PolicyReleased(policy_version=version, version_digest=digest).plain()
        return any(
            (entry.said["type"], entry.said["kind"], entry.said["payload"])
            == (PolicyReleased.type, "policy", wanted)
            for entry in case
        )

    def _say(self, version: str, why: str) -> None:
        if self._said.get(version) != why:
            self._said[version] = why
            logger.warning("a policy version is not taken", version=version, reason=why)
