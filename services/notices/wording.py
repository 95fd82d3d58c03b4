"""The words of the wire in the languages that people read. A missing one fails a test, never a letter."""

from typing import Literal, TypeAlias

from contracts.causes import Cause
from contracts.policy.model import Text
from contracts.vocabulary import CaseState, Grade, Rung, Seat

Language: TypeAlias = Literal["zh", "en"]
LANGUAGES: tuple[Language, ...] = ("zh", "en")


def _t(zh: str, en: str) -> Text:
    return Text(zh=zh, en=en)


SEATS = {
    Seat.EXECUTIVE: _t("执委", "the executive committee"),
    Seat.STANDING: _t("常委", "the standing committee"),
}

STATES = {
    CaseState.INELIGIBLE: _t("不符合资格", "not eligible"),
    CaseState.VETOED: _t("一票否决", "vetoed"),
    CaseState.WITHDRAWN: _t("撤回", "withdrawn"),
    CaseState.RENOUNCED: _t("放弃", "renounced"),
    CaseState.ELECTED: _t("当选", "elected"),
    CaseState.NOT_ELECTED: _t("未当选", "not elected"),
    CaseState.REJECTED: _t("未通过", "rejected"),
    CaseState.MERGED: _t("并案", "merged with another case"),
    CaseState.LAPSED: _t("终止", "lapsed"),
    CaseState.NO_CASE: _t("不成立", "no case"),
    CaseState.RESIGNED: _t("辞去职务", "resigned"),
    CaseState.KEPT: _t("继续任职", "keeps the seat"),
    CaseState.REMOVED: _t("免去职务", "removed from the seat"),
}
"""Every end of a case, so that a policy may let a letter tell it."""

GRADES = {Grade.A: _t("A 级", "grade A"), Grade.B: _t("B 级", "grade B"), Grade.C: _t("C 级", "grade C")}

OPINIONS = {
    "NO_OBJECTION": _t("无不同意见", "no objection"),
    "REMINDER": _t("提醒后可用", "suitable after a reminder"),
    "DEFER": _t("暂缓", "defer"),
    "NEGATIVE": _t("不宜使用", "not suitable"),
}

ENDINGS = {
    "UNTRUE": _t("举报不实", "the report is untrue"),
    "MINOR": _t("情节轻微", "true, of minor weight"),
    "SERIOUS": _t("情节严重", "true and serious"),
    "UNPROVEN": _t("暂无法查实", "not proven so far"),
}

COLOURS = {
    Rung.BLUE: _t("提醒单（蓝）", "Reminder (blue)"),
    Rung.YELLOW: _t("催办单（黄）", "Urging (yellow)"),
    Rung.RED: _t("督办单（红）", "Supervision (red)"),
}
"""The rungs of the ladder that are letters."""

CAUSES = {
    Cause.DETAINED: _t("被采取强制措施", "a coercive measure"),
    Cause.UNDER_INVESTIGATION: _t("接受审查调查", "an investigation"),
    Cause.CHAIR_DECISION: _t("主席会议决定", "a decision of the chairpersons' meeting"),
}
"""Causes that a letter tells: why duties are suspended."""

PROVISIONAL = _t("暂定", "provisional")
SEPARATOR = _t("；", "; ")
SUBJECT = _t("主体标识：", "subject: ")
ISSUED_BY = _t("作出机关：", "issued by: ")
DOCUMENT = _t("文号：", "document: ")
DATE = _t("日期：", "date: ")
CONTENT = _t("内容：", "content: ")
POLICY = _t("人选审核政策 {} 版", "vetting policy, version {}")
"""The basis of every letter; a negative item adds its own."""


def say(kind: str, code: str) -> Text:
    """A code of the wire in words. KeyError for a code without words."""
    match kind:
        case "state":
            return STATES[CaseState(code)]
        case "grade":
            return GRADES[Grade(code)]
        case "opinion":
            return OPINIONS[code]
        case "ending":
            return ENDINGS[code]
        case _:
            raise KeyError(kind)


def pick(text: Text, language: Language) -> str:
    """The text in one language."""
    return text.zh if language == "zh" else text.en
