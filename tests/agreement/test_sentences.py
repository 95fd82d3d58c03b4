"""What a rule says when it refuses is said in Chinese as well: every sentence of the rules stands in the catalogue."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from services.officers.web.sentences import CATALOGUE, chinese

ROOT = Path(__file__).parents[2] / "workflows"
SAYING = {
    "conflict",
    "grant_for",
    "impossible",
    "silent",
    "_number_fault",
    "_off_the_list",
    "_problem",
    "unsound_fact",
}
"""Functions of the rules that give a part of a refusal's sentence as plain text."""
LEAST = 140
_PLACE = re.compile(r"^(form field )?(\{\}|[a-z_]+)(\.(\{\}|[a-z_]+))*: ")
_RULE = re.compile(r" \((SOD-[0-9]+(, )?)+\)$")
_NOTHING_OF_ITS_OWN = re.compile(r"^(form field )?(\{\}|[ ()])+$")


def template(node: ast.expr) -> str | None:
    """The text of a literal, with a pair of braces where a value goes."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(str(one.value) if isinstance(one, ast.Constant) else "{}" for one in node.values)
    return None


def texts(node: ast.AST) -> Iterator[str]:
    """The literals in an expression, each as a whole: what a value is made of counts no more."""
    if isinstance(node, ast.expr) and (found := template(node)) is not None:
        yield found
        return
    for child in ast.iter_child_nodes(node):
        yield from texts(child)


def spoken(tree: ast.Module) -> Iterator[str]:
    """What the module's refusals say, and what they are put together of."""
    refuses = any(isinstance(one, ast.Name) and one.id == "Refused" for one in ast.walk(tree))
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            if node.func.id == "Refused" and len(node.args) > 1:
                yield from texts(node.args[1])
            if node.func.id == "_invalid":
                yield from texts(node.args[0])
        if isinstance(node, ast.Assign) and refuses and getattr(node.targets[0], "id", "") == "detail":
            yield from texts(node.value)
        if isinstance(node, ast.FunctionDef) and node.name in SAYING:
            spoken_of = node.body[1:] if ast.get_docstring(node) else node.body
            yield from (said for one in spoken_of for said in texts(one) if " " in said.strip())


def sentences() -> dict[str, str]:
    """Every sentence of the rules, without a field's name before it and a rule's behind it, and where it stands."""
    found = {}
    for path in sorted(ROOT.rglob("*.py")):
        for said in spoken(ast.parse(path.read_text())):
            plain = _RULE.sub("", _PLACE.sub("", said))
            if not _NOTHING_OF_ITS_OWN.fullmatch(plain):
                found[plain] = str(path.relative_to(ROOT))
    return found


FOUND = sentences()


def test_every_sentence_of_a_rule_has_its_chinese_and_nothing_else_has() -> None:
    assert {said: FOUND[said] for said in FOUND.keys() - CATALOGUE.keys()} == {}
    assert CATALOGUE.keys() - FOUND.keys() == set()
    assert len(FOUND) >= LEAST


def test_the_api_itself_says_nothing_in_one_language_only() -> None:
    found = [
        (path.name, said)
        for path in sorted((ROOT.parent / "services" / "officers").rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "RefusedError"
        for argument in node.args[1:]
        if (said := template(argument)) is not None
    ]
    assert found == []


RUN_TOGETHER = {
    "the case ended as WITHDRAWN; nothing more can be done": "办件已办结（撤回），不能再办理",
    "this task is for CLERK of unit chamber": "该任务由单位 chamber 的文书办理",
    "form field a.0: NL-A01 is read at police or tax, not at x": "a.0：NL-A01 应在 police、tax 查询，而不是 x",
    "form field findings.0: subject_id: the birth date is impossible": "findings.0：subject_id：出生日期不可能",
    "you have a conflict of interest on this case (SOD-06)": "您对此件应当回避（SOD-06）",
    "form field held_on: Field required": "held_on：不正确",
    "not more than 3 month ahead": "选举时间最多在 3 个月以内",
}


@pytest.mark.parametrize("said", RUN_TOGETHER)
def test_what_a_sentence_is_put_together_of_is_said_in_chinese(said: str) -> None:
    assert chinese(said) == RUN_TOGETHER[said]


def test_what_no_rule_says_and_what_is_far_too_long_is_not_translated() -> None:
    assert chinese("whatever") is None
    assert chinese("district {} is not one of {}".format("x" * 600, "y")) is None


@pytest.mark.parametrize("said", sorted(CATALOGUE))
def test_a_sentence_is_known_again_with_its_values(said: str) -> None:
    values = [f"v-{place}" for place in range(said.count("{}"))]
    zh = chinese(said.format(*values))
    assert zh is not None
    assert not zh.isascii()
    assert all(value in zh for value in values)
    assert "{" not in zh
