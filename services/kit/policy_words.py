"""Numbers and codes of a policy in people's words. Pure."""

from contracts.policy.model import Limit, NegativeItem, Policy, Text
from contracts.vocabulary import Effect
from contracts.words.families import Family
from contracts.words.naming import known, named


def t(zh: str, en: str) -> Text:
    """A text of this page."""
    return Text(zh=zh, en=en)


def say(code: str, family: Family, policy: Policy) -> Text:
    """The code in words; the code itself where a version that is being written uses one that has none yet."""
    return known(code, family, policy) or t(code, code)


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
NO_LIMIT = t("无期限", "no limit")


def length(n: int, unit: str) -> Text:
    """So many of a unit: `10个工作日`, `10 working days`."""
    words = named(unit, "time-unit")
    return t(f"{n}{words.zh}", f"{n} {words.en.removesuffix('s') if n == 1 else words.en}")


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
    from_day = named(item.anchor, "anchor") if item.anchor else t("事实发生日", "the day of the fact")
    span = length(item.look_back_years, "year")
    return t(f"自{from_day.zh}起{span.zh}", f"{span.en} from {from_day.en}")


def joined(texts: list[Text]) -> Text:
    """Several names in a row; a dash for none."""
    return t("、".join(one.zh for one in texts), ", ".join(one.en for one in texts)) if texts else t("—", "—")
