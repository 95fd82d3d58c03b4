"""ST02 and ST03: eligibility check, repair, and the nominee's declaration."""

from contracts.canonical import digest_of
from contracts.commands.case import CompleteTask
from contracts.events.case import CaseAmended
from contracts.refusals import RefusalCode
from contracts.vocabulary import CaseState, Stage
from workflows.rules.case import Task
from workflows.rules.draft import Draft
from workflows.rules.forms import Repair, read
from workflows.rules.procedure.consultation import consult
from workflows.rules.procedure.handling import Handler, ask_second, confirmed
from workflows.rules.verdict import Refused


def screen(draft: Draft, task: Task, command: CompleteTask) -> Refused | None:
    """The screener answered: a second person checks. A third return is refused (at most twice, §8.1)."""
    repairs = sum(t.kind == "repair" for t in draft.case.tasks.values())
    if task.outcome == "RETURN" and repairs >= draft.policy.repairs_at_most:
        return Refused(
            RefusalCode.OUTCOME_NOT_ALLOWED,
            f"the dossier was returned {repairs} times; choose PASS, INELIGIBLE or DUPLICATE",
        )
    ask_second(draft, task, "screen-sign")
    return None


def screen_sign(draft: Draft, task: Task, command: CompleteTask) -> Refused | None:
    """The second checker signed: go on, return for repair, or end."""
    first = confirmed(draft, task, "screen")
    if first is None:
        return None
    if first.outcome == "PASS":
        draft.enter(Stage.DECLARATION)
        draft.open("declare")
    elif first.outcome == "RETURN":
        draft.open("repair", unit=draft.case.nominating_unit)
    elif first.outcome == "INELIGIBLE":
        draft.end(CaseState.INELIGIBLE, "screening-ineligible")
    else:
        draft.end(CaseState.MERGED, "screening-duplicate")
    return None


def repair(draft: Draft, task: Task, command: CompleteTask) -> Refused | None:
    """The nominator repaired the dossier: its digest changes, and it is checked again."""
    form = read(command.form, Repair)
    if isinstance(form, Refused):
        return form
    changes = form.model_dump(exclude_none=True)
    if not changes or draft.case.nominee is None:
        return Refused(RefusalCode.FORM_INVALID, "form: name at least one field to repair")
    nominee = draft.case.nominee.model_copy(update=changes)
    draft.emit(CaseAmended(content_digest=digest_of(nominee.model_dump(mode="json")), private=nominee))
    draft.open("screen")
    return None


def declare(draft: Draft, task: Task, command: CompleteTask) -> Refused | None:
    """The nominee signed, and only now may departments be asked; or refused, which renounces."""
    if task.outcome == "REFUSED":
        draft.end(CaseState.RENOUNCED, "declaration-refused")
    else:
        consult(draft)
    return None


HANDLERS: dict[str, Handler] = {
    "screen": screen,
    "screen-sign": screen_sign,
    "repair": repair,
    "declare": declare,
}
