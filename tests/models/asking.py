"""One example of everything that may be asked of a case beside completing a task, with the people who may ask."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any, TypeAlias

from contracts.actor import LETTER_KEEPER, LIST_KEEPER, Actor
from contracts.base import NO_DIGEST
from contracts.claim import Owing
from contracts.commands import (
    access,
    award,
    batch,
    case,
    integrity,
    letters,
    nomination,
    removal,
    screening,
    tenure,
)
from contracts.commands import policy as policy_commands
from contracts.commands.base import Command
from contracts.commands.every import BY_SERVICE, COMMANDS, FROM_CASES, OF_SERVICES, PEOPLE_TOO
from contracts.emergency import Addressed
from contracts.matter import IndexEntry, Loss, Mark, OtherSeat, Reading, ReportContent
from contracts.names import review_id
from contracts.nominee import Evaluation, Fact, Firm, SeatEntry
from contracts.policy import loader
from contracts.policy.model import CalendarYear, Policy
from contracts.transition import Applied
from contracts.vocabulary import FirmPart, Seat
from tests.asking import ENTRY, LEAD, NOMINEE, asks, local, somebody
from tests.invented import nominee
from tests.office import finding
from tests.screened import brought, fitting
from workflows.procedure.case import State
from workflows.rules.calendar import local_day

CHAMBER, DEPARTMENT = "chamber-1", "tax"
"""The unit that brought the person, and one that is consulted."""
BY_A_CASE = "CASE"
"""Stands where a role would: another case asks, by an errand."""
SERVICES = {"LIST_KEEPER": LIST_KEEPER, "LETTER_KEEPER": LETTER_KEEPER}
"""Services that ask what nobody else may, by the word that stands where a role would."""
ON_TASKS = (case.ClaimTask, case.ReleaseTask, case.ReassignTask, case.PassOn, case.DeclareConflict)
"""Acts on a task besides completing it."""

EVERYWHERE = "*"
"""The district of whoever is asked in all of them."""
NOBODY = "p-nobody"
"""Whom a case is about that is about nobody."""

Fields: TypeAlias = Mapping[str, Any]

DIGEST = "d" * 64
FACT = Fact.model_validate(finding("NL-D01")["findings"][0])  # type: ignore[index]
CALENDAR = loader.released("2026.1").calendar
YEAR = CalendarYear(year=2027, holidays=(), make_up=(), source="invented")
SCORES = {"D1": 150, "D2": 150, "D3": 150, "D4": 100, "D5": 100, "D6": 100, "D7": 50, "D8": 50}

READING = Reading(index=500, assessed_on=date(2026, 3, 2), source="issuer")
MARK = Mark(case="c1", items=("NL-C04",), confirmed_on=date(2026, 3, 2))

BESIDE: dict[type[Command], Fields] = {
    batch.SubmitRoster: {"roster_digest": "a" * 64, "entries": (ENTRY,)},
    batch.AdmitRoster: {"approval": "l1"},
    batch.TurnRosterDown: {"approval": "l1"},
    batch.ImportSeats: {
        "table_digest": "b" * 64,
        "entries": (
            SeatEntry(
                person_id="p-member",
                district="d01",
                seat=Seat.EXECUTIVE,
                began=date(2025, 3, 3),
                member=NOMINEE,
            ),
        ),
    },
    batch.SeatTaken: {"tenure": "t1", "person_id": "p-member"},
    batch.NominationLeft: {"nomination": ENTRY.case_id},
    batch.CutQuota: {"places": 1, "order": (ENTRY.case_id,), "minutes_digest": NO_DIGEST},
    batch.LoadCalendar: {"year": YEAR},
    case.ReportFact: {"fact": FACT, "source": DEPARTMENT},
    case.EndFact: {"fact": FACT, "source": DEPARTMENT, "cause": "delisted"},
    case.ReportConflict: {"person_id": "p-other", "ground": "kin", "reason": "cousins"},
    case.LoadCaseCalendar: {"year": YEAR},
    letters.LetterUndelivered: {"letter": "l1", "notice": "N04", "led_at": local("2026-03-02 10:00")},
    letters.LetterDelivered: {"letter": "l1", "at": local("2026-03-02 10:00")},
    nomination.Withdraw: {"reason": "personal"},
    nomination.RecordLoss: {"what": "death", "document_digest": DIGEST},
    nomination.RejectForQuota: {"minutes_digest": NO_DIGEST},
    nomination.NominatedAgain: {"other": "c2"},
    nomination.JoinNomination: {"other": "c2", "nominator_id": "p-second", "nominating_unit": "chamber-2"},
    nomination.StandAlone: {},
    nomination.ReportLoss: {"loss": Loss(reason="post lost", document_digest=DIGEST)},
    nomination.KnowSister: {"case_id": "c3"},
    nomination.ShareEvaluation: {
        "evaluation": Evaluation(of="c3", valid_until=local("2028-03-01 00:00"), scores=SCORES, index=800)
    },
    nomination.RegisterReport: {
        "signed": True,
        "channel": "letter",
        "content": ReportContent(text="说法", reporter="举报人"),
    },
    nomination.EnterFirm: {
        "firm": Firm(name="虚构二厂", credit_code=nominee(2).credit_code, part=FirmPart.OTHER)
    },
    nomination.DisputeHit: {"hit": 1, "reason": "another's"},
    removal.Suspend: {"cause": "chair-decision", "minutes_digest": NO_DIGEST},
    removal.LiftSuspension: {"cause": "chair-decision", "minutes_digest": NO_DIGEST},
    removal.ReportInvestigation: {"cause": "under-investigation", "document_digest": DIGEST},
    removal.ReportRelease: {"cause": "under-investigation", "document_digest": DIGEST},
    removal.TenderResignation: {"document_digest": DIGEST},
    removal.EarlierRemovalOver: {"removal": "r0"},
    case.WantYears: {"case": "r2"},
    case.KnownYears: {"case": "t1", "years": (YEAR,)},
    removal.LeadMerged: {"removal": "r0", "source": "other", "registrar": "p-other", "lead": LEAD},
    removal.KnownOfSeat: {"case": "t1", "open_removal": "r0", "investigated": ("detained",)},
    removal.ReviewDecided: {"review": "v1", "instance": 1, "outcome": "REVOKED", "signers": ("p-r1",)},
    screening.ImportList: {"file": brought().file},
    screening.BeginRun: {"cause": "asked"},
    screening.ReportScreened: {
        "run": 1,
        "after": "",
        "until": "",
        "expected": 1,
        "people_digest": "f" * 64,
        "cases": ("c1",),
        "fitting": (fitting(),),
        "namesakes": 0,
    },
    screening.DoubtMatch: {"match": 1, "reason": "法院更正"},
    screening.SettleDoubt: {"doubt": 1, "means_person": False, "days": 30},
    tenure.RecordAttendance: {"meeting": "m1", "held_on": date(2026, 3, 2), "attendance": "unexcused"},
    tenure.RecordSeat: {"other": OtherSeat(owner="cppcc"), "since": date(2026, 3, 2)},
    tenure.Resign: {"reason": "tired"},
    tenure.RecordDeath: {"died_on": date(2026, 3, 2), "document_digest": DIGEST},
    tenure.AnnouncePolicy: {"policy": "2026.1", "policy_digest": loader.digest("2026.1")},
    tenure.SeatSuspended: {"removal": "r1", "cause": "detained"},
    tenure.SeatLifted: {"removal": "r1"},
    tenure.SeatEnded: {"removal": "r1", "reason": "REMOVED", "since": date(2026, 3, 2)},
    tenure.RemovalBegun: {"removal": "r2", "district": "d01", "seat": "executive"},
    tenure.SeatKept: {"removal": "r1"},
    tenure.SeatRestored: {"removal": "r1", "since": date(2026, 3, 3)},
    tenure.LinkedSeatLost: {"removal": "r2", "person_id": "p-member", "lead": LEAD},
    tenure.LeadReported: {"nomination": "c2", "lead": LEAD},
    tenure.NameVacancy: {"batch": "b9"},
    batch.DeclareTie: {"tie": {"of": "p-nominee", "ground": "kin", "reason": "a cousin"}},
    batch.AnnounceVersion: {"policy": "2026.1", "policy_digest": loader.digest("2026.1")},
    batch.ImportIndexes: {
        "table_digest": "c" * 64,
        "entries": (IndexEntry(subject="person", file="i1", person_id="p-nominee", reading=READING),),
    },
    nomination.RequestResult: {},
    nomination.KnowIndex: {"reading": READING},
    policy_commands.ApplyPolicy: {
        "applied": Applied(
            policy="2026.1", policy_digest=loader.digest("2026.1"), transition="x1", items=("NL-D01",)
        )
    },
    integrity.EnterReading: {"reading": READING},
    integrity.EnterMark: {"mark": MARK},
    integrity.WithdrawMark: {"case": "c1"},
    integrity.EnterLead: {"award": "a1"},
    award.LeaderMarked: {"person_id": "p-nominee", "mark": MARK},
    award.LeaderCleared: {"person_id": "p-nominee", "case": "c1"},
    award.LeaderMeasured: {"person_id": "p-nominee", "reading": READING},
    access.WitnessCodes: {"accounts": ("a-1",)},
    access.ReadInEmergency: {
        "case_id": "c1",
        "district": "d01",
        "subject": "p-nominee",
        "addressed": Addressed(name="虚构人"),
    },
}
"""An example of each; those that name an instant stand in `example`."""
MORE: dict[type[Command], tuple[Fields, ...]] = {
    nomination.Withdraw: ({"document_digest": DIGEST},),
    nomination.RegisterReport: ({"signed": False, "vague": True},),
    removal.ReviewDecided: ({"outcome": "UPHELD"},),
    case.ReportFact: tuple(
        {"fact": FACT.model_copy(update={"item": item})} for item in ("NL-A02", "NL-C03", "NL-A06")
    ),
    award.LeaderMarked: ({"mark": MARK.model_copy(update={"case": "c2"})},),
}
"""What the example may say instead, where something else follows: a vague report, a fact of another effect."""
TIMED = (batch.CallElection, nomination.ScheduleElection)
TO_ELECTION = timedelta(days=70)

OF_EVERY_KIND = (
    case.ReportConflict,
    case.LoadCaseCalendar,
    letters.LetterUndelivered,
    letters.LetterDelivered,
)
"""What every kind of case with tasks takes."""
ACTS: tuple[type[Command], ...] = tuple(
    dict.fromkeys(one for one in COMMANDS if one not in {case.CompleteTask, *ON_TASKS})
)
"""What may be asked beside tasks, each once."""


def only_cases(act: type[Command]) -> bool:
    """Whether no person may ask for it at all: where claims are checked it is refused as `claim-invalid`."""
    return act.model_fields["act"].default in FROM_CASES - PEOPLE_TOO


def askers(act: type[Command], policy: Policy) -> list[str]:
    """Who may be thought to ask: any role, another case, or both."""
    word = act.model_fields["act"].default
    if word in OF_SERVICES:
        return [name for name, who in SERVICES.items() if word in BY_SERVICE[who.account_id]]
    people = [] if only_cases(act) else [role.code for role in policy.roles]
    return [*people, *([BY_A_CASE] if word in FROM_CASES else [])]


def example(
    act: type[Command], role: str, state: State, policy: Policy, now: datetime, other: int = 0
) -> Command:
    """The example, asked by somebody fresh who holds this role, or by a case; or the `other`-th instead of it."""
    fields = {"election_at": now + TO_ELECTION} if act in TIMED else {**BESIDE[act], **_here(act, state, now)}
    if other:
        fields = {**fields, **MORE[act][other - 1]}
    if role in SERVICES:
        return asks(act, SERVICES[role], state.case_id, **fields)
    if role != BY_A_CASE:
        return asks(act, asker(role, state, policy), state.case_id, **fields)
    command = asks(act, somebody("SYSTEM_ROLE", "p-case"), state.case_id, **fields)
    owed = command.claim.model_copy(update={"owed_by": Owing(case_id=command.sender or "x1", number=1)})
    return command.model_copy(update={"claim": owed})


def _here(act: type[Command], state: State, now: datetime) -> Fields:
    """What only the case and the day can say: which of its reviews is decided, and which year is published."""
    if act is case.LoadCaseCalendar:
        return {"year": YEAR.model_copy(update={"year": max(YEAR.year, local_day(now, CALENDAR).year)})}
    asked: str = getattr(state, "reviewing", "")
    if act is not removal.ReviewDecided or not asked:
        return {}
    return {"review": asked, "instance": next(n for n in (1, 2) if review_id(state.case_id, n) == asked)}


def asker(role: str, state: State, policy: Policy, unit: str = "", district: str = EVERYWHERE) -> Actor:
    """Somebody who holds the role and has done nothing yet; the person concerned where it is their own."""
    if role in policy.self_roles:
        return somebody(role, getattr(state, "person_id", "") or NOBODY, district=district)
    own = CHAMBER if role == "NOMINATOR" else DEPARTMENT
    held = (unit or own) if policy.role(role).scope == "unit" else ""
    who = "fresh" if district == EVERYWHERE else "elsewhere"
    return somebody(role, f"p-{who}-{role.lower()}".replace("_", "-"), held, district)
