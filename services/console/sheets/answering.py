"""A file that was made, as the answer to a browser: saved under its name, kept by nobody on the way."""

from fastapi.responses import Response

from services.console.sheets.book import MEDIA


def as_file(name: str, content: bytes, media: str = MEDIA) -> Response:
    """The file; `name` is plain ASCII."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return Response(content, media_type=media, headers=headers)
