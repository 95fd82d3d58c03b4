"""The figures that the office reports, against the same numbers counted straight from the record."""

from collections import Counter
from typing import Any

import pytest

from contracts.actor import Grant
from contracts.case import CaseKind
from contracts.catalogue import build
from contracts.causes import Cause
from contracts.events.base import Event
from contracts.events.case import CaseEnded, CaseHeld, CaseResumed
from contracts.events.letters import LetterUnserved
from contracts.events.removal import MemberRestored
from contracts.events.review import Correction, HitCancelled, HitFound, HitRuled
from contracts.vocabulary import CaseState, Effect, Ruling, Stage
from services.kit.sealing import open_sealed
from services.officers.readmodel.reading.figures import rate
from tests.officers_rig import START, Rig, case_opened, task_opened
from tests.stories import FACT, hit_found

OFFICE = Grant(role="ELECTION_OFFICE")
VETOED = CaseEnded(state=CaseState.VETOED, cause=Cause.NEGATIVE_LIST)


def hit(item: str, number: int = 1) -> Event:
    return hit_found(number, FACT.model_copy(update={"item": item}))


def veto(number: int = 1) -> Event:
    return HitRuled(hit=number, effect=Effect.HARD, ruling=Ruling.VETO)


async def term(rig: Rig) -> None:
    """Two batches: seven nominees in two districts and one more elsewhere, four vetoes, two removals."""
    await rig.batch()
    await rig.batch("b0")
    for number in range(1, 8):
        await rig.case(f"c{number}", "d01" if number < 5 else "d02", serial=number)
    early = rig.story("c0", parent="b0", district="d01")
    await rig.tell(early, case_opened("p-c0", 90), hit("NL-C06"), veto(), VETOED)
    told = rig.stories
    await rig.tell(told["c1"], hit("NL-D01"), veto(), VETOED)
    await rig.tell(told["c2"], hit("NL-D01"), hit("NL-C06", 2), veto(), veto(2), VETOED)
    await rig.tell(told["c5"], hit("NL-D01"), veto(), VETOED)
    cleared = HitRuled(hit=1, effect=Effect.HARD, ruling=Ruling.CLEARED)
    await rig.tell(told["c3"], hit("NL-X01"), cleared)
    # A veto that fell: the case was ruled on again, and goes on.
    await rig.tell(told["c6"], hit("NL-D01"), veto(), cleared)
    await rig.tell(told["c4"], task_opened("c4", "reply", "tax"), task_opened("c4", "reply", "police"))
    await rig.removal("r1")
    await rig.removal("r2")
    await rig.tell(told["r2"], CaseEnded(state=CaseState.REMOVED, cause=Cause.VOTE))


def counted(rig: Rig, batch: str = "") -> dict[str, Any]:
    """The same figures from the envelopes alone: another way, over nothing that the read model made."""
    nominees: Counter[str] = Counter()
    vetoed: Counter[str] = Counter()
    vetoes: Counter[tuple[str, str]] = Counter()
    removals: Counter[str] = Counter()
    cumulative = 0
    for story in rig.stories.values():
        first, events = story.events[0], [event_of(rig, one) for one in story.events]
        ends = [event.state for event in events if isinstance(event, CaseEnded)]
        if first.kind == CaseKind.REMOVAL:
            removals[ends[-1].value if ends else CaseState.LEAD.value] += 1
        if first.kind != CaseKind.NOMINATION:
            continue
        cumulative += CaseState.VETOED in ends
        if batch not in {"", first.parent}:
            continue
        nominees[first.district] += 1
        vetoed[first.district] += CaseState.VETOED in ends
        facts = {e.hit: e.private.fact.item for e in events if isinstance(e, HitFound)}
        rulings = {e.hit: e.ruling for e in events if isinstance(e, HitRuled)}
        for number, ruling in rulings.items():
            if ruling is Ruling.VETO and CaseState.VETOED in ends:
                vetoes[facts[number], first.district] += 1
    return {
        "nominees_by_district": dict(nominees),
        "vetoed_by_district": {place: many for place, many in vetoed.items() if many},
        "vetoes": dict(vetoes),
        "removals": dict(removals),
        "cumulative_vetoed": cumulative,
    }


def event_of(rig: Rig, envelope: Any) -> Event:
    private = envelope.sealed and open_sealed(envelope.sealed, envelope.id, rig.office.record_keys)
    return build(envelope.type, envelope.version, envelope.payload, private)


@pytest.mark.parametrize("batch", ["b1", ""])
async def test_figures_are_what_the_record_says(rig: Rig, batch: str) -> None:
    await term(rig)
    person = await rig.account(OFFICE)
    said = (await person.get("/v1/figures", batch_id=batch)).json()
    shown = {**said, "vetoes": {(one["item"], one["district"]): one["vetoes"] for one in said["vetoes"]}}
    expected = counted(rig, batch)
    assert {name: shown[name] for name in expected} == expected


