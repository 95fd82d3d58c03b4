"""What an officer may ask to read in an emergency, and for whom the system administrator may ask."""

from datetime import UTC, datetime

from contracts.emergency import EmergencyReading, Reach
from contracts.policy.model import Text
from services.kit.db import Session
from services.officers.identity import store as people
from services.officers.identity.scope import SYS_ADMIN
from services.officers.office import Office
from services.officers.readmodel.reading import emergencies
from services.officers.routes.caller import Asking
from services.officers.routes.rights import RULES
from services.officers.views.emergencies import EmergencyBody
from services.officers.web.problems import RefusedError, at

READING = RULES["POST /emergencies/{case_id}/reads"]
"""The rule of who reads in one."""
_NO_TEAM = Text(
    zh="不在办件工作组的人员不能应急查阅", en="nobody reads in an emergency who is on no team of cases"
)
_OWN = Text(zh="任何人不得应急查阅本人的办件", en="nobody reads a case of their own in an emergency")
_NOT_NAMED = Text(zh="政策中没有此项", en="the policy names none such")


async def wanted(session: Session, office: Office, asks: Asking, body: EmergencyBody) -> EmergencyReading:
    """Who reads, and what. RefusedError for whoever may read in no emergency, and for a case of one's own."""
    me, mine = asks.caller.actor, body.account_id in {None, asks.caller.actor.account_id}
    if not mine and not asks.caller.holds(SYS_ADMIN):
        raise RefusedError("wrong-role")
    account = await office.accounts.account(session, body.account_id or me.account_id)
    held = (await people.grants_of(session, [account.account_id]))[account.account_id]
    now = datetime.now(UTC)
    roles = {one.role for one in held if one.until is None or one.until > now}
    if account.disabled or not roles.intersection(READING.holding(office.policy)):
        raise RefusedError("wrong-role", _NO_TEAM)
    emergency = office.policy.disclosure.emergency
    if emergency is None or emergency.purpose(body.purpose) is None:
        raise RefusedError("invalid", at("purpose", _NOT_NAMED))
    reach = await _reach(session, office, body)
    if reach.subject in me.ids | {account.person_id}:
        raise RefusedError("conflict-of-interest", _OWN)
    scope, about = asks.caller.scope, reach.case_id
    if mine and about is not None and await emergencies.case(session, scope, reach, about) is None:
        raise RefusedError("conflict-of-interest")
    return EmergencyReading(
        account_id=account.account_id, person_id=account.person_id, purpose=body.purpose, reach=reach
    )


async def _reach(session: Session, office: Office, body: EmergencyBody) -> Reach:
    if body.district is not None:
        if body.district not in {one.code for one in office.policy.districts}:
            raise RefusedError("invalid", at("district", _NOT_NAMED))
        return Reach(district=body.district)
    row = await emergencies.about(session, str(body.case_id))
    if row is None:
        raise RefusedError("unknown-case")
    return Reach(case_id=row.case_id, subject=row.person_id)
