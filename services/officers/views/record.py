"""Views of waiting cases, of refused acts, of policies and calendars, and of letters."""

from datetime import datetime
from typing import Any

from contracts.base import Digest, OpaqueId
from contracts.policy.model import CalendarYear
from services.officers.desk.acts import act_code
from services.officers.desk.tables import RefusedRow
from services.officers.readmodel.reading.called import Called
from services.officers.views.base import View
from services.officers.views.naming import case_named, names, roles_named
from services.officers.web.language import Language, say
from services.officers.web.problems import PROBLEMS


class WaitingView(View):
    """A case that waits for a release that can apply its entry of this index; the others go on."""

    case_id: OpaqueId
    index: int
    reason: str


class RefusalView(View):
    """An act that was refused: who tried what on what, and why not."""

    refusal_id: str
    at: datetime
    account_id: OpaqueId
    person_id: OpaqueId
    name: str
    """What whoever tried is called; empty for nobody that the office knows."""
    roles: str
    act: str
    target: str
    code: str
    names: dict[str, str]
    """What the act is called, what its target is, why it was refused, and each role by its code."""

    @classmethod
    def of(
        cls, row: RefusedRow, name: str, target: Called | None, policy: str, language: Language
    ) -> "RefusalView":
        """The view of a refusal of somebody of this name, its words of this version of the policy."""
        called = names(policy, language, {"act": ("act", act_code(row.act))})
        called |= {"code": say(PROBLEMS[row.code].sentence, language)} if row.code in PROBLEMS else {}
        called |= {"target": said} if (said := case_named(target, language)) else {}
        roles = roles_named(row.roles.split(), policy, language)
        return cls(**row.model_dump(), name=name, names={**roles, **called})


class PolicyView(View):
    """A released policy version."""

    version: str
    digest: Digest
    released: str
    demonstration: bool


class CalendarsView(View):
    """The years whose working days are published."""

    utc_offset_hours: int
    years: list[CalendarYear]


class NoticePage(View):
    """Letters to the caller; `next` is the cursor of the following page."""

    items: list[dict[str, Any]]
    next: str | None
