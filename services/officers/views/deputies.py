"""Body and view of who acts in whose place."""

from datetime import datetime

from contracts.base import OpaqueId
from services.officers.views.base import Body, View
from services.officers.views.texts import Words
from services.officers.web.days import Moment


class DeputyBody(Body):
    """Who acts in one's place, from `starts` to `ends`, and why. `principal` is oneself, said or not."""

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


class DeputyEntryView(DeputyView):
    """One entry as the auditor reads it: by name, and by which account it was entered."""

    principal: str
    deputy: str
    entered_by: str
