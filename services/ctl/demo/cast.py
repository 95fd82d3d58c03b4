"""Who plays in the demonstration: an account per person and office, all of them invented."""

from collections.abc import Iterator
from dataclasses import dataclass

from contracts.actor import Grant
from services.ctl.demo.roster import DISTRICTS, NOMINATING_UNITS, Nomination, Person, officer
from services.ctl.demo.story import UNIT, Story

DISTRICT_ROLES = (
    "SCREENER",
    "SECOND_CHECKER",
    "EVALUATOR",
    "EVALUATOR",
    "PANEL_CHAIR",
    "PANEL_MEMBER",
    "PANEL_MEMBER",
    "INSPECTOR",
    "INSPECTOR",
    "DISC_OFFICER",
    "DISC_HEAD",
    "LEADER_IN_CHARGE",
    "UFWD",
    "PARTY_GROUP",
    "COMMITTEE_CLERK",
    "NOTICE_OFFICER",
    "REPORT_HANDLER",
    "REVIEWER",
    "REVIEWER",
    "REVIEWER",
    "CLERK",
    "ARCHIVIST",
)
"""One account per line and district, each another natural person."""


@dataclass(frozen=True)
class Member:
    """An account: who it belongs to and what it may do. `place` tells colleagues of one role apart."""

    login: str
    person: Person
    grant: Grant
    place: int = 0
    also: tuple[Grant, ...] = ()
    """What it may do besides, as whoever answers for several departments."""


def cast(
    rows: tuple[Nomination, ...], departments: tuple[str, ...], sitting: tuple[Nomination, ...] = ()
) -> tuple[Member, ...]:
    """Everybody who acts on these nominations, and on the removals of the `sitting` members.

    Of the `departments` each has somebody who answers and somebody who signs.
    """
    people = _officers()
    members = [
        Member("election-office", next(people), Grant(role="ELECTION_OFFICE")),
        Member("auditor", next(people), Grant(role="AUDITOR")),
    ]
    for district in DISTRICTS:
        seen: dict[str, int] = {}
        for role in DISTRICT_ROLES:
            place = seen[role] = seen.get(role, -1) + 1
            login = f"{role.lower().replace('_', '-')}-{district}" + (f"-{place + 1}" if place else "")
            members.append(Member(login, next(people), Grant(role=role, district=district), place))
        unit = NOMINATING_UNITS[district]
        members.append(_of_unit(f"nominator-{district}", next(people), "NOMINATOR", unit, district))
        for department in departments:
            first = next(people)
            members.append(_of_unit(f"{department}-{district}", first, "DEPT_OFFICER", department, district))
            head = _of_unit(f"{department}-head-{district}", next(people), "DEPT_HEAD", department, district)
            members.append(head)
            if department == UNIT[Story.SAME_PERSON]:
                # The same natural person under a second account: two roles do not make two people (SOD-02).
                members.append(_of_unit(twin_login(district), first, "DEPT_HEAD", department, district))
    members += [
        Member(f"nominee-{serial:03d}", row.person, Grant(role="NOMINEE")) for serial, row in enumerate(rows)
    ]
    members += [
        Member(f"member-{serial}", row.person, Grant(role="MEMBER")) for serial, row in enumerate(sitting, 1)
    ]
    return tuple(members)


def twin_login(district: str) -> str:
    """The second account of a department officer who then tries to sign as the head."""
    return f"{UNIT[Story.SAME_PERSON]}-twin-{district}"


def _of_unit(login: str, person: Person, role: str, unit: str, district: str) -> Member:
    return Member(login, person, Grant(role=role, unit=unit, district=district))


def _officers() -> Iterator[Person]:
    serial = 0
    while True:
        yield officer(serial)
        serial += 1
