"""Views of who has how much to do. No person stands in them."""

from dataclasses import asdict
from datetime import datetime

from services.officers.readmodel.reading.figures import Age
from services.officers.readmodel.reading.workload import Came, Load
from services.officers.views.base import View
from services.officers.views.figures import AgeView
from services.officers.views.naming import names
from services.officers.web.language import Language


class LoadView(View):
    """Open tasks of a role, for a unit where they name one, in a stage: how many, how late and how old."""

    case_kind: str
    role: str
    unit: str
    stage: str
    open: int
    due_today: int
    overdue: int
    over_a_week: int
    over_a_month: int
    oldest_days: int
    names: dict[str, str]


class CameView(View):
    """How many tasks of a kind, in a kind of case, came out so."""

    case_kind: str
    kind: str
    stage: str
    outcome: str
    tasks: int
    names: dict[str, str]


class WorkView(View):
    """Work at an instant, as far as the caller's lists show it; `ageing` counts open cases."""

    at: datetime
    batch_id: str
    load: list[LoadView]
    outcomes: list[CameView]
    ageing: list[AgeView]


def load_view(one: Load, policy: str, language: Language) -> LoadView:
    """The view of open work; `policy` is the version whose words are shown."""
    codes = {
        "case_kind": ("kind", one.case_kind),
        "role": ("role", one.role),
        "unit": ("unit", one.unit),
        "stage": ("stage", one.stage),
    }
    return LoadView(**asdict(one), names=names(policy, language, codes))  # type: ignore[arg-type]


def came_view(one: Came, policy: str, language: Language) -> CameView:
    """The view of how tasks came out."""
    codes = {
        "case_kind": ("kind", one.case_kind),
        "kind": ("task", one.kind),
        "stage": ("stage", one.stage),
        "outcome": ("outcome", one.outcome),
    }
    return CameView(**asdict(one), names=names(policy, language, codes))  # type: ignore[arg-type]


def age_view(one: Age, policy: str, language: Language) -> AgeView:
    """The view of open cases of a kind in a state."""
    codes = {"kind": ("kind", one.kind), "state": ("state", one.state)}
    return AgeView(**vars(one), names=names(policy, language, codes))  # type: ignore[arg-type]
