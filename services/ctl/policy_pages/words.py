"""Numbers and codes of a policy in people's words. Pure."""

from collections.abc import Callable, Mapping
from typing import TypeAlias

from contracts.policy.model import Limit, NegativeItem, Policy, Text
from contracts.vocabulary import Effect, Rung, Subject

Words: TypeAlias = Callable[[str, str], Text]
"""The words for a code of the wire: the list that it is from (outcome, state, event), and the code."""

Follows: TypeAlias = Callable[[str], Mapping[str, Mapping[str, Text]]]
"""What follows each outcome of each task of a kind of case; the code of the procedure knows it, the policy does not."""


def t(zh: str, en: str) -> Text:
    """A text of this page."""
    return Text(zh=zh, en=en)


def as_written(_list: str, code: str) -> Text:
    """The code itself, where nobody gave words for it."""
    return t(code, code)


def nothing_follows(_kind: str) -> Mapping[str, Mapping[str, Text]]:
    """No consequence is told."""
    return {}


UNITS = {
    "WD": ("个工作日", "working day"),
    "day": ("日", "day"),
    "month": ("个月", "month"),
    "year": ("年", "year"),
    "s": ("秒", "second"),
}
EFFECTS = {
    Effect.HARD: t("核实后一票否决", "veto once a second person confirmed the fact"),
    Effect.JUDGEMENT: t(
        "研判：轻微的评级不超过B，严重的否决",
        "judged by the panel: minor caps the grade at B, serious vetoes",
    ),
    Effect.PAUSE: t(
        "状态存续期间暂缓，不作认定", "pauses while the state lasts; nothing is recorded as guilt"
    ),
}
SUBJECTS = {Subject.PERSON: t("本人", "person"), Subject.ENTERPRISE: t("企业", "firm")}
RUNGS = {
    Rung.BLUE: t("蓝", "blue"),
    Rung.YELLOW: t("黄", "yellow"),
    Rung.RED: t("红", "red"),
    Rung.CONFERENCE: t("联席会议", "joint conference"),
    Rung.EXPIRED: t("视为终结", "expiry"),
}
ANCHORS = {
    "sentence-end": t("刑期届满日", "the end of the sentence"),
    "decision": t("决定日", "the day of the decision"),
    "delisting": t("移出名单日", "the day of delisting"),
    "correction": t("改正日", "the day of correction"),
}
SCOPES = {
    "unit": t("本单位", "the own unit"),
    "district": t("本地区", "the district"),
    "all": t("全批次", "the whole batch"),
    "self": t("本人案件", "the own case"),
}
NO_LIMIT = t("无期限", "no limit")


def length(n: int, unit: str) -> Text:
    """So many of a unit: `10个工作日`, `10 working days`."""
    zh, en = UNITS[unit]
    return t(f"{n}{zh}", f"{n} {en}{'' if n == 1 else 's'}")


def limit_in_words(limit: Limit | None, *, extendable: bool) -> Text:
    """How long something may take; the extension is told only where somebody can ask for it."""
    if limit is None:
        return NO_LIMIT
    base = length(limit.n, limit.unit)
    if not (extendable and limit.extensions):
        return base
    more = length(limit.extension, limit.unit)
    return t(
        f"{base.zh}，可延长{limit.extensions}次，每次{more.zh}",
        f"{base.en}, extended at most {times(limit.extensions)} by {more.en}",
    )


def times(n: int) -> str:
    """`once`, `twice`, `3 times`."""
    return {1: "once", 2: "twice"}.get(n, f"{n} times")


def look_back_in_words(item: NegativeItem) -> Text:
    """For how long a fact counts."""
    if item.while_state:
        return t("状态存续期间（多次复查）", "while the state lasts; read again on later days")
    if item.look_back_years is None:
        return t("不限年限", "for life")
    from_day = ANCHORS[item.anchor] if item.anchor else t("事实发生日", "the day of the fact")
    span = length(item.look_back_years, "year")
    return t(f"自{from_day.zh}起{span.zh}", f"{span.en} from {from_day.en}")


def unit_name(code: str, policy: Policy) -> Text:
    """A department's or another source's name."""
    names = {unit.code: unit.name for unit in policy.departments}
    names |= {unit.code: unit.name for unit in policy.other_sources}
    return names[code]


def joined(texts: list[Text]) -> Text:
    """Several names in a row; a dash for none."""
    return t("、".join(one.zh for one in texts), ", ".join(one.en for one in texts)) if texts else t("—", "—")
