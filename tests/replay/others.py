"""What is recorded of every other kind: batch, late roster, tenure, screening, enquiry, policy, integrity,
award and data request."""

from datetime import date, timedelta
from typing import Any

from contracts.access import AnyRequest, DisableAccount, Identity, NewAccount, OpenAccounts
from contracts.commands.access import AskAccess, WitnessCodes
from contracts.commands.award import LeaderMarked, LeaderMeasured
from contracts.commands.batch import AdmitRoster, CallElection, SubmitRoster, TurnRosterDown
from contracts.commands.case import LoadCaseCalendar
from contracts.commands.enquiry import OpenEnquiry
from contracts.commands.integrity import EnterLead, EnterMark, EnterReading
from contracts.commands.late_roster import OpenLateRoster
from contracts.commands.policy import ProposePolicy
from contracts.commands.screening import OpenScreening, SettleDoubt
from contracts.commands.tenure import Resign, SeatEnded, SeatLifted, SeatRestored, SeatSuspended
from contracts.inquired import Inquired
from contracts.matter import Reading
from contracts.names import access_id, enquiry_id, transition_id
from contracts.nominee import Fact
from contracts.policy import loader
from tests.asking import ENTRY, NOMINEE, asks, batch_opening, local, somebody
from tests.data_requests import ANSWER, CARRIED_OUT, data_opening
from tests.engine import WorkflowDesk
from tests.office import People
from tests.prizes import CHAIR, CHAMBER, FILE, MEETING, VETO, award_opening, file_opening, owed
from tests.replay.plays import VERSION, Stories, after, settled
from tests.screened import BOOK, brought, doubted, fitting, part
from tests.tenures import SeatOffice, fact, tenure_opening, year

OFFICE = somebody("ELECTION_OFFICE", "p-office")
OTHERS_OFFICE = somebody("ELECTION_OFFICE", "p-other")
PINNED = {"policy": VERSION, "policy_digest": loader.digest(VERSION)}
READING = Reading(index=800, assessed_on=date(2026, 2, 1), source="第三方机构")


async def batch(desk: WorkflowDesk[Any]) -> None:
    """A batch that took a roster, called an election, and held back two rosters that came late."""
    await desk.send(asks(SubmitRoster, OFFICE, "b1", roster_digest="a" * 64, entries=(ENTRY,)))
    instant = await desk.clock.now() + timedelta(days=1)
    await desk.send(asks(CallElection, OFFICE, "b1", election_at=instant))
    await settled(desk)
    await after(desk, "nomination")
    for number, word in enumerate((AdmitRoster, TurnRosterDown), start=2):
        late = ENTRY.model_copy(update={"case_id": f"c{number}", "person_id": f"p{number}"})
        await desk.send(asks(SubmitRoster, OFFICE, "b1", roster_digest=f"{number}" * 64, entries=(late,)))
        (approval,) = (await desk.case()).held
        await desk.send(asks(word, OTHERS_OFFICE, "b1", approval=approval))
    await settled(desk)


async def admitted(desk: WorkflowDesk[Any]) -> None:
    """Another person of the office lets the roster in."""
    await People(desk).act("approve-roster", "APPROVED", actor=OTHERS_OFFICE)


async def turned_down(desk: WorkflowDesk[Any]) -> None:
    """Nobody decides for long; then it is turned down."""
    await after(desk, "late_roster")
    await People(desk).act("approve-roster", "REFUSED", actor=OTHERS_OFFICE)


async def approved(desk: WorkflowDesk[Any]) -> None:
    """Another person lets what was asked for accounts take force, a third witnesses, and the codes run out."""
    await People(desk).act("approve-access", "APPROVED", actor=somebody("SECURITY_ADMIN", "p-security"))
    request = (await desk.case()).case_id
    await desk.send(asks(WitnessCodes, somebody("AUDITOR", "p-auditor"), request, accounts=("a-1",)))
    await desk.until(await desk.clock.now() + timedelta(days=4))
    await settled(desk)


async def refused(desk: WorkflowDesk[Any]) -> None:
    """Another person opens again what was closed at once."""
    await People(desk).act("approve-access", "REFUSED", actor=somebody("SECURITY_ADMIN", "p-security"))


