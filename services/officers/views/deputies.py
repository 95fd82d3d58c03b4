"""Body and view of who acts in whose place."""

from datetime import datetime

from contracts.base import OpaqueId
from services.officers.views.base import Body, View, Words
from services.officers.web.days import Moment


class DeputyBody(Body):
    """Who acts in the place of `principal` (oneself, when not said), from `starts` to `ends`, and why."""

    principal: OpaqueId | None = None
    deputy: OpaqueId
    starts: Moment
    ends: Moment
    reason: Words


class DeputyView(View):
    """One entry of the register."""

    entry_id: str
    principal_id: str
    deputy_id: str
    starts: datetime
    ends: datetime
    reason: str
