"""How a simulated officer answers a task, given the story of its case. Pure; every text is invented."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from contracts.minutes import HERE
from contracts.policy.loader import released
from services.ctl.demo import papers
from services.ctl.demo.roster import Nomination
from services.ctl.demo.story import UNIT, Story


@dataclass(frozen=True)
class Act:
    """An answer to a task: what goes into the body beside the digest that was seen."""

    outcome: str
    form: dict[str, object]
    reason: str = ""


WITHDRAWAL = "因个人原因撤回（演示）"
REPORT = {
    "text": "反映其企业拖欠货款（演示，虚构）",
    "reporter": "演示·来信人",
    "reporter_contact": "letters@demo.invalid",
}
"""The invented report that turns out to be untrue."""
LEAD = "一年内三次无故缺席执委会议（演示，虚构）"
"""What is held against the member."""
OTHER_SEATS = ("federation", "cppcc")
"""Who decides about what else the first member holds: another federation of ours, and a body that is none."""
SUSPENDED = {"cause": "chair-decision", "minutes_digest": papers.DIGEST}
"""What the chair meeting decides about the member's duties meanwhile."""
EXTENSION = Act("EXTENDED", {"awaiting": "上级机关的书面答复（演示）"}, "须向上级核实一项记录（演示）")
"""What the department of Story.EXTENSION asks before it answers."""

_FINDINGS = {
    Story.HARD_VETO: ("NL-D01", "截至查询日欠缴税款（演示，虚构）"),
    Story.PANEL_VETO: ("NL-C07", "因赌博受行政处罚（演示，虚构）"),
    Story.WRONG_HIT: ("NL-E01", "列入失信被执行人名单（演示，虚构）"),
    Story.MINOR: ("NL-E05", "因未按期公示年报列入经营异常名录（演示，虚构）"),
}
_RULINGS = {
    Story.HARD_VETO: "VETO",
    Story.PANEL_VETO: "VETO",
    Story.WRONG_HIT: "CLEARED",
    Story.MINOR: "MINOR",
}
_EXPLANATIONS = {
    Story.HARD_VETO: "确有欠缴，正在筹款（演示）",
    Story.PANEL_VETO: "承认处罚属实（演示）",
    Story.WRONG_HIT: "系同名他人，身份证号不符，附法院证明（演示）",
    Story.MINOR: "年报已补公示，正在申请移出（演示）",
}
_VERSION = "2026.1-demo"
_READING = {"reread-decision": "CLEAR", "reread-notice": "CLEAR", "recheck": "CONFIRMED"}
"""What somebody who reads the states again says when all are clear."""
_SCORES = {"D1": 140, "D2": 140, "D3": 135, "D4": 85, "D5": 90, "D6": 90, "D7": 40, "D8": 40}
_COUNT = {"members": 131, "present": 120, "votes_for": 101}
"""Of 131 members 88 are a quorum and 66 a majority."""
_URGENT = {Story.NOT_RATIFIED: "URGENT"}
_KEEPING = {Story.LINKED: 12}
"""Votes for the removal that are not enough."""


def answer(story: Story, kind: str, unit: str, round_number: int, row: Nomination, now: datetime) -> Act:
    """The act of whoever is in charge. KeyError for a kind of task that nobody plays here."""
    today = now.astimezone(HERE).date()
    if kind == "screen" and story is Story.REPAIR and round_number == 1:
        return Act("RETURN", {}, "联系电话有误，请补正（演示）")
    if kind == "reply" and story in _FINDINGS and UNIT[story] == unit:
        return Act("ISSUE", {"findings": [_finding(story, row, today)]})
    if kind == "explain":
        return Act("EXPLAINED", {"text": _EXPLANATIONS[story]})
    if kind in {"confirm-fact", "panel-chair", "panel-vote"}:
        return Act(_RULINGS[story], {}, "根据核实的事实和本人说明（演示）")
    if kind == "close-notice" and story is Story.REPORT:
        return Act("REPORTED", {})
    if kind in _READING:
        return Act(_READING[kind], {"readings": _readings(now)})
    if kind == "count":
        return Act("ELECTED", {**_COUNT, "secret": True, "held_at": now.isoformat()})
    if kind == "plan":
        return Act(_URGENT.get(story, "APPROVED"), _minutes(today), "案情紧急，先由主席会议决定（演示）")
    if kind == "vote":
        kept = _KEEPING.get(story)
        return (
            Act("REMOVED", _count(today))
            if kept is None
            else Act("KEPT", _count(today, kept), "本级另有考虑（演示）")
        )
    if kind == "apply-review" and story is Story.REVIEWED:
        return Act("APPLIED", {"grounds": "所据事实系他人所为（演示，虚构）", "documents": [papers.DIGEST]})
    return _USUAL[kind](today)


