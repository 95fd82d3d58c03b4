"""What a rule says when it refuses has its words in both languages: none lacks, none is left over, no hole is empty."""

import ast
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from string import Formatter

from contracts.policy.text import Text
from contracts.words.held import HOLDERS
from contracts.words.loader import WRITTEN, sayings
from contracts.words.telling import INSTANT
from tests.contract.test_words import text_faults

ROOT = Path(__file__).parents[2]
SPEAKING = ("workflows", "services")
LEAST = 150
"""Sentences that the rules have at least: a walk that finds fewer looks in the wrong place."""
KINDS = frozenset({"", INSTANT, *WRITTEN, *HOLDERS})
CODE = re.compile(r"\b(?!SOD\b|ID\b)[A-Z][A-Z_]{2,}\b|[a-z]_[a-z]")
"""An outcome, or the name of a field: neither is a word that people read."""


@dataclass(frozen=True)
class Said:
    """A sentence where a rule says it; `names` is empty when the name is no literal, `holes` None when they are not."""

    place: str
    names: tuple[str, ...]
    holes: frozenset[str]


def said_in(place: str, tree: ast.Module) -> Iterator[Said]:
    """Every sentence that the module says, if it says any."""
    if not any(
        isinstance(one, ast.ImportFrom) and one.module == "contracts.saying" for one in ast.walk(tree)
    ):
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "say":
            holes = frozenset(keyword.arg or "**" for keyword in node.keywords)
            yield Said(f"{place}:{node.lineno}", tuple(_names(node.args[0])), holes)


def _names(node: ast.expr) -> Iterator[str]:
    match node:
        case ast.Constant(value=str() as name):
            yield name
        case ast.IfExp(body=body, orelse=orelse):
            yield from (*_names(body), *_names(orelse))


def everything_said() -> list[Said]:
    """Every sentence in the source."""
    return [
        one
        for folder in SPEAKING
        for path in sorted((ROOT / folder).rglob("*.py"))
        for one in said_in(str(path.relative_to(ROOT)), ast.parse(path.read_text(encoding="utf-8")))
    ]


def holes_of(text: str) -> dict[str, set[str]]:
    """The holes of a text, each with the kinds of word that it is shown as."""
    found: dict[str, set[str]] = {}
    for _, hole, kind, _ in Formatter().parse(text):
        if hole is not None:
            found.setdefault(hole, set()).add(kind or "")
    return found


def faults(said: Iterable[Said], catalogue: Mapping[str, Text]) -> list[str]:
    """Where the rules and the catalogue disagree, and what is wrong with the catalogue itself."""
    said, found = list(said), []
    for one in said:
        if not one.names:
            found.append(f"{one.place}: the name of a sentence is written out")
        for name in one.names:
            text = catalogue.get(name)
            if text is None:
                found.append(f"{one.place}: no sentence is called {name}")
            elif holes_of(text.zh).keys() != one.holes:
                found.append(f"{one.place}: {name} has other holes than {sorted(one.holes)}")
    used = {name for one in said for name in one.names}
    found += [f"{name}: nobody says it" for name in sorted(catalogue.keys() - used)]
    found += [f"{name}: {fault}" for name, text in catalogue.items() for fault in _wrong(text)]
    return found


def _wrong(text: Text) -> Iterator[str]:
    zh, en = holes_of(text.zh), holes_of(text.en)
    if zh != en:
        yield "the two languages have other holes"
    yield from (
        f"{kind} is no family" for kind in sorted({kind for kinds in zh.values() for kind in kinds} - KINDS)
    )
    plain = Text(zh=_plain(text.zh) or "无", en=_plain(text.en) or "none")
    if re.search(r"\w", _plain(text.zh)):
        yield from text_faults(plain)
    if code := CODE.search(f"{plain.zh} {plain.en}"):
        yield f"{code[0]} is a code, and no word"


def _plain(text: str) -> str:
    return "".join(literal for literal, _, _, _ in Formatter().parse(text))


def test_every_sentence_of_a_rule_has_its_words_and_nothing_else_has() -> None:
    said = everything_said()
    assert faults(said, sayings()) == []
    assert len({name for one in said for name in one.names}) >= LEAST


PLANTED = """
from contracts.saying import say
say("ended", state=1)
say("ended")
say("ended", state=1, more=2)
say("not-written")
say(name)
say("key-used" if one else "not-written-either")
"""


def test_what_lacks_what_is_left_over_and_an_empty_hole_are_found() -> None:
    said = list(said_in("planted", ast.parse(PLANTED)))
    catalogue = {
        "ended": Text(zh="已办结（{state:state}）", en="ended ({state:state})"),
        "key-used": Text(zh="已用 {key}", en="used {other}"),
        "left": Text(zh="left {x:colour}", en="choose DUPLICATE in held_on"),
    }
    assert faults(said, catalogue) == [
        "planted:4: ended has other holes than []",
        "planted:5: ended has other holes than ['more', 'state']",
        "planted:6: no sentence is called not-written",
        "planted:7: the name of a sentence is written out",
        "planted:8: key-used has other holes than []",
        "planted:8: no sentence is called not-written-either",
        "left: nobody says it",
        "key-used: the two languages have other holes",
        "left: the two languages have other holes",
        "left: colour is no family",
        "left: 'left ' is not Chinese",
        "left: DUPLICATE is a code, and no word",
    ]


def test_another_function_of_the_name_says_nothing() -> None:
    assert not list(said_in("other", ast.parse('from services.console.wording import say\nsay("zh", "x")')))


def test_the_api_itself_says_nothing_in_one_language_only() -> None:
    found = [
        (path.name, node.lineno)
        for path in sorted((ROOT / "services" / "officers").rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "RefusedError"
        for argument in node.args[1:]
        if isinstance(argument, ast.JoinedStr)
        or (isinstance(argument, ast.Constant) and isinstance(argument.value, str))
    ]
    assert found == []
