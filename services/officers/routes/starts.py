"""How people open cases, as a table: path, body, and who may. The kinds' rules decide what follows."""

from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from fastapi import APIRouter

from contracts.case import CaseKind
from contracts.commands.every import OPENS
from contracts.commands.opening import Opening
from contracts.commands.removal import OpenRemoval
from contracts.policy import loader
from contracts.policy.model import Text
from contracts.saying import say
from contracts.signs import name_key
from services.officers.identity.persons import Identity
from services.officers.identity.scope import EVERYWHERE
from services.officers.office import Office
from services.officers.readmodel.reading.seats import held, recommenders
from services.officers.routes.begun import FromCase, of_a_seat, of_an_own_case
from services.officers.routes.caller import Asking, Asks, AtOffice, answer
from services.officers.routes.data_requests import asked_of, from_own_case
from services.officers.routes.writes import add_write
from services.officers.views.awards import AwardBody
from services.officers.views.data_requests import DataRequestBody
from services.officers.views.removals import RemovalBody
from services.officers.views.screenings import ScreeningBody
from services.officers.views.starts import BatchBody, StartBody
from services.officers.web.problems import NOBODY, RefusedError, at
from services.officers.web.sentences import refused
from services.officers.web.strict import StrictRoute

router = APIRouter(route_class=StrictRoute)
People: TypeAlias = Mapping[str, str]
"""Person ids by ID number."""
OTHER_NAME = Text(
    zh="该人员登记的是另一姓名：请核对是否选错了人",
    en="the person is registered under another name: is it the right one?",
)


async def as_it_is(office: Office, asks: Asking, body: StartBody, people: People) -> None:
    """Nothing is held against what is known here."""


async def fits_the_seats(office: Office, asks: Asking, body: StartBody, people: People) -> None:
    """A seat has one open removal, and what is told of a removal's end is who follows a seat of the member.

    RefusedError `invalid` names what the read model knows and the body does not say. The body says it, so that a
    repeat is the same command. `conflict-of-interest` for whoever asks about themselves, or whom they stand in for.
    """
    if not isinstance(body, RemovalBody):
        raise TypeError("only a removal is about a seat")
    member = body.member(people)
    if member in asks.caller.scope.people | asks.caller.scope.ids:
        # Before anything is said of it: of a removal the member learns when they are told.
        raise RefusedError("conflict-of-interest")
    async with office.database.read() as session:
        known = await held(session, member)
    here = [one for one in known if (one.district, one.seat) == (body.district, body.seat)]
    found = {one.kind: one.case_id for one in here}
    for name, kind in (("open_removal", CaseKind.REMOVAL), ("tenure", CaseKind.TENURE)):
        if getattr(body, name) != found.get(kind):
            there = found.get(kind)
            said = Text(
                zh=f"关于此职务的现有办件：{there or '无'}", en=f"about this seat there is {there or 'none'}"
            )
            raise RefusedError("invalid", at(name, said))
    tenures = {(one.case_id, one.district, one.seat) for one in known if one.kind == CaseKind.TENURE}
    for index, other in enumerate(body.other_seats):
        if other.tenure and (other.tenure, other.district, other.seat) not in tenures:
            strange = say(
                "seat-not-held-there", district=other.district, seat=other.seat, tenure=other.tenure
            )
            raise refused("invalid", strange.at(f"other_seats.{index}"))
    told = {other.tenure for other in body.other_seats}
    for one in known:
        if one.kind == CaseKind.TENURE and one not in here and one.case_id not in told:
            untold = say("seat-held-too", district=one.district, seat=one.seat, tenure=one.case_id)
            raise refused("invalid", untold.at("other_seats"))


async def unchanged(office: Office, opening: Opening) -> Opening:
    """The body says everything."""
    return opening


async def recommended(office: Office, opening: Opening) -> Opening:
    """Who recommended the member, which nobody who opens a removal needs to know: they judge nothing in it (SOD-01).

    The case that follows the seat says it, and always the same, so that a repeat is the same command: nothing that may
    be another at the next try is said here, such as the latest batch of the district.
    """
    if not isinstance(opening, OpenRemoval) or opening.tenure is None:
        return opening
    async with office.database.read() as session:
        known = await recommenders(session, opening.tenure)
    return opening.model_copy(update={"recommended_by": known})


