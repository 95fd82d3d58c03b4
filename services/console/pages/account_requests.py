"""One request for accounts: all that is signed, why a part of it took no force, and the parts of its codes."""

from typing import Annotated, Any

from fastapi import APIRouter, Form
from fastapi.responses import Response

from services.console.acting import after_refusal
from services.console.api import Problem
from services.console.asked import RETURN, Asked, WhoAsks
from services.console.decision import kind_of
from services.console.facts import Reader
from services.console.pages.accounts import named

router = APIRouter()
CODES = "POST /access/{case_id}/codes"
SAID = ("title", "sentence", "next")
"""What the API has in words of a reason to refuse."""


@router.get("/accounts/requests/{case_id}")
async def request(case_id: str, found: WhoAsks) -> Response:
    """The request; whoever decides goes on to its task."""
    return await _page(found, case_id)


@router.post("/accounts/requests/{case_id}/codes")
async def codes(case_id: str, found: WhoAsks, key: Annotated[str, Form()] = "") -> Response:
    """One's own parts of the one-time codes, shown once; those before count no more."""
    reply = await found.api.send("POST", f"/access/{case_id}/codes", key=key)
    if reply.problem is None:
        return found.page("accounts/codes.html", back=f"/accounts/requests/{case_id}", handed=reply.body)
    again = after_refusal(found, await found.posted(), reply.problem)
    return again or await _page(found, case_id, reply.problem)


async def _page(found: Asked, case_id: str, problem: Problem | None = None) -> Response:
    read, words = await found.api.read(f"/access/{case_id}"), await found.api.read("/words")
    me, reader = await found.api.read("/me"), await found.reader(words["policy"])

    def why(code: str) -> dict[str, Any]:
        said = words["problems"].get(code)
        return {"code": code, **({} if said is None else {name: said[name][found.language] for name in SAID})}

    return found.page(
        "accounts/request.html",
        problem.status if problem else 200,
        request=read,
        accounts=[{**one, "grants": named(one["grants"] or [], reader)} for one in read["accounts"]],
        logins={one["account_id"]: one["login"] for one in read["accounts"] if one["login"]},
        left_out={account: why(code) for account, code in read["left_out"].items()},
        purpose=reader.word("purpose", read["emergency"]["purpose"]) if read.get("emergency") else "",
        decides=_decides(read, me, reader),
        hands_out=CODES in me["may"],
        hidden={"key": found.key(), RETURN: f"/accounts/requests/{case_id}/codes"},
        problem=problem,
    )


def _decides(read: dict[str, Any], me: dict[str, Any], reader: Reader) -> bool:
    """Whether a decision waits that the policy gives to a role of theirs; who may decide this one, the API says."""
    kind = kind_of(read["case_id"], read["decision"]["task_id"], reader.policy) if read["decision"] else None
    return kind is not None and kind.role in {one["role"] for one in me["grants"]}
