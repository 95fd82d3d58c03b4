"""A letter that mail did not bring to the person is served by hand, and no term runs before (domain §8.6, §8.8.15).

The notices' service tells the case; a clerk serves the letter and proves it; the person's term begins with the service.
"""

from datetime import datetime
from typing import Any, TypeAlias

from contracts.actor import LETTER_KEEPER
from contracts.base import Digest
from contracts.causes import Cause
from contracts.commands.case import CompleteTask
from contracts.commands.letters import LetterDelivered, LetterUndelivered
from contracts.events.letters import LetterServed, LetterUnserved
from contracts.matter import ServiceWay
from contracts.minutes import minute_of
from contracts.refusals import RefusalCode
from contracts.saying import say
from contracts.vocabulary import Rung, TaskState
from workflows.procedure.case import Case, Task
from workflows.procedure.draft import Draft
from workflows.procedure.kind import Signing
from workflows.procedure.letters import SERVE_LETTER, about_letter, letter_of
from workflows.procedure.signatures import Alone
from workflows.rules.forms import Service, read
from workflows.rules.verdict import Refused

Told: TypeAlias = LetterUndelivered | LetterDelivered
"""What a case of any kind is told of its letters."""


def told(draft: Draft[Any], command: Told) -> Refused | None:
    """Take what became of a letter. Told again, or of a letter that nobody has to serve any more, nothing changes."""
    if command.actor != LETTER_KEEPER:
        return Refused(RefusalCode.WRONG_ROLE, say("letters-by-service"))
    if draft.case.filed:
        return Refused(RefusalCode.CASE_ENDED, say("letter-file-closed"))
    match command:
        case LetterUndelivered():
            _undelivered(draft, command)
        case LetterDelivered():
            _delivered(draft, command)
    return None


def _undelivered(draft: Draft[Any], command: LetterUndelivered) -> None:
    asked = _asked_by(draft, command)
    if draft.case.gone or command.letter in draft.case.letters or not _matters(asked):
        return
    own = None if asked is None else asked.id
    draft.emit(
        LetterUnserved(letter=command.letter, notice=command.notice, led_at=command.led_at, task_id=own)
    )
    draft.open(SERVE_LETTER, about=about_letter(command.letter))


def _asked_by(draft: Draft[Any], command: LetterUndelivered) -> Task | None:
    """The person's own task whose term runs from the letter: the one it names, else one opened in the same step."""
    case: Case = draft.case
    if command.task_id is not None:
        return case.tasks.get(command.task_id)
    own = draft.policy.self_roles
    return next((t for t in case.open_tasks() if t.role in own and t.opened == command.led_at), None)


def _matters(asked: Task | None) -> bool:
    """Whether anybody has to know the letter: not when the person did what it asked for, or nobody asks it any more.

    A term that ran out is no answer: that person is still to be served.
    """
    return asked is None or asked.state is TaskState.OPEN or Rung.EXPIRED in asked.fired


def _delivered(draft: Draft[Any], command: LetterDelivered) -> None:
    name = about_letter(command.letter)
    waiting = [task for task in draft.case.open_tasks(SERVE_LETTER) if task.about == name]
    if not waiting:
        return
    draft.cancel(waiting, Cause.SERVED)
    _note(draft, command.letter, command.at, command.how, command.document_digest)


def _note(draft: Draft[Any], letter: str, at: datetime, how: ServiceWay | None, paper: Digest | None) -> None:
    """The service is on the record, and the term that the letter grants begins: with this step, which is no earlier."""
    own = draft.case.letters[letter].task_id
    draft.emit(LetterServed(letter=letter, task_id=own, at=at, how=how, document_digest=paper))
    asked = draft.case.tasks.get(own or "")
    if asked is not None and asked.state is TaskState.OPEN:
        draft.run_from_service(asked)


def proven(draft: Draft[Any], task: Task, command: CompleteTask) -> Refused | None:
    """The proof says when, how and by which paper: not before there was such a letter, and not in time to come."""
    form = read(command.form, Service)
    if isinstance(form, Refused):
        return form
    led_at = minute_of(draft.case.letters[letter_of(task)].led_at)
    if led_at <= form.served_at <= draft.now:
        return None
    return Refused(RefusalCode.FORM_INVALID, say("served-between", led=led_at).at("served_at"))


def served(draft: Draft[Any], task: Task) -> None:
    """The letter is served, and the term that it grants begins."""
    form = Service.model_validate(task.form)
    _note(draft, letter_of(task), form.served_at, form.how, form.document_digest)


def all_served(draft: Draft[Any], task: Task, command: CompleteTask) -> Refused | None:
    """Nobody says that the letters are served, or closes the file, while one waits to be served by hand."""
    if draft.case.open_tasks(SERVE_LETTER):
        return Refused(RefusalCode.LETTER_UNSERVED, say("letter-unserved"))
    return None


SERVING: dict[str, Signing[Any]] = {SERVE_LETTER: Alone({"SERVED": served}, check=proven)}
