"""Who looks at the cases of the matrix: every role at home and elsewhere, for this unit and another, and every tie."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import Enum

from contracts.actor import Grant
from contracts.policy.model import Policy, RoleSpec
from services.officers.identity.bonds import store as bonds
from tests.officers_rig import Rig
from tests.person import Person
from tests.rights import needles
from tests.rights.house import CHAMBER, GUILD, HERE, THERE


class Tie(Enum):
    """What binds a reader to one of the cases, beside their role."""

    NONE = "none"
    DECLARED = "declared"
    """They declared in c1 that they may not act."""
    FIRM = "firm"
    """The firm of the person of c2 is their own."""
    UNIT = "unit"
    """The chamber that nominated c1 to c3 nominated them as well, in c2: with an officer's account."""
    OWN = "own"
    """They are the person of c1, and look with an officer's account."""
    DEPUTY = "deputy"
    """They stand in for whoever declared in c1."""
    STANDS_IN = "stands in"
    """They stand in for the person of t1, who holds an office besides."""
    CONCERNED = "concerned"
    """They look at their own case, as its person."""


@dataclass(frozen=True)
class Reader:
    """Somebody who looks, and what is to be known of them to say what they may see."""

    name: str
    person: Person
    grants: tuple[Grant, ...]
    tie: Tie = Tie.NONE

    @property
    def roles(self) -> frozenset[str]:
        """The roles that they hold, or stand in for."""
        return frozenset(one.role for one in self.grants)


FEW = frozenset(
    {
        *(
            "NOMINATOR chamber d01",
            "NOMINATOR chamber d02",
            "SCREENER d01",
            "SCREENER d02",
            "EVALUATOR d01",
            "DEPT_OFFICER tax d01",
        ),
        *("DEPT_HEAD police d02", "DISC_HEAD d01", "REPORT_HANDLER d01", "NOMINEE", "AUDITOR", "SYS_ADMIN"),
    }
)
"""Of the readers without a tie: one for every way to a case, and for none. The others look in `make test-deep`."""


def few(looking: list[Reader]) -> list[Reader]:
    """These, and everybody with a tie."""
    return [one for one in looking if one.name in FEW or one.tie is not Tie.NONE]


WAYS = frozenset({Tie.NONE, Tie.OWN, Tie.DEPUTY, Tie.CONCERNED})
"""Of the readers with a tie those whose way to cases is another than that of their role."""


def by_way(looking: list[Reader], whole: bool) -> list[Reader]:
    """One reader for every way to cases; all of them where the whole matrix is tried."""
    return [one for one in looking if whole or one.tie in WAYS]


def grants_of(role: RoleSpec) -> Iterator[tuple[str, Grant]]:
    """Every place in which the role can be held here, by name."""
    match role.scope:
        case "all" | "self":
            yield "", Grant(role=role.code)
        case "district":
            for district in (HERE, THERE):
                yield district, Grant(role=role.code, district=district)
        case "unit":
            units = ("tax", "police", "court") if role.code.startswith("DEPT") else (CHAMBER, GUILD)
            for unit in units:
                for district in (HERE, THERE):
                    yield f"{unit} {district}", Grant(role=role.code, unit=unit, district=district)


async def of_roles(rig: Rig, policy: Policy) -> list[Reader]:
    """One reader for every role at every place."""
    found = []
    for role in policy.roles:
        for place, grant in grants_of(role):
            person = await rig.account(grant)
            found.append(Reader(f"{role.code} {place}".strip(), person, (grant,)))
    return found


async def with_ties(rig: Rig, recused: Person, people: dict[str, Person]) -> list[Reader]:
    """Those whom something binds to a case."""
    screener, evaluator = Grant(role="SCREENER", district=HERE), Grant(role="EVALUATOR", district=HERE)
    found = [Reader("who declared", recused, (screener,), Tie.DECLARED)]
    owner = await rig.account(evaluator)
    async with rig.office.database.write() as session:
        await bonds.add_firms(session, owner.person_id, needles.person(2).firm_digests)
    found.append(Reader("whose firm it is", owner, (evaluator,), Tie.FIRM))
    both = await rig.account(evaluator, serial=2)
    assert both.person_id == people["c2"].person_id
    found.append(Reader("nominated by the same unit", both, (evaluator,), Tie.UNIT))
    alone = await rig.account(evaluator, serial=1)
    found.append(Reader("whose case it is", alone, (evaluator,), Tie.OWN))
    for case, role in (("c1", "NOMINEE"), ("r1", "MEMBER"), ("t1", "MEMBER")):
        found.append(Reader(f"the person of {case}", people[case], (Grant(role=role),), Tie.CONCERNED))
    deputy, other = await rig.account(), await rig.account(screener)
    in_office = await rig.account(evaluator, serial=6)
    assert in_office.person_id == people["t1"].person_id
    for principal, one in ((recused, deputy), (in_office, other)):
        await _stands_in(one, principal)
    found.append(Reader("who stands in", deputy, (screener,), Tie.DEPUTY))
    found.append(Reader("who stands in for the person of t1", other, (screener, evaluator), Tie.STANDS_IN))
    return found


async def _stands_in(deputy: Person, principal: Person) -> None:
    now = datetime.now(UTC)
    said = {
        "deputy": deputy.person_id,
        "starts": (now - timedelta(hours=1)).isoformat(),
        "ends": (now + timedelta(days=5)).isoformat(),
        "reason": "on leave",
    }
    entered = await principal.post("/v1/deputies", said)
    assert entered.status_code == 201, entered.text
