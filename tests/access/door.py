"""Temporal's door as its server keeps it with the default authorizer, before one that cannot: for tests and trials.

The production server cannot be had on a machine without its image. This stands in its place: TLS with a certificate of
the engine's authority, the token's signature and `permissions` checked, and each method held against them as the
server's own source does (1.32: common/authorization/default_authorizer.go, common/api/metadata.go). What it lets
through it hands to the server behind, unread.

    PYTHONPATH=. python -m tests.access.door CERTIFICATES LISTEN BEHIND
"""

import asyncio
import json
import sys
from collections.abc import Awaitable, Callable
from enum import IntFlag
from pathlib import Path
from typing import Any

import grpc
import grpc.aio
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet
from temporalio.api.operatorservice import v1 as operator
from temporalio.api.workflowservice import v1 as workflow

WORKFLOW_SERVICE = "temporal.api.workflowservice.v1.WorkflowService"
OPERATOR_SERVICE = "temporal.api.operatorservice.v1.OperatorService"
OPEN = frozenset({"GetSystemInfo"})
"""Asked of everybody, as the health check is."""
OF_CLUSTER = frozenset({"ListNamespaces", "GetClusterInfo", "GetSearchAttributes", "ListClusters"})
READ = ("Get", "List", "Describe", "Count", "Query", "Scan", "PollWorkflowExecutionUpdate")
ADMIN = frozenset(
    {
        *("RegisterNamespace", "UpdateNamespace", "DeprecateNamespace", "DeleteNamespace"),
        *("AddSearchAttributes", "RemoveSearchAttributes", "ListClusters"),
    }
)
LARGEST = 16 * 1024 * 1024


class Role(IntFlag):
    """What a token may say, in the server's order: one that is greater holds the lesser."""

    NONE = 0
    WORKER = 1
    READ = 2
    WRITE = 4
    ADMIN = 8


def needed(method: str) -> Role:
    """The role that a method asks for."""
    if method in ADMIN:
        return Role.ADMIN
    return Role.READ if method.startswith(READ) else Role.WRITE


def roles(token: str, keys: KeySet) -> dict[str, Role]:
    """By namespace what the token says; nothing without one. Raises PermissionError for one that does not hold."""
    if not token:
        return {}
    scheme, _, written = token.partition(" ")
    if scheme.lower() != "bearer":
        raise PermissionError("unexpected name in authorization token")
    try:
        claims = jwt.decode(written, keys, algorithms=["RS256", "ES256"]).claims
        jwt.JWTClaimsRegistry().validate(claims)
    except (JoseError, ValueError) as error:
        raise PermissionError("the token does not hold") from error
    said: dict[str, Role] = {}
    for permission in claims.get("permissions", []):
        namespace, _, role = permission.partition(":")
        said[namespace] = said.get(namespace, Role.NONE) | Role.__members__.get(role.upper(), Role.NONE)
    return said


def allowed(service: str, method: str, namespace: str, said: dict[str, Role]) -> bool:
    """Whether whoever is said to have these roles may ask for this method of a namespace."""
    if method in OPEN or service == "grpc.health.v1.Health":
        return True
    if service not in {WORKFLOW_SERVICE, OPERATOR_SERVICE}:
        return False
    everywhere = said.get("temporal-system", Role.NONE)
    held = everywhere if method in OF_CLUSTER else everywhere | said.get(namespace, Role.NONE)
    return held >= needed(method)


_MESSAGES = {WORKFLOW_SERVICE: workflow, OPERATOR_SERVICE: operator}


def _namespace(service: str, method: str, message: bytes) -> str:
    kind = getattr(_MESSAGES.get(service), f"{method}Request", None)
    return str(getattr(kind.FromString(message), "namespace", "")) if kind else ""


Answer = Callable[[bytes, "grpc.aio.ServicerContext[bytes, bytes]"], Awaitable[bytes]]


class Door(grpc.GenericRpcHandler):
    """Every call of the server behind, for those who may make it."""

    def __init__(self, behind: "grpc.aio.Channel", keys: KeySet) -> None:
        self._behind = behind
        self._keys = keys

    def service(self, details: Any) -> Any:
        """What answers a call."""
        return grpc.unary_unary_rpc_method_handler(self._answer(details.method))

    def _answer(self, path: str) -> Answer:
        _, service, method = path.split("/")

        async def answer(message: bytes, context: Any) -> bytes:
            shown = {key: value for key, value in context.invocation_metadata() if isinstance(value, str)}
            try:
                said = roles(shown.get("authorization", ""), self._keys)
            except PermissionError as error:
                await context.abort(grpc.StatusCode.PERMISSION_DENIED, str(error))
            if not allowed(service, method, _namespace(service, method, message), said):
                await context.abort(grpc.StatusCode.PERMISSION_DENIED, "Request unauthorized.")
            passed = [(key, value) for key, value in context.invocation_metadata() if key != "authorization"]
            try:
                reply: bytes = await self._behind.unary_unary(path)(
                    message, timeout=context.time_remaining(), metadata=passed
                )
            except grpc.aio.AioRpcError as error:
                await context.abort(error.code(), error.details() or "", tuple(error.trailing_metadata()))
            return reply

        return answer


async def opened(certificates: Path, listen: str, behind: str) -> tuple["grpc.aio.Server", int]:
    """The door, listening, and its port. `certificates` is the folder of deploy/certs.sh."""
    folder = certificates / "temporal"
    keys = KeySet.import_key_set(json.loads((folder / "engine-tokens.json").read_text()))
    sizes = [("grpc.max_receive_message_length", LARGEST), ("grpc.max_send_message_length", LARGEST)]
    server = grpc.aio.server(options=sizes)
    server.add_generic_rpc_handlers((Door(grpc.aio.insecure_channel(behind, options=sizes), keys),))
    shown = ((folder / "engine.key").read_bytes(), (folder / "engine.crt").read_bytes())
    known = grpc.ssl_server_credentials(
        [shown], root_certificates=(folder / "engine-ca.crt").read_bytes(), require_client_auth=True
    )
    port = server.add_secure_port(listen, known)
    await server.start()
    return server, port


async def main(certificates: Path, listen: str, behind: str) -> None:
    """Keep it open."""
    server, _ = await opened(certificates, listen, behind)
    await server.wait_for_termination()


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]), *sys.argv[2:4]))
