"""The part of the template language that a policy's texts may use: values and plain conditions, nothing that acts.

What a letter says is decided by the case, never by its template.
"""

import re
from collections.abc import Iterator

_MARKUP = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}|\{[{%#]|[}%#]\}", re.DOTALL)
_VALUE = re.compile(r"\{\{ ([a-z_]+) \}\}")
_IF = re.compile(r"\{% if ([a-z_]+) %\}")


def fields_in(text: str) -> frozenset[str]:
    """Names of the fields that the text prints or asks about."""
    return frozenset(_VALUE.findall(text)) | frozenset(_IF.findall(text))


def values_in(text: str) -> frozenset[str]:
    """Names of the fields that the text prints."""
    return frozenset(_VALUE.findall(text))


def holds_markup(text: str) -> bool:
    """Whether anything in the text would be taken for markup."""
    return _MARKUP.search(text) is not None


def template_faults(text: str) -> Iterator[str]:
    """What in the text may not stand there, in sentences."""
    open_branches: list[bool] = []
    for markup in _MARKUP.findall(text):
        if _VALUE.fullmatch(markup):
            continue
        if _IF.fullmatch(markup):
            open_branches.append(False)
        elif markup == "{% else %}" and open_branches and not open_branches[-1]:
            open_branches[-1] = True
        elif markup == "{% endif %}" and open_branches:
            open_branches.pop()
        else:
            yield f"{markup} may not stand here; only {{{{ field }}}}, if, else and endif may"
    if open_branches:
        yield "an if has no endif"
