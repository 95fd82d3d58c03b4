"""Write a letter: the policy's texts over a closed list of fields. Values are data, never a template."""

import hashlib
from collections.abc import Mapping

from contracts.base import Contract, Digest
from contracts.canonical import canonical_bytes, digest_of
from contracts.lettering.filling import LetterError, fill, harmless
from contracts.lettering.plain import one_line
from contracts.lettering.saying import LANGUAGES
from contracts.policy.model import LetterFrame, NoticeType, Text
from contracts.words.families import Language
from contracts.words.naming import pick

LARGEST = 1_000_000
"""Bytes of a written letter in both languages."""


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
        values = harmless(fields[language])
        subject[language] = one_line(fill(pick(notice.subject or notice.name, language), values))
        within = {**values, **_own(notice, frame, values, language)}
        parts[language] = {name: fill(pick(text, language), within) for name, text in frame.parts.items()} | {
            "title": within["title"]
        }
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
    return digest_of({"letter": notice.texts, "frame": frame.model_dump(mode="json")})


def fill_plain(text: Text, fields: Mapping[str, str], language: Language) -> str:
    """A text of the policy over these fields, on one line. Raises LetterError."""
    return one_line(fill(pick(text, language), fields))


def _own(
    notice: NoticeType, frame: LetterFrame, values: Mapping[str, str], language: Language
) -> dict[str, str]:
    """What the letter gives to its frame. Its text is filled first: a value in it never becomes template text."""
    return {
        "title": pick(notice.name, language),
        "text": fill(pick(notice.text, language), values),
        "closing": pick(notice.closing or frame.closing, language),
    }
