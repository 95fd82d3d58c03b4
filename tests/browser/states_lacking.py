"""States of the pages of clerks, archivists, whoever runs the system, and of papers, sheets and one's own data."""

import asyncio
from collections.abc import Mapping
from typing import Any

from contracts.policy import loader
from services.console.api import Problem, Reply
from tests.browser.pages import Seat
from tests.browser.states import States, given, go_on, send, with_values
from tests.browser.states_besides import WHEN, rows

LACKING = States()
LETTER: dict[str, Any] = {
    "id": "l1",
    "number": "清选〔2026〕1号",
    "type": "N04",
    "case_id": "c1",
    "district": "d01",
    "issued_at": WHEN,
    "reply_by": WHEN,
    "provisional": True,
    "error": "",
    "attempts": 8,
}
UNPRINTABLE = {**LETTER, "signs": "𬭎"}
PAPER: dict[str, Any] = {
    "document_id": "d1",
    "digest": "0" * 64,
    "case_id": "c1",
    "task_id": None,
    "name": "（试）.pdf",
    "kind": "application/pdf",
    "size": 120_000,
    "scan": "not-scanned",
    "scan_name": "（试）",
    "uploaded_at": WHEN,
}
DUE: dict[str, Any] = {
    "case_id": "c1",
    "kind": "nomination",
    "district": "d01",
    "state": "REJECTED",
    "filed_at": WHEN,
    "retention": "x",
    "kept_until": "2036-12-31",
    "held": True,
    "names": {"kind": "（试）", "district": "（试）", "state": "（试）", "retention": "（试）"},
}
READING: dict[str, Any] = {
    "index": 812,
    "level": "x",
    "assessed_on": "2026-02-01",
    "source": "（试）",
    "entered_at": WHEN,
    "entered_by": "p1",
    "on_record": True,
    "names": {"level": "（试）"},
}
FILE = given({"file": "i1", "subject": "person", "readings": [READING], "vetoed_items": ["NL-C04"]})
ATTEMPT: dict[str, Any] = {
    "number": 1,
    "code": "unsigned-step",
    "detail": "（试）",
    "service": "worker",
    "key_id": None,
    "account_id": None,
    "case_id": None,
    "command_id": None,
    "body": "",
    "size": 2,
    "at": WHEN,
}
FAULT = {
    "cell": "C3",
    "column": "index",
    "stands": "（试）",
    "problem": "（试）",
    "expected": "（试）",
    "todo": "（试）",
}
SAW: dict[str, Any] = {
    "person_id": "p1",
    "account_id": "a1",
    "name": "（试）",
    "roles": ["EVALUATOR"],
    "first": WHEN,
    "last": WHEN,
    "targets": ["t1"],
}
HIT = {"type": "hit-found", "at": WHEN, "payload": {"hit": 1, "effect": "veto"}}
BESIDE: dict[str, Any] = {
    "task_id": "t2",
    "signature": 2,
    "state": "open",
    "holder": None,
    "signer": None,
    "names": {"state": "（试）"},
}
FAULTY = Reply(
    422, None, problem=Problem(422, "roster-faulty", "（试）", "（试）", {"errors": [FAULT], "faults": 1})
)
DRAFTS = "GET /policies/proposals/drafts"
DRAFT = {"version": "2027.1", "digest": "0" * 64, "fault": ""}
FAULTY_DRAFT = {"version": "2027.2", "digest": None, "fault": "（试）"}
NO_WORK = {"load": [], "outcomes": [], "ageing": []}

