"""Answers of the API as the real one gives them, for the pages that are tried without it."""

import copy
from typing import Any

from contracts.policy import loader

POLICY = "2026.1"
_KIND = loader.released(POLICY).task("reply")
_FORMS = {
    code: loader.released(POLICY).form(_KIND.forms.get(code, _KIND.form)).json_schema
    for code in _KIND.outcomes
}
TASK: dict[str, Any] = {
    "task_id": "t1",
    "case_id": "c1",
    "parent": "b1",
    "district": "d01",
    "policy": POLICY,
    "kind": "reply",
    "stage": "ST04",
    "role": "DEPT_OFFICER",
    "unit": "tax",
    "signature": 1,
    "round": 1,
    "state": "open",
    "outcomes": list(_KIND.outcomes),
    "opened": "2026-11-26T01:00:00Z",
    "due": "2026-12-10T16:00:00Z",
    "provisional": False,
    "own": False,
    "left": {"days": 10, "unit": "WD", "names": {"unit": "个工作日"}},
    "nominee": {"name": "测试·甲", "firm": "虚构企业", "credit_code": "91990001000000001N"},
    "seat": "executive",
    "nominated_by": "chamber-donghu",
    "content_digest": "a" * 64,
    "about": "",
    "claimed_by": None,
    "holder": None,
    "signer": None,
    "unserved": False,
    "stands": False,
    "outcome": None,
    "closed_at": None,
    "names": {
        "kind": "部门回复",
        "stage": "部门征求意见",
        "role": "部门经办",
        "unit": "税务局",
        "district": "东湖区",
        "state": "待办",
        "seat": "执委",
        "NO_ISSUE": "无问题",
        "ISSUE": "有问题",
        "NO_RECORD": "无记录",
        "RECUSED": "回避",
        "EXTENDED": "延期",
    },
    "deadline": {
        "due": "2026-12-10T16:00:00Z",
        "provisional": False,
        "counted": ["2026-11-27", "2026-11-30"],
        "skipped": ["2026-11-28"],
    },
    "forms": _FORMS,
    "hints": {
        outcome: {
            path: hint.model_dump()
            for path, hint in loader.released(POLICY).form(_KIND.form_of(outcome)).hints.items()
        }
        for outcome in _KIND.outcomes
    },
    "reason_required": list(_KIND.reason_required),
    "may_act": True,
    "beside": [],
    "content": {
        "seat": "executive",
        "unit": "chamber-donghu",
        "dossier": {"name": "测试·甲", "firm": "虚构企业"},
    },
}


def task(**more: Any) -> dict[str, Any]:
    """The detail of a department's open task, with this instead."""
    return {**copy.deepcopy(TASK), **more}
