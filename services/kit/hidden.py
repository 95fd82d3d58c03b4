"""Keep what a library would take along for a terminal out of a service that has none."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def hidden(library: str) -> Iterator[None]:
    """Whoever is imported within finds that this library is not installed, and does without it.

    One that is loaded already is there again afterwards.
    """
    loaded = sys.modules.get(library)
    sys.modules[library] = None  # type: ignore[assignment]
    try:
        yield
    finally:
        del sys.modules[library]
        if loaded is not None:
            sys.modules[library] = loaded
