"""Print `profiled` or `plain`, a tab, and where this Python really lies: how it was built decides how quick it is.

Nothing is printed where it does not fit: another version than ours, or no way to fill a virtualenv. One that is too old
to read this file does not fit either.
"""

import os
import sys
import sysconfig


def _fits():
    if not (3, 11) <= sys.version_info[:2] < (3, 14):
        return False
    from importlib.util import find_spec

    return bool(find_spec("venv") and (find_spec("ensurepip") or find_spec("pip")))


def _profiled():
    """Compiled with profiles of what programs do: it says so, or it is the distribution's, which build theirs so."""
    return sys.base_prefix == "/usr" or "--enable-optimizations" in (
        sysconfig.get_config_var("CONFIG_ARGS") or ""
    )


if __name__ == "__main__":
    if not _fits():
        sys.exit(1)
    sys.stdout.write(f"{'profiled' if _profiled() else 'plain'}\t{os.path.realpath(sys.executable)}\n")
