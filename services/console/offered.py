"""An act beside tasks as a page asks for it: where it stands, its form, and what was typed. Pure.

Nothing here knows a kind of act: names, address, form and hints are the API's.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from contracts.policy.model import Policy
from contracts.policy.text import Text
from services.console.facts import Fact, filled
from services.console.form_words import known
from services.console.forms.draw import draw
from services.console.forms.fields import Field
from services.console.language import Language


@dataclass(frozen=True)
class Place:
    """Of what an act is asked: a case or a batch, whose page and whose detail in the API have one address."""

    address: str
    case_id: str = ""
    """Where its papers are kept; empty for acts that begin something."""

    def page(self, code: str) -> str:
        """The page of the act."""
        return f"{self.address}/acts/{code}" if self.case_id else f"{self.address}/{code}"


BEGINNING = Place("/acts")


def of_case(case_id: str) -> Place:
    """A case."""
    return Place(f"/cases/{case_id}", case_id)


def of_batch(batch_id: str) -> Place:
    """A batch."""
    return Place(f"/batches/{batch_id}", batch_id)


@dataclass(frozen=True)
class Act:
    """An act that the API offers to whoever asks."""

    code: str
    names: Text
    address: str
    """Behind /v1, to be posted to."""
    schema: Mapping[str, Any]
    hints: Mapping[str, Mapping[str, Any]]
    seen: str
    """The tag of what it is asked of, as it stood when it was looked at; empty where there is none."""
    policy: Policy | None = None
    """By which its codes are called; None where none is settled yet."""

    def name(self, language: Language) -> str:
        """What it is called."""
        return self.names.zh if language == "zh" else self.names.en

    def drawn(
        self, value: Mapping[str, Any], language: Language, errors: Mapping[str, Text] | None = None
    ) -> Field:
        """Its form with what is filled in."""
        choices = known(self.schema, self.policy, hints=self.hints)
        return draw(self.schema, dict(value), errors, language, choices)

    def told(self, value: Mapping[str, Any], language: Language) -> tuple[Fact, ...]:
        """What is going to be on the record, in words."""
        return tuple(filled(self.drawn(value, language)))


def offered(detail: Mapping[str, Any], code: str, seen: str, policy: Policy | None) -> Act | None:
    """The act of this code among those that the API offers there; None when it does not."""
    for one in detail.get("acts", detail.get("items", ())):
        if one["code"] == code:
            names = Text.model_validate(one["names"])
            return Act(code, names, one["address"], one["form"], one["hints"], seen, policy)
    return None
