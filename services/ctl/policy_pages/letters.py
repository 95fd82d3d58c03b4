"""Letters as they will read: each written by the notices' own code about an invented person. Pure."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import NamedTuple

from contracts.case import about
from contracts.causes import Cause
from contracts.events.data_request import DataAnswer
from contracts.nominee import Fact
from contracts.policy.model import Addressee as Named
from contracts.policy.model import NoticeType, Policy, Text, Trigger, Who
from contracts.vocabulary import Grade, Seat, Subject
from contracts.words.families import Family
from services.ctl.policy_pages.timeline import example_day
from services.kit.policy_words import joined, say, t
from services.notices.casefile import CaseFile, Contact, Reporter
from services.notices.composing import compose
from services.notices.letters import Addressee, Kind, Letter, Said
from services.notices.renderer import write
from services.worker.explaining import plan

KINDS = {
    Who.PERSON: Kind.PERSON,
    Who.NOMINATING_UNIT: Kind.UNIT,
    Who.UNIT_ASKED: Kind.UNIT,
    Who.UNITS_CANCELLED: Kind.UNIT,
    Who.GROUP: Kind.UNIT,
    Who.EACH_DISTRICT: Kind.ROLE,
    Who.ROLE: Kind.ROLE,
    Who.TASK_OWNER: Kind.ROLE,
    Who.TASK_HEAD: Kind.ROLE,
    Who.OF_LADDER: Kind.ROLE,
    Who.PUBLIC: Kind.PUBLIC,
    Who.REPORTER: Kind.REPORTER,
    Who.OUTSIDE: Kind.OUTSIDE,
    Who.SEAT_OWNERS: Kind.OUTSIDE,
    Who.EARLIER: Kind.OUTSIDE,
}

ASKED: Mapping[str, Family] = {
    "state": "state",
    "outcome": "outcome",
    "rung": "rung",
    "cause": "cause",
    "ending": "outcome",
}
"""What a trigger may ask of its event beside the task, and the family of its words."""
REPORT = about("report", 1)
"""What the example of a letter about a report is about."""


class Shown(NamedTuple):
    """A letter and its occasion, with its text to the first of its addressees."""

    code: str
    name: Text
    when: Text
    to: Text
    rights: bool
    body: Text


def shown(kind: str, notice: NoticeType, policy: Policy) -> tuple[Shown, ...]:
    """The letter once for each of its occasions. Raises as the notices do when it could not be written."""
    return tuple(_shown(kind, notice, trigger, policy) for trigger in notice.on)


def _shown(kind: str, notice: NoticeType, trigger: Trigger, policy: Policy) -> Shown:
    names = trigger.to or notice.to
    letter = _letter(notice, trigger, policy.addressee(names[0]), policy)
    number = f"{notice.code}-000001"
    at = plan(example_day(policy.calendar), policy.limits["nomination"], None, policy.calendar).begins
    written = write(notice, policy.letter_frame, compose(letter, _file(kind, policy), policy, number, at))
    return Shown(
        code=notice.code,
        name=notice.name,
        when=occasion(trigger, policy),
        to=joined([policy.addressee(name).name for name in names]),
        rights=notice.rights is not None,
        body=t(written.body["zh"], written.body["en"]),
    )


def occasion(trigger: Trigger, policy: Policy) -> Text:
    """What a letter waits for, in words."""
    parts = [say(trigger.event, "event", policy)]
    parts += [policy.task(code).name for code in trigger.task]
    for word, family in ASKED.items():
        parts += [say(code, family, policy) for code in getattr(trigger, word)]
    return t(
        "：".join((parts[0].zh, "、".join(p.zh for p in parts[1:]))) if parts[1:] else parts[0].zh,
        ": ".join((parts[0].en, ", ".join(p.en for p in parts[1:]))) if parts[1:] else parts[0].en,
    )


def _letter(notice: NoticeType, trigger: Trigger, named: Named, policy: Policy) -> Letter:
    says = trigger.says or notice.says_to(named.code)
    task = policy.task(trigger.task[0]) if trigger.task else None
    limit = policy.limits[task.limit] if task and task.limit else None
    day = example_day(policy.calendar)
    due = plan(day, limit, None, policy.calendar).due if limit else None
    return Letter(
        type=notice.code,
        addressee=_addressee(named, policy),
        round="1",
        reply_by=due,
        task=task.code if task else policy.tasks[0].code if trigger.rung else "",
        unit=policy.departments[0].code if named.who is Who.UNIT_ASKED else "",
        outcome=_outcome(trigger),
        says=says,
        cause=(*trigger.cause, Cause.CHAIR_DECISION)[0] if says == "cause" else "",
        since=day,
        hits=(1,) if says in {"facts", "items"} else (),
        about=REPORT if says == "finding" else "",
        rung=trigger.rung[0] if trigger.rung else None,
        window=_window(day, policy) if named.who is Who.PUBLIC else None,
    )


def _addressee(named: Named, policy: Policy) -> Addressee:
    units = {
        Who.NOMINATING_UNIT: policy.nominating_units[0].code,
        Who.UNIT_ASKED: policy.departments[0].code,
        Who.UNITS_CANCELLED: policy.departments[0].code,
    }
    return Addressee(
        code=named.code,
        kind=KINDS[named.who],
        person_id="example",
        roles=named.roles or (policy.tasks[0].role,),
        unit=units.get(named.who, ""),
        report=1,
    )


def _outcome(trigger: Trigger) -> Said | None:
    """The word that the event would bring."""
    match trigger:
        case Trigger(state=(state, *_)):
            return ("state", state.value)
        case Trigger(outcome=(outcome, *_)):
            return ("ending", outcome)
        case Trigger(event="case-graded"):
            return ("grade", Grade.A.value)
        case Trigger(event="opinion-given"):
            return ("opinion", "NO_OBJECTION")
        case Trigger(event="report-answered"):
            return ("ending", "UNTRUE")
        case _:
            return None


def _window(day: date, policy: Policy) -> tuple[datetime, datetime] | None:
    run = plan(day, policy.limits["notice"], None, policy.calendar)
    return None if run.due is None else (run.begins + timedelta(days=1), run.due)


def _file(kind: str, policy: Policy) -> CaseFile:
    item = next(one for one in policy.negative_list if one.on)
    day = example_day(policy.calendar)
    fact = Fact(
        item=item.code,
        subject=Subject.PERSON,
        subject_id="91150400MA0EXAMPLE",
        liable=True,
        anchor=day,
        issuer="某机关",
        document_no="某〔2026〕1号",
        fetched_on=day,
        text="（事实）",
    )
    return CaseFile(
        kind=kind,
        case_id="case-1",
        parent="batch-1",
        district=policy.districts[0].code,
        policy=policy.version,
        person_id="example",
        nominating_unit=policy.nominating_units[0].code,
        seat=Seat.EXECUTIVE,
        person=Contact(name="张某某", firm="某有限公司"),
        facts={1: fact},
        reporters={1: Reporter(ident="nobody", name="", contact="")},
        remark="（理由）",
        lead="（事实和理由）",
        answer=DataAnswer(answer="（答复）", ground="（依据）"),
        stage=policy.procedure(kind).stages[-1].code,
        findings={REPORT: "（核查认定的事实）"},
    )