for name, login, path, template, told in (
    (
        "letters to be served",
        "office",
        "/unserved",
        "unserved/list.html",
        {"GET /notices/undelivered": rows(LETTER)},
    ),
    (
        "no letters to be served",
        "office",
        "/unserved",
        "unserved/list.html",
        {"GET /notices/undelivered": rows()},
    ),
    (
        "a letter to be served",
        "office",
        "/unserved/l1",
        "acting/form.html",
        {"GET /notices/undelivered": rows(LETTER)},
    ),
    (
        "letters without a paper",
        "office",
        "/unserved/unprintable",
        "unserved/unprintable.html",
        {"GET /notices/unprintable": rows(UNPRINTABLE)},
    ),
    ("papers of a case", "screener", "{case}/papers", "papers/list.html", {"GET /documents": rows(PAPER)}),
    ("no papers of a case", "screener", "{case}/papers", "papers/list.html", {"GET /documents": rows()}),
    ("files that are due", "auditor", "/archive", "archive/list.html", {"GET /archive/due": rows(DUE)}),
    ("files due on no day", "auditor", "/archive?on=x", "archive/list.html", {}),
    ("what was measured", "office", "{case}/integrity", "integrity/case.html", {"GET /integrity": FILE}),
    (
        "steps that were not taken",
        "auditor",
        "/record/attempts",
        "record/attempts.html",
        {"GET /record/attempts": rows(ATTEMPT)},
    ),
    (
        "cases that wait",
        "auditor",
        "/installation",
        "installation/page.html",
        {
            "GET /record/waiting": given([{"case_id": "c1", "index": 3, "reason": "KeyError"}]),
            "GET /notices/waiting": given([]),
        },
    ),
    (
        "who saw a finding",
        "auditor",
        "{case}/readers?hit=1",
        "cases/readers.html",
        {"GET /cases/[^/]+/timeline": rows(HIT), "GET /cases/[^/]+/hits/1/readers": given([SAW])},
    ),
    (
        "versions in the folder",
        "policy-admin",
        "/proposals/new",
        "policies/drafts.html",
        {DRAFTS: given([DRAFT, FAULTY_DRAFT])},
    ),
    (
        "no versions in the folder",
        "policy-admin",
        "/proposals/new",
        "policies/drafts.html",
        {DRAFTS: given([])},
    ),
    (
        "what a version says otherwise",
        "policy-admin",
        "/proposals/drafts/2027.1?old=2017.1",
        "policies/draft.html",
        {f"{DRAFTS}/2027.1": given({**DRAFT, "policy": loader.released("2026.1").model_dump(mode="json")})},
    ),
    ("no work", "screener", "/workload", "workload/page.html", {"GET /figures/work": with_values(**NO_WORK)}),
    (
        "another signature lacks",
        "screener",
        "{screen}",
        "tasks/task.html",
        {"GET /tasks/[^/]+": with_values(beside=[BESIDE], may_act=False)},
    ),
):
    LACKING.opened(name, login, path, template, told)


@LACKING.state("office", "integrity/page.html", {"GET /integrity": FILE})
async def a_firm_that_was_measured(seat: Seat, there: Mapping[str, str]) -> None:
    await seat.open("/integrity")
    await send(seat, "/integrity", credit_code="91990001000000001N")


@LACKING.state("nominee-0", "own_data/shown.html")
async def ones_own_data(seat: Seat, there: Mapping[str, str]) -> None:
    await seat.open("/me/data")
    await go_on(seat)


@LACKING.state("office", "indexes/page.html")
async def no_table_of_indexes(seat: Seat, there: Mapping[str, str]) -> None:
    await seat.open(f"{there['batch']}/indexes")
    await go_on(seat)


@LACKING.state("office", "indexes/page.html", {"POST /batches/[^/]+/indexes/file": FAULTY})
async def a_faulty_table_of_indexes(seat: Seat, there: Mapping[str, str]) -> None:
    await seat.open(f"{there['batch']}/indexes")
    await seat.page.set_input_files("#file", {"name": "x.csv", "mimeType": "text/csv", "buffer": b"x"})
    await go_on(seat)


@LACKING.state("office", "sheets/writing.html", {"GET /batches/[^/]+/volume.pdf": asyncio.Event()})
async def a_volume_that_is_written(seat: Seat, there: Mapping[str, str]) -> None:
    await seat.open(f"{there['batch']}/volume")


@LACKING.state("office", "sheets/ready.html", {"GET /batches/[^/]+/volume.pdf": given(b"%PDF")})
async def a_volume_that_is_ready(seat: Seat, there: Mapping[str, str]) -> None:
    await seat.open(f"{there['batch']}/volume")
