"""The officers' API agrees with itself: guarded routes, problems for all codes, tables as the code has them."""

import re
from collections.abc import Iterator
from inspect import getsource
from pathlib import Path
from typing import get_args

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute
from sqlalchemy import MetaData, create_engine

from contracts.commands.every import COMMANDS, FROM_CASES, OF_SERVICES, OPENINGS, PEOPLE_TOO
from contracts.policy.reading import PersonalField
from services.kit import cursor
from services.kit.migrating import migrate
from services.officers import app, main
from services.officers.base_table import OfficersTable
from services.officers.readmodel.reading.masking import PARTS
from services.officers.readmodel.reading.reads import TIERS
from services.officers.routes import acts, caller, factors, providers, sessions, starts
from services.officers.web.problems import PROBLEMS

HERE = Path(__file__).parents[2] / "services" / "officers"
ROUTES = [route for router in app.ROUTERS for route in router.routes if isinstance(route, APIRoute)]
OPEN = {
    ("POST", "/sessions"),
    ("POST", "/sessions/provider"),
    ("POST", "/sessions/provider/challenge"),
    ("POST", "/sessions/provider/second"),
    ("POST", "/sessions/passkey"),
    ("POST", "/sessions/passkey/challenge"),
    ("POST", "/credentials"),
    ("GET", "/public/notices"),
    ("GET", "/public/notices/{notice_id}.pdf"),
}
"""All that may be asked without a sign-in, besides the health check and the API's own description."""

WITHOUT_KEY = {
    ("POST", "/sessions"),
    ("POST", "/sessions/provider"),
    ("POST", "/sessions/provider/challenge"),
    ("POST", "/sessions/provider/second"),
    ("POST", "/sessions/fresh/provider"),
    ("POST", "/sessions/fresh/provider/challenge"),
    ("POST", "/sessions/fresh/provider/second"),
    ("POST", "/provider-link"),
    ("POST", "/provider-link/challenge"),
    ("POST", "/provider-link/removal"),
    ("POST", "/credentials"),
    ("DELETE", "/sessions"),
    ("DELETE", "/sessions/{session_id}"),
    ("POST", "/sessions/fresh"),
    ("POST", "/sessions/password"),
    ("POST", "/sessions/renewal"),
    ("POST", "/factors/totp"),
    ("POST", "/factors/passkey"),
    ("POST", "/factors/passkey/challenge"),
    ("POST", "/sessions/passkey"),
    ("POST", "/sessions/passkey/challenge"),
    ("POST", "/factors/recovery-codes"),
    ("POST", "/factors/{factor_id}/confirmation"),
    ("POST", "/factors/{factor_id}/removal"),
    ("POST", "/codec/decode"),
    ("POST", "/search/tasks"),
    ("POST", "/search/cases"),
    ("PUT", "/tasks/{task_id}/draft"),
    ("DELETE", "/tasks/{task_id}/draft"),
}
"""Answers of these hold a token or a secret, which nothing keeps, or change nothing; a repeat does no harm."""


SHOWS_NOBODY = {
    ("GET", "/me"),
    ("GET", "/sessions"),
    ("GET", "/factors"),
    ("GET", "/provider-link"),
    ("POST", "/sessions/fresh/provider/challenge"),
    ("POST", "/sessions/provider/challenge"),
    ("POST", "/sessions/passkey/challenge"),
    ("POST", "/sessions/renewal"),
}
"""What of sign-in is asked by nobody, or by whoever has a good token, with nothing to fail at."""


def _asked(dependant: Dependant) -> Iterator[object]:
    yield dependant.call
    for inner in dependant.dependencies:
        yield from _asked(inner)


def _named(route: APIRoute) -> tuple[str, str]:
    [method] = route.methods
    return method, route.path


