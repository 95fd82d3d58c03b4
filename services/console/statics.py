"""Style sheet, script and icon, each under the digest of its content: kept by browsers for good, and never stale."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from fastapi import APIRouter
from fastapi.responses import Response

from services.console.api import Problem, RefusedError

FOLDER = Path(__file__).parent / "static"
MEDIA = {".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml"}
FOREVER = "public, max-age=31536000, immutable"


@dataclass(frozen=True)
class Static:
    """One file, as it is served."""

    address: str
    content: bytes
    media: str


class Statics:
    """Every file of the folder, read once."""

    def __init__(self, folder: Path = FOLDER) -> None:
        self._files = {path.name: _read(path) for path in sorted(folder.iterdir()) if path.suffix in MEDIA}

    def address(self, name: str) -> str:
        """Where the file is served; KeyError when there is none."""
        return self._files[name].address

    def router(self) -> APIRouter:
        """Serves each file at its address alone."""
        router = APIRouter()
        by_address = {one.address: one for one in self._files.values()}

        @router.get("/static/{digest}/{name}")
        async def static(digest: str, name: str) -> Response:
            found = by_address.get(f"/static/{digest}/{name}")
            if found is None:
                raise RefusedError(Problem(404, "not-found"))
            return Response(found.content, media_type=found.media, headers={"Cache-Control": FOREVER})

        return router


def _read(path: Path) -> Static:
    content = path.read_bytes()
    digest = hashlib.sha256(content).hexdigest()[:16]
    return Static(f"/static/{digest}/{path.name}", content, MEDIA[path.suffix])
