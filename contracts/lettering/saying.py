"""How letters, and the papers that people sign on a screen, say a fact and a department's questions. Pure."""

from collections.abc import Iterable

from contracts.lettering.plain import one_line
from contracts.nominee import Fact
from contracts.policy.model import Policy, Text
from contracts.words.families import Language
from contracts.words.naming import pick

LANGUAGES: tuple[Language, ...] = ("zh", "en")


def _t(zh: str, en: str) -> Text:
    return Text(zh=zh, en=en)


SEPARATOR = _t("；", "; ")
SUBJECT = _t("主体标识：", "subject: ")
ISSUED_BY = _t("作出机关：", "issued by: ")
DOCUMENT = _t("文号：", "document: ")
DATE = _t("日期：", "date: ")
CONTENT = _t("内容：", "content: ")


def facts(found: Iterable[Fact], policy: Policy, language: Language, *, in_full: bool) -> str:
    """What was found, a line each and numbered: by which document, never who reported it; else only the item."""
    lines = (_fact(fact, policy, language, in_full=in_full) for fact in found)
    return "\n".join(f"{number}. {line}" for number, line in enumerate(lines, start=1))


def questions(unit: str, policy: Policy, language: Language) -> str:
    """What the department is asked, a line each and numbered; KeyError for a unit that nobody consults."""
    asked = (pick(question, language) for question in policy.department(unit).questions)
    return "\n".join(f"{number}. {question}" for number, question in enumerate(asked, start=1))


def _fact(fact: Fact, policy: Policy, language: Language, *, in_full: bool) -> str:
    item = policy.item(fact.item)
    parts = [f"{item.code} {pick(item.name, language)}"]
    if in_full:
        parts += [
            f"{pick(label, language)}{value}"
            for label, value in (
                (SUBJECT, one_line(fact.subject_id)),
                (ISSUED_BY, one_line(fact.issuer)),
                (DOCUMENT, one_line(fact.document_no)),
                (DATE, fact.anchor.isoformat()),
                (CONTENT, one_line(fact.text)),
            )
        ]
    return pick(SEPARATOR, language).join(parts)
