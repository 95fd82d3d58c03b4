"""Answers by spreadsheet: own open letters out, the filled rows in again, tried before anything is signed."""

import asyncio
from collections.abc import Mapping, Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Query
from fastapi.responses import Response

from services.console.api import Problem, RefusedError
from services.console.asked import RETURN, Asked, WhoAsks
from services.console.facts import Reader
from services.console.listing import every
from services.console.moments import due
from services.console.sheets import replies
from services.console.sheets.answering import as_file
from services.console.sheets.book import Column, Stamp, workbook
from services.console.wording import say

router = APIRouter()
SEALED = "reply"
"""The purpose under which a row's proof is sealed."""
MOST = 1000
Code = Annotated[str, Query(max_length=121)]
HEADS = (
    ("proof", 12),
    ("name", 14),
    ("firm", 30),
    ("credit_code", 22),
    ("due", 20),
    ("outcome", 14),
    ("reason", 40),
)


@router.get("/tasks/replies")
async def start(found: WhoAsks, kind: Code = "", policy: Code = "") -> Response:
    """Where the sheet is had, and where its rows are pasted."""
    return await _page(found, kind, policy)


@router.get("/tasks/replies/sheet")
async def sheet(found: WhoAsks, kind: Code = "", policy: Code = "") -> Response:
    """A row for each open task of the kind, with a choice of what may be said of many."""
    reader = await _reader(found, kind, policy)
    rows = await _open(found, kind, policy)

    def close(content: object) -> str:
        return found.console.seal.close(SEALED, content)

    outcomes = tuple(_outcomes(reader, kind))
    columns = [
        Column(
            say(found.language, f"replies.{name}"),
            width,
            wrapped=name == "reason",
            offered=outcomes if name == "outcome" else (),
        )
        for name, width in HEADS
    ]
    name = reader.word("task", kind)
    stamp = Stamp(name, found.signed.name, found.console.now(), [], policy)
    lines = [replies.row(one, due(one["due"]), close) for one in rows]
    return as_file("replies.xlsx", await asyncio.to_thread(workbook, stamp, columns, lines, found.language))


@router.post("/tasks/replies")
async def answered(found: WhoAsks) -> Response:
    """Read the rows: with one fault nothing is sent. Without any they are shown, and sent when that page is signed."""
    posted = await found.posted()
    kind, policy, pasted = (posted.get(name, "") for name in ("kind", "policy", "pasted"))
    reader = await _reader(found, kind, policy)
    open_tasks = [one["task_id"] for one in await _open(found, kind, policy)]
    names, needed = _outcomes(reader, kind), reader.policy.task(kind).reason_required

    def opened(text: str) -> Any:
        return found.console.seal.open(SEALED, text)

    if "sign" in posted:
        # What was shown is what is sent, also when some were closed meanwhile: of each it is told what came of it.
        open_tasks = [str(proof[0]) for cell in pasted.split() if (proof := opened(cell)) is not None]
    rows = replies.replies(pasted, opened, names, open_tasks, needed)
    if not rows or any(one.fault for one in rows) or "change" in posted:
        return await _page(found, kind, policy, rows=rows, pasted=pasted, tried="change" not in posted)
    if "sign" not in posted:
        words = {code: word for word, code in names.items()}
        counts = {
            words[code]: sum(one.outcome == code for one in rows)
            for code in dict.fromkeys(one.outcome for one in rows)
        }
        return found.page(
            "replies/check.html",
            action="/tasks/replies",
            rows=rows,
            words=words,
            counts=counts,
            typed=list(posted.items()),
        )
    body = {"items": [one.item() for one in rows], "outcome": rows[0].outcome}
    reply = await found.api.send("POST", "/bundles", body, key=posted.get("key", ""))
    if reply.problem is None:
        return found.go(f"/bundles/{reply.body['bundle_id']}")
    if reply.problem.code == "stale-authentication":
        kept = {name: value for name, value in posted.items() if name != "sign"}
        return found.page("sign_in/again.html", 401, kept=found.kept(kept), problem=None)
    return await _page(found, kind, policy, rows=rows, pasted=pasted, problem=reply.problem)


def _outcomes(reader: Reader, kind: str) -> Mapping[str, str]:
    """What may be said of many and asks for no form, by its words."""
    task = reader.policy.task(kind)
    plain = [
        code
        for code in task.bundled
        if not reader.policy.form(task.forms.get(code, task.form)).json_schema.get("required")
    ]
    return {reader.word("outcome", code): code for code in plain}


async def _reader(found: Asked, kind: str, policy: str) -> Reader:
    reader = await found.reader(policy or "none")
    if kind not in {task.code for task in reader.policy.tasks if task.bundled}:
        raise RefusedError(Problem(404, "not-found"))
    return reader


async def _open(found: Asked, kind: str, policy: str) -> list[dict[str, Any]]:
    rows = await every(found.api, "/tasks", MOST, view="mine", state="open", kind=kind)
    return [one for one in rows if one["policy"] == policy]


async def _page(
    found: Asked,
    kind: str,
    policy: str,
    *,
    rows: Sequence[replies.Reply] = (),
    pasted: str = "",
    tried: bool = False,
    problem: Problem | None = None,
) -> Response:
    reader = await _reader(found, kind, policy)
    wrong = [one for one in rows if one.fault]
    return found.page(
        "replies/page.html",
        problem.status if problem else 422 if tried else 200,
        name=reader.word("task", kind),
        outcomes=list(_outcomes(reader, kind)),
        wrong=wrong,
        none_filled=tried and not rows,
        pasted=pasted,
        hidden={"kind": kind, "policy": policy, "key": found.key(), RETURN: "/tasks/replies"},
        problem=problem,
    )
