"""ST02 and ST03: eligibility check, repair, and the nominee's declaration."""

from contracts.causes import Cause
from contracts.commands.case import CompleteTask
from contracts.dossier import field_fault
from contracts.events.nomination import PostSettled
from contracts.refusals import RefusalCode
from contracts.saying import say
from contracts.vocabulary import CaseState, Stage
from workflows.kinds.nomination.amending import amend
from workflows.kinds.nomination.case import Nomination, Work
from workflows.kinds.nomination.doubled import merge, release
from workflows.kinds.nomination.ending import EndsWithRight
from workflows.kinds.nomination.sharing import CONSULT
from workflows.procedure.case import Task
from workflows.procedure.consequences import Ends, Then, enters
from workflows.procedure.kind import Signing
from workflows.procedure.signatures import CONFIRM, Alone, two
from workflows.rules.calendar import local_day
from workflows.rules.forms import Repair, read
from workflows.rules.verdict import Refused


def screenable(draft: Work, task: Task, command: CompleteTask) -> Refused | None:
    """A third return is refused (at most twice, §8.1); a person is not consulted about in two cases of one batch."""
    earlier = draft.case.duplicate_of
    if command.outcome == "PASS" and earlier is not None:
        return Refused(RefusalCode.OUTCOME_NOT_ALLOWED, say("nominated-twice", choose="DUPLICATE"))
    returns = _returns(draft.case)
    if command.outcome == "RETURN" and returns >= draft.policy.repairs_at_most:
        return Refused(
            RefusalCode.OUTCOME_NOT_ALLOWED,
            say("returned-often", times=returns, choose=("PASS", "INELIGIBLE", "DUPLICATE")),
        )
    return None


def _returns(case: Nomination) -> int:
    """How often two people returned the dossier. Whoever is asked for the same repair anew was returned it once, and
    what somebody with a conflict had returned counts for nobody."""
    confirmed = [task for task in case.acted("screen-sign") if task.outcome == CONFIRM]
    return sum(case.signed_by_first(task).outcome == "RETURN" for task in confirmed)


def ask_repair(draft: Work, task: Task) -> None:
    """The nominating body is asked to repair the dossier."""
    draft.open("repair", unit=draft.case.nominating_unit)


def repairs_something(draft: Work, task: Task, command: CompleteTask) -> Refused | None:
    """At least one field is corrected, and each holds what a roster's cell must hold."""
    form = read(command.form, Repair)
    if isinstance(form, Refused):
        return form
    changes = form.changes()
    if not changes:
        return Refused(RefusalCode.FORM_INVALID, say("nothing-repaired"))
    today = local_day(draft.now, draft.policy.calendar)
    for field, text in changes.items():
        fault = field_fault(field, text, today)
        if fault is not None:
            return Refused(RefusalCode.FORM_INVALID, say("fault", fault=fault).at(field))
    return None


def repair(draft: Work, task: Task) -> None:
    """The dossier changes, its digest with it, and it is checked again."""
    if draft.case.nominee is not None:
        changes = Repair.model_validate(task.form).changes()
        nominee = draft.case.nominee.model_copy(update=changes)
        amend(draft, nominee)
    draft.open("screen")


def passed(draft: Work, task: Task) -> None:
    """The person is asked for the declaration; where it stands already the case goes on as far as the replies go.

    After a loss it goes on where it was.
    """
    if draft.case.lost:
        draft.emit(PostSettled())
    if draft.case.stage is not Stage.SCREENING:
        return
    signed = any(declared.outcome == "SIGNED" for declared in draft.case.acted("declare"))
    asked = any(one.kind == "reply" for one in draft.case.tasks.values())
    if not signed:
        enters(Stage.DECLARATION, "declare")(draft, task)
    elif not asked:
        CONSULT(draft, task)
    else:
        draft.enter(Stage.CONSULTATION)


SIGNING: dict[str, Signing[Nomination]] = {
    **two(
        "screen",
        "screen-sign",
        {
            "PASS": passed,
            "RETURN": ask_repair,
            "INELIGIBLE": Then(release, EndsWithRight(CaseState.INELIGIBLE, Cause.SCREENING_INELIGIBLE)),
            "DUPLICATE": Then(merge, Ends(CaseState.MERGED, Cause.SCREENING_DUPLICATE)),
        },
        check=screenable,
    ),
    "repair": Alone({"REPAIRED": repair}, check=repairs_something),
    "declare": Alone({"SIGNED": CONSULT, "REFUSED": Ends(CaseState.RENOUNCED, Cause.DECLARATION_REFUSED)}),
}
