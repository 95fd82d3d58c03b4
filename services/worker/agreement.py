"""Whether code and policy agree. While they do not, nothing is decided (D8)."""

from workflows.kinds.every import KINDS
from workflows.procedure.agreement import faults

from contracts.policy import loader


class DisagreementError(RuntimeError):
    """A released policy and the code disagree: the message names every point."""


def disagreements() -> list[str]:
    """Every point on which a released version and the rules of a kind disagree, one sentence each."""
    return [
        f"{version}, {kind.name}: {fault}"
        for version in loader.versions()
        for kind in KINDS
        for fault in faults(kind, loader.released(version))
    ]


def insist() -> None:
    """Raise DisagreementError unless all agree. It also reads each policy, so that no case waits for a file."""
    found = disagreements()
    if found:
        raise DisagreementError(
            "\n".join(["the policy and the code disagree, so nothing is decided:", *found])
        )
