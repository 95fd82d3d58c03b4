"""The fact on which the lead rests has ended where it came from, or never meant the member (domain §8.1, SC-19)."""

from contracts.case import CaseKind
from contracts.commands.case import EndFact
from workflows.kinds.removal.aftermath import nothing_stands
from workflows.kinds.removal.case import Work
from workflows.kinds.removal.merging import tell_end
from workflows.kinds.removal.service import begun_elsewhere
from workflows.passages.ended_fact import end_fact as ended
from workflows.rules.verdict import Refused


def end_fact(draft: Work, command: EndFact) -> Refused | None:
    """It is recorded for whoever verifies, decides or reviews: people draw what follows. A fact that never meant the
    member stands against nobody in the integrity file, from now on and whatever was proven.

    The lead may be another removal's by now: that hears of it as well. So do removals that it began where no case
    follows the other seat, which rest on the same lead and hear of it from nobody else.
    """
    refused = ended(draft, command)
    if refused is not None:
        return refused
    if command.of is None:
        _, elsewhere = begun_elsewhere(draft.case)
        draft.owe_tell(CaseKind.REMOVAL, elsewhere, command)
    if command.cause == "set-aside" and command.of is None:
        nothing_stands(draft)
    tell_end(draft, draft.case.ended_facts[-1])
    return None
