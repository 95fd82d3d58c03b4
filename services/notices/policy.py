"""Which event leads to which letters, and to whom, as the policy says it. Pure."""

from contracts.events.base import Event
from contracts.events.task import TaskOpened
from contracts.policy.model import NoticeType, Says, Trigger
from contracts.vocabulary import Ruling
from services.notices.addressees import Occasion, addressed
from services.notices.letters import Letter, letter_id
from services.notices.telling import asked_again, matter_of, number_about, round_of, thing_about

ATTRIBUTES = {
    "task": "kind",
    "state": "state",
    "outcome": "outcome",
    "rung": "rung",
    "cause": "cause",
    "ending": "ending",
}
"""The field of the event that each word of a trigger asks about."""

OF_HITS = frozenset({"facts", "items"})
"""What a letter says of hits on the negative list."""


def letters(occasion: Occasion) -> tuple[Letter, ...]:
    """The letters that an event leads to, none twice. KeyError when the policy lacks a text or an addressee.

    An event that neither leads to a letter nor is named as one of which nobody is told is a KeyError as well.
    """
    found: dict[str, Letter] = {}
    for notice, trigger in occasion.policy.occasions(occasion.after.kind, occasion.event.type):
        if meets(trigger, occasion.event):
            for letter in _written(notice, trigger, occasion):
                found.setdefault(letter_id(occasion.after.case_id, letter), letter)
    return tuple(found.values())


def meets(trigger: Trigger, event: Event) -> bool:
    """Whether the event is an occasion of this trigger. AttributeError when it lacks what the trigger asks about."""
    asked = ((getattr(trigger, word), name) for word, name in ATTRIBUTES.items())
    return trigger.event == event.type and all(
        getattr(event, name) in words for words, name in asked if words
    )


def _written(notice: NoticeType, trigger: Trigger, o: Occasion) -> list[Letter]:
    if notice.once_per == "due" and asked_again(o.event, o.before):
        return []
    once = thing_about(o.event) if notice.once_per == "about" else round_of(o.event, o.after)
    about = {"type": notice.code, "round": once, **matter_of(o.event)}
    written = []
    for name in trigger.to or notice.to:
        says = trigger.says or notice.says_to(name)
        written += [
            Letter.model_validate({**about, "addressee": who, "says": says, "hits": _hits(says, o)})
            for who in addressed(name, o)
        ]
    return written


def _hits(says: Says, o: Occasion) -> tuple[int, ...]:
    """The hit that a task is about; otherwise those that vetoed."""
    if says not in OF_HITS:
        return ()
    if isinstance(o.event, TaskOpened):
        return (number_about(o.event),)
    return tuple(number for number, ruling in o.after.rulings.items() if ruling is Ruling.VETO)