async def in_office(desk: WorkflowDesk[Any]) -> None:
    """Suspended and back, re-evaluated and passed, removed, restored, and in office until the term ends."""
    office = SeatOffice(desk)
    await office.asks(SeatSuspended, OFFICE, removal="r1", cause="detained")
    await office.asks(SeatLifted, OFFICE, removal="r1")
    await office.asks(LoadCaseCalendar, OFFICE, year=year(2027))
    await desk.until(local("2027-03-02 00:01"))
    await office.appears("re-reply")
    await office.replies()
    await office.scored()
    await office.attends("2026-12-10", "present")
    await office.asks(SeatEnded, OFFICE, removal="r1", reason="REMOVED", since=date(2027, 3, 2))
    await office.asks(SeatRestored, OFFICE, removal="r1", since=date(2027, 3, 2))
    await desk.until(local("2027-06-30 23:59"))
    await desk.until(local("2027-07-01 00:01"))
    await office.appears("serve")
    await office.act("serve", "SERVED")
    await office.act("file", "FILED")


async def vacated(desk: WorkflowDesk[Any]) -> None:
    """Absent twice, which raises a removal; then a resignation, and a seat that stays vacant."""
    office = SeatOffice(desk)
    for day in ("2026-04-10", "2026-05-20"):
        await office.attends(day, "unexcused")
    await office.asks(Resign, somebody("MEMBER", "p-member"), reason="health")
    await settled(desk)
    await office.asks(SeatEnded, OFFICE, removal="r1", reason="RESIGNED", since=date(2026, 6, 2))
    await office.act("vacancy", "LEFT_VACANT")
    await office.act("serve", "SERVED")
    await office.act("file", "FILED")


async def watched(desk: WorkflowDesk[Any]) -> None:
    """A list comes, a person is on it, two people doubt that and find another; the next day's run is missed."""
    await desk.send(brought())
    await desk.send(part(fitting()))
    await desk.send(doubted())
    await desk.send(owed(SettleDoubt, BOOK, enquiry_id(BOOK, 2), doubt=2, means_person=False, days=30))
    await desk.until(await desk.clock.now() + timedelta(days=2))
    await settled(desk)


async def meant(desk: WorkflowDesk[Any]) -> None:
    """The second person sends it back once; then it is this person."""
    people = People(desk)
    form: dict[str, object] = {"subject_id": NOMINEE.id_number, "confirmed_by": "法函1号"}
    await people.act("look", "OTHER_PERSON", form={"days": 9})
    await people.act("look-sign", "SEND_BACK")
    await people.act("look", "THIS_PERSON", form=form)
    await people.act("look-sign", "CONFIRM")
    await settled(desk)


async def not_meant(desk: WorkflowDesk[Any]) -> None:
    """It is somebody else."""
    people = People(desk)
    await people.act("look", "OTHER_PERSON", form={"days": 9})
    await people.act("look-sign", "CONFIRM")
    await settled(desk)


async def released(desk: WorkflowDesk[Any]) -> None:
    """Another policy administrator puts the version in force."""
    await People(desk).act("approve-policy", "APPROVED", actor=somebody("POLICY_ADMIN", "p-approver"))


async def kept_file(desk: WorkflowDesk[Any]) -> None:
    """An index, an application, and a veto, each told by a case."""
    await desk.send(owed(EnterReading, FILE, "b1", reading=READING))
    await desk.send(owed(EnterLead, FILE, CHAMBER, award=CHAMBER))
    await desk.send(owed(EnterMark, FILE, "c1", mark=VETO))
    await settled(desk)


async def lost(desk: WorkflowDesk[Any]) -> None:
    """Measured, and then a leading person is vetoed: two people decide."""
    people = People(desk)
    await desk.send(owed(LeaderMeasured, CHAMBER, FILE, person_id=CHAIR, reading=READING))
    await desk.send(owed(LeaderMarked, CHAMBER, FILE, person_id=CHAIR, mark=VETO))
    await people.act("award-loss", "INELIGIBLE")
    await people.act("award-loss-sign", "CONFIRM")
    await settled(desk)


