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
class Chosen:
    """A file with its name, and what was typed beside it."""

    name: str
    content: bytes
    typed: dict[str, str]


async def chosen(request: Request, name: str = "file") -> Chosen:
    """Likewise, with its name and the other fields."""
    async with request.form() as form:
        file = form.get(name)
        typed = {key: said for key, said in form.multi_items() if isinstance(said, str)}
        if not isinstance(file, UploadFile):
            return Chosen("", b"", typed)
        return Chosen(file.filename or "", await file.read(), typed)


def media_of(name: str) -> str:
    """What a table of this name says it is: a workbook, JSON, or else text with separated values."""
    match name.rpartition(".")[2].lower():
        case "xlsx":
            return "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        case "json":
            return "application/json"
        case _:
            return "text/csv"
