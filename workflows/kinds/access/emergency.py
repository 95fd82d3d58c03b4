"""Reading in an emergency: granted by a second person, over by itself, and looked at afterwards (architecture D9).

It lets one named person read and nobody sign. Each reading is recorded before anything is shown.
"""

from datetime import datetime, timedelta

from contracts.causes import Cause
from contracts.commands.access import ReadInEmergency
from contracts.commands.case import CompleteTask
from contracts.emergency import EmergencyReading
from contracts.events.access import EmergencyEnded, EmergencyGranted, EmergencyRead
from contracts.policy.model import Policy
from contracts.refusals import RefusalCode
from contracts.saying import say
from contracts.vocabulary import CaseState, Stage
from workflows.kinds.access.case import Access, Work
from workflows.kinds.access.closing import close
from workflows.procedure.case import Task
from workflows.procedure.kind import Lapsing
from workflows.procedure.signatures import Alone
from workflows.rules.verdict import Refused


def grant(draft: Work, request: EmergencyReading) -> None:
    """It begins now, and its end is certain from the beginning."""
    draft.emit(
        EmergencyGranted(
            account_id=request.account_id,
            person_id=request.person_id,
            purpose=request.purpose,
            reach=request.reach,
            until=draft.now + timedelta(minutes=_minutes(draft.policy)),
        )
    )
    draft.enter(Stage.EMERGENCY)
    draft.open("end-emergency")


def read(draft: Work, command: ReadInEmergency) -> Refused | None:
    """Take it that the case is read now, or say why it is not."""
    case = draft.case
    granted, reader = case.granted, command.actor
    if granted is None or case.stage is not Stage.EMERGENCY or draft.now >= granted.until:
        return Refused(RefusalCode.EMERGENCY_OVER, say("emergency-over"))
    if granted.person_id not in reader.ids or reader.account_id != granted.account_id:
        return Refused(RefusalCode.WRONG_ROLE, say("emergency-of-another"))
    if not granted.reach.covers(command.case_id, command.district):
        return Refused(RefusalCode.WRONG_DISTRICT, say("emergency-elsewhere"))
    if not reader.ids.isdisjoint(one.signer for one in case.acted("approve-access")):
        return Refused(RefusalCode.SAME_PERSON, say("emergency-same-person"))
    if command.subject in reader.all_ids:
        return Refused(RefusalCode.CONFLICT_OF_INTEREST, say("emergency-own-case"))
    # The journal notes each time; the record, and whoever the case is about, hear of it once.
    if command.case_id not in case.cases_read:
        draft.emit(
            EmergencyRead(
                reader=reader.person_id,
                case=command.case_id,
                person_id=command.subject,
                private=command.addressed,
            )
        )
    return None


def ended(draft: Work, task: Task) -> None:
    """Somebody ended it before its time was over."""
    _over(draft, expired=False)


def expired(draft: Work) -> None:
    """Its time is over."""
    _over(draft, expired=True)


def _over(draft: Work, *, expired: bool) -> None:
    draft.cancel(draft.case.open_tasks("end-emergency"), Cause.EMERGENCY_OVER)
    draft.emit(EmergencyEnded(expired=expired, cases=draft.case.cases_read))
    draft.enter(Stage.EMERGENCY_REVIEW)
    draft.open("review-emergency")


def proper(draft: Work, task: Task) -> None:
    """It was asked for and used as it should be."""
    close(draft, CaseState.FOUND_PROPER, Cause.EMERGENCY_REVIEWED)


def improper(draft: Work, task: Task) -> None:
    """It was not: what follows for the people is decided elsewhere, and the record says it for good."""
    close(draft, CaseState.FOUND_IMPROPER, Cause.EMERGENCY_REVIEWED)


def by_nobody_in_it(draft: Work, task: Task, command: CompleteTask) -> Refused | None:
    """Whoever asked, granted or read does not look at it afterwards, nor whoever it was about."""
    case = draft.case
    granted_by = {one.signer for one in case.acted("approve-access")}
    if not command.actor.ids.isdisjoint({case.asked_by, *granted_by, *case.people, *case.concerned}):
        return Refused(RefusalCode.SAME_PERSON, say("emergency-your-part"))
    return None


def _minutes(policy: Policy) -> int:
    emergency = policy.disclosure.emergency
    if emergency is None:
        raise RuntimeError("the policy has no emergencies, and the API asks for none")
    return emergency.minutes


def _until(case: Access, policy: Policy) -> datetime | None:
    return None if case.granted is None else case.granted.until


SIGNING = {
    "end-emergency": Alone({"ENDED": ended}),
    "review-emergency": Alone({"PROPER": proper, "IMPROPER": improper}, check=by_nobody_in_it),
}
EXPIRES = Lapsing(lambda case: case.stage is Stage.EMERGENCY, _until, expired)