async def test_the_numbers_of_a_term(rig: Rig) -> None:
    await term(rig)
    person = await rig.account(OFFICE)
    said = (await person.get("/v1/figures", batch_id="b1")).json()
    assert (said["nominees"], said["vetoed"], said["cumulative_vetoed"], said["veto_rate"]) == (
        7,
        3,
        4,
        "42.9",
    )
    found = [(one["item"], one["district"], one["vetoes"]) for one in said["vetoes"]]
    assert found == [("NL-C06", "d01", 1), ("NL-D01", "d01", 2), ("NL-D01", "d02", 1)]
    assert said["vetoes"][0]["names"]["item"] == "Within the effect period of a sanction"
    late = {(one["role"], one["unit"], one["district"]): one["tasks"] for one in said["overdue"]}
    assert late[("DEPT_OFFICER", "tax", "d01")] == late[("DEPT_OFFICER", "police", "d01")] == 1
    assert all(one["oldest_days"] > 0 for one in said["overdue"])
    assert [one["cases"] for one in said["ageing"] if one["kind"] == "nomination"] == [4]


async def test_who_was_nominated_twice_counts_in_the_case_that_stands(rig: Rig) -> None:
    await rig.batch()
    for number in (1, 2):
        await rig.case(f"c{number}", serial=1)
    person = await rig.account(OFFICE)
    await rig.tell(rig.stories["c2"], CaseEnded(state=CaseState.MERGED, cause=Cause.SCREENING_DUPLICATE))
    said = (await person.get("/v1/figures")).json()
    assert (said["nominees"], said["nominees_by_district"]) == (1, {"d01": 1})


async def test_of_two_vetoes_the_one_over_another_s_fact_counts_under_no_item(rig: Rig) -> None:
    await rig.batch()
    story = await rig.case("c1")
    await rig.tell(story, hit("NL-D01"), hit("NL-C06", 2), veto(), veto(2), VETOED)
    record = Correction(reason="namesake", checked_by="p1", confirmed_by="p2")
    await rig.tell(story, HitCancelled(hit=1, effect=Effect.HARD, private=record))
    said = (await (await rig.account(OFFICE)).get("/v1/figures")).json()
    assert [(one["item"], one["vetoes"]) for one in said["vetoes"]] == [("NL-C06", 1)]
    assert said["vetoed"] == 1


async def test_a_removal_that_a_review_revoked_is_no_removal(rig: Rig) -> None:
    for number in (1, 2):
        story = await rig.removal(f"r{number}")
        await rig.tell(story, CaseEnded(state=CaseState.REMOVED, cause=Cause.VOTE))
    person = await rig.account(OFFICE)
    assert (await person.get("/v1/figures")).json()["removals"] == {"REMOVED": 2}
    await rig.tell(rig.stories["r1"], MemberRestored(cause=Cause.REVOKED, since=START.date()))
    assert (await person.get("/v1/figures")).json()["removals"] == {"REMOVED": 1, "REVOKED": 1}


async def test_what_waits_in_a_hold_or_for_its_letter_is_late_for_nobody(rig: Rig) -> None:
    await rig.batch()
    story = await rig.case("c1")
    person = await rig.account(OFFICE)

    async def late() -> list[str]:
        return [one["role"] for one in (await person.get("/v1/figures")).json()["overdue"]]

    assert await late() == ["SCREENER"]
    causes = (Cause.DEPARTMENT_SILENT,)
    held = CaseHeld(
        cause=causes[0], about="tax", since=START, until=None, back_to=Stage.SCREENING, standing=causes
    )
    await rig.tell(story, held, task_opened("c1", "resume"))
    resumes = rig.office.policy.task("resume").role
    assert await late() == [resumes], "whoever ends the hold may be late"
    back = CaseResumed(cause=causes[0], about="tax", until=START, why=Cause.RESUMED, standing=())
    await rig.tell(story, back)
    assert await late() == sorted((resumes, "SCREENER"))
    own = task_opened("c1", "declare")
    asked = LetterUnserved(letter="l1", notice="N04", led_at=START, task_id="c1.declare.1.1")
    await rig.tell(story, own, asked)
    assert await late() == sorted((resumes, "SCREENER"))


@pytest.mark.parametrize(
    ("part", "whole", "tenths"),
    [(23, 992, 23), (0, 992, 0), (1, 2000, 1), (1, 2001, 0), (3, 7, 429), (5, 5, 1000)],
)
def test_the_rate_is_rounded_half_up_in_tenths_of_a_percent(part: int, whole: int, tenths: int) -> None:
    assert rate(part, whole) == tenths


def test_without_nominees_there_is_no_rate() -> None:
    assert rate(0, 0) is None


async def test_figures_are_for_the_office_alone_and_of_its_own_districts(rig: Rig) -> None:
    await term(rig)
    for role in ("EVALUATOR", "NOMINEE", "SYS_ADMIN", "DISC_HEAD"):
        person = await rig.account(
            Grant(role=role, district="*" if role in {"NOMINEE", "SYS_ADMIN"} else "d01")
        )
        for path in ("/v1/figures", "/v1/conference/awaiting", "/v1/conference/decided"):
            assert (await person.get(path)).status_code == 403
    lead = await rig.account(Grant(role="UFWD", district="d02"))
    said = (await lead.get("/v1/figures")).json()
    assert said["nominees_by_district"] == {"d02": 3}
    assert [one["district"] for one in said["vetoes"]] == ["d02"]
    assert said["cumulative_vetoed"] == 1


async def test_no_person_stands_in_the_figures(rig: Rig) -> None:
    await term(rig)
    text = (await (await rig.account(OFFICE)).get("/v1/figures")).text
    for story in rig.stories.values():
        assert f'"{story.events[0].case_id}"' not in text
    assert FACT.document_no not in text
    assert FACT.subject_id not in text
