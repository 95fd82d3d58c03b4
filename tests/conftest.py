"""What every test run needs: its order, what of it is measured, and an end that reports the result and nothing else."""

import gc
import os
import sys
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings
from xdist.remote import Producer
from xdist.scheduler import LoadFileScheduling

# Else what gRPC does in a process that is just forked ends it now and then, before it is the server to be started.
os.environ["GRPC_ENABLE_FORK_SUPPORT"] = "0"

# On a busy machine an example takes any time: how long one may take says nothing of the code.
settings.register_profile("suite", deadline=None, suppress_health_check=[HealthCheck.too_slow])
if settings.get_current_profile_name() == "default":
    settings.load_profile("suite")

_session = pytest.StashKey[pytest.Session]()

WHOLE_SYSTEMS = ("tests/e2e/", "tests/browser/")
"""Each of these starts a dozen processes."""
ABOUT_RULES = ("tests/unit/rules/", "tests/unit/worker/")
AGAIN = tuple(
    f"tests/unit/rules/test_{name}.py" for name in ("every_act", "lives_of_cases", "deadlines_oracle")
)
"""Only here is the coverage of the rules measured: it doubles the time of whatever it watches. The floor is held by
what states the rules, and not by a whole case that happens to come by, nor by AGAIN: the same ways by the thousand."""


def pytest_sessionstart(session: pytest.Session) -> None:
    """Keep the session, whose exit status is only final when everything has finished."""
    session.config.stash[_session] = session


def pytest_collection_finish(session: pytest.Session) -> None:
    """Nothing that was loaded so far is looked through again for what can be freed.

    At its defaults the collector took a quarter of the processor time of the suite, and up to two seconds at once:
    as long as Temporal lets a workflow be silent.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whole systems first, the longest of all: at the end nobody waits for one of them alone."""
    items.sort(key=lambda item: not item.nodeid.startswith(WHOLE_SYSTEMS))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> LoadFileScheduling | None:
    """`--dist loadfile`, but for whole systems, of which one runs at a time; the other process does the small tests."""
    return _OneSystemAtATime(config, log) if config.getvalue("dist") == "loadfile" else None


class _OneSystemAtATime(LoadFileScheduling):
    def _split_scope(self, nodeid: str) -> str:
        return "whole systems" if nodeid.startswith(WHOLE_SYSTEMS) else super()._split_scope(nodeid)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """Measure the coverage of the rules, where it is asked for, by the tests that are about rules."""
    measuring = item.config.pluginmanager.get_plugin("_cov")
    about = item.nodeid.startswith(ABOUT_RULES) and not item.nodeid.startswith(AGAIN)
    if measuring is None or measuring.cov_controller is None or about:
        return (yield)
    measuring.cov_controller.pause()
    try:
        return (yield)
    finally:
        measuring.cov_controller.resume()


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
