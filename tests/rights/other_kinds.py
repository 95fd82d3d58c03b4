"""Cases of the other kinds in the office of the matrix: a seat, a review, a title, a book of lists, a request.

t1 is a seat in d01 of which a department has reported something in the yearly re-evaluation; v1 the review of r1, which
waits for its votes; a1 an application in d01; s1 a book of every district in which an entry fits the person of c1; d1
what that person asks about their own data. Who declared a conflict in c1 signed what v1 is about, and leads the
organisation of a1.
"""

from contracts.actor import Grant
from contracts.commands.case import LoadCaseCalendar
from contracts.commands.screening import OpenScreening
from contracts.matter import Attacked, Objection
from contracts.policy import loader
from tests import screened
from tests.asking import asks, local, review_opening
from tests.commission import Body
from tests.data_requests import data_opening
from tests.office import finding
from tests.officers_rig import POLICY
from tests.prizes import award_opening
from tests.rights import needles
from tests.rights.carried import KeepingDesk, desk
from tests.tenures import OFFICE, SeatOffice, tenure_opening, year
from workflows.kinds.award.kind import DECIDER as AWARDS
from workflows.kinds.data_request.kind import DECIDER as REQUESTS
from workflows.kinds.review.kind import DECIDER as REVIEWS
from workflows.kinds.screening.kind import DECIDER as BOOKS
from workflows.kinds.tenure.kind import DECIDER as TENURES

MEMBER = Grant(role="MEMBER")


async def seat(member: str, said: needles.Needles, serial: int) -> KeepingDesk:
    """A year has passed, and of the owners who are asked anew the tax office has found something."""
    who = needles.person(serial)
    opened = desk(TENURES, tenure_opening(person_id=member, member=who))
    people = SeatOffice(opened)
    people.concerned = member
    await people.asks(LoadCaseCalendar, OFFICE, year=year(2027))
    await opened.until(local("2027-03-02 00:01"))
    unit = (await opened.case()).open_tasks("re-reply")[0].unit
    form = finding("NL-D01", subject_id=who.id_number, text=said.finding, anchor="2027-01-10")
    await people.act("re-reply", "ISSUE", unit=unit, form=form, reason=said.reply)
    return opened


async def review(member: str, said: needles.Needles, barred: str) -> KeepingDesk:
    """The member objects, and one of three has voted."""
    opening = review_opening(barred=(barred,))
    attacked = Attacked(
        name=needles.person(5).name, lead=said.finding, objection=Objection(grounds=said.explained)
    )
    opening = opening.model_copy(update={"person_id": member, "attacked": attacked})
    opened = desk(REVIEWS, opening.claimed_as(opening.claim))
    await Body(opened).act("review-vote", "UPHELD", signature=1)
    return opened


def application(leader: str) -> KeepingDesk:
    """Nobody has looked at it yet."""
    return desk(AWARDS, award_opening(leader, case_id="a1"))


def request(person: str) -> KeepingDesk:
    """A correction is asked for, and nobody has answered."""
    opening = data_opening(person=person)
    opening = opening.model_copy(update={"wish": opening.wish.model_copy(update={"wanted": needles.WANTED})})
    return desk(REQUESTS, opening.claimed_as(opening.claim))


async def book(person: str, said: needles.Needles) -> KeepingDesk:
    """The court's list came, and an entry of it fits."""
    pinned = {"policy": POLICY, "policy_digest": loader.digest(POLICY)}
    opened = desk(BOOKS, asks(OpenScreening, screened.OFFICE, screened.BOOK, **pinned))
    await opened.send(screened.brought())
    found = screened.fitting()
    entry = found.entry.model_copy(update={"text": said.finding})
    await opened.send(screened.part(found.model_copy(update={"person_id": person, "entry": entry})))
    return opened