def test_there_are_routes_to_guard() -> None:
    assert len(ROUTES) > 30
    assert {_named(route) for route in ROUTES} >= OPEN | WITHOUT_KEY


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: " ".join(_named(route)))
def test_every_route_is_guarded_and_every_write_has_a_key(route: APIRoute) -> None:
    calls = set(_asked(route.dependant))
    method, _ = name = _named(route)
    assert (caller.caller in calls) == (name not in OPEN)
    assert (caller.asking in calls) == (method != "GET" and name not in WITHOUT_KEY)
    declared = set(route.responses)
    assert {503} <= declared
    if name not in OPEN:
        assert 401 in declared
    if caller.asking in calls:
        assert {202, 400, 403, 404, 409, 412, 422} <= declared


def test_wherever_somebody_may_fail_to_show_who_they_are_the_failure_is_noted() -> None:
    """A failure is noted by what gives a route its origin, so every route of sign-in asks for it."""
    routers = (sessions.router, factors.router, providers.router)
    shown = [one for router in routers for one in router.routes if isinstance(one, APIRoute)]
    without = {_named(one) for one in shown if sessions.origin_of not in set(_asked(one.dependant))}
    assert without == SHOWS_NOBODY


def test_every_code_that_is_refused_with_has_a_problem() -> None:
    text = "\n".join(path.read_text() for path in HERE.rglob("*.py"))
    codes = set(re.findall(r"""(?:RefusedError|FailedError|WorkbookError|_refusal)\(\s*"([a-z-]+)\"""", text))
    assert len(codes) > 15
    assert codes <= set(PROBLEMS)


def test_every_command_that_people_send_has_a_route_and_no_other_has() -> None:
    bodies = [one.body.opening for one in starts.STARTS] + [one.body.command for one in acts.ACTS]
    # Tasks are completed by one path, whichever route it is asked of.
    ways = (*(HERE / "routes").glob("*.py"), HERE / "desk" / "completing.py")
    routes = "\n".join(path.read_text() for path in ways)
    named = {cls for cls in (*COMMANDS, *OPENINGS) if f"{cls.__name__}(" in routes}
    named |= {
        cls for cls in (*COMMANDS, *OPENINGS) for body in bodies if f"{cls.__name__}(" in getsource(body)
    }
    people = {
        cls
        for cls in (*COMMANDS, *OPENINGS)
        if cls.model_fields["act"].default not in FROM_CASES - PEOPLE_TOO | OF_SERVICES
    }
    assert named == people


def test_no_route_asks_for_roles_of_its_own() -> None:
    for path in (HERE / "routes").glob("*.py"):
        found = re.findall(r"askers\(|reads_cases", path.read_text())
        assert not found or path.name == "rights.py", f"{path.name}: the table of rules says who may"


async def test_the_migrations_make_exactly_the_tables_of_the_code(tmp_path: Path) -> None:
    await migrate(f"sqlite+aiosqlite:///{tmp_path / 'o.db'}", main.TABLES.package)
    engine = create_engine(f"sqlite:///{tmp_path / 'o.db'}")
    with engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"version_table": "officers_revision", "compare_type": False}
        )
        # Alembic compares one collection of tables: ours and the follower's.
        every = MetaData()
        for table in (*OfficersTable.metadata.tables.values(), *cursor.TABLES.tables.values()):
            table.to_metadata(every)
        differences = compare_metadata(context, every)
    engine.dispose()
    assert differences == []


def test_the_services_role_has_rights_on_every_table_and_on_no_other() -> None:
    assert set(main.TABLES.rights) == {*OfficersTable.metadata.tables, *cursor.TABLES.tables}
    for table in ("refusals", "events", "persons", "answers"):
        assert "UPDATE" not in main.TABLES.rights[table]
        assert "DELETE" not in main.TABLES.rights[table]


def test_every_personal_part_of_a_case_has_its_tier() -> None:
    assert set(TIERS) == set(get_args(PersonalField))
    assert set(PARTS.values()) <= set(TIERS)
