"""Every closed set of codes that an answer of the API may hold has words, and they are given by one route."""

from collections.abc import Iterator
from typing import Any

from fastapi import FastAPI

from contracts.policy import loader
from services.officers.app import ROUTERS
from services.officers.routes.words import _words
from services.officers.views.words import WordsView
from services.officers.web.problems import PROBLEMS

WORDS = WordsView.of(loader.released("2026.1"))


def answered() -> dict[str, Any]:
    """The shapes that stand in answers, by their names."""
    app = FastAPI()
    for router in ROUTERS:
        app.include_router(router)
    document = app.openapi()
    shapes, found = document["components"]["schemas"], {}
    waiting = [one.get("responses", {}) for path in document["paths"].values() for one in path.values()]
    while waiting:
        for name in named(waiting.pop()):
            if name not in found:
                found[name] = shapes[name]
                waiting.append(shapes[name])
    return found


def parts(schema: Any) -> Iterator[dict[str, Any]]:
    """Every object in a schema, itself included."""
    if isinstance(schema, dict):
        yield schema
        for part in schema.values():
            yield from parts(part)
    elif isinstance(schema, list):
        for part in schema:
            yield from parts(part)


def named(schema: Any) -> list[str]:
    return [str(one["$ref"]).rpartition("/")[2] for one in parts(schema) if "$ref" in one]


def wordless(shapes: dict[str, Any]) -> list[str]:
    """Closed sets of codes for which no family has all words."""
    found = []
    for name, shape in sorted(shapes.items()):
        for part in parts(shape):
            codes = set(part.get("enum", ())) | {one for one in (part.get("const"),) if isinstance(one, str)}
            if not any(codes <= family.keys() for family in WORDS.families.values()):
                found.append(f"{name}: {sorted(codes)}")
    return found


def test_no_answer_holds_a_code_without_words() -> None:
    shapes = answered()
    assert len(shapes) > 60
    assert wordless(shapes) == []


def test_a_code_without_words_is_found() -> None:
    spoilt = {"View": {"properties": {"colour": {"enum": ["mauve", "teal"]}}}}
    assert wordless(spoilt) == ["View: ['mauve', 'teal']"]


def test_every_refusal_says_what_it_is_why_and_what_to_do_next() -> None:
    assert WORDS.problems.keys() == PROBLEMS.keys()
    for code, one in WORDS.problems.items():
        for text in (one.title, one.sentence, one.next):
            assert text.en.isascii(), code
            assert not text.zh.isascii(), code


def test_the_tag_of_the_words_stands_for_them() -> None:
    (content, first), (again, second) = _words("2026.1"), _words("2026.1")
    assert (content, first) == (again, second)
    assert WordsView.model_validate_json(content) == WORDS
