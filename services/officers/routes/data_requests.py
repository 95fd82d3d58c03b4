"""Whether somebody may ask about their data from the case that they name: it is their own, and nothing alike waits."""

from collections.abc import Mapping

from contracts.policy.model import Text
from contracts.signs import name_key
from services.officers.identity.scope import alone
from services.officers.office import Office
from services.officers.readmodel.reading.asking import asked_already, own_case
from services.officers.routes.caller import Asking
from services.officers.views.data_requests import DataRequestBody
from services.officers.views.starts import StartBody
from services.officers.web.problems import RefusedError, at

_KNOWN_THERE = Text(
    zh="须为该办件所依据的政策版本，或者现行版本",
    en="it must be the version that decides the case, or the one in force",
)
_OTHER_DISTRICT = Text(zh="该办件不在此地区", en="the case lies in another district")
_OTHER_NAME = Text(zh="与登记的姓名不符", en="it is not the name under which you are registered")


def asked_of(asks: Asking, body: StartBody) -> str:
    """Who asks for what from which case: of that there is one request at a time."""
    if not isinstance(body, DataRequestBody):
        raise TypeError("only whoever asks about their own data names a case of their own")
    return f"data.{asks.caller.actor.person_id}.{body.case_id}.{body.right}"


async def from_own_case(office: Office, asks: Asking, body: StartBody, people: Mapping[str, str]) -> None:
    """RefusedError: `unknown-case` for one that is not the caller's own, as for one of nothing; `invalid` for another
    district, or a version that neither decides the case nor is in force there; `identity-mismatch` for another name;
    `data-request-open` while what was asked from the same case is not answered."""
    if not isinstance(body, DataRequestBody):
        raise TypeError("only whoever asks about their own data names a case of their own")
    who = alone(asks.caller.scope, office.policy)
    async with office.database.read() as session:
        own = await own_case(session, who, body.case_id)
        waits = await asked_already(session, who, body.case_id, body.right)
        known = await office.persons.names(session, [who.person])
    if own is None:
        raise RefusedError("unknown-case")
    if own.district != body.district:
        raise RefusedError("invalid", at("district", _OTHER_DISTRICT))
    if name_key(known.get(who.person, "")) != name_key(body.name):
        raise RefusedError("identity-mismatch", at("name", _OTHER_NAME))
    of_district = {one.version for one in office.policy.districts if one.code == body.district}
    if body.policy not in {own.policy, office.policy.version, *of_district}:
        raise RefusedError("invalid", at("policy", _KNOWN_THERE))
    if waits:
        raise RefusedError("data-request-open")
