"""Bodies of searches, and how much stands in a list."""

from collections.abc import Iterable
from typing import Annotated, Literal

from pydantic import StringConstraints

from services.officers.readmodel.reading.counting import Count
from services.officers.views.base import Body, View
from services.officers.views.naming import names
from services.officers.views.texts import ONE_LINE
from services.officers.web.language import Language

Code = Annotated[str, StringConstraints(pattern=r"^([a-zA-Z0-9][a-zA-Z0-9_.:\-]{0,120})?$")]
Typed = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=60), ONE_LINE]
"""A name, as it is written or said; part of a firm's name, the beginning of its credit code; a case's number."""


class FindBody(Body):
    """What is looked for, and in which part of the list."""

    q: Typed
    parent: Code = ""
    district: Code = ""
    stage: Code = ""


class FindTasksBody(FindBody):
    """Likewise among tasks: those that are mine to act on, or all that I may see."""

    view: Literal["mine", "all"] = "mine"
    kind: Code = ""


class FindCasesBody(FindBody):
    """Likewise among cases."""

    kind: Annotated[str, StringConstraints(pattern=r"^[a-z\-]{0,31}$")] = ""


class KindCountView(View):
    """Tasks of one kind."""

    kind: str
    open: int
    due_today: int
    overdue: int
    names: dict[str, str]


class CountsView(View):
    """Open tasks that are the caller's to act on, those that end today and those that are over; and by kind."""

    open: int
    due_today: int
    overdue: int
    kinds: list[KindCountView]

    @classmethod
    def of(cls, counted: Iterable[Count], policy: str, language: Language) -> "CountsView":
        """The view; `policy` is the version whose words are shown."""
        kinds = [
            KindCountView(
                kind=one.kind,
                open=one.open,
                due_today=one.today,
                overdue=one.overdue,
                names=names(policy, language, {"kind": ("task", one.kind)}),
            )
            for one in counted
        ]
        return cls(
            open=sum(one.open for one in kinds),
            due_today=sum(one.due_today for one in kinds),
            overdue=sum(one.overdue for one in kinds),
            kinds=kinds,
        )
