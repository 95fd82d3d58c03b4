"""What a fact or a paper must say of itself: who issued it, under which number, and days that can be (§8.8.12)."""

from collections.abc import Mapping
from datetime import date

from contracts.policy.model import Policy
from contracts.refusals import RefusalCode
from contracts.saying import Saying, say
from contracts.signs import has_visible
from workflows.rules.forms import Paper, read
from workflows.rules.verdict import Refused

DAY = "_on"
"""How the name of a field ends that holds a day."""


def silent(texts: Mapping[str, str]) -> Saying | None:
    """The first of these fields that says nothing to whoever reads it; None when each does."""
    empty = (name for name, text in texts.items() if not has_visible(text))
    return next((say("says-nothing").at(name) for name in empty), None)


def impossible(days: Mapping[str, date], until: date, policy: Policy) -> Saying | None:
    """The first of these days that is to come or too long past; None for none."""
    first = policy.earliest_paper
    wrong = ((name, day) for name, day in days.items() if not first <= day <= until)
    return next((say("day-between", day=day, first=first, last=until).at(name) for name, day in wrong), None)


def paper(form: dict[str, object], today: date, policy: Policy) -> Refused | None:
    """Refused unless the form names a paper that can be: issuer, number, and a day on which it was read."""
    named = read(form, Paper)
    if isinstance(named, Refused):
        return named
    texts = {"issuer": named.issuer, "document_no": named.document_no}
    fault = silent(texts) or impossible({"read_on": named.read_on}, today, policy)
    return Refused(RefusalCode.FORM_INVALID, fault) if fault else None


def dated(form: Mapping[str, object], today: date, policy: Policy) -> Refused | None:
    """Refused when a day that the form names, of a meeting, a talk or a paper, is to come or too long past."""
    days: dict[str, date] = {}
    for name in filter(lambda name: name.endswith(DAY), form):
        day = _day(str(form[name]))
        if day is None:
            return Refused(RefusalCode.FORM_INVALID, say("no-day").at(name))
        days[name] = day
    fault = impossible(days, today, policy)
    return Refused(RefusalCode.FORM_INVALID, fault) if fault else None


def _day(said: str) -> date | None:
    try:
        return date.fromisoformat(said)
    except ValueError:
        return None
