"""A request for accounts as one value: one task of a security administrator, and what follows it."""

from contracts.access import AnyRequest, concerned, never_asking
from contracts.canonical import digest_of
from contracts.case import CaseKind
from contracts.causes import Cause
from contracts.commands.access import AskAccess, AskEmergency, ReadInEmergency, WitnessCodes
from contracts.commands.case import CompleteTask
from contracts.emergency import EmergencyReading
from contracts.events.access import AccessAsked, Asked
from contracts.refusals import RefusalCode
from contracts.saying import say
from contracts.vocabulary import CaseState, Stage
from workflows.kinds.access import emergency, witnessing
from workflows.kinds.access.case import FOLDING, Work
from workflows.kinds.access.closing import close
from workflows.kinds.access.effects import at_once, when_approved, when_refused
from workflows.procedure.case import Task
from workflows.procedure.decider import of_kind
from workflows.procedure.holding import common
from workflows.procedure.kind import Kind
from workflows.procedure.signatures import Alone
from workflows.rules.verdict import Refused

APPROVED = "APPROVED"


def ask(draft: Work, opening: AskAccess | AskEmergency) -> None:
    """The request is laid before a second person by a digest over the whole of it."""
    said = Asked(request=opening.request, reason=opening.reason)
    draft.emit(
        AccessAsked(
            what=opening.request.what,
            asked_by=opening.actor.person_id,
            people=concerned(opening.request),
            content_digest=digest_of(said.model_dump(mode="json")),
            private=said,
        )
    )
    draft.know(opening.calendar_years)
    at_once(draft, opening.request)
    draft.enter(Stage.ACCESS_APPROVAL)
    draft.open("approve-access")


def by_another(draft: Work, task: Task, command: CompleteTask) -> Refused | None:
    """Whoever asks, whoever decides and whoever is concerned are different people."""
    ids = command.actor.ids
    if draft.case.asked_by in ids:
        return Refused(RefusalCode.SAME_PERSON, say("request-by-you"))
    if not ids.isdisjoint(draft.case.people):
        return Refused(RefusalCode.CONFLICT_OF_INTEREST, say("decides-own-accounts"))
    if command.outcome == APPROVED and draft.case.asked_by in never_asking(_request(draft)):
        return Refused(RefusalCode.CONFLICT_OF_INTEREST, say("asks-own-accounts"))
    return None


def _request(draft: Work) -> AnyRequest:
    request = draft.case.request
    if request is None:
        raise RuntimeError("a case without a request has no task")
    return request


def approved(draft: Work, task: Task) -> None:
    """What was asked for takes force; codes are handed over, and an emergency is looked back on when it is over."""
    request = _request(draft)
    if isinstance(request, EmergencyReading):
        emergency.grant(draft, request)
        return
    when_approved(draft, request)
    if draft.case.codes_until is not None:
        draft.enter(Stage.HANDING_OVER)
        return
    close(draft, CaseState.IN_FORCE, Cause.ACCESS_APPROVED)


def turned_down(draft: Work, task: Task) -> None:
    """Nothing of it takes force."""
    when_refused(draft, _request(draft))
    close(draft, CaseState.TURNED_DOWN, Cause.ACCESS_TURNED_DOWN)


ACCESS = Kind(
    name=CaseKind.ACCESS,
    folding=FOLDING,
    signing={
        "approve-access": Alone({APPROVED: approved, "REFUSED": turned_down}, check=by_another),
        **emergency.SIGNING,
        **common({}),
    },
    acts={WitnessCodes: witnessing.witness, ReadInEmergency: emergency.read},
    awaited=(witnessing.OVER, emergency.EXPIRES),
)


DECIDER = of_kind(ACCESS, ask)
