"""The released version says what the procedure says (domain section 8)."""

import re

import pytest
from jsonschema import Draft202012Validator, FormatChecker

from contracts.nominee import Fact, Nominee
from contracts.policy.form_rules import KEYWORDS
from contracts.policy.loader import released
from contracts.policy.model import Limit, Policy
from contracts.vocabulary import Effect

H, J, P = Effect.HARD, Effect.JUDGEMENT, Effect.PAUSE
STATE, LIFE = "state", "life"
ITEMS = {
    "NL-A01": (H, STATE), "NL-A02": (H, STATE), "NL-A03": (H, STATE), "NL-A04": (H, 5), "NL-A05": (H, 5),
    "NL-A06": (J, 5), "NL-B01": (H, STATE), "NL-B02": (J, STATE), "NL-B03": (J, STATE), "NL-B04": (H, LIFE),
    "NL-B05": (H, 10), "NL-B06": (J, 5), "NL-C01": (H, LIFE), "NL-C02": (J, 5), "NL-C03": (P, STATE),
    "NL-C04": (H, 5), "NL-C05": (H, LIFE), "NL-C06": (H, STATE), "NL-C07": (J, 5), "NL-C07-DRUGS": (H, 5),
    "NL-C08": (H, 5), "NL-D01": (H, STATE), "NL-D02": (H, STATE), "NL-D03": (J, 3), "NL-E01": (H, STATE),
    "NL-E02": (H, STATE), "NL-E03": (H, 3), "NL-E04": (H, STATE), "NL-E05": (J, STATE), "NL-E06": (J, 3),
    "NL-E07": (J, STATE), "NL-F01": (H, STATE), "NL-F02": (J, 3), "NL-G01": (H, STATE),
    "NL-G01-DELISTED": (J, 5), "NL-G02": (J, 1), "NL-G03": (H, LIFE), "NL-G04": (H, 5), "NL-G05": (J, 1),
    "NL-G06": (J, STATE), "NL-H01": (J, 3), "NL-H02": (J, 5), "NL-X01": (H, LIFE),
}  # fmt: skip
LIMITS = {
    "nomination": "15 WD", "late_roster": "2 WD", "policy_approval": "5 WD",
    "access_approval": "5 WD",
    "emergency_review": "5 WD",
    "screening": "5 WD", "repair": "3 WD", "declaration": "5 WD",
    "consultation": "10 WD + 1 x 5", "conference": "5 WD", "conference_extension": "5 WD",
    "asked_above": "10 WD",
    "explanation": "5 WD", "hard_ruling": "2 WD", "panel_ruling": "5 WD", "grading": "5 WD",
    "inspection": "10 WD", "integrity": "5 WD + 1 x 5", "proposal": "5 WD", "decision": "10 WD",
    "posting": "1 WD", "notice": "5 WD", "closing": "1 WD", "report_check": "10 WD + 1 x 10",
    "recheck": "3 WD", "paper": "3 WD", "report_signing": "5 WD",
    "serving": "3 WD", "service_by_hand": "3 WD", "recusal": "1 WD", "filing": "20 WD", "hold": "3 month",
    "lead": "1 WD", "first_look": "5 WD", "statement": "5 WD", "verification": "20 WD + 1 x 10",
    "persuasion": "5 WD", "plan": "10 WD", "enquiry": "5 WD",
    "match_check": "2 WD", "presumed_service": "3 WD", "appeal": "5 WD", "appeal_answer": "10 WD",
    "award_check": "10 WD", "award_loss": "3 WD", "recognition": "10 WD",
    "data_request": "15 WD", "data_correction": "10 WD",
    "suspension": "2 WD", "urgent": "5 WD", "restoration": "5 WD",
    "review_application": "1 month", "review_first": "1 month", "review_second": "2 month",
}  # fmt: skip
SISTERS = ["N08-1", "N08-2", "N17-1", "N19-1", "N19-2", "N19-3", "N19-4", "N22-1", "N22-2"]
"""Letters that say the other side of the one whose number they carry."""
LETTERS = sorted([*(f"N{n:02}" for n in range(1, 33)), *SISTERS])
"""N26 asks about a sitting member, N27 hands a conflict of interest to the discipline group; N28 and N29 tell of a
reading in an emergency, N30 to N32 answer whoever asks about their own data."""
WITH_RIGHTS = {"N31", "N32"} | {
    "N03",
    "N07",
    "N08",
    "N08-2",
    "N14",
    "N17",
    "N18",
    "N19",
    "N19-4",
    "N21",
    "N23",
    "N24",
    "N29",
}
"""Of those of the domain's section 8.6; the answers about one's own data besides (PIPL art. 50)."""
CHINESE = re.compile(r"[\u4e00-\u9fff]")
FIELD = re.compile(r"\{[{%].*?[%}]\}")


