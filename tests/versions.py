"""Policy versions of a test's own, released beside a copy of the one that they were made from."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from contracts.policy import loader

BASE = "2026.1"


def draft(folder: Path, version: str) -> Path:
    """A new version in a folder of versions, still to be changed: word for word the one that it is made from."""
    for name in ("calendars", BASE):
        if not (folder / name).exists():
            shutil.copytree(loader.FOLDER / name, folder / name)
    made = shutil.copytree(loader.FOLDER / BASE, folder / version)
    own = made / "policy.yaml"
    own.write_text(own.read_text().replace(f'version: "{BASE}"', f'version: "{version}"'))
    return made


@contextmanager
def released_in(folder: Path) -> Iterator[None]:
    """Within, the versions of this folder are those that are released."""
    ours, loader.FOLDER = loader.FOLDER, folder
    loader.release.cache_clear()
    try:
        yield
    finally:
        loader.FOLDER = ours
        loader.release.cache_clear()
