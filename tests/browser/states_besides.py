"""States of acts beside tasks, of one's own pages, and of the pages of single roles."""

import asyncio
from collections.abc import Mapping
from typing import Any

from services.console.api import Reply
from tests.browser.pages import Seat
from tests.browser.states import NOT_YET, States, given, go_on, refused, send, with_values

BESIDES = States()
WHEN = "2026-03-02T01:30:00Z"
NOTICE: dict[str, Any] = {
    "id": "n11",
    "number": "公示〔2026〕1号",
    "name": "测试·甲",
    "firm": "虚构有限公司",
    "seat": {"zh": "执委", "en": "member"},
    "start": WHEN,
    "end": None,
    "provisional": True,
    "subject": {"zh": "人选公示", "en": "Public notice"},
    "body": {"zh": "现予公示。", "en": "Made public herewith."},
}
SECRET = {"factor_id": "f1", "secret": "ABCDEFGHIJKLMNOP", "otpauth": "otpauth://totp/x?secret=ABCDEFGH"}
FACTOR = {"factor_id": "f1", "kind": "totp", "label": "", "confirmed": True, "added_at": WHEN}
ABSENT = {"starts": WHEN, "ends": WHEN, "reason": "（试）"}
MATTER = {
    "task_id": "t1",
    "case_id": "c1",
    "unit": "",
    "district": "d01",
    "nominee": None,
    "names": {"kind": "（试）", "outcome": "（试）", "district": "（试）"},
}
SILENT_MATTER = {**MATTER, "silent": True, "due": WHEN, "since": WHEN}
DECIDED = {
    **MATTER,
    "outcome": "x",
    "meeting_on": "2026-03-02",
    "minutes_digest": "0" * 64,
    "closed_at": WHEN,
}
REFUSAL = {
    "at": WHEN,
    "account_id": "a1",
    "name": "（试）",
    "roles": "SCREENER",
    "act": "claim",
    "target": "t1",
    "code": "not-yours",
    "names": {"SCREENER": "（试）", "act": "（试）"},
}


def rows(*found: Mapping[str, Any]) -> Reply:
    """A list of these rows and no others."""
    return given({"items": list(found), "next": None})


for name, login, path, template, told in (
    ("names on show", "", "/public", "public/list.html", {"GET /public/notices": rows(NOTICE)}),
    (
        "kept from a case",
        "screener",
        "{case}",
        "cases/recused.html",
        {"GET /cases/[^/]+": given({"recused": True})},
    ),
    ("no cases", "screener", "/cases", "cases/list.html", {"GET /cases": rows()}),
    (
        "a case on hold",
        "screener",
        "{case}",
        "cases/case.html",
        {"GET /cases/[^/]+": with_values(held_cause="hold", open_tasks=[], decisions=[])},
    ),
    (
        "a case that ended",
        "screener",
        "{case}",
        "cases/case.html",
        {"GET /cases/[^/]+": with_values(ended_at=WHEN)},
    ),
    ("no letters", "screener", "/letters", "letters/list.html", {"GET /notices": rows()}),
    ("letters of a case", "nominee-1", "{case}/letters", "letters/list.html", {}),
    ("no batches", "office", "/batches", "batches/list.html", {"GET /batches": rows()}),
    (
        "versions compared",
        "auditor",
        "/policies/difference?old=2017.1&new=2026.1",
        "policies/difference.html",
        {},
    ),
    (
        "matters of the conference",
        "office",
        "/conference",
        "conference/awaiting.html",
        {"GET /conference/awaiting": rows(SILENT_MATTER, {**SILENT_MATTER, "silent": False})},
    ),
    (
        "matters it decided",
        "office",
        "/conference/decided",
        "conference/decided.html",
        {"GET /conference/decided": rows(DECIDED)},
    ),
    (
        "nothing for the meeting",
        "dept-officer",
        "/tasks/meeting?kind=reply&policy=2026.1",
        "conference/meeting.html",
        {"GET /tasks": rows()},
    ),
    (
        "an act that is being recorded",
        "office",
        "/acts/recording/k1",
        "tasks/recording.html",
        {"GET /commands/k1": NOT_YET},
    ),
    (
        "a request that is being recorded",
        "admin",
        "/accounts/recording/k1",
        "tasks/recording.html",
        {"GET /commands/k1": NOT_YET},
    ),
    (
        "a factor that is held",
        "screener",
        "/me/factors",
        "factors/page.html",
        {"GET /factors": given({"items": [FACTOR], "recovery_codes_left": 8})},
    ),
    (
        "absences and deputies",
        "screener",
        "/me/away",
        "away/page.html",
        {
            "GET /absences": rows({**ABSENT, "absence_id": "x"}),
            "GET /deputies": rows({**ABSENT, "entry_id": "x", "principal_id": "p1", "deputy_id": "p2"}),
        },
    ),
    (
        "acts that were refused",
        "auditor",
        "/record/refusals",
        "record/refusals.html",
        {"GET /record/refusals": rows(REFUSAL)},
    ),
    (
        "no deputies",
        "auditor",
        "/record/deputies",
        "record/deputies.html",
        {"GET /deputies/register": rows()},
    ),
    ("no entries", "auditor", "/record/entries", "record/entries.html", {"GET /record/entries": rows()}),
    ("no accounts", "admin", "/accounts", "accounts/list.html", {"GET /accounts": rows()}),
    ("no requests", "admin", "/accounts/requests", "accounts/requests.html", {"GET /access": rows()}),
):
    BESIDES.opened(name, login, path, template, told)


