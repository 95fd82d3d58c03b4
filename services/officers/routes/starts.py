"""How people open cases, as a table: path, body, and who may. The kinds' rules decide what follows."""

from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter

from contracts.commands.every import OPENS
from contracts.commands.opening import Opening
from contracts.policy import loader
from services.officers.identity.scope import EVERYWHERE
from services.officers.routes.caller import Asking, Asks, AtOffice, answer, check_known
from services.officers.routes.writes import add_write
from services.officers.views.starts import AwardBody, BatchBody, RemovalBody, StartBody
from services.officers.web.problems import RefusedError
from services.officers.web.strict import StrictRoute

router = APIRouter(route_class=StrictRoute)


@dataclass(frozen=True)
class Start:
    """A way to open a case. The policy says which roles may ask for `act`; they sign it, in the case's district."""

    path: str
    name: str
    body: type[StartBody]
    act: str


STARTS = (
    Start("/batches", "open_batch", BatchBody, "open-batch"),
    Start("/removals", "open_removal", RemovalBody, "open-removal"),
    Start("/awards", "open_award", AwardBody, "open-award"),
)


def _route(start: Start) -> Callable[..., Coroutine[Any, Any, object]]:
    async def opens(body: start.body, asks: Asks, office: AtOffice) -> object:  # type: ignore[name-defined]
        async with office.desk.asked(asks.ask) as write:
            roles = office.policy.askers(start.act)
            opening = body.opening(asks.claim(*roles))
            if write.fresh:
                _may(asks, roles, body)
                _has_such_cases(opening)
                for person_id in body.people:
                    await check_known(office, person_id)
            return answer(await write.send(opening))

    return opens


def _may(asks: Asking, roles: tuple[str, ...], body: StartBody) -> None:
    asks.may(*roles)
    held = {grant.district for grant in asks.caller.actor.grants if grant.role in roles}
    if body.place and not held & {body.place, EVERYWHERE}:
        raise RefusedError("wrong-district")


def _has_such_cases(opening: Opening) -> None:
    # A version that was released before a kind of case has none of it.
    if OPENS[opening.act] not in loader.released(opening.policy).procedures:
        raise RefusedError("unknown-policy")


for one in STARTS:
    add_write(router, _route(one), path=one.path, name=one.name, body=one.body, status=201)
