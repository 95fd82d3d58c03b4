"""A case in consultation with everything in it that not everybody may see, and those who look at it."""

from typing import Any

from contracts.actor import Grant
from contracts.events.case import StageEntered
from contracts.events.review import (
    HitFacts,
    HitFound,
)
from contracts.events.task import Answer, TaskCompleted
from contracts.matter import ReportContent
from contracts.nominee import Fact
from contracts.vocabulary import CaseState, Effect, Stage
from tests.events import Story
from tests.invented import nominee
from tests.officers_rig import START, Person, Rig, task_opened
from tests.reports import received

FACT = Fact(
    item="NL-D01",
    subject="person",
    subject_id=nominee().id_number,
    liable=True,
    anchor=START.date(),
    issuer="税务局",
    document_no="1号",
    fetched_on=START.date(),
    text="欠税",
)


def screener(district: str = "d01") -> Grant:
    """Who checks what is nominated."""
    return Grant(role="SCREENER", district=district)


def department(role: str, unit: str = "tax", district: str = "d01") -> Grant:
    """Who answers for a department that is asked."""
    return Grant(role=role, unit=unit, district=district)


async def ids(person: Person, path: str = "/v1/cases", **params: Any) -> list[str]:
    """What the person finds in a list."""
    answer = await person.get(path, **params)
    assert answer.status_code == 200, answer.text
    items = answer.json()["items"]
    return [item["task_id" if "tasks" in path else "case_id"] for item in items]


async def consulted(rig: Rig) -> Story:
    """A case in consultation, with a hit in ruling and a report under check."""
    story = await rig.case("c1", person="p-nominee")
    completed = TaskCompleted(
        task_id="c1.reply.1.tax.1",
        kind="reply",
        stage=Stage.CONSULTATION,
        unit="tax",
        outcome="ISSUE",
        answer_digest="a" * 64,
        private=Answer(form={"findings": ["欠税"]}, reason="见附件"),
    )
    explained = TaskCompleted(
        task_id="c1.explain.1.1",
        kind="explain",
        stage=Stage.RULING,
        unit="",
        outcome="EXPLAINED",
        answer_digest="e" * 64,
        private=Answer(form={"text": "不是我"}, reason=""),
    )
    await rig.tell(
        story,
        StageEntered(stage=Stage.CONSULTATION, state=CaseState.CONSULTING, round=1),
        task_opened("c1", "reply", "tax"),
        task_opened("c1", "reply", "police"),
        completed,
        task_opened("c1", "reply-sign", "tax", content_digest="a" * 64),
        HitFound(hit=1, effect=Effect.HARD, private=HitFacts(fact=FACT, source="tax", reported_by="p-tax")),
        task_opened("c1", "explain", about="hit.1"),
        explained,
        task_opened("c1", "confirm-fact", about="hit.1"),
        received(content=ReportContent(text="举报内容", reporter="某人", reporter_contact="000")),
        task_opened("c1", "check-report", about="report.1"),
        StageEntered(stage=Stage.NOTICE, state=CaseState.ON_NOTICE, round=1),
    )
    return story


async def told_of(rig: Rig, story: Story) -> None:
    """A hit to be explained and a report under check."""
    await rig.tell(
        story,
        HitFound(hit=1, effect=Effect.HARD, private=HitFacts(fact=FACT, source="tax", reported_by="p-tax")),
        task_opened(story.case.case_id, "explain", about="hit.1"),
        received(content=ReportContent(text="举报内容")),
        task_opened(story.case.case_id, "check-report", about="report.1"),
        StageEntered(stage=Stage.NOTICE, state=CaseState.ON_NOTICE, round=1),
    )
