"""Where what the states need is found in a house."""

from contracts.words.families import Language
from contracts.words.loader import word
from services.console.session import Seal
from tests.browser.house import House
from tests.console_rig import SECRET


async def known(house: House, standing: dict[str, str], language: Language) -> dict[str, str]:
    """The addresses by what they are: of the cases and their tasks, and of what stands there besides."""
    own, asked, unread = house.cases
    reply = await house.task("dept-officer", "reply", asked)
    name = str(reply["nominee"]["name"])
    proof = Seal(SECRET).close("reply", [reply["task_id"], reply["content_digest"], name])
    return {
        **standing,
        "screen": f"/tasks/{(await house.task('screener', 'screen', unread))['task_id']}",
        "declare": f"/tasks/{(await house.task('nominee-0', 'declare', own))['task_id']}",
        "declared": f"/tasks/{asked}.declare.1.1",
        "reply": f"/tasks/{reply['task_id']}",
        "case": f"/cases/{asked}",
        "own_case": f"/cases/{own}",
        "batch": f"/batches/{house.batch}",
        "row": "\t".join([proof, name, "", "", "", word("outcome", "NO_ISSUE", language), ""]),
    }
