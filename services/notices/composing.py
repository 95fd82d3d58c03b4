"""The fields of a letter in one language, from the letter, the case and the policy. Pure."""

from datetime import datetime, time

from contracts.lettering import saying
from contracts.lettering.plain import one_line
from contracts.lettering.saying import LANGUAGES
from contracts.policy.letter_rules import MATTER
from contracts.policy.model import EVERY, NoticeType, Policy, Who
from contracts.vocabulary import Stage
from contracts.words.families import Language
from contracts.words.naming import known, named, pick
from services.notices import wording
from services.notices.casefile import CaseFile, Contact
from services.notices.instants import beginning, day, local, moment
from services.notices.letters import Addressee, Kind, Letter
from services.notices.renderer import fill_plain


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
    return {
        "notice_number": number,
        "issued_on": day(local(issued, hours), language),
        "issuer": pick(policy.role(policy.letter_frame.issuer).name, language),
        "addressee": _addressee(letter.addressee, file, policy, language),
        **_person(file, language),
        "case_id": file.case_id,
        "batch_id": file.parent,
        "matter": _matter(letter, file, policy, language),
        "basis": _basis(letter, file, policy, language),
        "reply_by": moment(
            letter.reply_by,
            provisional=letter.provisional and letter.window is None,
            offset_hours=hours,
            language=language,
        ),
        "window_start": beginning(start, offset_hours=hours, language=language),
        "window_end": moment(end, provisional=False, offset_hours=hours, language=language),
        "outcome": _said(letter, language),
        "since": day(datetime.combine(letter.since, time()), language) if letter.since else "",
        "facts": _says(letter, file, policy, language),
        "rights": _rights(letter, notice, language),
        "colour": pick(named(letter.rung, "rung"), language) if letter.rung else "",
        "task_name": pick(policy.task(letter.task).name, language) if letter.task else "",
        "unit_name": _acting(letter, policy, language),
        "demonstration_mark": pick(policy.demonstration_mark, language) if policy.demonstration_mark else "",
    }


def _rights(letter: Letter, notice: NoticeType, language: Language) -> str:
    """The rights that the letter grants; those that need a term are not promised without one."""
    without_term = letter.reply_by is None and not letter.provisional
    if notice.rights is None or (notice.rights_need_term and without_term):
        return ""
    return pick(notice.rights, language)


def _said(letter: Letter, language: Language) -> str:
    """How something came out, in words; UnknownWordError for a code without words."""
    if letter.outcome is None:
        return ""
    of, code = letter.outcome
    return pick(named(code, wording.FAMILIES[of]), language)


def _person(file: CaseFile, language: Language) -> dict[str, str]:
    return {
        "person_name": file.person.name if file.person else "",
        "firm": file.person.firm if file.person else "",
        "seat": pick(named(file.seat, "seat"), language) if file.seat else "",
    }


def _addressee(who: Addressee, file: CaseFile, policy: Policy, language: Language) -> str:
    addressee = policy.addressee(who.code)
    match who.kind:
        case Kind.PERSON:
            return _known(file).name
        case Kind.REPORTER:
            return file.reporters[who.report].name or pick(addressee.name, language)
        case Kind.OUTSIDE if who.owner:
            return _seat_owner(who, policy, language)
        case Kind.UNIT if who.unit:
            return _unit(who.unit, policy, language)
        case Kind.ROLE if addressee.who is not Who.EACH_DISTRICT:
            role = pick(policy.role(who.roles[0]).name, language)
            unit = _unit(who.unit, policy, language)
            return f"{unit} {role}" if unit else role
        case _:
            return pick(addressee.name, language)


def _seat_owner(who: Addressee, policy: Policy, language: Language) -> str:
    """The owner of another seat, with the district where it is one of ours."""
    place = known(who.district, "district", policy) if who.owner == "federation" else None
    parts = [pick(text, language) for text in (place, named(who.owner, "seat-owner")) if text is not None]
    return ("" if language == "zh" else " ").join(parts)


def _known(file: CaseFile) -> Contact:
    """The person whom the case is about; a letter to somebody whom nobody knows is not written."""
    if file.person is None:
        raise KeyError("person")
    return file.person


def _unit(unit: str, policy: Policy, language: Language) -> str:
    """A unit's name; a unit that the policy does not name is known by its code only."""
    name = known(unit, "unit", policy)
    return unit if name is None else pick(name, language)


def _acting(letter: Letter, policy: Policy, language: Language) -> str:
    """Who is to act: the task's unit, else the role that acts."""
    if letter.unit or not letter.task:
        return _unit(letter.unit, policy, language)
    return pick(policy.role(policy.task(letter.task).role).name, language)


def _matter(letter: Letter, file: CaseFile, policy: Policy, language: Language) -> str:
    name = policy.task(letter.task).name if letter.task else policy.notice(letter.type).name
    matter = policy.procedures[file.kind].matter or policy.procedures[EVERY].matter
    if matter is None:
        raise KeyError("matter")
    fields = {"about": letter.title or pick(name, language), **_person(file, language)}
    return fill_plain(matter, {name: fields[name] for name in MATTER}, language)


def _basis(letter: Letter, file: CaseFile, policy: Policy, language: Language) -> str:
    items = [policy.item(file.facts[hit].item) for hit in letter.hits]
    bases = [f"{item.code} {item.basis}" for item in items if item.basis]
    parts = [pick(wording.POLICY, language).format(policy.version), *dict.fromkeys(bases)]
    return pick(saying.SEPARATOR, language).join(parts)


def _says(letter: Letter, file: CaseFile, policy: Policy, language: Language) -> str:
    """The lines under facts. Each is one line, so that nobody's text can look like our next one."""
    match letter.says:
        case "nothing":
            return ""
        case "remark":
            return one_line(file.remark)
        case "lead":
            return one_line(file.lead)
        case "finding":
            return one_line(file.findings[letter.about])
        case "stage":
            return pick(named(_stage(file), "stage", policy), language)
        case "answer":
            return _answer(file, language)
        case "cause":
            return pick(named(letter.cause, "cause"), language)
        case "questions":
            return saying.questions(letter.unit, policy, language)
        case "facts" | "items":
            found = (file.facts[hit] for hit in letter.hits)
            return saying.facts(found, policy, language, in_full=letter.says == "facts")


def _answer(file: CaseFile, language: Language) -> str:
    """What somebody is told who asked about their own data; a letter before there is an answer is not written."""
    if file.answer is None:
        raise KeyError("answer")
    ground = f"{pick(wording.GROUND, language)}{one_line(file.answer.ground)}"
    return f"{one_line(file.answer.answer)}\n{ground}"


def _stage(file: CaseFile) -> Stage:
    """Where the case stood; a case that never stood anywhere is not written about."""
    if file.stage is None:
        raise KeyError("stage")
    return file.stage
