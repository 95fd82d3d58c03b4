"""The forms in which a paper can be had, as the services and whoever receives one call them."""

from collections.abc import Mapping
from typing import Literal, TypeAlias

Form: TypeAlias = Literal["pdf", "docx"]
MEDIA: Mapping[Form, str] = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
"""The media type of each."""