async def recognised(desk: WorkflowDesk[Any]) -> None:
    """The title is given, and it is proposed to withdraw it."""
    people = People(desk)
    index = {"indexes": [{"person_id": CHAIR, "index": 800, "source": "第三方机构"}]}
    await people.act("award-check", "ELIGIBLE", form=index)
    await people.act("award-check-sign", "CONFIRM")
    await people.act("recognise", "RECOGNISED", form=MEETING)
    await desk.send(owed(LeaderMarked, CHAMBER, FILE, person_id=CHAIR, mark=VETO))
    await people.act("title-proposal", "PROPOSED")
    await people.act("title-proposal-sign", "CONFIRM")
    await settled(desk)


async def corrected(desk: WorkflowDesk[Any]) -> None:
    """Sent back once, granted, and carried out by others after the second of these had it done again."""
    people = People(desk)
    await people.act("answer-correction", "DECLINED", form=ANSWER)
    await people.act("answer-correction-sign", "SEND_BACK")
    await people.act("answer-correction", "COMPLIED", form=ANSWER)
    await people.act("answer-correction-sign", "CONFIRM")
    await people.act("carry-out", "CORRECTED", form=CARRIED_OUT)
    await people.act("carry-out-sign", "CONFIRM")
    await settled(desk)


async def not_erased(desk: WorkflowDesk[Any]) -> None:
    """Nobody answers for long; then the person is told under which law nothing is erased."""
    await after(desk, "data_request")
    people = People(desk)
    await people.act("answer-erasure", "DECLINED", form=ANSWER)
    await people.act("answer-erasure-sign", "CONFIRM")
    await settled(desk)


def _roster() -> OpenLateRoster:
    said = {"parent": "b1", "roster_digest": "a" * 64, "lines": (ENTRY.line,), **PINNED}
    return asks(OpenLateRoster, OFFICE, "l1", **said)


def _enquiry() -> OpenEnquiry:
    about = {"about_kind": "nomination", "about_case": "c1", "person_id": "p-nominee", "district": "d01"}
    matter = Inquired(fact=Fact.model_validate(fact("NL-E01")), source="court")
    asker = somebody("SCREENER", "p-asker")
    return asks(
        OpenEnquiry, asker, "q1", parent=BOOK, source="masked", doubt=7, matter=matter, **about, **PINNED
    )


def _proposal() -> ProposePolicy:
    target = transition_id("k-version")
    said = {"version": "2026.2", "version_digest": "f" * 64}
    return asks(
        ProposePolicy,
        somebody("POLICY_ADMIN", "p-author"),
        target,
        "k-version",
        parent=target,
        **said,
        **PINNED,
    )


def _asked(request: AnyRequest, key: str) -> AskAccess:
    target = access_id(key)
    asker = somebody("SYS_ADMIN", "p-asker")
    return asks(AskAccess, asker, target, key, parent=target, request=request, reason="换届开户", **PINNED)


_ACCOUNT = NewAccount(
    account_id="a-1",
    person_id="p-1",
    login="screener",
    identity=Identity(name=NOMINEE.name, id_number=NOMINEE.id_number),
)
_OPENED = _asked(OpenAccounts(accounts=(_ACCOUNT,)), "k-open")
_CLOSED = _asked(DisableAccount(account_id="a-1", person_id="p-1"), "k-close")


OTHERS: Stories = {
    "batch": (batch_opening(VERSION), batch),
    "late-roster": (_roster(), admitted),
    "late-roster-refused": (_roster(), turned_down),
    "tenure": (tenure_opening(VERSION, ends=date(2027, 6, 30)), in_office),
    "tenure-vacated": (tenure_opening(VERSION), vacated),
    "screening": (asks(OpenScreening, OFFICE, BOOK, **PINNED), watched),
    "enquiry": (_enquiry(), meant),
    "enquiry-not-meant": (_enquiry(), not_meant),
    "policy": (_proposal(), released),
    "access": (_OPENED, approved),
    "access-refused": (_CLOSED, refused),
    "integrity": (file_opening(VERSION), kept_file),
    "award": (award_opening(version=VERSION), lost),
    "data-request": (data_opening(version=VERSION), corrected),
    "data-request-declined": (data_opening("erase", version=VERSION), not_erased),
    "award-title": (award_opening(version=VERSION), recognised),
}
"""By name the opening, and what people do."""
