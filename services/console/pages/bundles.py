"""Many tasks signed at once: chosen, checked on a page of their own, and what came of each."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Query
from fastapi.responses import Response

from contracts.policy.text import Text
from services.console.api import AWAY, Problem, RefusedError
from services.console.asked import RETURN, Asked, WhoAsks, WhoWatches
from services.console.bundling import MOST, as_task, body, groups, picked, refusals
from services.console.deciding import Typed, sheet, shown, typed, wrong
from services.console.listing import every
from services.console.papers import with_papers
from services.console.wording import say

router = APIRouter()
Code = Annotated[str, Query(max_length=121)]


@router.get("/tasks/bundle")
async def bundle(
    found: WhoAsks, kind: Code = "", policy: Code = "", whole: Annotated[str, Query()] = ""
) -> Response:
    """The kinds of which many may be signed at once; or the tasks of one of them, to choose from."""
    rows = await _open(found, kind, policy)
    if kind and policy:
        picks = {row["task_id"]: row["content_digest"] for row in rows} if whole else {}
        return await _select(found, kind, policy, rows, Typed(), picks)
    policies = {row["policy"]: (await found.reader(row["policy"])).policy for row in rows}
    return found.page("bundles/choose.html", groups=groups(rows, policies), open=len(rows))


@router.post("/tasks/bundle/check")
async def check(found: WhoAsks) -> Response:
    """What will be on the record of each of them, in words; or what is wrong."""
    posted = await found.posted()
    kind, policy, picks = posted.get("kind", ""), posted.get("policy", ""), picked(posted)
    rows = await _open(found, kind, policy)
    # What is said of many lies on their batch.
    sent = await with_papers(found, rows[0]["parent"] if rows else "", "", posted.get("outcome", ""))
    posted = sent.typed
    task = as_task(kind, rows, await found.reader(policy))
    what = typed(task, posted)
    errors = {**wrong(task, what), **sent.faults}
    if not picks:
        errors["pick"] = Text(zh="请至少选择一件", en="choose at least one")
    if errors or what.asks_for_items:
        return await _select(
            found, kind, policy, rows, what, picks, errors={} if what.asks_for_items else errors
        )
    return await _check(found, posted, what)


@router.post("/tasks/bundle")
async def sign(found: WhoAsks) -> Response:
    """Sign them. However often the page is sent, each is signed once."""
    posted = await found.posted()
    kind, policy, picks = posted.get("kind", ""), posted.get("policy", ""), picked(posted)
    rows = await _open(found, kind, policy)
    what = typed(as_task(kind, rows, await found.reader(policy)), posted)
    reply = await found.api.send("POST", "/bundles", body(what, picks), key=posted.get("key", ""))
    problem = reply.problem
    if problem is None:
        return found.go(f"/bundles/{reply.body['bundle_id']}")
    if problem.code == "stale-authentication":
        return found.page("sign_in/again.html", 401, kept=found.kept(posted), problem=None)
    if problem.status == 503 or problem.code == AWAY:
        return await _check(found, posted, what, problem)
    why = refusals(problem.extra.get("errors", ()), picks)
    left = {task: seen for task, seen in picks.items() if task not in why}
    return await _select(found, kind, policy, rows, what, left, problem=problem, why=why)


@router.get("/bundles/{bundle_id}")
async def result(bundle_id: str, found: WhoWatches) -> Response:
    """What came of each so far; while some wait, the page looks again by itself."""
    read = await found.api.read(f"/bundles/{bundle_id}")
    return found.page("bundles/result.html", bundle=read, waiting=read["counts"].get("waiting", 0))


async def _open(found: Asked, kind: str, policy: str) -> list[dict[str, Any]]:
    rows = await every(found.api, "/tasks", MOST, view="mine", state="open", kind=kind)
    return [row for row in rows if policy in {"", row["policy"]}]


async def _select(
    found: Asked,
    kind: str,
    policy: str,
    rows: Sequence[Mapping[str, Any]],
    what: Typed,
    picks: Mapping[str, str],
    *,
    errors: Mapping[str, Text] | None = None,
    problem: Problem | None = None,
    why: Mapping[str, str] | None = None,
) -> Response:
    reader = await found.reader(policy)
    if kind not in {task.code for task in reader.policy.tasks if task.bundled}:
        raise RefusedError(Problem(404, "not-found"))
    labels = {name: say(found.language, f"task.{name}") for name in ("outcome", "reason")}
    return found.page(
        "bundles/select.html",
        problem.status if problem else 422 if errors else 200,
        name=reader.word("task", kind),
        rows=rows,
        picks=picks,
        why=why or {},
        none_picked="pick" in (errors or {}),
        sheet=sheet(as_task(kind, rows, reader), what, reader, labels, errors or {}),
        hidden={"kind": kind, "policy": policy, "key": found.key(), RETURN: "/tasks/bundle/check"},
        problem=problem,
    )


async def _check(
    found: Asked, posted: Mapping[str, str], what: Typed, problem: Problem | None = None
) -> Response:
    kind, policy, picks = posted["kind"], posted["policy"], picked(posted)
    rows = await _open(found, kind, policy)
    reader = await found.reader(policy)
    task = as_task(kind, rows, reader)
    return found.page(
        "bundles/check.html",
        problem.status if problem else 200,
        name=reader.word("task", kind),
        rows=[row for row in rows if row["task_id"] in picks],
        outcome=task["names"][what.outcome],
        facts=shown(task, what, reader),
        reason=what.reason,
        typed=list(posted.items()),
        problem=problem,
    )
