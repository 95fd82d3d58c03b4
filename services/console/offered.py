"""An act beside tasks as a page asks for it: where it stands, its form, and what was typed. Pure.

Nothing here knows a kind of act: names, address, form and hints are the API's.
"""

import copy
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from contracts.policy.model import Policy
from contracts.policy.text import Text
from services.console.facts import Fact, filled
from services.console.form_words import known
from services.console.forms.draw import Known, draw
from services.console.forms.fields import Field
from services.console.language import Language


@dataclass(frozen=True)
class Place:
    """Of what an act is asked: a case or a batch, whose page and whose detail in the API have one address."""

    address: str
    case_id: str = ""
    """Where its papers are kept; empty for acts that begin something."""
    batch_id: str = ""
    """Of a batch, its number."""

    def page(self, code: str) -> str:
        """The page of the act."""
        return f"{self.address}/acts/{code}" if self.case_id else f"{self.address}/{code}"


BEGINNING = Place("/acts")


def of_case(case_id: str) -> Place:
    """A case."""
    return Place(f"/cases/{case_id}", case_id)


def of_batch(batch_id: str) -> Place:
    """A batch."""
    return Place(f"/batches/{batch_id}", batch_id, batch_id)


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
    given: Mapping[str, Any] = field(default_factory=dict)
    """What stands already and nobody fills in, by path: it is sent along."""
    begun: Mapping[str, Any] = field(default_factory=dict)
    """What the form begins with."""
    begun_from: Sequence[str] = ()
    """Of an act that begins something, the kinds of case from which it is begun with all that is known there."""
    alone: bool = False
    """Whether it may be begun without such a case as well."""
    about: str = ""
    """Whom it is asked about, in words."""

    def name(self, language: Language) -> str:
        """What it is called."""
        return self.names.zh if language == "zh" else self.names.en

    def drawn(
        self,
        value: Mapping[str, Any],
        picked: Known,
        language: Language,
        errors: Mapping[str, Text] | None = None,
    ) -> Field:
        """Its form with what is filled in; `picked` are the answers that are chosen from lists."""
        choices = known(self.schema, self.policy, hints=self.hints).joined(picked)
        return draw(self.schema, dict(value), errors, language, choices)

    def told(
        self, value: Mapping[str, Any], picked: Known, language: Language, files: Mapping[str, str]
    ) -> tuple[Fact, ...]:
        """What is going to be on the record, in words; `files` by digest, as `facts.filled`."""
        return tuple(filled(self.drawn(value, picked, language), files))

    def body(self, value: Mapping[str, Any]) -> dict[str, Any]:
        """What is sent: what is filled in, and what stands already."""
        whole: dict[str, Any] = copy.deepcopy(dict(value))
        for path, said in self.given.items():
            *above, last = path.split(".")
            inner = whole
            for name in above:
                inner = inner.setdefault(name, {})
            inner[last] = said
        return whole


def offered(detail: Mapping[str, Any], code: str, seen: str, policy: Policy | None) -> Act | None:
    """The act of this code among those that the API offers there; None when it does not."""
    for one in detail.get("acts", detail.get("items", ())):
        if one["code"] == code:
            parts = {
                name: one[name] for name in ("address", "hints", "given", "begun", "begun_from", "alone")
            }
            names = Text.model_validate(one["names"])
            # What it is begun from is another case: nothing that stands there holds the new one.
            tag = "" if one["begun_from"] else seen
            return Act(
                code, names, schema=one["form"], seen=tag, policy=policy, about=_about(detail), **parts
            )
    return None


def _about(detail: Mapping[str, Any]) -> str:
    """The case or batch of this detail as people call it; empty for a list of what may be begun."""
    nominee, names = detail.get("nominee") or {}, detail.get("names") or {}
    parts = [nominee.get("name") or detail.get("title") or detail.get("case_id", ""), nominee.get("firm")]
    return " · ".join(filter(None, [*parts, *(names.get(name) for name in ("kind", "seat", "district"))]))
