"""Record sheets (纪实表) as papers: a page a person, and many of them as a volume behind a table of contents."""

from datetime import date
from typing import Annotated, Any

from pydantic import Field

from contracts.lettering.plain import one_line
from contracts.policy.model import Text
from contracts.words.families import Language
from contracts.words.naming import pick
from services.notices.asking import Asked
from services.notices.papers.typesetting import Typesetter
from services.notices.wording import MARKED

Short = Annotated[str, Field(max_length=500)]

TITLE = Text(zh="人选审核纪实表", en="Record sheet of a nomination")
VOLUME = Text(zh="{}纪实表汇编", en="Record sheets: {}")
CONTENTS = Text(zh="目录", en="Contents")
NAME, FIRM, CASE = Text(zh="姓名", en="Name"), Text(zh="单位", en="Firm"), Text(zh="办件号", en="Case")
LINK, PAPER, SAID = Text(zh="环节", en="Link"), Text(zh="材料", en="Document"), Text(zh="纪实", en="Record")
NOTHING = Text(zh="无记载", en="nothing on record")
TIMES = Text(zh="×{}", en=" ×{}")
UNTIL = Text(zh="至", en=" to ")
FOOT = Text(
    zh="依据存证记录生成，截至 {}；政策 {} 版。只载阅读者可见的内容。",
    en="Made from the record as of {}, policy {}. It holds what its reader may see.",
)


class LineAsked(Asked):
    """The same said `times` times between two days."""

    what: Short
    result: Short
    times: Annotated[int, Field(ge=1)]
    first: date
    last: date
    by: Annotated[list[Short], Field(max_length=100)]


class SlotAsked(Asked):
    """A document of the file."""

    number: int
    name: Short
    lines: Annotated[list[LineAsked], Field(max_length=200)]


class LinkAsked(Asked):
    """A link of the chain."""

    name: Short
    slots: Annotated[list[SlotAsked], Field(min_length=1, max_length=30)]


class SheetAsked(Asked):
    """The sheet of one person."""

    case_id: Short
    kind: Short
    name: Short
    firm: Short
    facts: Annotated[list[tuple[Short, Short]], Field(max_length=20)]
    links: Annotated[list[LinkAsked], Field(min_length=1, max_length=20)]
    until: date
    policy: Short
    mark: Short


class SheetsAsked(Asked):
    """Sheets to be printed: one, or as a volume of this title."""

    language: Language
    title: Short
    sheets: Annotated[list[SheetAsked], Field(min_length=1, max_length=1000)]


def sheets_pdf(asked: SheetsAsked, setter: Typesetter) -> bytes:
    """The sheets as PDF, dated by the latest event in them. Raises PaperError."""
    language = asked.language
    words = {
        name: pick(text, language)
        for name, text in (("contents", CONTENTS), ("link", LINK), ("paper", PAPER), ("said", SAID))
    }
    title = pick(VOLUME, language).format(one_line(asked.title)) if asked.title else pick(TITLE, language)
    given = {
        "language": language,
        "title": title,
        "volume": setter.title(title) if asked.title else [],
        "words": {name: setter.title(text) for name, text in words.items()},
        "sheets": [_sheet(one, language, setter) for one in asked.sheets],
    }
    return setter.pdf("sheets", max(one.until for one in asked.sheets), given)


def _sheet(asked: SheetAsked, language: Language, setter: Typesetter) -> dict[str, Any]:
    name, firm = one_line(asked.name), one_line(asked.firm)
    heads = [(pick(NAME, language), name), (pick(FIRM, language), firm), *asked.facts]
    heads.append((pick(CASE, language), asked.case_id))
    return {
        "title": setter.title(pick(TITLE, language)),
        "mark": setter.title(pick(MARKED, language).format(one_line(asked.mark)) if asked.mark else ""),
        "entry": setter.text("　".join(filter(None, (name, firm))), (name, firm)),
        "facts": [[setter.title(head), setter.text(one_line(value), (name, firm))] for head, value in heads],
        "links": [
            {
                "name": setter.title(one_line(link.name)),
                "slots": [
                    {
                        "name": setter.text(f"{slot.number}. {one_line(slot.name)}"),
                        "lines": [_line(one, language, setter) for one in slot.lines]
                        or [setter.text(pick(NOTHING, language))],
                    }
                    for slot in link.slots
                ],
            }
            for link in asked.links
        ],
        "foot": setter.text(pick(FOOT, language).format(asked.until, one_line(asked.policy))),
    }


def _line(asked: LineAsked, language: Language, setter: Typesetter) -> list[Any]:
    between = "：" if language == "zh" else ": "
    said = between.join(filter(None, (one_line(asked.what), one_line(asked.result))))
    times = pick(TIMES, language).format(asked.times) if asked.times > 1 else ""
    days = str(asked.first)
    if asked.last != asked.first:
        days += f"{pick(UNTIL, language)}{asked.last}"
    people = "、" if language == "zh" else ", "
    by = people.join(map(one_line, asked.by))
    return setter.text("　".join(filter(None, (days, f"{said}{times}", by))), map(one_line, asked.by))
