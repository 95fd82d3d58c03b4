"""An act beside tasks as a page asks for it: where it stands, its form, and what was typed. Pure.

Nothing here knows a kind of act: names, address, form and hints are the API's.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from contracts.policy.model import Policy
from contracts.policy.text import Text
from services.console.facts import Fact, filled
from services.console.form_words import known
from services.console.forms.draw import Known, draw
from services.console.forms.fields import Field
from services.console.forms.given import asked, whole
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

    def after(self, case_id: str) -> str:
        """Where one goes on after an act that is on the record of this case: here, or to the case that it began."""
        return self.address if case_id == self.case_id else f"/cases/{case_id}"


BEGINNING = Place("/acts")
COLLEAGUE = "colleague"
"""How the API hints that a field holds one of the people whom the caller works with."""


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
    given: Mapping[str, Any]
    """What the case says of the body: nobody types it."""
    seen: str
    """The tag of what it is asked of, as it stood when it was looked at; empty where there is none."""
    policy: Policy | None = None
    """By which its codes are called; None where none is settled yet."""
    colleagues: tuple[tuple[str, Text], ...] = ()
    """People who may be chosen by name, where the act asks for one."""

    @property
    def asked(self) -> Mapping[str, Any]:
        """The schema of what people type."""
        return asked(self.schema, self.given)

    @property
    def asks_for_colleagues(self) -> bool:
        """Whether some field holds one."""
        return any(hint.get("from") == COLLEAGUE for hint in self.hints.values())

    def whole(self, typed: Mapping[str, Any]) -> dict[str, Any]:
        """The body: what is given, and what was typed."""
        return whole(self.given, typed)

    def name(self, language: Language) -> str:
        """What it is called."""
        return self.names.zh if language == "zh" else self.names.en

    def drawn(
        self, value: Mapping[str, Any], language: Language, errors: Mapping[str, Text] | None = None
    ) -> Field:
        """The form of what people type, with what is filled in."""
        return draw(self.asked, dict(value), errors, language, self._known())

    def told(self, value: Mapping[str, Any], language: Language) -> tuple[Fact, ...]:
        """What of the body this says, in words."""
        return tuple(filled(draw(self.schema, dict(value), None, language, self._known())))

    def _known(self) -> Known:
        found = known(self.schema, self.policy, hints=self.hints)
        people = [path for path, hint in self.hints.items() if hint.get("from") == COLLEAGUE]
        named = {path: self.colleagues for path in people if self.colleagues}
        return replace(found, choices={**found.choices, **named})


def offered(detail: Mapping[str, Any], code: str, seen: str, policy: Policy | None) -> Act | None:
    """The act of this code among those that the API offers there; None when it does not."""
    for one in detail.get("acts", detail.get("items", ())):
        if one["code"] == code:
            names = Text.model_validate(one["names"])
            return Act(code, names, one["address"], one["form"], one["hints"], one["given"], seen, policy)
    return None
