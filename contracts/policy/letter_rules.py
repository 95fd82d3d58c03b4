"""What letters may say and to whom: fields of a closed list, addressees of the policy, no text that could do more."""

from collections.abc import Iterator

from contracts.policy.finding import Finding, unknown
from contracts.policy.model import NoticeType, Policy, Text
from contracts.policy.source import Location
from contracts.policy.template_rules import fields_in, holds_markup, template_faults, values_in

FIELDS = frozenset(
    {
        "notice_number",
        "issued_on",
        "issuer",
        "addressee",
        "person_name",
        "seat",
        "since",
        "firm",
        "case_id",
        "batch_id",
        "matter",
        "basis",
        "reply_by",
        "window_start",
        "window_end",
        "outcome",
        "facts",
        "rights",
        "colour",
        "task_name",
        "unit_name",
        "demonstration_mark",
    }
)
"""All that a letter may say about a case; each is always given to its text, an absent one as ''."""

FRAMED = frozenset({"title", "text", "closing"})
"""What a letter gives to the frame beside the fields: its name, its text as written, its last line."""

IN_THE_FRAME = {
    "head": frozenset({"demonstration_mark", "issuer", "notice_number", "title"}),
    "address": frozenset({"addressee"}),
    "text": frozenset({"text", "matter", "basis", "reply_by", "rights", "closing"}),
    "foot": frozenset({"issuer", "issued_on"}),
}
"""What every letter carries (domain §8.6), and the mark without which a demonstration would look real; by the part of
the frame where it stands, because a paper draws head and foot by itself: what else stood there would not be printed.
"""

DRAWN = frozenset({"head", "foot"})
"""The parts that a paper draws: nothing may stand there of which it would know nothing."""

MATTER = frozenset({"about", "person_name", "firm", "seat"})
"""What the text of a kind's matter may say: `about` is the task, the letter, or a batch's own title."""


def letter_faults(policy: Policy) -> Iterator[Finding]:
    """Everything that is wrong with letters, their frame and their addressees."""
    yield from _addressees(policy)
    yield from _frame(policy)
    for name, own in policy.procedures.items():
        if own.matter is not None:
            yield from _text(("procedures", name, "matter"), own.matter, MATTER)
        for index, notice in enumerate(own.letters):
            yield from _letter(policy, ("procedures", name, "letters", index), notice)


def _addressees(policy: Policy) -> Iterator[Finding]:
    roles = {role.code for role in policy.roles}
    for index, addressee in enumerate(policy.addressees):
        yield from unknown(("addressees", index, "roles"), addressee.roles, roles, "role")


def _frame(policy: Policy) -> Iterator[Finding]:
    roles = {role.code for role in policy.roles}
    yield from unknown(("letter_frame", "issuer"), [policy.letter_frame.issuer], roles, "role", single=True)
    for part, text in policy.letter_frame.parts.items():
        here = ("letter_frame", part)
        drawn = part in DRAWN
        yield from _text(here, text, IN_THE_FRAME[part] if drawn else FIELDS | FRAMED)
        for language in ("zh", "en"):
            printed = values_in(getattr(text, language))
            for name in sorted(IN_THE_FRAME[part] - printed):
                yield Finding((*here, language), f"every letter must print {{{{ {name} }}}} here")
    yield from _plain(("letter_frame", "closing"), policy.letter_frame.closing, "a closing")


def _letter(policy: Policy, here: Location, notice: NoticeType) -> Iterator[Finding]:
    known = {addressee.code for addressee in policy.addressees}
    yield from unknown((*here, "to"), notice.to, known, "addressee")
    tasks = {task.code for task in policy.tasks}
    for place, trigger in enumerate(notice.on):
        yield from unknown((*here, "on", place, "task"), trigger.task, tasks, "kind of task")
        yield from unknown((*here, "on", place, "to"), trigger.to, notice.to, "addressee of this letter")
    if isinstance(notice.says, dict):
        yield from unknown((*here, "says"), notice.says, notice.to, "addressee of this letter", single=True)
        for name in notice.to:
            if name not in notice.says:
                yield Finding((*here, "says"), f"what it says to {name} must stand here too")
    yield from _text((*here, "text"), notice.text, FIELDS)
    if notice.subject is not None:
        yield from _text((*here, "subject"), notice.subject, FIELDS)
    # Rights and closing are put into the frame as values, so markup in them would be printed as it stands.
    if notice.rights is not None:
        yield from _plain((*here, "rights"), notice.rights, "a rights text")
    if notice.closing is not None:
        yield from _plain((*here, "closing"), notice.closing, "a closing")


def _text(here: Location, text: Text, fields: frozenset[str]) -> Iterator[Finding]:
    for language in ("zh", "en"):
        template = getattr(text, language)
        for reason in template_faults(template):
            yield Finding((*here, language), reason)
        for name in sorted(fields_in(template) - fields):
            yield Finding((*here, language), f"{name} is not a field that may stand here")


def _plain(here: Location, text: Text, what: str) -> Iterator[Finding]:
    for language in ("zh", "en"):
        if holds_markup(getattr(text, language)):
            yield Finding((*here, language), f"{what} is plain: no field may stand in it")
