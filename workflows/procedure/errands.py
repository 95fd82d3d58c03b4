"""Whose errand a command is: what names the case that asks it is that case's alone (D16, D17).

That it is a case's errand at all, and stands under the key for errands, is held against the claim before anything is
recorded; here it is held against what the command says.
"""

from contracts.commands.base import Command
from contracts.refusals import RefusalCode
from contracts.saying import say
from workflows.rules.verdict import Refused


def anothers(command: Command) -> Refused | None:
    """Why it is not the errand of the case that it names; None where it is, or where it names none."""
    owing = command.claim.owed_by
    if owing is None or command.sender in {None, owing.case_id}:
        return None
    return Refused(RefusalCode.WRONG_ROLE, say("asked-by-named-case", act=command.act))