def _finding(story: Story, row: Nomination, today: date) -> dict[str, object]:
    item, text = _FINDINGS[story]
    about_firm = story is Story.MINOR
    return {
        "item": item,
        "subject": "enterprise" if about_firm else "person",
        "subject_id": row.credit_code if about_firm else row.person.id_number,
        "liable": True,
        "anchor": today.replace(day=1).isoformat(),
        "issuer": "演示机关",
        "document_no": "演字〔2026〕1号",
        "fetched_on": today.isoformat(),
        "text": text,
    }


def _minutes(today: date) -> dict[str, object]:
    return {"meeting_on": today.isoformat(), "minutes_digest": papers.DIGEST}


def _count(today: date, votes_for: int = 101) -> dict[str, object]:
    """The count of a plenary of the executive committee."""
    meeting = {"body": "executive-committee", "held_on": today.isoformat(), "secret": True}
    return {**_COUNT, "votes_for": votes_for, **meeting, "minutes_digest": papers.DIGEST}


def _readings(now: datetime) -> list[dict[str, object]]:
    """Every state of the list, read at its first source just now, and clear."""
    read_at = now.isoformat()
    return [
        {"item": item.code, "source": item.sources[0], "read_at": read_at, "result": "CLEAR"}
        for item in released(_VERSION).states
    ]


def _always(outcome: str, reason: str = "", **form: object) -> Callable[[date], Act]:
    return lambda today: Act(outcome, dict(form), reason)


_USUAL: dict[str, Callable[[date], Act]] = {
    "screen": _always("PASS"),
    "repair": _always("REPAIRED", phone="000-1234"),
    "declare": _always("SIGNED"),
    "reply": _always("NO_ISSUE"),
    "score": _always("SCORED", integrity_index=820, scores=_SCORES),
    "inspect": lambda today: Act(
        "SUITABLE", {"talk_held_on": today.isoformat(), "text": "面谈情况良好，材料属实（演示）"}
    ),
    "opinion-draft": _always("NO_OBJECTION"),
    "opinion-head": _always("NO_OBJECTION"),
    "opinion-leader": _always("NO_OBJECTION"),
    "propose-department": lambda today: Act("PROPOSE", _minutes(today)),
    "propose-party-group": lambda today: Act("PROPOSE", _minutes(today)),
    "decide": lambda today: Act("APPROVED", {**_minutes(today), "whole_list": True, "recusals": []}),
    "post-notice": _always("POSTED"),
    "close-notice": _always("NO_REPORT"),
    "check-report": _always("UNTRUE", "逐项核查，均不属实（演示）"),
    "serve": _always("SERVED"),
    "file": _always("FILED"),
    "lead": _always("OPENED"),
    "first-look": _always("CASE", "线索具体，应当立案（演示）"),
    "statement": _always("STATED", text="认可所述情况，愿意说明（演示）"),
    "verify": _always("PROVEN", "调取的材料相互印证（演示）"),
    **{
        kind: _always("NO_OBJECTION")
        for kind in ("removal-opinion", "removal-opinion-head", "removal-opinion-leader")
    },
    "plan-department": lambda today: Act("PROPOSE", _minutes(today)),
    "plan-party-group": lambda today: Act("PROPOSE", _minutes(today)),
    "urgent-decision": lambda today: Act(
        "DECIDED", {"body": "chairpersons", "held_on": today.isoformat(), "minutes_digest": papers.DIGEST}
    ),
    "ratify": lambda today: Act("NOT_RATIFIED", _count(today, 40)),
    "appeal": _always("WAIVED"),
    "apply-review": _always("WAIVED"),
    "review-vote": _always("REVOKED", "原认定事实与本人无关（演示）"),
    "clear-name": _always("RESTORED"),
    "note-vacancy": _always("VACANCY_OPEN"),
    **{
        kind: _always("CONFIRM")
        for kind in ("screen-sign", "reply-sign", "confirm-fact-sign", "score-sign", "first-look-sign")
    },
}
