"""What is known of other people whom an act may concern: it travels in the claim, so that the rules can ask of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TypeVar

from contracts.actor import Ties
from contracts.commands.base import Command
from contracts.policy.model import Policy
from services.kit.db import Database
from services.officers.identity import store as people
from services.officers.identity.bonds import store as bonds
from services.officers.identity.colleagues.reach import officer_roles
from services.officers.identity.colleagues.store import holding
from services.officers.identity.persons import Persons
from services.officers.identity.scope import EVERYWHERE
from services.officers.identity.tables import GrantRow
from services.officers.readmodel.reading import cases
from services.officers.readmodel.reading.disclosure import Asked
from services.officers.web.problems import NOBODY, NOT_ONE, RefusedError, at

C = TypeVar("C", bound=Command)


def about(command: C, others: tuple[Ties, ...]) -> C:
    """The command with what is known of these people."""
    claim = command.claim.model_copy(update={"others": others})
    return command.model_copy(update={"claim": claim})


async def known(database: Database, person_ids: Sequence[str]) -> tuple[Ties, ...]:
    """What binds these people. RefusedError `invalid` when the office knows nobody of such an id."""
    async with database.read() as session:
        for person_id in person_ids:
            if await people.person(session, person_id) is None:
                raise RefusedError("invalid", at("person_id", NOBODY))
        found = await bonds.of_people(session, person_ids, datetime.now(UTC), cases.nominations)
    return tuple(one.ties(person) for person, one in found.items())


@dataclass(frozen=True)
class Named:
    """An officer as somebody outside calls them. An empty unit or district is any."""

    name: str
    unit: str
    district: str

    def fits(self, grant: GrantRow) -> bool:
        """Whether this is held in the unit and the district."""
        there = not self.district or grant.district in {EVERYWHERE, self.district}
        return there and self.unit in {"", grant.unit}


async def called(database: Database, persons: Persons, policy: Policy, named: Named) -> str:
    """The one who acts on cases there under this name.

    RefusedError `invalid`, alike where nobody does and where several do: no more is told of who is here.
    """
    roles = officer_roles(policy)
    async with database.read() as session:
        held = await holding(session, await persons.called(session, named.name), datetime.now(UTC))
        found = [
            person
            for person, grants in held.items()
            if any(one.role in roles and named.fits(one) for one in grants)
        ]
        kept = await people.kept_for(session, found)
    one_person = {kept.get(person, person) for person in found}
    if len(one_person) != 1:
        raise RefusedError("invalid", at("named_officer", NOT_ONE))
    return one_person.pop()


async def holders(database: Database, policy: Policy, asked: Asked, but: str) -> tuple[Ties, ...]:
    """Who else is there and may act in the task's role, in the order in which they are to be asked."""
    by_unit = next((role.scope == "unit" for role in policy.roles if role.code == asked.role), False)
    async with database.read() as session:
        places = (EVERYWHERE, asked.district)
        unit = asked.unit if by_unit else ""
        found = await bonds.holders(session, asked.role, unit, places, datetime.now(UTC))
    return await known(database, [person for person in found if person != but])
