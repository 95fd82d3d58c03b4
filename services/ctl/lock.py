"""One embedded system per folder: a lock held by the operating system, so that a crash leaves none behind."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from services.ctl.errors import OperatorError


@contextmanager
def held(path: Path) -> Iterator[None]:
    """Hold `path` alone while the body runs; raises OperatorError naming the process that holds it."""
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            owner = os.read(handle, 20).decode(errors="replace").strip() or "unknown"
            raise OperatorError(
                f"{path.parent.parent} is already in use by process {owner}: stop that one with Ctrl-C, "
                "or name another folder with --var"
            ) from None
        os.ftruncate(handle, 0)
        os.write(handle, f"{os.getpid()}\n".encode())
        yield
    finally:
        os.close(handle)
