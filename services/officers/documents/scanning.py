"""Where a scanner for malicious files is attached. None comes with the product, and whoever reads a file is told so."""

from enum import StrEnum
from typing import Protocol


class Scan(StrEnum):
    """What is known of a file's harmlessness."""

    NOT_SCANNED = "not-scanned"
    """There is no scanner. It says nothing of the file."""
    CLEAN = "clean"
    INFECTED = "infected"


class Scanner(Protocol):
    """Looks at an uploaded file before it is kept."""

    async def scan(self, content: bytes) -> Scan:
        """What it finds. Raises UnavailableError when it cannot look: then nothing is kept."""


class NoScanner:
    """Stands where no scanner is configured: it never calls a file clean."""

    async def scan(self, content: bytes) -> Scan:
        """That nobody looked."""
        return Scan.NOT_SCANNED
