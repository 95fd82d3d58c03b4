"""What names the case that asks it is asked by that case and by no other, of whatever kind it is asked (D16, D17)."""

from typing import Any

import pytest

from contracts.claim import Owing
from contracts.commands.base import Command
from contracts.commands.every import COMMANDS, FROM_CASES, PEOPLE_TOO
from tests.acting import refused
from tests.asking import asks, somebody
from tests.commission import Commission
from tests.desks import PureDesk
from tests.models.asking import BESIDE
from workflows.procedure.errands import anothers
from workflows.rules.verdict import Refused

NAMING = [one for one in COMMANDS if "sender" in vars(one)]
UNNAMED = {
    "nominated-again": "the batch, or the nomination that had the place before",
    "stand-alone": "whichever nomination had the place before, through those that are gone",
    "schedule-election": "the batch of the case",
    "reject-for-quota": "the batch of the case",
    "know-index": "the batch in which it was entered",
    "enter-reading": "the batch in which it was entered",
    "apply-policy": "the rule of transition, or the batch that hands it on",
    "announce-policy": "the batch of the term",
    "earlier-removal-over": "the case that follows the seat",
    "seat-taken": "the nomination that was elected: it names the case of the seat",
    "settle-doubt": "the enquiry, whose id follows from the doubt",
    "end-fact": "the book, or the enquiry, that told of the fact",
    **dict.fromkeys(("leader-marked", "leader-cleared", "leader-measured"), "the person's integrity file"),
}
"""What cases ask without naming themselves, and who they are."""


def owed(command: Command, owing: str) -> Command:
    """The command as this case owes it."""
    claim = command.claim.model_copy(update={"owed_by": Owing(case_id=owing, number=1)})
    return command.model_copy(update={"claim": claim})


def test_every_command_of_cases_names_its_sender_or_says_why_not() -> None:
    words = {one.model_fields["act"].default for one in COMMANDS} & FROM_CASES - PEOPLE_TOO
    assert words == {one.model_fields["act"].default for one in NAMING} | UNNAMED.keys()


@pytest.mark.parametrize("act", NAMING, ids=lambda one: one.__name__)
def test_another_case_does_not_ask_it(act: type[Command]) -> None:
    command: Any = asks(act, somebody("EVALUATOR"), **BESIDE[act])
    assert anothers(owed(command, command.sender)) is None
    assert isinstance(anothers(owed(command, "x-another")), Refused)


async def test_nothing_of_it_is_taken(removal: PureDesk[Any], commission: Commission) -> None:
    act = next(one for one in NAMING if one.__name__ == "ReviewDecided")
    command = asks(act, somebody("EVALUATOR"), removal.case_id, **BESIDE[act])
    await refused(removal, owed(command, "x-another"), "wrong-role")
