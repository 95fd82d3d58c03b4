"""What letters say around the words of the wire, in the languages that people read."""

from collections.abc import Mapping
from types import MappingProxyType

from contracts.policy.model import Text
from contracts.words.families import Family, Language

LANGUAGES: tuple[Language, ...] = ("zh", "en")


def _t(zh: str, en: str) -> Text:
    return Text(zh=zh, en=en)


FAMILIES: Mapping[str, Family] = MappingProxyType(
    {"state": "state", "grade": "grade", "opinion": "outcome", "ending": "outcome"}
)
"""Where the words stand of what a letter may say about how something came out."""

PROVISIONAL = _t("暂定", "provisional")
SEPARATOR = _t("；", "; ")
SUBJECT = _t("主体标识：", "subject: ")
ISSUED_BY = _t("作出机关：", "issued by: ")
DOCUMENT = _t("文号：", "document: ")
DATE = _t("日期：", "date: ")
GROUND = _t("法律依据：", "legal ground: ")
CONTENT = _t("内容：", "content: ")
POLICY = _t("人选审核政策 {} 版", "vetting policy, version {}")
"""The basis of every letter; a negative item adds its own."""


def pick(text: Text, language: Language) -> str:
    """The text in one language."""
    return text.zh if language == "zh" else text.en
