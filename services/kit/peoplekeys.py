"""The keys of people in a folder: a file each, wrapped, under an opaque id. Without it what it sealed is lost (D10)."""

import fcntl
import os
import re
import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import Protocol

from services.kit.keywrap import KeyWrapper
from services.kit.sealing import KEY_BYTES, PersonKeys, SealError

REMEMBERED = 20_000
"""Unwrapped keys that are kept in memory, about 3 MB; one that was dropped is read and unwrapped again."""
_OWNER = re.compile(r"[a-zA-Z0-9][a-zA-Z0-9_.:\-]{0,120}")
_TRIES = 3
_LOOKED_AT = 16
"""Keys that are tried at the start until one unwraps."""


class PersonKeyMaker(PersonKeys, Protocol):
    """Makes keys, too: whoever registers people."""

    def make(self, owners: Iterable[str]) -> None:
        """A key for each of these that has none; on disk when it returns."""


class PeopleFolder:
    """`<two letters>/<owner>.key`, each for its owner's eyes only. Only ids that say nothing about anybody.

    Whoever makes, wraps anew or destroys a key holds the folder's lock; whoever reads needs none, and may be given the
    folder to read only. A key once read is remembered by the process: one that is destroyed is out of force for good
    when those who had read it have been started again.
    """

    def __init__(self, folder: Path, wrapper: KeyWrapper) -> None:
        """Raises SealError when the folder is not there, or what lies in it is wrapped under another key."""
        if not folder.is_dir():
            raise SealError(f"{folder} is not there: it holds the keys of people")
        self._folder = folder
        self._wrapper = wrapper
        self._remembered = lru_cache(REMEMBERED)(self._read)
        self._fits()

    def key(self, owner: str) -> bytes:
        """The key, read and unwrapped once. Raises SealError when there is none, or none any more."""
        return self._remembered(owner)

    def make(self, owners: Iterable[str]) -> None:
        """A key for each of these that has none; on disk when it returns."""
        missing = [owner for owner in dict.fromkeys(owners) if not self._path(owner).exists()]
        if not missing:
            return
        with self._held(fcntl.LOCK_SH):
            for owner in missing:
                self._add(self._path(owner), self._wrapper.wrap(secrets.token_bytes(KEY_BYTES), owner))
            for folder in {self._path(owner).parent for owner in missing} | {self._folder}:
                _sync(folder)

    def all(self) -> dict[str, bytes]:
        """Every key by its owner. Raises SealError naming the first that does not unwrap."""
        return {owner: self._read(owner) for owner in self.owners()}

    def owners(self) -> Iterator[str]:
        """Whose keys are here."""
        return (path.stem for path in self._files())

    def rotate(self) -> int:
        """Wrap every key under a new generation, while others read and make keys; how many were wrapped anew.

        Where an earlier rotation was cut short, it is finished and no other is begun. Afterwards no key here needs an
        older generation. One that does not unwrap keeps nobody else's from it: SealError names it when all are through.
        """
        with self._held(fcntl.LOCK_EX):
            if all(self._done(path) for path in self._files()):
                self._wrapper.renew()
        # From here on new keys come under the new generation, so whoever is seen now is everybody who is not.
        anew, faults = 0, list[str]()
        for path in list(self._files()):
            try:
                anew += self._wrapped_anew(path)
            except SealError as fault:
                faults.append(f"{path.stem} ({fault})")
        if faults:
            raise SealError(f"{anew} keys of people are wrapped anew, and not these: {'; '.join(faults)}")
        return anew

    def _fits(self) -> None:
        """Raises SealError when nothing of what lies first here unwraps: one that is damaged is one person's loss."""
        fault: SealError | None = None
        for owner in islice(self.owners(), _LOOKED_AT):
            try:
                self._read(owner)
                return
            except SealError as error:
                fault = fault or error
        if fault is not None:
            raise fault

    def _done(self, path: Path) -> bool:
        """Whether there is nothing to wrap anew: it is of the latest generation, or nobody can unwrap it any more."""
        wrapped = path.read_bytes()
        try:
            return self._wrapper.latest(wrapped) or not self._wrapper.unwrap(wrapped, path.stem)
        except SealError:
            return True

    def _read(self, owner: str) -> bytes:
        for _ in range(_TRIES):
            wrapped = self._stored(owner)
            try:
                return self._wrapper.unwrap(wrapped, owner)
            except SealError:
                # It may have been wrapped anew since, and what it was wrapped under taken away.
                if self._stored(owner) == wrapped:
                    raise
        raise SealError(f"the key of {owner} is wrapped anew again and again")

    def _stored(self, owner: str) -> bytes:
        try:
            return self._path(owner).read_bytes()
        except FileNotFoundError:
            raise SealError(f"there is no key of {owner}, or none any more") from None

    def _wrapped_anew(self, path: Path) -> bool:
        with self._held(fcntl.LOCK_EX):
            # Looked at under the lock: one that was destroyed meanwhile must not come back.
            if not path.exists() or self._wrapper.latest(wrapped := path.read_bytes()):
                return False
            pending = _written(path, self._wrapper.wrap(self._wrapper.unwrap(wrapped, path.stem), path.stem))
            pending.replace(path)
            _sync(path.parent)
            return True

    def _add(self, path: Path, wrapped: bytes) -> None:
        path.parent.mkdir(exist_ok=True, mode=0o700)
        pending = _written(path, wrapped)
        try:
            # It appears whole or not at all, and never in place of one that is there.
            os.link(pending, path)
        except FileExistsError:
            pass
        finally:
            pending.unlink()

    def _path(self, owner: str) -> Path:
        if not _OWNER.fullmatch(owner):
            raise SealError("whoever has a key has an opaque id")
        return self._folder / sha256(owner.encode()).hexdigest()[:2] / f"{owner}.key"

    def _files(self) -> Iterator[Path]:
        return self._folder.glob("??/[!.]*.key")

    @contextmanager
    def _held(self, how: int) -> Iterator[None]:
        descriptor = os.open(self._folder / ".lock", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(descriptor, how)
            yield
        finally:
            os.close(descriptor)


def _written(path: Path, content: bytes) -> Path:
    """The bytes on disk, beside where they are to stand."""
    pending = path.with_name(f".{path.stem}.{secrets.token_hex(8)}")
    descriptor = os.open(pending, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    return pending


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
