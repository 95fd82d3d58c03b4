"""What a nomination tells its letters: the nominee, the hits with their rulings, the reporters. Pure."""

from typing import TypeAlias, assert_never, get_args

from contracts.events.base import Event
from contracts.events.election import BallotEntered, BallotLeft, ElectionMissed
from contracts.events.leaving import (
    LossDenied,
    LossRecorded,
    WithdrawalAsked,
    WithdrawalDenied,
)
from contracts.events.nomination import (
    AppealAnswered,
    CaseAmended,
    CaseOpened,
    CaseReopened,
    CutOffMoved,
    ElectionScheduled,
    EvaluationShared,
    IndexKnown,
    LateReplyTaken,
    NominatorJoined,
    OtherNomination,
    PostLost,
    PostSettled,
    ResultRequested,
    RightRenewed,
    SisterKnown,
    StandsAlone,
    WithdrawalSigned,
    WordKept,
)
from contracts.events.policy import TransitionApplied
from contracts.events.review import (
    CaseGraded,
    DepartmentClosed,
    FactDismissed,
    FactEnded,
    FactUnmatched,
    HitCancelled,
    HitDisputed,
    HitFound,
    HitRuled,
    NoticePosted,
    OpinionGiven,
    ReportAnswered,
    ReportReceived,
    VotesCounted,
)
from contracts.events.task import TaskCompleted, TaskOpened
from contracts.nominee import Nominee
from services.notices.casefile import CaseFile, Contact, Reporter
from services.notices.folding.shared import Changes

EXPLAINING = frozenset({"screen"})
"""Kinds of task whose reason a letter passes on."""
CHECKING = frozenset({"check-report"})
"""Kinds of task of whose form a letter passes on the facts that were found. What others answered is never opened."""

_Silence: TypeAlias = DepartmentClosed | LateReplyTaken
_Loss: TypeAlias = PostLost | PostSettled
_Twice: TypeAlias = OtherNomination | NominatorJoined | StandsAlone | SisterKnown | EvaluationShared
_Dossier: TypeAlias = (
    CaseOpened
    | CaseAmended
    | AppealAnswered
    | ResultRequested
    | RightRenewed
    | WordKept
    | CaseReopened
    | WithdrawalSigned
    | CutOffMoved
    | ElectionScheduled
    | IndexKnown
    | _Silence
    | _Twice
    | _Loss
)
_Finding: TypeAlias = (
    HitFound
    | FactDismissed
    | FactEnded
    | FactUnmatched
    | HitRuled
    | HitDisputed
    | HitCancelled
    | CaseGraded
    | OpinionGiven
)
_Notice: TypeAlias = NoticePosted | ReportReceived | ReportAnswered | VotesCounted
_Ballot: TypeAlias = BallotEntered | BallotLeft | ElectionMissed
_Leaving: TypeAlias = WithdrawalAsked | WithdrawalDenied | LossRecorded | LossDenied
NominationEvent: TypeAlias = _Dossier | _Finding | _Notice | _Ballot | _Leaving | TransitionApplied
_Task: TypeAlias = TaskOpened | TaskCompleted
EVENTS: frozenset[type[Event]] = frozenset(get_args(NominationEvent | _Task))


def changes(file: CaseFile, event: NominationEvent | _Task) -> Changes:
    """What the event changes."""
    match event:
        case CaseOpened():
            return {
                "person_id": event.person_id,
                "nominating_unit": event.nominating_unit,
                "seat": event.seat,
                "person": _contact(event.private),
            }
        case CaseAmended():
            return {"person": _contact(event.private)}
        case NominatorJoined():
            return {"also_nominating": (*file.also_nominating, event.nominating_unit)}
        case (
            OtherNomination()
            | StandsAlone()
            | SisterKnown()
            | EvaluationShared()
            | PostLost()
            | PostSettled()
        ):
            return {}
        case HitFound():
            return {"facts": {**file.facts, event.hit: event.private.fact}}
        case HitRuled():
            return {"rulings": {**file.rulings, event.hit: event.ruling}}
        case ReportReceived() if event.signed:
            said = event.private
            reporter = Reporter(ident=event.reporter, name=said.reporter, contact=said.reporter_contact)
            return {"reporters": {**file.reporters, event.report: reporter}}
        case TaskCompleted() if event.kind in EXPLAINING:
            return {"remark": event.private.reason}
        case TaskOpened() if event.kind in CHECKING:
            return {"checks": {**file.checks, event.task_id: event.about}}
        case TaskCompleted() if event.kind in CHECKING and "facts" in event.private.form:
            about = file.checks[event.task_id]
            return {"findings": {**file.findings, about: f"{event.private.form['facts']}"}}
        case WithdrawalSigned() | CutOffMoved() | ElectionScheduled() | CaseGraded() | DepartmentClosed():
            return {}
        case ReportAnswered():
            return {"answers": {**file.answers, event.report: file.answers.get(event.report, 0) + 1}}
        case IndexKnown() | HitDisputed() | HitCancelled() | CaseReopened() | AppealAnswered():
            return {}
        case WordKept() | ResultRequested() | RightRenewed():
            return {}
        case LateReplyTaken():
            return {}
        case (
            FactDismissed() | FactEnded() | FactUnmatched() | OpinionGiven() | NoticePosted() | VotesCounted()
        ):
            return {}
        case ReportReceived() | TaskOpened() | TaskCompleted():
            return {}
        case BallotEntered() | BallotLeft() | ElectionMissed() | TransitionApplied():
            return {}
        case WithdrawalAsked() | WithdrawalDenied() | LossRecorded() | LossDenied():
            return {}
        case _:
            assert_never(event)


def needs(event: Event) -> bool:
    """Whether the sealed part of this event, which is given without it, is needed."""
    match event:
        case CaseOpened() | CaseAmended() | HitFound():
            return True
        case ReportReceived():
            return event.signed
        case TaskCompleted():
            return event.kind in EXPLAINING | CHECKING
        case _:
            return False


def _contact(nominee: Nominee) -> Contact:
    return Contact(name=nominee.name, firm=nominee.firm, email=nominee.email)
