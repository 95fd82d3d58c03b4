"""The fields of a letter in one language, from the letter, the case and the policy. Pure."""

from datetime import datetime

from contracts.nominee import Fact
from contracts.policy.model import Policy, Text
from services.notices import wording
from services.notices.casefile import CaseFile, Contact
from services.notices.instants import beginning, day, local, moment
from services.notices.letters import Addressee, Kind, Letter
from services.notices.plain import one_line
from services.notices.wording import LANGUAGES, Language, pick

ISSUER = "ELECTION_OFFICE"
"""Role in whose name letters go out."""


def compose(
    letter: Letter, file: CaseFile, policy: Policy, number: str, issued: datetime
) -> dict[Language, dict[str, str]]:
    """Every field of the closed list, an absent one as ''. KeyError when the policy lacks something named."""
    return {language: _fields(letter, file, policy, number, issued, language) for language in LANGUAGES}


def _fields(
    letter: Letter, file: CaseFile, policy: Policy, number: str, issued: datetime, language: Language
) -> dict[str, str]:
    hours = policy.calendar.utc_offset_hours
    notice = policy.notice(letter.type)
    start, end = letter.window or (None, None)
    person = file.nominee
    return {
        "notice_number": number,
        "issued_on": day(local(issued, hours), language),
        "issuer": pick(_role(policy, ISSUER), language),
        "addressee": _addressee(letter.addressee, file, policy, language),
        "nominee_name": person.name if person else "",
        "firm": person.firm if person else "",
        "seat": pick(wording.SEATS[file.seat], language) if file.seat else "",
        "case_id": file.case_id if person else "",
        "batch_id": file.batch_id,
        "matter": letter.title or _matter(letter, file, policy, language),
        "basis": _basis(letter, file, policy, language),
        "reply_by": moment(
            letter.reply_by,
            provisional=letter.provisional and letter.window is None,
            offset_hours=hours,
            language=language,
        ),
        "window_start": beginning(start, offset_hours=hours, language=language),
        "window_end": moment(end, provisional=False, offset_hours=hours, language=language),
        "outcome": pick(wording.say(*letter.outcome), language) if letter.outcome else "",
        "facts": _says(letter, file, policy, language),
        "rights": pick(notice.rights, language) if notice.rights else "",
        "colour": pick(wording.COLOURS[letter.rung], language) if letter.rung else "",
        "task_name": pick(policy.task(letter.task).name, language) if letter.task else "",
        "unit_name": _acting(letter, policy, language),
        "demonstration_mark": pick(policy.demonstration_mark, language) if policy.demonstration_mark else "",
    }


def _addressee(who: Addressee, file: CaseFile, policy: Policy, language: Language) -> str:
    match who.kind:
        case Kind.PERSON:
            return _known(file).name
        case Kind.REPORTER:
            return file.reporters[who.report].name or pick(wording.REPORTER, language)
        case Kind.PUBLIC:
            return pick(wording.PUBLIC, language)
        case _:
            return _body(who, policy, language)


def _known(file: CaseFile) -> Contact:
    """The nominee; a letter to a person whom nobody knows is not written."""
    if file.nominee is None:
        raise KeyError("nominee")
    return file.nominee


def _body(who: Addressee, policy: Policy, language: Language) -> str:
    if who.kind is Kind.UNIT and "DISC_HEAD" in who.roles:
        return pick(wording.DISCIPLINE_GROUP, language)
    if who.kind is Kind.UNIT:
        return _unit(who.unit, policy, language)
    if who.roles == ("NOMINATOR",) and not who.unit:
        return pick(wording.NOMINATING_BODIES, language)
    role = pick(_role(policy, who.roles[0]), language)
    unit = _unit(who.unit, policy, language)
    return f"{unit} {role}" if unit else role


def _unit(unit: str, policy: Policy, language: Language) -> str:
    """A department's name; a nominating unit is known by its code only."""
    return next((pick(one.name, language) for one in policy.departments if one.code == unit), unit)


def _acting(letter: Letter, policy: Policy, language: Language) -> str:
    """Who is to act: the task's unit, else the role that acts."""
    if letter.unit or not letter.task:
        return _unit(letter.unit, policy, language)
    return pick(_role(policy, policy.task(letter.task).role), language)


def _role(policy: Policy, code: str) -> Text:
    for role in policy.roles:
        if role.code == code:
            return role.name
    raise KeyError(code)


def _matter(letter: Letter, file: CaseFile, policy: Policy, language: Language) -> str:
    about = policy.task(letter.task).name if letter.task else policy.notice(letter.type).name
    if file.nominee is None or file.seat is None:
        return pick(about, language)
    seat = pick(wording.SEATS[file.seat], language)
    if language == "zh":
        return f"{file.nominee.name}（{file.nominee.firm}）{seat}人选：{about.zh}"
    return f"{file.nominee.name} ({file.nominee.firm}), nominee to the {seat}: {about.en}"


def _basis(letter: Letter, file: CaseFile, policy: Policy, language: Language) -> str:
    items = [policy.item(file.facts[hit].item) for hit in letter.hits]
    named = [f"{item.code} {item.basis}" for item in items if item.basis]
    parts = [pick(wording.POLICY, language).format(policy.version), *dict.fromkeys(named)]
    return pick(wording.SEPARATOR, language).join(parts)


def _says(letter: Letter, file: CaseFile, policy: Policy, language: Language) -> str:
    """The lines under facts. Each is one line, so that nobody's text can look like our next one."""
    match letter.says:
        case "nothing":
            return ""
        case "remark":
            return one_line(file.remark)
        case "questions":
            asked = [pick(question, language) for question in policy.department(letter.unit).questions]
            return "\n".join(f"{number}. {question}" for number, question in enumerate(asked, start=1))
        case _:
            return "\n".join(
                f"{number}. {_fact(file.facts[hit], policy, language, in_full=letter.says == 'facts')}"
                for number, hit in enumerate(letter.hits, start=1)
            )


def _fact(fact: Fact, policy: Policy, language: Language, *, in_full: bool) -> str:
    """What was found and by which document, never who reported it."""
    item = policy.item(fact.item)
    parts = [f"{item.code} {pick(item.name, language)}"]
    if in_full:
        parts += [
            f"{pick(label, language)}{value}"
            for label, value in (
                (wording.SUBJECT, one_line(fact.subject_id)),
                (wording.ISSUED_BY, one_line(fact.issuer)),
                (wording.DOCUMENT, one_line(fact.document_no)),
                (wording.DATE, fact.anchor.isoformat()),
                (wording.CONTENT, one_line(fact.text)),
            )
        ]
    return pick(wording.SEPARATOR, language).join(parts)
