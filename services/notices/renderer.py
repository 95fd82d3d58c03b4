"""Write a letter: the policy's texts over a closed list of fields. Values are data, never a template."""

import hashlib
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from jinja2 import StrictUndefined, Template, TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from contracts.base import Contract, Digest
from contracts.canonical import canonical_bytes, digest_of
from contracts.policy.letter_rules import FIELDS
from contracts.policy.model import LetterFrame, NoticeType, Text
from contracts.words.families import Language
from services.notices.plain import one_line
from services.notices.wording import LANGUAGES, pick

SEVERAL_LINES = frozenset({"facts", "rights"})
"""Fields whose line ends are ours: facts are put together line by line, rights are the policy's own text."""

LARGEST = 1_000_000
"""Bytes of a written letter in both languages."""


class LetterError(Exception):
    """A letter cannot be written: a field is missing or unknown, or it would be too large. None is sent."""


class Written(Contract):
    """A letter in both languages, with the digests over what was written and over the texts it comes from."""

    subject: dict[Language, str]
    parts: dict[Language, dict[str, str]]
    """The parts of the frame as written, by name; `title` beside them."""
    body: dict[Language, str]
    """All parts, as one text."""
    digest: Digest
    template_digest: Digest


def write(notice: NoticeType, frame: LetterFrame, fields: Mapping[Language, Mapping[str, str]]) -> Written:
    """The letter in its frame; the same texts and fields give the same bytes. Raises LetterError."""
    subject: dict[Language, str] = {}
    parts: dict[Language, dict[str, str]] = {}
    for language in LANGUAGES:
        values = _values(fields[language])
        subject[language] = one_line(_fill(pick(notice.subject or notice.name, language), values))
        within = {**values, **_own(notice, frame, values, language)}
        parts[language] = {
            name: _fill(pick(text, language), within) for name, text in frame.parts.items()
        } | {"title": within["title"]}
    body = {language: "\n\n".join(parts[language][name] for name in frame.parts) for language in LANGUAGES}
    written = canonical_bytes({"subject": subject, "body": body})
    if len(written) > LARGEST:
        raise LetterError(f"{notice.code} would be {len(written)} bytes long: at most {LARGEST}")
    return Written(
        subject=subject,
        parts=parts,
        body=body,
        digest=hashlib.sha256(written).hexdigest(),
        template_digest=template_digest(notice, frame),
    )


def template_digest(notice: NoticeType, frame: LetterFrame) -> Digest:
    """Digest over the texts of a letter and its frame: which wording it was written from."""
    texts = notice.model_dump(mode="json", include={"code", "name", "subject", "text", "rights", "closing"})
    return digest_of({"letter": texts, "frame": frame.model_dump(mode="json")})


def fill_plain(text: Text, fields: Mapping[str, str], language: Language) -> str:
    """A text of the policy over these fields, on one line. Raises LetterError."""
    return one_line(_fill(pick(text, language), fields))


def _own(
    notice: NoticeType, frame: LetterFrame, values: Mapping[str, str], language: Language
) -> dict[str, str]:
    """What the letter gives to its frame. Its text is filled first: a value in it never becomes template text."""
    return {
        "title": pick(notice.name, language),
        "text": _fill(pick(notice.text, language), values),
        "closing": pick(notice.closing or frame.closing, language),
    }


def _values(fields: Mapping[str, str]) -> dict[str, str]:
    if fields.keys() != FIELDS:
        wrong = ", ".join(sorted(fields.keys() ^ FIELDS))
        raise LetterError(f"a letter is written over exactly the fields of the list; these differ: {wrong}")
    return {name: _harmless(name, value) for name, value in fields.items()}


def _harmless(name: str, value: str) -> str:
    if name in SEVERAL_LINES:
        return "\n".join(one_line(line) for line in value.split("\n"))
    return one_line(value)


def _fill(text: str, values: Mapping[str, str]) -> str:
    try:
        return _template(text).render(values)
    except (TemplateError, TypeError) as error:
        # The error's own text may quote a value.
        raise LetterError(f"the text cannot be filled: {type(error).__name__}") from None


@lru_cache(maxsize=512)
def _template(text: str) -> Template:
    return _ENVIRONMENT.from_string(text)


class _ValuesOnly(ImmutableSandboxedEnvironment):
    """A sandbox in which a value is printed, and that is all: it has no attributes and nothing can be called."""

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        return False

    def is_safe_callable(self, obj: Any) -> bool:
        return False


def _environment() -> _ValuesOnly:
    environment = _ValuesOnly(
        # Letters are plain text: escaping for HTML would print `&amp;` in a firm's name.
        autoescape=False,
        undefined=StrictUndefined,
    )
    # Texts use values and plain conditions only, so there is nothing to call and nothing to look up.
    environment.globals.clear()
    environment.filters.clear()
    environment.tests.clear()
    return environment


_ENVIRONMENT = _environment()
