"""Every letter is PDF/A-2b (ISO 19005-2) as far as its structure says so; a validator of the whole is not at hand.

What is looked at: the claim itself, the output intent with its profile, every font inside, and nothing that an archive
forbids. That no sign is without its glyph the setter refuses by itself under this standard.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, StreamObject

from tests.letters import POLICY, letter
from tests.papers import paper, pdf, read

FORBIDDEN = frozenset(
    {
        "/JavaScript",
        "/JS",
        "/Launch",
        "/Movie",
        "/Sound",
        "/EmbeddedFiles",
        "/XFA",
        "/AA",
        "/OpenAction",
        "/AcroForm",
    }
)


def objects(reader: PdfReader) -> Iterator[DictionaryObject]:
    """Every dictionary of the file, each once."""
    seen: set[tuple[int, int]] = set()
    waiting: list[Any] = [reader.trailer]
    while waiting:
        one = waiting.pop()
        if isinstance(one, IndirectObject):
            if (one.idnum, one.generation) in seen:
                continue
            seen.add((one.idnum, one.generation))
            one = one.get_object()
        if isinstance(one, ArrayObject):
            waiting += list(one)
        elif isinstance(one, DictionaryObject):
            waiting += [one.raw_get(name) for name in one]
            yield one


def faults(made: bytes) -> list[str]:
    """What is against the standard."""
    reader = read(made)
    found = [] if made.startswith(b"%PDF-1.7\n%") and min(made[10:14]) > 127 else ["no binary header"]
    found += ["no /ID"] if "/ID" not in reader.trailer else []
    found += ["encrypted"] if "/Encrypt" in reader.trailer else []
    found += _metadata(reader) + _intent(reader)
    for one in objects(reader):
        found += [f"{name} is forbidden" for name in FORBIDDEN & one.keys()]
        if (
            one.get("/Type") == "/FontDescriptor"
            and not {"/FontFile", "/FontFile2", "/FontFile3"} & one.keys()
        ):
            found.append(f"{one['/FontName']} is not inside")
        if one.get("/Subtype") == "/Type0" and "/ToUnicode" not in one:
            found.append(f"{one['/BaseFont']} cannot be read aloud or searched")
        if isinstance(one, StreamObject) and ("/F" in one or "/LZWDecode" in str(one.get("/Filter"))):
            found.append("a stream outside, or of a forbidden kind")
    return found


def _metadata(reader: PdfReader) -> list[str]:
    catalog = reader.root_object
    if "/Metadata" not in catalog or "/Filter" in catalog["/Metadata"]:
        return ["no metadata that can be read without a filter"]
    told = catalog["/Metadata"].get_data().decode()
    wanted = ("<pdfaid:part>2</pdfaid:part>", "<pdfaid:conformance>B</pdfaid:conformance>")
    return [f"the metadata lack {one}" for one in wanted if one not in told]


def _intent(reader: PdfReader) -> list[str]:
    intents = reader.root_object.get("/OutputIntents", [])
    if [one.get_object()["/S"] for one in intents] != ["/GTS_PDFA1"]:
        return ["no output intent of PDF/A"]
    profile = intents[0].get_object()["/DestOutputProfile"].get_object()
    # Bytes 36 to 39 of every ICC profile.
    return [] if profile.get_data()[36:40] == b"acsp" and profile["/N"] in {1, 3} else ["no colour profile"]


@pytest.mark.parametrize("notice", [notice.code for notice in POLICY.notices])
def test_a_letter_has_what_an_archive_demands(notice: str) -> None:
    assert faults(pdf(paper(letter(notice, hits=(1,), says="facts")))) == []


def test_a_paper_for_the_screen_would_be_seen() -> None:
    made = pdf(paper(letter("N04")))
    spoilt = made.replace(b"<pdfaid:part>2</", b"<pdfaid:part>9</").replace(b"/GTS_PDFA1", b"/GTS_PDFX1")
    assert len(faults(spoilt)) == 2