@BESIDES.state("screener", "me/page.html")
async def own_passwords_unlike(seat: Seat, there: Mapping[str, str]) -> None:
    await seat.open("/me")
    await send(seat, "/me/password", old="x", new="one", again="another")


@BESIDES.state("screener", "factors/begun.html", {"POST /factors/totp": given(SECRET, 201)})
async def factor_begun(seat: Seat, there: Mapping[str, str]) -> None:
    await seat.open("/me/factors")
    await send(seat, "/me/factors/totp", password="x")


@BESIDES.state(
    "screener",
    "factors/codes.html",
    {"POST /factors/recovery-codes": given({"recovery_codes": ["one-code", "two-code"]})},
)
async def other_recovery_codes(seat: Seat, there: Mapping[str, str]) -> None:
    await seat.open("/me/factors")
    await send(seat, "/me/factors/codes", password="x")


@BESIDES.state("screener", "acting/form.html")
async def absent_for_no_time(seat: Seat, there: Mapping[str, str]) -> None:
    await seat.open("/me/away/absence")
    await go_on(seat)


@BESIDES.state("screener", "acting/check.html")
async def absence_checked(seat: Seat, there: Mapping[str, str]) -> None:
    await seat.open("/me/away/absence")
    for field, typed in (("starts", "2031-03-02 09:00"), ("ends", "2031-03-09 09:00"), ("reason", "（试）")):
        await seat.page.fill(f"#form-{field}", typed)
    await go_on(seat)


@BESIDES.state(
    "admin",
    "accounts/codes.html",
    {
        "POST /access/[^/]+/codes": given(
            {"which": "asker", "codes": [{"login": "x", "part": "a-part-of-it"}]}
        )
    },
)
async def halves_of_codes(seat: Seat, there: Mapping[str, str]) -> None:
    await seat.open(there["request"])
    await send(seat, f"{there['request']}/codes", key="k")


@BESIDES.state(
    "admin", "accounts/request.html", {"POST /access/[^/]+/codes": refused(403, "not-your-request")}
)
async def no_codes_for_them(seat: Seat, there: Mapping[str, str]) -> None:
    await seat.open(there["request"])
    await send(seat, f"{there['request']}/codes", key="k")


@BESIDES.state("security", "acting/form.html")
async def a_request_to_decide_on(seat: Seat, there: Mapping[str, str]) -> None:
    await seat.open(f"{there['undecided']}/decide")


@BESIDES.state("nominee-0", "acts/form.html")
async def an_act_without_its_reason(seat: Seat, there: Mapping[str, str]) -> None:
    await seat.open(f"{there['own_case']}/acts/withdraw")
    await go_on(seat)


@BESIDES.state("nominee-0", "acts/check.html")
async def an_act_checked(seat: Seat, there: Mapping[str, str]) -> None:
    await seat.open(f"{there['own_case']}/acts/withdraw")
    await seat.page.fill("#form-reason", "（试）")
    await go_on(seat)


@BESIDES.state("auditor", "record/walking.html", {"GET /record/verify": asyncio.Event()})
async def record_walked(seat: Seat, there: Mapping[str, str]) -> None:
    await seat.open("/record")
    await send(seat, "/record/verify/record")


async def _verdict(seat: Seat) -> None:
    await record_walked(seat, {})
    await seat.page.wait_for_selector(".note.good, .fault-box")


@BESIDES.state("auditor", "record/verdict.html")
async def record_holds(seat: Seat, there: Mapping[str, str]) -> None:
    await _verdict(seat)


@BESIDES.state(
    "auditor",
    "record/verdict.html",
    {"GET /record/verify": given({"status": "broken", "count": 7, "index": 3, "reason": "（试）"})},
)
async def record_is_broken(seat: Seat, there: Mapping[str, str]) -> None:
    await _verdict(seat)
