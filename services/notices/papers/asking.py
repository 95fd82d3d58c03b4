"""What is asked of the papers, as the officers' service says it."""

from typing import Annotated

from pydantic import Field

from contracts.words.families import Language
from services.kit.papers import Form
from services.notices.asking import Asked, ReaderAsked, ServerAsked


class PaperAsked(Asked):
    """A letter as a paper, in this form and language, for this reader."""

    reader: ReaderAsked
    form: Form
    language: Language


class PosterAsked(Asked):
    """A public notice as a paper, for anybody."""

    language: Language


class ProofAsked(Asked):
    """Proof of service of a letter, for its reader or for whoever serves it."""

    reader: ReaderAsked
    server: ServerAsked | None


class CopyAsked(Asked):
    """A letter that waits to be served by hand, for this server."""

    server: ServerAsked


class UnprintableAsked(Asked):
    """A page of the letters of which no paper can be made, of the cases whose letters this server serves."""

    server: ServerAsked
    after: Annotated[int, Field(ge=0, le=2**62)] = 0
    limit: Annotated[int, Field(ge=1, le=200)] = 50
