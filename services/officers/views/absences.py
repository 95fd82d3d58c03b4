"""Body and view of who is absent."""

from datetime import datetime

from contracts.base import OpaqueId
from services.officers.views.base import Body, View
from services.officers.views.texts import Words
from services.officers.web.days import Moment


class AbsentBody(Body):
    """Who is absent (oneself, when not said), from `starts` to `ends`, and why."""

    person_id: OpaqueId | None = None
    starts: Moment
    ends: Moment
    reason: Words


class AbsentView(View):
    """One entry of the register."""

    absence_id: str
    person_id: str
    starts: datetime
    ends: datetime
    reason: str
