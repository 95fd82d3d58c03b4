"""Fill a text of the policy with values. Values are data: they never become template text."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from jinja2 import StrictUndefined, Template, TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from contracts.lettering.plain import one_line
from contracts.policy.letter_rules import FIELDS

SEVERAL_LINES = frozenset({"facts", "rights"})
"""Fields whose line ends are ours: facts are put together line by line, rights are the policy's own text."""


class LetterError(Exception):
    """A letter cannot be written: a field is missing or unknown, or it would be too large. None is sent."""


def harmless(fields: Mapping[str, str]) -> dict[str, str]:
    """Exactly the fields that letters may say, each on its lines. Raises LetterError when one lacks or is too many."""
    if fields.keys() != FIELDS:
        wrong = ", ".join(sorted(fields.keys() ^ FIELDS))
        raise LetterError(f"a letter is written over exactly the fields of the list; these differ: {wrong}")
    return {name: _harmless(name, value) for name, value in fields.items()}


def fill(text: str, values: Mapping[str, str]) -> str:
    """The text with these values in it. Raises LetterError, which quotes no value."""
    try:
        return _template(text).render(values)
    except (TemplateError, TypeError) as error:
        # The error's own text may quote a value.
        raise LetterError(f"the text cannot be filled: {type(error).__name__}") from None


def _harmless(name: str, value: str) -> str:
    if name in SEVERAL_LINES:
        return "\n".join(one_line(line) for line in value.split("\n"))
    return one_line(value)


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
