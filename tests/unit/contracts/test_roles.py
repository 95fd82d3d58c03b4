"""The roles of the domain (§8.5), and what the policy asks of nobody's family."""

import json

import pytest

from contracts.policy.loader import released

POLICY = released("2026.1")
ROLES = {
    "NOMINATOR": "推荐单位经办",
    "SCREENER": "资格审核",
    "SECOND_CHECKER": "复核",
    "DEPT_OFFICER": "部门经办",
    "DEPT_HEAD": "部门审签",
    "EVALUATOR": "评价经办",
    "PANEL_MEMBER": "研判组",
    "PANEL_CHAIR": "研判组",
    "INSPECTOR": "考察",
    "DISC_OFFICER": "纪检监督组",
    "DISC_HEAD": "纪检监督组",
    "LEADER_IN_CHARGE": "分管领导",
    "UFWD": "统战部",
    "PARTY_GROUP": "党组",
    "COMMITTEE_CLERK": "党委秘书",
    "NOTICE_OFFICER": "公示",
    "REPORT_HANDLER": "举报核查",
    "CLERK": "文书",
    "ARCHIVIST": "档案",
    "AUDITOR": "审计",
    "POLICY_ADMIN": "政策管理",
    "SYS_ADMIN": "系统管理",
    "NOMINEE": "本人",
    "MEMBER": "本人",
}
OWN = {"NOMINEE", "MEMBER"}


@pytest.mark.parametrize("code", ROLES)
def test_every_role_of_the_domain_is_there_with_its_name(code: str) -> None:
    role = POLICY.role(code)
    assert ROLES[code] in role.name.zh
    assert (role.scope == "self") is (code in OWN)


def test_nothing_asks_for_a_family_and_the_item_on_it_is_off() -> None:
    asked = {form.code: json.dumps(form.json_schema, ensure_ascii=False) for form in POLICY.forms}
    assert asked
    for word in ("配偶", "子女", "父母", "亲属", "spouse", "child", "parent", "famil"):
        assert [code for code, text in asked.items() if word in text.lower()] == []
    assert not POLICY.item("NL-B03").on
