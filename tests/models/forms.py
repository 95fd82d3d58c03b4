"""What somebody writes into a task's form so that its answer can be taken, by the form that the policy asks for."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeAlias

from contracts.policy.model import Policy
from contracts.vocabulary import Effect, Subject
from tests.asking import NOMINEE
from tests.commission import APPLICATION, CONSENTED
from tests.data_requests import ANSWER, CARRIED_OUT
from tests.office import finding
from workflows.procedure.case import Case, Task
from workflows.rules.calendar import local_day
from workflows.rules.grading import dimension_nine

Form: TypeAlias = dict[str, object]

NAMED = "p-named"
"""Who acts in the place of somebody who stepped back."""
FOR: dict[str, int] = {
    **dict.fromkeys(("ELECTED", "REMOVED", "RATIFIED"), 100),
    **dict.fromkeys(("NOT_ELECTED", "KEPT", "NOT_RATIFIED"), 10),
    "NOT_HELD": 0,
}
"""Votes for, by what the count says."""


@dataclass(frozen=True)
class Asked:
    """A task that is answered: in this case, with this outcome, at this instant."""

    case: Case
    task: Task
    outcome: str
    policy: Policy
    now: datetime

    @property
    def today(self) -> str:
        """The day, as a form says it."""
        return local_day(self.now, self.policy.calendar).isoformat()


def forms(asked: Asked) -> list[Form]:
    """Every way to fill in the form of the answer that leads to something of its own; at least one."""
    kind = asked.policy.task(asked.task.kind)
    return WRITTEN[kind.forms.get(asked.outcome, kind.form)](asked)


def _found(asked: Asked) -> list[Form]:
    """A fact of each effect: one that vetoes, one that the panel judges, one that puts the case off."""
    listed = asked.policy.negative_list
    firsts = [
        next(i.code for i in listed if i.on and i.effect is effect and Subject.PERSON in i.subject)
        for effect in Effect
    ]
    return [finding(item, subject="person") for item in firsts]


def _minutes(asked: Asked) -> list[Form]:
    return [{"meeting_on": asked.today, "minutes_digest": "a" * 64}]


def _service(asked: Asked) -> list[Form]:
    return [{"served_at": asked.now.isoformat(), "how": "in-person", "document_digest": "a" * 64}]


def _committee(asked: Asked) -> list[Form]:
    return [{**_minutes(asked)[0], "whole_list": True, "recusals": []}]


def _scores(asked: Asked) -> list[Form]:
    """A good evaluation, and one at the bottom."""
    dimensions = [d for d in asked.policy.grading.dimensions if not d.from_index]
    good = {d.code: d.max * 8 // 10 for d in dimensions}
    low = dict.fromkeys(good, 0)
    assert dimension_nine(800, asked.policy.grading) > 0
    return [{"scores": good, "integrity_index": 800}, {"scores": low, "integrity_index": 300}]


def _scored_again(asked: Asked) -> list[Form]:
    rows = ({"D2": 150, "D3": 150, "D6": 100}, {"D2": 0, "D3": 0, "D6": 0})
    return [{"scores": scores, "integrity_index": 800} for scores in rows]


def _readings(asked: Asked) -> list[Form]:
    at = asked.task.opened.isoformat()
    rows = [
        {"item": i.code, "source": i.sources[0], "read_at": at, "result": "CLEAR"}
        for i in asked.policy.states
    ]
    return [{"readings": rows}]


def _count(asked: Asked) -> list[Form]:
    """As it is called, and at the borders: of 131 members 88 are a quorum, and 66 a majority."""
    present = 10 if asked.outcome == "NOT_HELD" else 100
    counts = ((present, FOR[asked.outcome]), (88, 66), (88, 65), (87, 66))
    return [{"members": 131, "present": there, "votes_for": votes} for there, votes in counts]


def _election(asked: Asked) -> list[Form]:
    election = getattr(asked.case, "election_at", None) or asked.now
    return [{**count, "secret": True, "held_at": election.isoformat()} for count in _count(asked)]


def _plenary(asked: Asked) -> list[Form]:
    meeting = {"body": "executive-committee", "held_on": asked.today, "secret": True}
    return [{**_count(asked)[0], **meeting, "minutes_digest": "a" * 64}]


def _seen(asked: Asked) -> list[Form]:
    shown: Any = getattr(asked.case, "shown", None)
    return [{"document_digest": shown.paper.document_digest if shown else "d" * 64}]


def _indexes(asked: Asked) -> list[Form]:
    """Of an award's leading persons: a good index, and one below the bar."""
    leaders: Any = getattr(asked.case, "leaders", ())
    return [
        {"indexes": [{"person_id": who, "index": index, "source": "issuer"} for who in leaders]}
        for index in (800, 300)
    ]


WRITTEN: dict[str, Callable[[Asked], list[Form]]] = {
    "plain": lambda asked: [{}],
    "extension": lambda asked: [{"awaiting": "an answer"}],
    "explanation": lambda asked: [{"text": "not so"}],
    "findings": _found,
    "paper": lambda asked: [{"issuer": "issuer", "document_no": "no. 1", "read_on": asked.today}],
    "minutes": _minutes,
    "committee-minutes": _committee,
    "recusal": lambda asked: [{"signer": NAMED}],
    "naming": lambda asked: [{"signer": NAMED}],
    "repair": lambda asked: [{"position": "总经理"}],
    "readings": _readings,
    "report-finding": lambda asked: [{"facts": "as found"}],
    "service": _service,
    "paper-seen": _seen,
    "election-count": _election,
    "count": _count,
    "scores": _scores,
    "re-scores": _scored_again,
    "inspection": lambda asked: [{"talk_held_on": asked.today, "text": "met in person"}],
    "duplicate": lambda asked: [{"of": "r0"}],
    "hearing_record": lambda asked: [{"held_on": asked.today, "record_digest": "e" * 64}],
    "resignation": lambda asked: [dict(CONSENTED)],
    "urgent_meeting": lambda asked: [
        {"body": "chairpersons", "held_on": asked.today, "minutes_digest": "a" * 64}
    ],
    "plenary_count": _plenary,
    "review_application": lambda asked: [dict(APPLICATION)],
    "leader-indexes": _indexes,
    "co-option": lambda asked: [{"nomination": "c9"}],
    "identified": lambda asked: [{"subject_id": NOMINEE.id_number, "confirmed_by": "法函1号"}],
    "not-meant": lambda asked: [{"days": 30}],
    "data-answer": lambda asked: [dict(ANSWER)],
    "carried-out": lambda asked: [dict(CARRIED_OUT)],
}
"""By code of a form: a form that no line here names fails where it is asked for."""
