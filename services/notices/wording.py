"""What letters say around the words of the wire, in the languages that people read."""

from collections.abc import Mapping
from types import MappingProxyType

from contracts.policy.model import Text
from contracts.words.families import Family


def _t(zh: str, en: str) -> Text:
    return Text(zh=zh, en=en)


FAMILIES: Mapping[str, Family] = MappingProxyType(
    {"state": "state", "grade": "grade", "opinion": "outcome", "ending": "outcome"}
)
"""Where the words stand of what a letter may say about how something came out."""

PROVISIONAL = _t("暂定", "provisional")
GROUND = _t("法律依据：", "legal ground: ")
POLICY = _t("人选审核政策 {} 版", "vetting policy, version {}")
"""The basis of every letter; a negative item adds its own."""
WRITTEN_FROM = _t("文本：人选审核政策 {} 版 {}，文本摘要 {}", "Wording: vetting policy {}, {}, digest {}")
"""On a paper: the texts from which its letter was written."""
MARKED = _t("【{}】", "[{}]")
