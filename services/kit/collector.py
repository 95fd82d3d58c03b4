"""When the garbage collector works: not while a process starts, and less often afterwards.

Nearly everything that a start makes stays for good. Looking it through again and again finds nothing and takes a
fifth of the start; looking it through for ever after is as much in vain.
"""

import gc

THRESHOLD = 20_000
"""New containers between two looks at the young ones; by default some hundreds, which one decision exceeds."""

LONGEST_START = 60.0
"""Seconds after which it works in any case: a process that waits long for its engine must not grow meanwhile."""


def pause() -> None:
    """Switch it off for the start, before anything large is imported."""
    gc.disable()


def resume() -> None:
    """Leave what is there out of account for good and switch it on; again for each part that is ready later.

    Does nothing in a process that was not paused.
    """
    # Not by what is frozen: that is counted one by one.
    if gc.isenabled() and gc.get_threshold()[0] != THRESHOLD:
        return
    gc.freeze()
    gc.set_threshold(THRESHOLD)
    gc.enable()
