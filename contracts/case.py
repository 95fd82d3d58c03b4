"""What every kind of case shares on the wire: its kind, and what a task is about."""

from enum import StrEnum
from typing import Annotated

from pydantic import StringConstraints


class CaseKind(StrEnum):
    """The kinds of case. Each is a workflow type, a folder of rules and a folder of policy."""

    BATCH = "batch"
    NOMINATION = "nomination"
    REMOVAL = "removal"
    SCREENING = "screening"
    ENQUIRY = "enquiry"
    TENURE = "tenure"
    REVIEW = "review"
    LATE_ROSTER = "late-roster"
    POLICY = "policy"
    INTEGRITY = "integrity"
    AWARD = "award"
    ACCESS = "access"
    DATA_REQUEST = "data-request"


KindName = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z-]{0,30}$")]
"""A kind's name on the wire. A reader that can make nothing of a kind's event lets its case wait; it never guesses."""

About = Annotated[
    str,
    StringConstraints(
        pattern=r"^([a-z]{1,20}\.[1-9][0-9]{0,5}|[a-z][a-z-]{0,40}(:[A-Za-z0-9][A-Za-z0-9._-]{0,80})?)?$"
    ),
]
"""What a task is about beside its case, such as `hit.3` or `report.1`; empty when nothing.

Of a hold it is the hold's name: its cause, and after a colon what it waits for (`hold_name`).
"""


HoldAbout = Annotated[str, StringConstraints(pattern=r"^([A-Za-z0-9][A-Za-z0-9._-]{0,80})?$")]
"""What a hold waits for: a unit, or what a task is about; empty when it is the case as a whole."""


def about(what: str, number: int) -> str:
    """The name of the case's `number`-th hit, report or the like."""
    return f"{what}.{number}"


def hold_name(cause: str, waits_for: str = "") -> str:
    """The name of a hold, of which a case may have several: `pause-item:hit.2`, `department-silent:police`."""
    return f"{cause}:{waits_for}" if waits_for else cause


def question_to(unit: str, question: str = "") -> str:
    """The name of what a unit is asked: its own for the first letter, and after a point what it is asked besides."""
    return f"{unit}.{question}" if question else unit


def waited_for(hold: str) -> str:
    """What the hold of this name waits for: a hit, a report, a unit; empty when it is the case as a whole."""
    return hold.partition(":")[2]


def number_in(what: str, named: str) -> int:
    """The number in an `about`. Raises ValueError when it names something else."""
    kind, _, number = named.partition(".")
    if kind != what or not number.isdigit():
        raise ValueError(f"{named!r} is not about a {what}")
    return int(number)
