"""Print `microseconds<TAB>path`: how long this Python takes for a little of what ours do, and where it really lies.

Nothing is printed where it does not fit: another version than ours, or no way to fill a virtualenv. One that is too old
to read this file does not fit either.
"""

import os
import sys
import time

ROUNDS = 12
"""The best of them counts: a busy machine makes a round longer and never shorter."""


class _Step:
    def __init__(self, case, number):
        self.case = case
        self.number = number

    def label(self):
        return f"{self.case}-{self.number}"


def _work():
    seen = {}
    for number in range(6000):
        step = _Step("NOM", number)
        seen[step.label()] = {"case": step.case, "number": step.number}
    return sum(entry["number"] for entry in seen.values())


def _fits():
    if not (3, 11) <= sys.version_info[:2] < (3, 14):
        return False
    from importlib.util import find_spec

    return bool(find_spec("venv") and (find_spec("ensurepip") or find_spec("pip")))


def _best():
    least = None
    for _ in range(ROUNDS):
        began = time.perf_counter()
        _work()
        took = time.perf_counter() - began
        if least is None or took < least:
            least = took
    return int(least * 1000000)


if __name__ == "__main__":
    if not _fits():
        sys.exit(1)
    sys.stdout.write(f"{_best()}\t{os.path.realpath(sys.executable)}\n")
