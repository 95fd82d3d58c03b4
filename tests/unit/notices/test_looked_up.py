"""Before a letter is issued each of its signs is looked up: the faces are kept with it, and what no face has."""

from pathlib import Path

from contracts.sealed import Sealed
from services.kit.sealing import Keyring, open_sealed
from services.notices.casefile import CaseFile, Contact
from services.notices.issuing import Issued, Issuer, Numbers, place
from services.notices.papers.faces import Face, Faces
from services.notices.papers.views import UnprintableView
from services.notices.tables import LetterRow
from tests.letters import POLICY, faces, file, letter
from tests.peoplekeys import everybodys
from tests.stories import AT
from tests.unit.notices.test_issuing import ending

RARE = file(person=Contact(name="甄𤭢", firm="厂", email="zhen@example.org"))


def issued(keyring: Keyring, of: CaseFile) -> tuple[Issued, dict[str, object]]:
    made = Issuer(keyring, lambda: AT, "example.org", faces).issue(
        letter("N04"), of, POLICY, ending(keyring), Numbers()
    )
    at = place(made.letter["letter_id"])
    return made, open_sealed(Sealed.model_validate(made.letter["sealed"]), at, keyring)


def test_the_faces_of_a_letter_are_kept_with_it(tmp_path: Path) -> None:
    made, content = issued(everybodys(tmp_path / "keys"), file())
    assert (made.letter["printable"], content["lacking"]) == (True, "")
    assert content["faces"] == ["Noto Sans CJK SC; Version 2.004"]


def test_a_sign_without_a_face_is_kept_sealed_and_the_letter_still_reaches_its_reader_as_text(
    tmp_path: Path,
) -> None:
    made, content = issued(everybodys(tmp_path / "keys"), RARE)
    assert (made.letter["printable"], content["lacking"]) == (False, "𤭢")
    assert {one["channel"] for one in made.deliveries} == {"inbox", "smtp"}
    assert "𤭢" not in repr(made.letter)


def test_it_waits_for_a_face_and_no_longer_once_there_is_one(tmp_path: Path) -> None:
    made, content = issued(everybodys(tmp_path / "keys"), RARE)
    row = LetterRow(**made.letter)
    waiting = UnprintableView.of(row, content, faces())
    assert waiting is not None
    assert (waiting.number, waiting.signs) == (row.number, "𤭢 (U+24B62)")
    installed = Face("新", False, tmp_path, "1", frozenset({0x24B62}))
    assert UnprintableView.of(row, content, Faces((*faces().body, installed), faces().title)) is None
