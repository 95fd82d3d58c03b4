"""How much of a term is left, as people count it: in the days that the deadline itself counted."""

from collections.abc import Collection
from datetime import datetime, timedelta, timezone
from typing import Literal

from contracts.policy import loader
from services.officers.views.base import View
from services.officers.views.naming import names
from services.officers.web.language import Language

MOMENT = timedelta(microseconds=1)


class LeftView(View):
    """Days until the deadline's last day: 0 on that day, less than 0 when it is over.

    `unit` WD: working days, as the deadline counted them. A term that runs by date, and one that is over, is told in
    days of the calendar.
    """

    days: int
    unit: Literal["WD", "day"]
    names: dict[str, str]


def left(
    due: datetime | None, counted: Collection[str], policy: str, now: datetime, language: Language
) -> LeftView | None:
    """What is left at the instant; None where there is no deadline yet. `counted` are the days that it counted."""
    if due is None:
        return None
    zone = timezone(timedelta(hours=loader.released(policy).calendar.utc_offset_hours))
    last, today = (due - MOMENT).astimezone(zone).date(), now.astimezone(zone).date()
    ahead = sum(1 for day in counted if day > today.isoformat())
    # A term by date counts its last day alone.
    by_day = len(counted) > 1 or last <= today + timedelta(days=ahead)
    unit: Literal["WD", "day"] = "WD" if by_day and last >= today else "day"
    days = ahead if unit == "WD" else (last - today).days
    return LeftView(days=days, unit=unit, names=names(policy, language, {"unit": ("time-unit", unit)}))
