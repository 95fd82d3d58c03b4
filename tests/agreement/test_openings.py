"""Whatever opens a case of a kind, the workflow of that kind takes: its input is read by what it says that it takes."""

from typing import get_args, get_type_hints

import pytest
from temporalio import workflow

from contracts.commands.every import OPENINGS, OPENS
from contracts.commands.opening import Opening
from services.worker.catalogue import WORKFLOWS


@pytest.mark.parametrize("opening", OPENINGS, ids=lambda opening: opening.__name__)
def test_the_workflow_of_a_kind_takes_everything_that_opens_it(opening: type[Opening]) -> None:
    kind = OPENS[opening.model_fields["act"].default]
    [of_kind] = [one for one in WORKFLOWS if workflow._Definition.must_from_class(one).name == kind]
    for way in (of_kind.__init__, of_kind.run):
        assert opening in get_args(get_type_hints(way)["given"])
