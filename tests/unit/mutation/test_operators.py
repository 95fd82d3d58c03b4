"""What is changed in a rule, one thing at a time, and where it is said to stand."""

import ast

import pytest

from tests.mutation.operators import Mutant, mutants
from tests.mutation.planting import give_at_import

RULE = '''"""A rule."""
LEAST = 1


class Seat:
    def free(self, taken: int = 0) -> bool:
        if (
            taken
            < 2
        ):
            return True
        return False
'''


@pytest.mark.parametrize(
    ("statement", "mutated"),
    [
        ("x = a < b", ["x = a <= b"]),
        ("x = low <= a <= high", ["x = low < a <= high", "x = low <= a < high"]),
        ("x = a is None", ["x = a is not None"]),
        ("x = a and b", ["x = a or b", "x = b and b", "x = a and a"]),
        ("def f():\n    return a | b", ["return a | a", "return b | b"]),
        ("def f():\n    return g(a, b, c=d)", ["return g(a, b)", "return g(a, c=d)"]),
        ("def f():\n    return Value(a, b)", []),
        ("x = a % b", ["x = a // b"]),
        ("x -= y", ["x += y"]),
        ("x = True", ["x = False"]),
        ("x = 2", ["x = 3"]),
        ("x = not a", ["x = not not a"]),
        ("x = -a", ["x = +a"]),
        ("x = a if b else c", ["x = a if False else c", "x = a if True else c"]),
        ("x = [a for a in b if c]", ["x = [a for a in b]", "x = [a for a in b if False]"]),
        ("x = min(a, b)", ["x = max(a, b)"]),
        ("x = any(a)", ["x = all(a)"]),
        ("x = 'a word'", []),
        ("def f(x: int | None) -> str | None: ...", []),
    ],
)
def test_one_thing_is_changed_at_a_time(statement: str, mutated: list[str]) -> None:
    assert [mutant.becomes for mutant in mutants("rule", statement)] == mutated


def of(becomes: str) -> Mutant:
    """The one mutant of RULE whose statement becomes this."""
    (mutant,) = [one for one in mutants("rule", RULE) if one.becomes == becomes]
    return mutant


def test_a_mutant_names_the_function_whose_body_it_changes_and_the_lines_of_the_statement() -> None:
    assert (of("if taken <= 2:").where, of("if taken <= 2:").lines) == ("Seat.free", range(7, 11))


@pytest.mark.parametrize("becomes", ["LEAST = 2", "def free(self, taken: int=1) -> bool:"])
def test_a_default_and_a_constant_stand_in_no_body(becomes: str) -> None:
    assert of(becomes).where == ""


def test_a_mutant_is_the_whole_module_with_nothing_else_changed() -> None:
    assert ast.unparse(of("LEAST = 2").tree) == ast.unparse(ast.parse(RULE.replace("LEAST = 1", "LEAST = 2")))


def test_a_module_that_is_imported_already_cannot_be_given_at_import() -> None:
    mutant = Mutant("operators", "", range(0), "as it is", ast.parse(""))
    with pytest.raises(ImportError, match="imported already"):
        give_at_import("tests.mutation", mutant)
