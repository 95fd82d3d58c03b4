"""What is said of a field that is filled in wrongly, by the keyword of its schema that it breaks. Pure."""

from contracts.policy.text import Text


def said(zh: str, en: str) -> Text:
    """A sentence in both languages."""
    return Text(zh=zh, en=en)


MISSING = said("请填写", "must be filled in")
NOT_CHOSEN = said("请选择一项", "one must be chosen")
NOT_OFFERED = said("请从所列各项中选择", "must be one of those offered")
NO_DOCUMENT = said("请上传文件", "a document must be uploaded")
NO_NUMBER = said("应为整数，例如 12", "must be a whole number, such as 12")
NO_DAY = said("应为日期，例如 2026-3-2 或 2026年3月2日", "must be a day, such as 2026-3-2")
NO_INSTANT = said(
    "应为日期和时间，例如 2026-3-2 9:30 或 2026年3月2日9时30分",
    "must be a day and a time, such as 2026-3-2 9:30",
)
UNSEEN = said("没有看得见的内容", "nothing in it can be seen")
NOT_MEANT = said("此处不需要该内容", "is not asked for here")
WRONG_SHAPE = said("内容的形式不对，请重新填写", "has the wrong form: fill it in again")

_PATTERNS = {
    r"^[0-9a-f]{64}$": said("应为 64 位摘要（0–9、a–f）", "must be a digest of 64 signs (0–9, a–f)"),
    r"^[0-9A-Z]{18}$": said("应为 18 位数字或大写字母", "must be 18 digits or capital letters"),
    r"^NL-[A-Z][0-9]{2}(-[A-Z]+)?$": said("应为负面清单代码，例如 NL-D01", "must be a code such as NL-D01"),
    r"^[a-zA-Z0-9][a-zA-Z0-9_.:-]{0,120}$": said(
        "应为编号：以字母或数字开头，只含字母、数字和 _ . : -",
        "must be a number as the system gives it: letters, digits and _ . : - only",
    ),
    r"^[0-9]{4}(-[0-9]{4})?$": said(
        "应为年份，例如 2026 或 2025-2026", "must be a year, such as 2026 or 2025-2026"
    ),
}
"""What fits a pattern, by the pattern; a test finds one of a released form that is not here."""


def fits(pattern: str) -> Text:
    """What a text must look like; for a pattern without words only that it does not fit."""
    # A hyphen may be written with or without a sign before it.
    return _PATTERNS.get(pattern.replace(r"\-", "-"), said("格式不符", "has not the right form"))


def has_words(pattern: str) -> bool:
    """Whether it is said what fits the pattern."""
    return pattern.replace(r"\-", "-") in _PATTERNS


def at_least_signs(limit: int) -> Text:
    """Of a text that is too short."""
    return said(f"至少 {limit} 个字", f"must have at least {limit} characters")


def at_most_signs(limit: int, over: int) -> Text:
    """Of a text that is too long, and by how much."""
    return said(f"最多 {limit} 个字，超出 {over} 个", f"may have at most {limit} characters; {over} too many")


def at_least(limit: int) -> Text:
    """Of a number that is too small."""
    return said(f"不得小于 {limit}", f"must be {limit} or more")


def at_most(limit: int) -> Text:
    """Of a number that is too great."""
    return said(f"不得大于 {limit}", f"must be {limit} or less")


def between(first: str, last: str) -> Text:
    """Of a day that nobody can mean there."""
    return said(f"须在 {first} 至 {last} 之间", f"must lie between {first} and {last}")


def at_least_items(limit: int) -> Text:
    """Of a list that is too short."""
    return said(f"至少填写 {limit} 项", f"needs at least {limit} {_items(limit)}")


def at_most_items(limit: int) -> Text:
    """Of a list that is too long."""
    return said(f"最多 {limit} 项", f"may have at most {limit} {_items(limit)}")


def in_line(place: int, fault: Text) -> Text:
    """What is wrong with one of several that stand in lines."""
    return said(f"第 {place} 个：{fault.zh}", f"no. {place}: {fault.en}")


def at_least_fields(limit: int) -> Text:
    """Of a group in which too little is filled in."""
    fields = "field" if limit == 1 else "fields"
    return said(f"至少填写其中 {limit} 项", f"needs at least {limit} {fields} filled in")


def _items(count: int) -> str:
    return "item" if count == 1 else "items"
