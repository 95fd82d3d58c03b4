"""Who acts in the term election: the offices of the city, the departments of each district, and every nominee."""

from contracts.actor import Grant
from services.ctl.demo.cast import Member
from services.ctl.demo.roster import Nomination, officer
from services.ctl.term.nominees import UNIT

ROLES = ("ELECTION_OFFICE", "AUDITOR", "SCREENER", "SECOND_CHECKER", "EVALUATOR", "PANEL_CHAIR")
_OFFICERS_FROM = 1000
"""Numbers of officers begin here: no nominee has one of them."""


def members(
    rows: tuple[Nomination, ...], districts: tuple[str, ...], departments: tuple[str, ...]
) -> tuple[Member, ...]:
    """An account for each office and each nominee, and in every district for the nominating unit and two people of
    each department."""
    grants = [Grant(role=role) for role in ROLES]
    for district in districts:
        grants.append(Grant(role="NOMINATOR", unit=UNIT, district=district))
        for department in departments:
            grants += [
                Grant(role=role, unit=department, district=district) for role in ("DEPT_OFFICER", "DEPT_HEAD")
            ]
    offices = [
        Member(_login(grant), officer(_OFFICERS_FROM + serial), grant) for serial, grant in enumerate(grants)
    ]
    return (*offices, *(Member(nominee(row), row.person, Grant(role="NOMINEE")) for row in rows))


def nominee(row: Nomination) -> str:
    """The login of a nominee."""
    return row.email.partition("@")[0]


def _login(grant: Grant) -> str:
    place = () if grant.district == "*" else (grant.district,)
    return "-".join(filter(None, (grant.role.lower().replace("_", "-"), grant.unit, *place)))
