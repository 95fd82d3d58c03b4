"""The families of codes, and where the words of each stand: in a file beside this module, or in the policy."""

from typing import Literal, TypeAlias

Language: TypeAlias = Literal["zh", "en"]
"""The two languages that people read."""

Written: TypeAlias = Literal[
    "access-request",
    "act",
    "anchor",
    "attempt",
    "attendance",
    "cause",
    "channel",
    "data-right",
    "delivery-channel",
    "delivery-state",
    "district",
    "effect",
    "event",
    "field",
    "firm-part",
    "grade",
    "ground",
    "item-state",
    "lead-source",
    "meeting-body",
    "next-step",
    "noted",
    "outcome",
    "role",
    "ruling",
    "rung",
    "scope",
    "scan",
    "screening",
    "seat",
    "seat-owner",
    "service-way",
    "standing",
    "state",
    "subject",
    "task-state",
    "time-unit",
    "verdict",
]
"""Families with a file here. Of `role` and `district` only the codes that no policy holds stand in theirs."""

Held: TypeAlias = Literal[
    "addressee",
    "dimension",
    "district",
    "form",
    "index-level",
    "item",
    "kind",
    "letter",
    "personal",
    "purpose",
    "retention",
    "role",
    "separation",
    "stage",
    "task",
    "title",
    "unit",
]
"""Families that the policy of the case names (held.py). `unit` is whoever a task or an account may be of: consulted
departments, other sources and nominating units; `item` stands on the negative list."""

Family: TypeAlias = Written | Held


class UnknownWordError(LookupError):
    """There are no words for this code, or none without the policy of its case. Nobody is shown the bare code."""
