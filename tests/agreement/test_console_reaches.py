"""Every operation of /v1 is used by a page of the console, or it is said why nobody needs it there."""

import re
from collections.abc import Mapping
from fnmatch import fnmatchcase

from services.console.account_acts import ACTS as ON_ACCOUNTS
from services.console.account_acts import OPEN
from services.console.exports import EXPORTS
from services.console.pages.accounts import IDENTITIES
from services.console.pages.record import WALKS
from services.console.ways import CHALLENGES
from services.officers.routes.act_table import ACTS
from services.officers.routes.offers import OF_BATCHES
from services.officers.routes.rights import RULES
from services.officers.routes.starts import STARTS
from tests.console_calls import ANY, calls, of_source

NO_PAGE: Mapping[str, str] = {
    "GET /healthz": "for whatever watches the service",
    "GET /openapi.json": "for whoever writes a program against the API",
    "POST /codec/decode": "for the engine's own tools (adr/0032)",
}
"""Operations that no page uses, each with the reason why no person needs it on one."""
TABLES: Mapping[str, frozenset[str]] = {
    # The acts that the API offers with their forms: pages/acts.py draws whichever is offered.
    "pages/acts.py": frozenset(f"POST {one.path}" for one in (*ACTS, *STARTS))
    | frozenset(f"POST {path}" for path, _ in OF_BATCHES),
    "pages/account_acts.py": frozenset(one.route for one in (OPEN, *ON_ACCOUNTS.values())),
    "pages/identities.py": frozenset(IDENTITIES.values()),
    "pages/record.py": frozenset(f"GET {path}" for path in WALKS.values()),
    "pages/sheets.py": frozenset(f"GET {one.path}" for one in EXPORTS.values()),
    "pages/holding.py": frozenset(
        f"POST /tasks/{{task_id}}/{act}" for act in ("claim", "release", "pass-on")
    ),
    "ways.py": frozenset(f"POST {path}" for path in CHALLENGES.values()),
}
"""What modules ask for by a value that stands in a table of theirs, and in no call."""


def used() -> dict[str, set[str]]:
    """By operation the modules of the console that use it."""
    found: dict[str, set[str]] = {one: set() for one in RULES}
    asked = calls()
    for operation, by in found.items():
        for pattern, modules in asked.items():
            by |= modules if is_meant(pattern, operation) else set()
        by |= {module for module, held in TABLES.items() if operation in held}
    return found


def is_meant(pattern: str, operation: str) -> bool:
    """Whether a call of this pattern asks for the operation: a value for a parameter, a text for the same text."""
    asked, there = (one.split("/") for one in (pattern, re.sub(r"\{[^}]+\}", ANY, operation)))
    return len(asked) == len(there) and all(
        one == other if one == ANY else fnmatchcase(other, one)
        for one, other in zip(asked, there, strict=True)
    )


def test_every_operation_has_a_page_or_a_reason() -> None:
    lacking = {operation for operation, by in used().items() if not by}
    assert lacking - NO_PAGE.keys() == set(), "no page of the console uses them"


def test_no_reason_is_given_for_what_a_page_uses() -> None:
    assert NO_PAGE.keys() <= RULES.keys()
    assert {operation for operation, by in used().items() if by} & NO_PAGE.keys() == set()


def test_the_console_asks_for_nothing_that_is_not_there() -> None:
    there = [re.sub(r"\{[^}]+\}", ANY, operation) for operation in RULES]
    assert {one for one in calls() if not any(fnmatchcase(operation, one) for operation in there)} == set()


def test_a_call_is_read_with_its_method_and_what_stands_for_a_value() -> None:
    source = """
BASE = "/policies"

async def page(found, ident):
    path, key = f"/witnessing/{ident}", ""
    await found.api.read("/tasks" if key else f"/cases/{ident}/timeline", limit=1)
    await found.api.send("PUT", f"/tasks/{ident}/draft", {})
    await found.api.send("POST", path, {})
    await every(found.api, "/people", 3)
    await found.api.walk(f"{BASE}/{ident}/what-if")
    return Act(address="/not/asked", path="/deputies")
"""
    assert of_source(source) == {
        "GET /tasks",
        "GET /cases/*/timeline",
        "PUT /tasks/*/draft",
        "POST /witnessing/*",
        "GET /people",
        "GET /policies/*/what-if",
        "POST /deputies",
    }


def test_a_value_stands_for_a_parameter_and_not_for_another_route() -> None:
    assert is_meant("GET /notices/*.*", "GET /notices/{notice_id}.pdf")
    assert is_meant("POST /tasks/*/outcome", "POST /tasks/{task_id}/outcome")
    assert not is_meant("GET /notices/*", "GET /notices/undelivered")
    assert not is_meant("GET /tasks/*", "POST /tasks/{task_id}")
