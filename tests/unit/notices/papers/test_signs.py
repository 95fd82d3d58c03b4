"""Every sign of a name is printed, the whole name in one face; a sign that no face has stops the paper, by its name."""

from pathlib import Path

import pytest

from services.ctl.demo.cast import cast
from services.ctl.demo.roster import nominations, sitting_members
from services.notices.casefile import Contact
from services.notices.papers.cutting import Stretch, cut
from services.notices.papers.faces import Face, Faces, look_up
from services.notices.papers.signs import named, plain
from services.notices.papers.typesetting import PaperError
from tests.letters import faces, file, letter
from tests.papers import DAY, joined, paper, pdf, setter

RARE = "镕翀喆堃昇犇燚珺彧婧䶮㛃𬭎𫖯𬀩𪟝煊赟淼垚鑫焱骉羴玥璟婳翯龑曌瑢祎昱旻晞烨榕𣸣𬍛𬱖𠅤"
NOWHERE = "𤭢"
"""A sign of names that the package's faces lack."""


def face(name: str, signs: str) -> Face:
    """A face of these signs alone."""
    return Face(name, False, Path(name), "1", frozenset(map(ord, signs)))


FIRST, SECOND, THIRD = face("一", "王小明，的"), face("二", "王小镕，的厂"), face("三", "喆厂")


@pytest.mark.parametrize(
    ("text", "names", "stretches"),
    [
        ("王小明", (), [("王小明", 0)]),
        ("王小镕", ("王小镕",), [("王小镕", 1)]),
        ("王小明的王小镕", ("王小镕",), [("王小明的", 0), ("王小镕", 1)]),
        ("小明，王小镕，的", (), [("小明，", 0), ("王小镕", 1), ("，的", 0)]),
        ("王喆", (), [("王", 0), ("喆", 2)]),
        ("王小镕厂，", ("王小", "王小镕厂"), [("王小镕厂", 1), ("，", 0)]),
    ],
)
def test_a_name_is_not_torn(text: str, names: tuple[str, ...], stretches: list[tuple[str, int]]) -> None:
    assert cut(text, names, (FIRST, SECOND, THIRD)) == [Stretch(*one) for one in stretches]


def test_a_sign_that_no_face_has_is_never_left_out() -> None:
    with pytest.raises(ValueError, match="24B62"):
        cut(f"王{NOWHERE}", (), (FIRST, SECOND))


def test_marks_that_choose_a_drawing_and_odd_spaces_need_no_face() -> None:
    assert plain("葛\U000e0100 a\u2003b\ufe0f\u3000") == "葛 a b\u3000"
    assert look_up("王\U000e0100", Faces((FIRST,), (FIRST,))).lacking == ""
    assert look_up("王镕厂", Faces((FIRST, SECOND), ())).faces == ["一; 1", "二; 1"]


def test_rare_signs_of_names_are_printed() -> None:
    assert look_up(RARE, faces()).lacking == ""
    of = file(person=Contact(name=RARE, firm=f"{RARE}厂"))
    assert joined(pdf(paper(letter("N02", says="remark"), of))).count(RARE) >= 2


def test_every_name_of_the_demonstration_is_printed() -> None:
    rows = nominations(60)
    people = [member.person.name for member in cast(rows, ("tax", "court"), sitting_members(2))]
    said = "".join(people + [one.firm + one.position + one.person.name for one in rows])
    assert look_up(said, faces()).lacking == ""


def test_a_fault_of_the_setter_quotes_nothing_of_the_letter() -> None:
    with pytest.raises(PaperError) as caught:
        setter().pdf("letter", DAY, {"name": "甄试人"})
    assert (str(caught.value), caught.value.__cause__) == ("", None)
    assert caught.value.__suppress_context__


def test_a_sign_without_a_face_stops_the_paper_and_is_named() -> None:
    of = file(person=Contact(name=f"甄{NOWHERE}", firm="厂"))
    with pytest.raises(PaperError, match=r"𤭢 \(U\+24B62\)") as caught:
        pdf(paper(letter("N04"), of))
    assert named(caught.value.signs) == "𤭢 (U+24B62)"
    assert pdf(paper(letter("N05", says="remark")))
