"""No code without words: whatever a person may meet has a name in both languages, and no name is left over."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from contracts.policy.model import Policy
from contracts.policy.source import PolicyError
from contracts.policy.text import Text
from contracts.words.families import UnknownWordError
from contracts.words.held import HOLDERS, held
from contracts.words.loader import FOLDER, WRITTEN, word, words, words_in
from contracts.words.naming import known, named
from tests.codes import CODES, IN_POLICIES, NOT_SHOWN, POLICIES, closed_sets

CHINESE = re.compile(r"[\u4e00-\u9fff]")
"""A CJK sign."""
FULL_WIDTH = re.compile(r"[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")
"""A CJK sign, or punctuation that belongs to Chinese text."""

EACH_POLICY = pytest.mark.parametrize("policy", POLICIES, ids=lambda policy: policy.version)


def text_faults(text: Text) -> Iterator[str]:
    """What is wrong with one name."""
    if not CHINESE.search(text.zh):
        yield f"{text.zh!r} is not Chinese"
    if FULL_WIDTH.search(text.en):
        yield f"{text.en!r} is not English"


def faults(tables: Mapping[str, Mapping[str, Text]], codes: Mapping[str, frozenset[str]]) -> list[str]:
    """Where words and codes disagree, family by family."""
    found = []
    for family in sorted(tables.keys() | codes.keys()):
        said, asked = tables.get(family, {}), codes.get(family, frozenset())
        found += [f"{family}: {code} has no words" for code in sorted(asked - said.keys())]
        found += [f"{family}: {code} is no code" for code in sorted(said.keys() - asked)]
        found += [f"{family}: {code}: {fault}" for code, text in said.items() for fault in text_faults(text)]
    return found


def written() -> dict[str, dict[str, Text]]:
    """All words that are written in files, to be spoilt at will."""
    return {family: dict(words(family)) for family in WRITTEN}


def test_no_code_lacks_words_and_no_words_lack_a_code() -> None:
    assert faults(written(), CODES) == []


def test_missing_superfluous_and_foreign_words_are_found() -> None:
    tables = written()
    tables["state"].pop("READY")
    tables["outcome"]["POSTPONED"] = Text(zh="推迟", en="Postponed")
    tables["cause"]["vote"] = Text(zh="Vote", en="表决")
    tables["colour"] = {"red": Text(zh="红", en="Red")}
    assert faults(tables, CODES) == [
        "cause: vote: 'Vote' is not Chinese",
        "cause: vote: '表决' is not English",
        "colour: red is no code",
        "outcome: POSTPONED is no code",
        "state: READY has no words",
    ]


def test_every_file_is_a_family_and_every_family_has_a_file() -> None:
    assert {file.stem for file in FOLDER.glob("*.yaml")} == set(WRITTEN)


def unworded(codes: Mapping[str, frozenset[str]]) -> list[str]:
    """Closed sets of the contracts that no family covers and that are not said to be shown to nobody."""
    sets = closed_sets()
    hidden = {found for name, found in sets if name in NOT_SHOWN}
    return [
        name for name, found in sets if found not in hidden and not any(map(found.issubset, codes.values()))
    ]


def test_every_enum_and_literal_of_the_contracts_belongs_to_a_family() -> None:
    assert unworded(CODES | IN_POLICIES) == []
    assert set(NOT_SHOWN) <= {name for name, _ in closed_sets()}, "a set that is gone needs no reason"


def test_a_closed_set_without_a_family_is_found() -> None:
    without = {family: codes for family, codes in CODES.items() if family != "seat"}
    assert unworded(without | IN_POLICIES) == ["Seat"]


@EACH_POLICY
def test_what_a_policy_names_it_names_in_both_languages(policy: Policy) -> None:
    for family in HOLDERS:
        tables = {family: held(policy, family)}
        assert tables[family], f"{policy.version} names no {family}"
        assert faults(tables, {family: frozenset(tables[family])}) == []
    for family, codes in IN_POLICIES.items():
        assert held(policy, family).keys() == codes


@EACH_POLICY
def test_nothing_is_named_twice(policy: Policy) -> None:
    for family in set(WRITTEN) & set(HOLDERS):
        assert not words(family).keys() & held(policy, family).keys()


@EACH_POLICY
def test_the_choices_of_a_form_have_words(policy: Policy) -> None:
    choices = [choice for form in policy.forms for choice in enums(form.json_schema)]
    assert choices, "no form offers a choice any more"
    for choice in choices:
        assert any(choice <= codes for codes in CODES.values()), f"no family has words for {sorted(choice)}"


def enums(schema: object) -> Iterator[set[str]]:
    """Every enum in a JSON Schema."""
    match schema:
        case {"enum": [*values], **rest}:
            yield set(values)
            yield from enums(rest)
        case dict():
            for part in schema.values():
                yield from enums(part)
        case list():
            for part in schema:
                yield from enums(part)


def test_a_code_is_named_from_the_file_or_from_the_policy_of_the_case() -> None:
    policy = POLICIES[0]
    assert word("seat", "executive", "zh") == "执委"
    assert word("seat", "standing", "en") == "Standing committee member"
    assert named("VETO", "outcome").zh == "一票否决"
    assert named("ST02", "stage", policy) == Text(zh="资格初审", en="Eligibility check")
    assert named("R04", "stage", policy).zh == "告知与陈述申辩"
    assert named("removal", "kind", policy).en == "Removal"
    assert named("SYSTEM", "role", policy).zh == "系统"
    assert named("SCREENER", "role", policy).zh == "资格审核"
    assert named("tax", "unit", policy).zh == "税务局"
    assert named("chamber-donghu", "unit", policy).zh == "东湖区商会"
    assert named("findings", "form", policy) == Text(zh="负面事项", en="Negative facts")


@pytest.mark.parametrize(
    ("code", "family", "policy"),
    [
        ("d99", "district", POLICIES[0]),
        ("ST02", "stage", None),
        ("ready", "state", POLICIES[0]),
        ("", "unit", POLICIES[0]),
    ],
)
def test_an_unknown_code_is_an_error_and_never_its_own_name(
    code: str, family: str, policy: Policy | None
) -> None:
    with pytest.raises(LookupError, match=f"{family} has no words for {code!r}"):
        named(code, family, policy)
    assert known(code, family, policy) is None


def test_an_unknown_family_is_an_error_everywhere() -> None:
    for ask in (
        lambda: words("colour"),
        lambda: word("colour", "red", "zh"),
        lambda: held(POLICIES[0], "colour"),
        lambda: known("red", "colour", POLICIES[0]),
    ):
        with pytest.raises(UnknownWordError):
            ask()
    with pytest.raises(UnknownWordError):
        word("seat", "chair", "zh")


def test_words_that_were_read_cannot_be_changed() -> None:
    with pytest.raises(TypeError):
        words("seat")["chair"] = Text(zh="主席", en="Chair")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("open: {zh: 待办, en: Open}\nopen: {zh: 待办, en: Open}\n", ":2: open: stands here twice"),
        ("open: {zh: 待办, en: Open}\ndone: {zh: 办结}\n", ":2: done.en: Field required"),
        ("open: {zh: 待办, en: Open, fr: Ouvert}\n", ":1: open.fr: Extra inputs"),
        ("open: {zh: 待办, en: ''}\n", ":1: open.en: String should have at least 1 character"),
        ("open: 待办\n", ":1: open: Input should be"),
    ],
)
def test_a_spoilt_file_is_refused_with_its_line(text: str, reason: str, tmp_path: Path) -> None:
    file = tmp_path / "task-state.yaml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(PolicyError, match=re.escape(reason)):
        words_in(file)
