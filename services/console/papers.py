"""Files that are chosen in a form: uploaded to the case, so that the form names a digest that nobody had to type."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field

from starlette.datastructures import UploadFile

from contracts.policy.text import Text
from services.console.asked import MOST_FIELDS, Asked, texts

FILE = "file."
"""What the names of file fields begin with; behind it the name of the field that holds the digest."""
PAPER = "paper."
"""What the names of hidden fields begin with that say what an uploaded file is called; behind it the digest."""


@dataclass(frozen=True)
class Posted:
    """What was typed, with the digests of what was uploaded, and why a file was not taken, by its field."""

    typed: dict[str, str]
    faults: dict[str, Text] = field(default_factory=dict)


def files_of(posted: Mapping[str, str]) -> dict[str, str]:
    """By digest, what the uploaded files of a page are called."""
    return {name.removeprefix(PAPER): said for name, said in kept(posted).items()}


def kept(posted: Mapping[str, str]) -> dict[str, str]:
    """The fields that say so, for the page that is shown next."""
    return {name: said for name, said in posted.items() if name.startswith(PAPER)}


async def with_papers(found: Asked, case_id: str, task_id: str, prefix: str) -> Posted:
    """The form that was sent. Files of fields under this prefix are uploaded; the same file again is the same paper."""
    async with found.request.form(max_fields=MOST_FIELDS) as form:
        typed = texts(form)
        files = [
            (name.removeprefix(FILE), value)
            for name, value in form.multi_items()
            if isinstance(value, UploadFile) and value.filename and name.startswith(f"{FILE}{prefix}.")
        ]
        posted = Posted(typed)
        for name, file in files:
            content = await file.read()
            reply = await found.api.upload(
                "/documents",
                content,
                key=hashlib.sha256(f"{typed.get('key', '')}{name}".encode() + content).hexdigest()[:32],
                media=file.content_type or "application/octet-stream",
                case_id=case_id,
                task_id=task_id,
                name=(file.filename or name)[-120:],
            )
            if reply.problem is None:
                typed[name] = digest = str(reply.body["digest"])
                typed[f"{PAPER}{digest}"] = file.filename or name
            else:
                said = reply.problem.sentence or reply.problem.title or reply.problem.code
                posted.faults[f"form.{name.removeprefix(f'{prefix}.')}"] = Text(zh=said, en=said)
    return posted
