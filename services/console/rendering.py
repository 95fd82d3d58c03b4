"""Templates to HTML. A name that a template uses and nobody gave it stops the page: it would have shown a hole."""

import json
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from services.console import moments
from services.console.cards import labelled
from services.console.domain import word
from services.console.language import Language, other
from services.console.statics import Statics
from services.console.wording import say

FOLDER = Path(__file__).parent / "templates"


class Renderer:
    """Fills templates; everything that is put into one is escaped."""

    def __init__(self, statics: Statics) -> None:
        self._environment = Environment(
            loader=FileSystemLoader(FOLDER),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
        )
        self._environment.globals["static"] = statics.address
        for name in ("instant", "day", "due"):
            self._environment.filters[name] = getattr(moments, name)
        self._environment.filters["compact"] = partial(json.dumps, ensure_ascii=False, separators=(",", ":"))

    def templates(self) -> list[str]:
        """The name of every template."""
        return self._environment.list_templates()

    def render(self, template: str, language: Language, values: Mapping[str, Any]) -> str:
        """The template in the language; `t` gives the console's own words."""
        found = self._environment.get_template(template)
        spoken = {
            "t": partial(say, language),
            "called": partial(word, language),
            "language": language,
            "other": other(language),
        }
        return labelled(found.render({**values, **spoken}))
