"""Papers that a task's form asks for: handed in with the form, so that nobody types a digest."""

from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from contracts.policy.text import Text
from services.console.asked import Asked
from services.console.deciding import FILE
from services.console.uploads import files

LONGEST = 120
"""Signs of a file's name, as the API takes them: its end says what it is."""
ITSELF = 32
"""Signs of the digest by which the same file for the same task is the same request."""


async def handed_in(found: Asked, read: Mapping[str, Any]) -> tuple[dict[str, str], dict[str, Text]]:
    """The fields that were sent, each file among them replaced by the digest that the API reckoned of it.

    And by path of the chosen outcome's form what was refused of a file.
    """
    posted = {name: value for name, value in (await found.posted()).items() if not name.startswith(FILE)}
    errors: dict[str, Text] = {}
    for file in await files(found.request):
        if not file.field.startswith(FILE):
            continue
        field = file.field.removeprefix(FILE)
        place = {"case_id": read["case_id"], "task_id": read["task_id"], "name": file.name[-LONGEST:]}
        said = f"{read['task_id']}\n{file.name}\n".encode() + file.content
        key = f"paper-{sha256(said).hexdigest()[:ITSELF]}"
        reply = await found.api.upload("/documents", file.content, key=key, media=file.media, **place)
        if reply.problem is None:
            posted[field] = reply.body["digest"]
        else:
            why = reply.problem.sentence or reply.problem.title
            errors[f"form.{field.partition('.')[2]}"] = Text(zh=why, en=why)
    return posted, errors
