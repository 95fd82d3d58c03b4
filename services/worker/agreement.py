"""Whether code and policy agree. While they do not, nothing is decided (D8)."""

import sys

from contracts.policy import loader
from workflows.kinds import every


class DisagreementError(RuntimeError):
    """A released policy and the code disagree: a worker must not start."""


def disagreements() -> list[str]:
    """Every point on which a released version and the rules of a kind disagree, one sentence each."""
    return [
        f"policy {version}: {fault}"
        for version in loader.versions()
        for fault in every.faults(loader.released(version))
    ]


def insist() -> None:
    """Print every disagreement and raise DisagreementError, unless there is none.

    It also reads each policy, so that no case waits for a file.
    """
    found = disagreements()
    for one in found:
        sys.stderr.write(f"{one}\n")
    if found:
        raise DisagreementError(f"{len(found)} disagreements between policy and code: nothing is decided")