def of_nothing(asks: Asking, body: StartBody) -> str:
    """There may be as many as are asked for, or their own ids keep them apart."""
    return ""


@dataclass(frozen=True)
class Start:
    """A way to open a case. Those who may by the table of rules sign it, in the case's district."""

    path: str
    name: str
    body: type[StartBody]
    fits: Callable[[Office, Asking, StartBody, People], Coroutine[Any, Any, None]] = as_it_is
    known: FromCase | None = None
    """What is known of it where it is begun from a case."""
    completed: Callable[[Office, Opening], Coroutine[Any, Any, Opening]] = unchanged
    """The opening with what is known here, and need not be said."""
    matter: Callable[[Asking, StartBody], str] = of_nothing
    """Of which there is one case at a time: what is asked about the same is asked in turn. Empty for none."""


STARTS = (
    Start("/batches", "open_batch", BatchBody),
    Start("/removals", "open_removal", RemovalBody, fits_the_seats, of_a_seat, recommended),
    Start("/screenings", "open_screening", ScreeningBody),
    Start("/awards", "open_award", AwardBody),
    Start(
        "/data-requests", "ask_about_data", DataRequestBody, from_own_case, of_an_own_case, matter=asked_of
    ),
)


def _route(start: Start) -> Callable[..., Coroutine[Any, Any, object]]:
    async def opens(body: start.body, asks: Asks, office: AtOffice) -> object:  # type: ignore[name-defined]
        async with office.desk.in_turn.of(start.matter(asks, body)), office.desk.asked(asks.ask) as write:
            if write.fresh:
                asks.insist()
                body.policy_digest()
                _in_place(asks, body)
                body.insist(office.policy)
                await _check_people(office, body)
            people = await _numbered(office, asks, body)
            opening = await start.completed(office, body.opening(asks.claim(), people))
            if write.fresh:
                _has_such_cases(opening)
                await start.fits(office, asks, body, people)
            return answer(await write.send(opening))

    return opens


async def _check_people(office: Office, body: StartBody) -> None:
    """Whoever is named by id and by name is one person. RefusedError `invalid`, or `identity-mismatch` at the name."""
    async with office.database.read() as session:
        names = await office.persons.names(session, [one.person_id for one in body.people])
    for one in body.people:
        if one.person_id not in names:
            raise RefusedError("invalid", at("person_id", NOBODY))
        if name_key(names[one.person_id]) != name_key(one.name):
            raise RefusedError("identity-mismatch", at(one.field, OTHER_NAME))


async def _numbered(office: Office, asks: Asking, body: StartBody) -> People:
    """Ids of those whom the body knows by ID number. RefusedError `identity-mismatch` at the name of another."""
    if not body.numbered:
        return {}
    # Also under a key that was used before: what follows makes people of the numbers.
    asks.insist()
    asked = [Identity(one.name, one.id_number) for one in body.numbered]
    async with office.database.write() as session:
        persons = office.persons
        ids = await (
            persons.ensure(session, asked)
            if body.makes_people
            else persons.known(session, [one.id_number for one in asked])
        )
        if len(ids) < len({one.id_number for one in asked}):
            raise RefusedError("invalid", at("id_number", NOBODY))
        names = await persons.names(session, sorted(set(ids.values())))
        for one in body.numbered:
            if name_key(names[ids[one.id_number]]) != name_key(one.name):
                raise RefusedError("identity-mismatch", at(one.field, OTHER_NAME))
    return ids


def _in_place(asks: Asking, body: StartBody) -> None:
    held = {grant.district for grant in asks.caller.actor.grants if grant.role in asks.roles}
    if body.place and not held & {body.place, EVERYWHERE}:
        raise RefusedError("wrong-district")


def _has_such_cases(opening: Opening) -> None:
    # A version that was released before a kind of case has none of it.
    if OPENS[opening.act] not in loader.released(opening.policy).procedures:
        raise RefusedError("unknown-policy")


for one in STARTS:
    add_write(router, _route(one), path=one.path, name=one.name, body=one.body, status=201)
