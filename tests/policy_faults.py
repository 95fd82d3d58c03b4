"""Plant a fault in a copy of the policies, and compare the refusal: which file, which line, why."""

from pathlib import Path
from typing import NamedTuple

import pytest

from contracts.policy.loader import PolicyError, load

POLICY, LIMITS, LADDERS = "2026.1/policy.yaml", "2026.1/limits.yaml", "2026.1/ladders.yaml"
NEGATIVE, GRADING, FRAME = "2026.1/negative_list.yaml", "2026.1/grading.yaml", "2026.1/letter_frame.yaml"
DEPARTMENTS, ROLES, SEPARATION = "2026.1/departments.yaml", "2026.1/roles.yaml", "2026.1/separation.yaml"
RETENTION, ADDRESSEES = "2026.1/retention.yaml", "2026.1/addressees.yaml"
DISTRICTS, NOMINATING_UNITS = "2026.1/districts.yaml", "2026.1/nominating_units.yaml"
TASKS, FORMS = "2026.1/nomination/tasks.yaml", "2026.1/nomination/forms.yaml"
STAGES, LETTERS = "2026.1/nomination/stages.yaml", "2026.1/nomination/letters.yaml"
SHEET = "2026.1/nomination/sheet.yaml"
SIGN_IN = "2026.1/nomination/sign_in.yaml"
SHARED_FORMS = "2026.1/every/forms.yaml"
ACCESS_TASKS = "2026.1/access/tasks.yaml"
REMOVAL_TASKS, ACTS = "2026.1/removal/tasks.yaml", "2026.1/nomination/acts.yaml"
YEAR = "calendars/2026.yaml"


class Fault(NamedTuple):
    """In `file`, `old` becomes `new`; the refusal must point to the line that then holds `where`.

    It is the `nth` such line (from 0) of the file `pointed`, when that is another one.
    """

    file: str
    old: str
    new: str
    where: str
    reason: str
    nth: int = 0
    pointed: str = ""


def spoil(policies: Path, fault: Fault) -> tuple[Path, int]:
    """Plant the fault; the file and line that the refusal must name."""
    path = policies / fault.file
    text = path.read_text(encoding="utf-8")
    assert fault.old in text, "the fault cannot be planted any more"
    text = text.replace(fault.old, fault.new, 1)
    path.write_text(text, encoding="utf-8")
    place = policies / (fault.pointed or fault.file)
    told = enumerate(place.read_text(encoding="utf-8").splitlines(), start=1)
    lines = [number for number, line in told if fault.where in line]
    assert len(lines) > fault.nth, "the place to point to is not there"
    return place, lines[fault.nth]


def refused(policies: Path, fault: Fault, version: str = "2026.1") -> None:
    """Plant the fault, load, and compare the refusal."""
    path, line = spoil(policies, fault)
    with pytest.raises(PolicyError) as caught:
        load(policies / version)
    assert fault.reason in caught.value.reason
    assert (caught.value.file, caught.value.line) == (path, line)
    place = path.relative_to(policies).as_posix()
    assert str(caught.value) == f"{place}:{line}: {caught.value.reason}"
