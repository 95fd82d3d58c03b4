"""The reasons for which the API says no: code, status, title, sentence and what to do next, in both languages.

The code is the stable part: it ends the problem document's `type`. An agreement test holds the table against
contracts/refusals.py, so a rule cannot refuse with a code that people are not told about.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from contracts.policy.model import Text
from contracts.policy.source import read, value
from contracts.words.loader import words
from services.kit.errors import ServiceError
from services.officers.web.language import Language, say
from services.officers.web.titles import title_of


@dataclass(frozen=True)
class Problem:
    """One reason; `sentence` is said when the refusal brings none in the caller's language.

    `next` is a code of contracts/words/next-step.yaml: what whoever is refused does next.
    """

    status: int
    title: Text
    sentence: Text
    next: str


def _read(path: Path) -> dict[str, Problem]:
    table = value(read(path))
    problems = {}
    for code, row in table.items():
        (zh, zh_sentence), (en, en_sentence) = row["zh"], row["en"]
        title, sentence = Text(zh=zh, en=en), Text(zh=zh_sentence, en=en_sentence)
        problems[code] = Problem(row["status"], title, sentence, row["next"])
    return problems


PROBLEMS: Mapping[str, Problem] = _read(Path(__file__).with_name("problems.yaml"))

PASSING = frozenset(
    {
        *("try-again", "engine-unavailable", "not-known-yet", "unavailable"),
        *("too-many-attempts", "too-many-requests", "too-many-refusals"),
        *("sign-in-busy", "stale-authentication", "provider-away"),
    }
)
"""Nothing was decided: the same request may be sent again and its answer is not kept."""


NOBODY = Text(zh="没有这个人", en="there is no such person")
NOT_ONE = Text(
    zh="按所填的姓名和单位不能确定是哪一位；请核对姓名、选对单位，仍不能提交的，请联系选举办公室",
    en="who is meant cannot be told by this name and unit; check both, and if it does not help ask the election office",
)


class Placed(Text):
    """What is said of a field, with its title before it. `field` is the path for programs, `reason` what is said."""

    field: str
    reason: Text


def at(field: str, said: Text) -> Placed:
    """What is said of the field at this path: a refusal names it by its title, `errors` by the path."""
    where = title_of(field)
    zh, en = (said.zh, said.en) if where is None else (f"{where.zh}：{said.zh}", f"{where.en}: {said.en}")
    return Placed(zh=zh, en=en, field=field, reason=said)


class RefusedError(ServiceError):
    """A refusal by code. It knows its language only when it is answered: see `spoken`."""

    def __init__(
        self,
        code: str,
        detail: Text | str = "",
        *,
        extra: Mapping[str, Any] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        """`detail` as a plain string is English alone: in Chinese the table's own sentence is said.

        What a rule says comes by sentences.refused.
        """
        problem = PROBLEMS.get(code)
        if problem is None:
            # A code without an entry is a fault of ours, and still a refusal: never turn it into a success.
            title, sentence = Text(zh="被拒绝", en="Refused"), Text(zh="该操作被拒绝。", en="Refused.")
            problem = Problem(409, title, sentence, "help-desk")
        if extra is None and isinstance(detail, Placed):
            extra = {"errors": [{"field": detail.field, "reason": detail.reason}]}
        super().__init__(status=problem.status, code=code, extra=extra, headers=headers)
        self.title_text = problem.title
        self.next = problem.next
        self.recorded = False
        """Whether it is among the refused acts already."""
        en, zh = (detail.en, detail.zh) if isinstance(detail, Text) else (detail, "")
        self.sentence = Text(zh=zh or problem.sentence.zh, en=en or problem.sentence.en)

    def __str__(self) -> str:
        return f"{self.code}: {self.sentence.en}"

    def spoken(self, language: Language) -> ServiceError:
        """The same refusal in the language."""
        said = {"next": words("next-step")[self.next], **self.extra}
        extra = {key: _spoken(value, language) for key, value in said.items()}
        return ServiceError(
            say(self.sentence, language),
            status=self.status,
            code=self.code,
            title=say(self.title_text, language),
            extra=extra,
            headers={**self.headers, "Content-Language": language},
        )


def _spoken(value: Any, language: Language) -> Any:
    if isinstance(value, Text):
        return say(value, language)
    if isinstance(value, list):
        return [_spoken(item, language) for item in value]
    if isinstance(value, dict):
        return {key: _spoken(item, language) for key, item in value.items()}
    return value
