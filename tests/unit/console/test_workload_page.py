"""Who has how much to do: every row says of which kind of case it is, so none looks like another."""

import re

from tests.console_rig import browsing, given

ROW = {"kind": "opinion", "outcome": "NO_OBJECTION", "tasks": 3}
NAMES = {"kind": "廉洁意见拟稿", "stage": "廉洁意见", "outcome": "无不同意见"}
LOAD = dict.fromkeys(("open", "due_today", "overdue", "over_a_week", "over_a_month", "oldest_days"), 1)
WORK = {
    "at": "2026-03-02T01:30:00Z",
    "batch_id": "",
    "load": [
        {
            **LOAD,
            "case_kind": kind,
            "role": "DISC",
            "unit": "",
            "stage": stage,
            "names": {"case_kind": name, "stage": "廉洁意见", "role": "纪检"},
        }
        for kind, stage, name in (("nomination", "ST08", "提名"), ("removal", "R06", "罢免"))
    ],
    "outcomes": [
        {**ROW, "case_kind": kind, "stage": stage, "names": {**NAMES, "case_kind": name}}
        for kind, stage, name in (("nomination", "ST08", "提名"), ("removal", "R06", "罢免"))
    ],
    "ageing": [],
}


async def test_rows_of_two_kinds_of_case_are_told_apart() -> None:
    async with browsing() as browser:
        await browser.sign_in()
        browser.api.answers |= {
            "GET /figures/work": given(WORK),
            "GET /batches": given({"items": [], "next": None}),
        }
        page = (await browser.get("/workload")).text
    rows = re.findall(r"<tr>(<td.*?)</tr>", page)
    assert len(rows) == len(set(rows)) == 4
    assert sum("罢免" in row for row in rows) == 2
