"""Letters of a case that no mail brought to its person: which wait to be served, and whose term stands until then.

A task of somebody else says that a letter waits; as long as it is open nobody has served the letter.
"""

from collections.abc import Iterable

from contracts.case import hold_name, waited_for
from workflows.procedure.case import Case, Task

SERVE_LETTER = "serve-letter"
"""The task by which such a letter is served by hand."""
PRESUMED_SERVICE = "presumed_service"
"""The limit after which a letter that was sent counts as served (domain §8.8.15)."""


def about_letter(letter: str) -> str:
    """What the task to serve this letter says that it is about."""
    return hold_name("letter", letter)


def letter_of(serving: Task) -> str:
    """The letter that a task to serve one is about."""
    return waited_for(serving.about)


def unserved(case: Case, began: Iterable[Task]) -> list[Task]:
    """The tasks to serve the letters by which these tasks of the person's were asked."""
    ids = {task.id for task in began}
    return [one for one in case.open_tasks(SERVE_LETTER) if case.letters[letter_of(one)].task_id in ids]
