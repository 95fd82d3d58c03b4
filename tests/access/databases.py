"""What each role may do in PostgreSQL, tried statement by statement."""

import importlib
from collections.abc import Callable, Mapping

import psycopg

from services.kit.revisions import version_table
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


def surplus(connect: Connect) -> list[str]:
    """Where a role's rights are not those that its service's code names, and what other roles it belongs to."""
    wrong = []
    for service in SERVICES:
        main = importlib.import_module(f"services.{service}.main")
        named = {**main.TABLES.rights, version_table(main.TABLES.package): "SELECT"}
        wanted = {(table, right) for table, rights in named.items() for right in rights.split(", ")}
        with connect(f"qx_{service}", service, f"qx_{service}") as connection:
            held = set(connection.execute(_HELD, [list(RIGHTS)]).fetchall())
            roles = connection.execute(_ROLES).fetchall()
        wrong += [f"qx_{service} has {right} on {table}" for table, right in sorted(held - wanted)]
        wrong += [f"qx_{service} lacks {right} on {table}" for table, right in sorted(wanted - held)]
        wrong += [f"qx_{service} belongs to {role}" for (role,) in roles]
    return wrong


RIGHTS = ("SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE", "REFERENCES", "TRIGGER")
_HELD = """
    SELECT relname, r FROM pg_class, unnest(%s::text[]) AS wanted (r)
    WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'v', 'm', 'f')
    AND (has_table_privilege(pg_class.oid, r)
         OR r IN ('SELECT', 'INSERT', 'UPDATE', 'REFERENCES') AND has_any_column_privilege(pg_class.oid, r))
"""
_ROLES = "SELECT rolname FROM pg_roles WHERE rolname <> current_user AND pg_has_role(oid, 'MEMBER')"


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
