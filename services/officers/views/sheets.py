"""A record sheet (纪实表): what of a case stands in each slot of the policy's sheet, as far as its reader may see."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta, timezone

from contracts.base import OpaqueId
from contracts.policy.model import Policy, Text
from contracts.policy.sheets import Slot
from contracts.words.families import Family
from services.officers.readmodel.reading.cases import ShownCase
from services.officers.views.base import View
from services.officers.views.cases import EventView
from services.officers.views.naming import names
from services.officers.web.language import Language, say

SAYS: dict[str, Family] = {
    "outcome": "outcome",
    "ending": "outcome",
    "opinion": "outcome",
    "grade": "grade",
    "ruling": "ruling",
    "effect": "effect",
    "state": "state",
}
"""The fields in which an event says how something came out, and where their words stand; the first that it has."""
HEADS = {
    "seat": Text(zh="拟任职务", en="Seat"),
    "district": Text(zh="地区", en="District"),
    "unit": Text(zh="推荐单位", en="Nominated by"),
    "state": Text(zh="当前状态", en="State"),
}
"""What a sheet says of the case beside its slots."""
TASK = "task-completed"


class LineView(View):
    """The same said `times` times, between two days, by these people as far as the reader may know them."""

    what: str
    result: str
    times: int
    first: str
    last: str
    by: list[str]


class SlotView(View):
    """A document of the file, numbered through the sheet, and what stands for it on the record."""

    number: int
    name: str
    lines: list[LineView]


class LinkView(View):
    """A link of the chain."""

    name: str
    slots: list[SlotView]


class SheetView(View):
    """The sheet of one person. Days are those of the procedure's clock; `until` is that of the last event in it."""

    case_id: OpaqueId
    kind: str
    name: str
    firm: str
    facts: list[tuple[str, str]]
    links: list[LinkView]
    until: str
    policy: str
    mark: str
    """That it is a demonstration; empty where it is none."""


def filled(policy: Policy, kind: str, events: Sequence[EventView], language: Language) -> list[LinkView]:
    """The links of this kind's sheet, filled with these events in their order."""
    number = 0
    links = []
    for link in policy.procedures[kind].sheet:
        slots = []
        for slot in link.slots:
            number += 1
            shown = [one for one in events if _fills(slot, one)]
            slots.append(
                SlotView(number=number, name=say(slot.name, language), lines=_lines(policy, shown, language))
            )
        links.append(LinkView(name=say(link.name, language), slots=slots))
    return links


def facts_of_sheet(shown: ShownCase, policy: Policy, language: Language) -> list[tuple[str, str]]:
    """What the sheet says of the case beside its slots: a heading and a value each."""
    row = shown.row
    said = names(
        policy.version,
        language,
        {
            "seat": ("seat", row.facts.get("seat")),
            "district": ("district", row.district),
            "unit": ("unit", row.unit),
            "state": ("state", shown.state),
        },
    )
    return [(say(head, language), said.get(name, "")) for name, head in HEADS.items()]


def day_of(at: datetime, policy: Policy) -> str:
    """The day on the procedure's clock."""
    return at.astimezone(timezone(timedelta(hours=policy.calendar.utc_offset_hours))).date().isoformat()


def _fills(slot: Slot, event: EventView) -> bool:
    return any(
        one.event == event.type and (not one.task or event.payload.get("kind") in one.task)
        for one in slot.filled
    )


def _lines(policy: Policy, events: Iterable[EventView], language: Language) -> list[LineView]:
    """What was said, the same once with how often: a sheet has one page, and fourteen departments answer."""
    groups: dict[tuple[str, str], list[EventView]] = {}
    for event in events:
        groups.setdefault((_what(policy, event, language), _result(policy, event, language)), []).append(
            event
        )
    return [
        LineView(
            what=what,
            result=result,
            times=len(group),
            first=day_of(min(one.at for one in group), policy),
            last=day_of(max(one.at for one in group), policy),
            by=list(dict.fromkeys(one.by.name for one in group if one.by is not None)),
        )
        for (what, result), group in groups.items()
    ]


def _what(policy: Policy, event: EventView, language: Language) -> str:
    if event.type == TASK:
        return say(policy.task(event.payload["kind"]).name, language)
    return names(policy.version, language, {"type": ("event", event.type)})["type"]


def _result(policy: Policy, event: EventView, language: Language) -> str:
    for field, family in SAYS.items():
        code = event.payload.get(field)
        if isinstance(code, str):
            return names(policy.version, language, {field: (family, code)}).get(field, "")
    return ""
