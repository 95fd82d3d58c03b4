"""What each role may do in PostgreSQL, tried statement by statement."""

from collections.abc import Callable, Mapping

import psycopg

from tests.matrix import Matrix

SERVICES = ("officers", "registry", "notices")
EACH = "each"
"""Stands for a database in acts that are tried in the role's own, and for roles that have none in all of them."""

Connect = Callable[[str, str, str], psycopg.Connection]
"""A connection for a role, with the password of a secret, to a database. Raises OperationalError where none is had."""


def found(connect: Connect, said: Mapping[str, Mapping[str, str]]) -> Matrix:
    """By act and who, `yes` or `no`. `closed` is a migration's login; `nobody` has no password."""
    tried: Matrix = {}
    for act, cells in said.items():
        database, _, statement = act.partition(": ")
        tried[act] = {who: _cell(connect, database, statement, who) for who in cells}
    return tried


def _cell(connect: Connect, database: str, statement: str, who: str) -> str:
    own = SERVICES if database in {EACH, "postgres"} else (database.removeprefix("qx_"),)
    logins = {
        "closed": [(f"qx_{one}_migrate", f"migrate-{one}", one) for one in own],
        "nobody": [(f"qx_{one}", "of-nobody", one) for one in own],
    }.get(who, [(f"qx_{who}", who, who)])
    done = [
        _done(connect, role, secret, f"qx_{one}" if database == EACH else database, statement)
        for role, secret, one in logins
    ]
    return "yes" if any(done) else "no"


def _done(connect: Connect, role: str, secret: str, database: str, statement: str) -> bool:
    try:
        with connect(role, secret, database) as connection:
            connection.execute(statement.replace("$ME", role).encode())
    except (psycopg.OperationalError, psycopg.errors.InsufficientPrivilege, psycopg.errors.RaiseException):
        return False
    return True