@pytest.fixture(scope="module")
def policy() -> Policy:
    return released("2026.1")


@pytest.fixture(scope="module")
def demonstration() -> Policy:
    return released("2026.1-demo")


def written(limit: Limit) -> str:
    more = f" + {limit.extensions} x {limit.extension}" if limit.extensions else ""
    return f"{limit.n} {limit.unit}{more}"


def test_the_negative_list_has_every_item_with_its_effect_and_look_back(policy: Policy) -> None:
    listed = {
        item.code: (item.effect, STATE if item.while_state else item.look_back_years or LIFE)
        for item in policy.negative_list
    }
    assert listed == ITEMS
    assert {item.code for item in policy.negative_list if not item.on} == {"NL-B03", "NL-B06", "NL-X01"}
    assert {item.code for item in policy.negative_list if item.retired} == {"NL-X01"}
    for item in policy.negative_list:
        # A state has no anchor day; what happened once must say which day its look-back runs from.
        assert (item.anchor is None) == (item.while_state or item.retired), item.code


def test_the_limits_are_those_of_the_stages(policy: Policy) -> None:
    assert {name: written(limit) for name, limit in policy.limits.items()} == LIMITS


def test_fourteen_departments_are_asked_and_five_may_never_be_closed_unheard(policy: Policy) -> None:
    assert len(policy.departments) == 14
    keys = {department.code for department in policy.departments if department.key_source}
    assert keys == {"discipline", "court", "procuratorate", "police", "tax"}


def test_two_signatures_are_two_kinds_that_exclude_one_another(policy: Policy) -> None:
    pairs = [("screen", "screen-sign"), ("reply", "reply-sign"), ("confirm-fact", "confirm-fact-sign")]
    pairs += [("confirm-pause", "confirm-pause-sign"), ("score", "score-sign")]
    for first, second in pairs:
        assert policy.task(second).signature == policy.task(first).signature + 1
        assert first in policy.task(second).distinct_from
        assert policy.task(second).outcomes == ("CONFIRM", "SEND_BACK")
    for one, other in [("opinion-head", "opinion-leader"), ("propose-department", "propose-party-group")]:
        assert other in policy.task(one).distinct_from
        assert one in policy.task(other).distinct_from
    for alone in ("inspect", "panel-vote", "verify", "review-vote", "second-review-vote"):
        assert alone in policy.task(alone).distinct_from


def test_only_the_own_tasks_of_a_person_expire_and_they_alone_are_told(policy: Policy) -> None:
    expiring = {name for name, ladder in policy.ladders.items() if ladder.rungs[-1].rung == "expired"}
    kinds = [kind for kind in policy.tasks if kind.ladder in expiring]
    assert {kind.code for kind in kinds} == {
        "declare",
        "explain",
        "answer-report",
        "appeal",
        "statement",
        "apply-review",
        "apply-second-review",
    }
    assert {kind.role for kind in kinds} == policy.self_roles == {"NOMINEE", "MEMBER"}
    for name in expiring:
        told = {who for rung in policy.ladders[name].rungs for who in rung.to}
        assert told == ({"member"} if name == "statement" else {"nominee", "nominator"})


def test_who_looks_after_policy_system_and_audit_acts_on_no_case(policy: Policy) -> None:
    away = {role.code for role in policy.roles if not role.on_cases}
    assert away == {"AUDITOR", "POLICY_ADMIN", "SECURITY_ADMIN", "SYS_ADMIN"}
    assert len(policy.roles) == 28


def test_the_rules_of_separation_and_the_notices_are_complete(policy: Policy) -> None:
    assert [rule.code for rule in policy.separation] == [f"SOD-{n:02}" for n in range(1, 13)]
    assert [notice.code for notice in policy.notices] == LETTERS
    assert {notice.code for notice in policy.notices if notice.rights} == WITH_RIGHTS


