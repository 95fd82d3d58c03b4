"""A state is changed by its fields alone: what names no field would be lost, and nobody would see it."""

import pytest

from tests.desks import PureDesk
from workflows.kinds.review.case import Review


async def test_a_change_that_names_no_field_is_a_fault(review: PureDesk[Review]) -> None:
    case = review.current
    task = next(iter(case.tasks))
    assert case.with_task(task, claimed_by="p-one").tasks[task].claimed_by == "p-one"
    with pytest.raises(TypeError, match="Review has no conflicted"):
        case.but(conflicted=("p-one",))
    with pytest.raises(TypeError, match="Task has no signed_by"):
        case.with_task(task, signed_by="p-one")
