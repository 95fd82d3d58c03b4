"""The letter that is signed or answered in a task: in the words of the policy, as it goes out. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from contracts.lettering import saying
from contracts.lettering.filling import fill, harmless
from contracts.lettering.saying import LANGUAGES
from contracts.nominee import Fact
from contracts.policy.letter_rules import FIELDS
from contracts.policy.model import NoticeType, Policy, Says, Text
from contracts.words.families import Language
from contracts.words.naming import known, named, pick
from services.officers.readmodel.tables import TaskRow

START = Text(zh="（自发布时起，届时载明）", en="(its start, fixed and printed when it is posted)")
END = Text(zh="（公示期满时，届时载明）", en="(its end, fixed and printed when it is posted)")


@dataclass(frozen=True)
class Known:
    """What the case knows that a letter may say."""

    name: str
    firm: str
    seat: str
    facts: tuple[Fact, ...] = ()
    said: Mapping[str, str] = field(default_factory=dict)
    """What stands under `facts` in one text, by what the letter passes on: a lead, a finding."""


def says_in(policy: Policy, kind: str) -> Says:
    """What the letter that is signed in this kind of task passes on there; KeyError when none is signed."""
    letter = policy.notice(policy.task(kind).signs)
    asking = [on for on in letter.on if on.event == "task-opened" and kind in on.task]
    return next((on.says for on in asking if on.says is not None), letter.says_to(letter.to[0]))


def paper(task: TaskRow, policy: Policy, case: Known) -> dict[str, Any]:
    """The letter with its wording's version: title, text and rights in both languages.

    Raises LetterError when the text cannot be filled, and KeyError for what the policy has no words for: nobody signs
    a text with holes.
    """
    letter = policy.notice(policy.task(task.kind).signs)
    texts = {language: _text(letter, task, policy, case, language) for language in LANGUAGES}
    return {
        "letter": letter.code,
        "version": policy.version,
        "title": letter.name.model_dump(),
        "text": texts,
        "rights": None if letter.rights is None else letter.rights.model_dump(),
        "closing": (letter.closing or policy.letter_frame.closing).model_dump(),
    }


def _text(letter: NoticeType, task: TaskRow, policy: Policy, case: Known, language: Language) -> str:
    unit = known(task.unit, "unit", policy) if task.unit else None
    said = {
        "person_name": case.name,
        "firm": case.firm,
        "seat": pick(named(case.seat, "seat"), language) if case.seat else "",
        "case_id": task.case_id,
        "batch_id": task.parent,
        "task_name": pick(policy.task(task.kind).name, language),
        "unit_name": pick(unit, language)
        if unit
        else task.unit or pick(policy.role(task.role).name, language),
        "facts": _facts(says_in(policy, task.kind), task, policy, case, language),
        "window_start": pick(START, language),
        "window_end": pick(END, language),
    }
    return fill(pick(letter.text, language), harmless(dict.fromkeys(FIELDS, "") | said))


def _facts(says: Says, task: TaskRow, policy: Policy, case: Known, language: Language) -> str:
    match says:
        case "questions":
            return saying.questions(task.unit, policy, language)
        case "facts":
            return saying.facts(case.facts, policy, language, in_full=True)
        case _:
            return case.said.get(says, "")