def test_every_text_is_there_in_both_languages(policy: Policy) -> None:
    texts = [row.name for rows in (policy.tasks, policy.notices, policy.roles) for row in rows]
    texts += [item.name for item in policy.negative_list] + [rule.text for rule in policy.separation]
    texts += [text for notice in policy.notices for text in (notice.subject or notice.name, notice.text)]
    texts += [*policy.letter_frame.parts.values(), policy.letter_frame.closing]
    texts += [row.name for row in policy.addressees]
    texts += [question for department in policy.departments for question in department.questions]
    for text in texts:
        own = FIELD.sub("", text.zh)
        assert CHINESE.search(own) or not re.search(r"\w", own), text
        assert not CHINESE.search(text.en), text


def test_every_form_is_a_schema_that_its_dialect_accepts(policy: Policy) -> None:
    for form in policy.forms:
        Draft202012Validator.check_schema(form.json_schema)
    dialect = set(Draft202012Validator.VALIDATORS) | {"$schema", "title", "description", "minProperties"}
    assert dialect >= KEYWORDS


def test_the_form_for_findings_asks_for_a_fact_and_nothing_else(policy: Policy) -> None:
    validator = Draft202012Validator(policy.form("findings").json_schema, format_checker=FormatChecker())
    fact = {
        "item": "NL-G01-DELISTED",
        "subject": "enterprise",
        "subject_id": "91150400000000000X",
        "liable": True,
        "anchor": "2024-05-06",
        "issuer": "Bureau",
        "document_no": "2024-7",
        "fetched_on": "2026-03-03",
        "text": "Fact",
        "name": "Firm",
        "unmatched": True,
    }
    assert set(fact) == set(Fact.model_fields)
    assert validator.is_valid({"findings": [fact]})
    assert Fact.model_validate(fact)
    for name in fact.keys() - {"name", "unmatched"}:
        assert not validator.is_valid({"findings": [{key: fact[key] for key in fact if key != name}]}), name
    for wrong in (
        {"anchor": "2024-02-30"},
        {"item": "G01"},
        {"liable": "yes"},
        {"text": "x" * 2001},
        {"more": 1},
    ):
        assert not validator.is_valid({"findings": [fact | wrong]}), wrong
    assert not validator.is_valid({"findings": []})
    assert not validator.is_valid({})


def test_every_item_can_be_named_in_the_form_for_findings(policy: Policy) -> None:
    schema = policy.form("findings").json_schema
    pattern = re.search(r"'pattern': '(\^NL[^']*)'", str(schema))
    assert pattern
    for item in policy.negative_list:
        assert re.fullmatch(pattern.group(1), item.code)


def test_the_form_for_scores_has_the_maxima_of_the_grading(policy: Policy) -> None:
    properties = policy.form("scores").json_schema["properties"]
    assert isinstance(properties, dict)
    fields = properties["scores"]["properties"]
    asked = {
        dimension.code: dimension.max for dimension in policy.grading.dimensions if not dimension.from_index
    }
    assert {code: field["maximum"] for code, field in fields.items()} == asked
    assert set(properties["scores"]["required"]) == set(asked)
    assert properties["integrity_index"]["maximum"] == policy.grading.index_max


def test_a_repair_may_correct_everything_but_who_the_person_is(policy: Policy) -> None:
    schema = policy.form("repair").json_schema
    assert isinstance(schema["properties"], dict)
    assert set(schema["properties"]) == set(Nominee.model_fields) - {"id_number", "firms"}
    assert not Draft202012Validator(schema).is_valid({})
    assert Draft202012Validator(schema).is_valid({"phone": "010-1"})


def test_a_demonstration_differs_in_its_pace_and_its_mark_only(policy: Policy, demonstration: Policy) -> None:
    different = {
        name for name in Policy.model_fields if getattr(policy, name) != getattr(demonstration, name)
    }
    pace = {"version", "released", "demonstration", "demonstration_mark", "limits", "ladders", "election"}
    assert different == pace
    assert policy.election.quorum == demonstration.election.quorum
    assert policy.election.pass_over == demonstration.election.pass_over
    assert demonstration.demonstration
    assert policy.limits.keys() == demonstration.limits.keys()
    assert policy.ladders.keys() == demonstration.ladders.keys()
    for name, ladder in policy.ladders.items():
        assert [(r.rung, r.to) for r in ladder.rungs] == [
            (r.rung, r.to) for r in demonstration.ladders[name].rungs
        ]
    for name, limit in policy.limits.items():
        assert limit.extensions == demonstration.limits[name].extensions
