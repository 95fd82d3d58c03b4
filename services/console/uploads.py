"""A file that a browser sends: kept in memory, as it may be about people."""

from dataclasses import dataclass

from fastapi import Request
from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartParser

# Larger parts would be written to a temporary file; how large a request may be is bounded where it comes in.
MultiPartParser.spool_max_size = 2**30


async def uploaded(request: Request, name: str = "file") -> bytes:
    """The content of the file of this field; empty when none was chosen."""
    async with request.form() as form:
        file = form.get(name)
        return await file.read() if isinstance(file, UploadFile) else b""


@dataclass(frozen=True)
class Sent:
    """A file that was chosen: under which field, what it is called and says that it is, and its content."""

    field: str
    name: str
    media: str
    content: bytes


async def files(request: Request) -> list[Sent]:
    """Every file that was chosen. The fields that are texts can be read afterwards as well."""
    form = await request.form()
    found = [
        Sent(name, file.filename, file.content_type or "application/octet-stream", await file.read())
        for name, file in form.multi_items()
        if isinstance(file, UploadFile) and file.filename
    ]
    await form.close()
    return found
