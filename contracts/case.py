"""What every kind of case shares on the wire: its kind, and what a task is about."""

from enum import StrEnum
from typing import Annotated

from pydantic import StringConstraints


class CaseKind(StrEnum):
    """The kinds of case. Each is a workflow type, a folder of rules and a folder of policy."""

    BATCH = "batch"
    NOMINATION = "nomination"
    REMOVAL = "removal"
    TENURE = "tenure"
    REVIEW = "review"


KindName = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z-]{0,30}$")]
"""A kind's name on the wire. A reader that can make nothing of a kind's event lets its case wait; it never guesses."""

About = Annotated[str, StringConstraints(pattern=r"^([a-z]{1,20}\.[1-9][0-9]{0,5})?$")]
"""What a task is about beside its case, such as `hit.3` or `report.1`; empty when nothing."""


def about(what: str, number: int) -> str:
    """The name of the case's `number`-th hit, report or the like."""
    return f"{what}.{number}"


def number_in(what: str, named: str) -> int:
    """The number in an `about`. Raises ValueError when it names something else."""
    kind, _, number = named.partition(".")
    if kind != what or not number.isdigit():
        raise ValueError(f"{named!r} is not about a {what}")
    return int(number)
