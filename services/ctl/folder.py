"""The folder of a system: whether one may begin there, whether one is there, whether it is running."""

import fcntl
import os
from pathlib import Path

from services.ctl.errors import OperatorError
from services.ctl.layout import Layout
from services.ctl.vault import OTHERS, loose


def named(var: Path) -> Layout:
    """The layout under a folder's name. OperatorError for a name that cannot be written down, or that is no folder."""
    root = var.absolute()
    text = str(root)
    if not text.isprintable() or text != os.fsencode(text).decode("utf-8", "replace"):
        raise OperatorError(f"{text!a} cannot be used: its name must be UTF-8 without control characters")
    root = _resolved(root)
    there = next(one for one in (root, *root.parents) if one.exists())
    if not there.is_dir():
        raise OperatorError(f"{there} is a file: name a folder with --var")
    return Layout(root)


def made(layout: Layout) -> None:
    """Make the folders, they and all in them for their owner alone.

    OperatorError when they cannot be made or the folder is another's.
    """
    root = layout.root
    try:
        if root.exists() and any(root.iterdir()) and not any(one.exists() for one in layout.folders()):
            raise OperatorError(
                f"{root} holds other files and no system: name a folder of its own with --var, it need not exist"
            )
        if not root.exists():
            private(root)
        root.chmod(0o700)
        for folder in layout.folders():
            folder.mkdir(exist_ok=True, mode=0o700)
        for path in loose(root):
            path.chmod(path.stat().st_mode & ~OTHERS)
    except OSError as reason:
        raise OperatorError(f"{root} cannot be used: {reason.strerror} ({reason.filename})") from reason


def private(folder: Path) -> None:
    """Make the folder, and those above it that are missing, for their owner alone. FileExistsError when it is there."""
    for missing in reversed([one for one in folder.parents if not one.exists()]):
        missing.mkdir(mode=0o700, exist_ok=True)
    folder.mkdir(mode=0o700)


def existing(var: Path) -> Layout:
    """The layout of a system that was started there before. OperatorError when there is none."""
    layout = named(var)
    if not is_there(layout):
        raise OperatorError(
            f"there is no system in {layout.root}: `up` makes one, or name another folder with --var"
        )
    return layout


def is_there(layout: Layout) -> bool:
    """Whether a system was ever started in the folder."""
    return (layout.secrets / "signing-key").is_file()


def runs(layout: Layout) -> bool:
    """Whether one is running there now: whoever started it holds the lock (lock.py)."""
    try:
        handle = os.open(layout.lock, os.O_RDWR | os.O_CLOEXEC)
    except OSError:
        return False
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(handle)
    return False


def _resolved(root: Path) -> Path:
    try:
        return root.resolve()
    except (OSError, RuntimeError) as reason:
        raise OperatorError(f"{root} cannot be used: it leads in a circle") from reason
