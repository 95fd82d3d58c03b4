"""A file that a browser sends: kept in memory, as it may be about people."""

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
