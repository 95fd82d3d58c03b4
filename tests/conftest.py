"""What every test run needs: an end that reports the tests' result and nothing else."""

import os
import sys

import pytest

_session = pytest.StashKey[pytest.Session]()


def pytest_sessionstart(session: pytest.Session) -> None:
    """Keep the session, whose exit status is only final when everything has finished."""
    session.config.stash[_session] = session


@pytest.hookimpl(trylast=True)
def pytest_unconfigure(config: pytest.Config) -> None:
    """End the process here, with the result of the tests.

    A process that has used a Temporal client may abort while the interpreter shuts down, after all work is
    done; without this a green run reports a crash now and then. Reports are written by now. The processes of
    a split run (pytest-xdist) answer to their parent by message; it does not look at their exit code.
    """
    session = config.stash.get(_session, None)
    if session is None or hasattr(config, "workerinput"):
        return
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(int(session.exitstatus))
