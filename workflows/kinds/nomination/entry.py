"""ST02 and ST03: eligibility check, repair, and the nominee's declaration."""

from contracts.canonical import digest_of
from contracts.causes import Cause
from contracts.commands.case import CompleteTask
from contracts.dossier import field_fault
from contracts.events.nomination import CaseAmended
from contracts.refusals import RefusalCode
from contracts.vocabulary import CaseState, Stage
from workflows.kinds.nomination.case import Nomination, Work
from workflows.kinds.nomination.consultation import CONSULT
from workflows.kinds.nomination.leaving import passed_again
from workflows.procedure.case import Task
from workflows.procedure.consequences import Ends, enters
from workflows.procedure.kind import Signing
from workflows.procedure.signatures import Alone, two
from workflows.rules.calendar import local_day
from workflows.rules.forms import Repair, read
from workflows.rules.verdict import Refused


def may_return(draft: Work, task: Task, command: CompleteTask) -> Refused | None:
    """A third return is refused (at most twice, §8.1)."""
    repairs = sum(t.kind == "repair" for t in draft.case.tasks.values())
    if command.outcome == "RETURN" and repairs >= draft.policy.repairs_at_most:
        detail = f"the dossier was returned {repairs} times; choose PASS, INELIGIBLE or DUPLICATE"
        return Refused(RefusalCode.OUTCOME_NOT_ALLOWED, detail)
    return None


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
        return Refused(RefusalCode.FORM_INVALID, "form: name at least one field to repair")
    today = local_day(draft.now, draft.policy.calendar)
    for field, text in changes.items():
        fault = field_fault(field, text, today)
        if fault is not None:
            return Refused(RefusalCode.FORM_INVALID, f"form field {field}: {fault.en}")
    return None


def repair(draft: Work, task: Task) -> None:
    """The dossier changes, its digest with it, and it is checked again."""
    if draft.case.nominee is not None:
        changes = Repair.model_validate(task.form).changes()
        nominee = draft.case.nominee.model_copy(update=changes)
        draft.emit(CaseAmended(content_digest=digest_of(nominee.model_dump(mode="json")), private=nominee))
    draft.open("screen")


SIGNING: dict[str, Signing[Nomination]] = {
    **two(
        "screen",
        "screen-sign",
        {
            "PASS": passed_again(enters(Stage.DECLARATION, "declare")),
            "RETURN": ask_repair,
            "INELIGIBLE": Ends(CaseState.INELIGIBLE, Cause.SCREENING_INELIGIBLE),
            "DUPLICATE": Ends(CaseState.MERGED, Cause.SCREENING_DUPLICATE),
        },
        check=may_return,
    ),
    "repair": Alone({"REPAIRED": repair}, check=repairs_something),
    "declare": Alone({"SIGNED": CONSULT, "REFUSED": Ends(CaseState.RENOUNCED, Cause.DECLARATION_REFUSED)}),
}
