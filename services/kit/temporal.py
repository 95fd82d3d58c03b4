"""A Temporal client whose payloads and failures leave this process encrypted only."""

import asyncio
from copy import copy
from datetime import timedelta
from typing import ClassVar, Self

from temporalio.api.workflowservice.v1 import DescribeNamespaceRequest
from temporalio.client import Client
from temporalio.contrib.pydantic import PydanticPayloadConverter
from temporalio.converter import (
    DataConverter,
    DefaultFailureConverterWithEncodedAttributes,
    SerializationContext,
    WithSerializationContext,
)
from temporalio.service import RPCError, RPCStatusCode, TLSConfig

from services.kit.codec import SealingCodec, Unreadable
from services.kit.errors import UnavailableError
from services.kit.logs import logger
from services.kit.sealing import Keyring
from services.kit.tls import EngineLogin
from services.kit.waking import pause

ASK_AGAIN_SECONDS = 0.1
TOLD_EVERY = 100
"""Of the questions to a server that is not up yet, every hundredth is logged: one line in some ten seconds."""

COMING = frozenset({RPCStatusCode.UNAVAILABLE, RPCStatusCode.DEADLINE_EXCEEDED, RPCStatusCode.NOT_FOUND})
"""What a server answers that is not up yet, or has not made the namespace yet."""


class SharedConverter(PydanticPayloadConverter):
    """One converter for the whole process, though the library asks for a new one for every workflow it runs.

    What it costs is its memory of how each type is read, which a new one builds again.
    """

    _one: ClassVar["SharedConverter | None"] = None

    def __new__(cls) -> "SharedConverter":
        """The one there is."""
        if SharedConverter._one is None:
            SharedConverter._one = super().__new__(cls)
            PydanticPayloadConverter.__init__(SharedConverter._one)
        return SharedConverter._one

    def __init__(self) -> None:
        """Keep what was learned."""


class WorkflowConverter(DataConverter):
    """Seals and opens the payloads of one workflow after another by the same parts.

    The library's own makes every part anew each time that it is told a workflow, which is several times an act. Of
    ours only the codec knows workflows, and `data_converter` gives it no other parts.
    """

    def with_context(self, context: SerializationContext) -> Self:
        """The same, for the payloads of this workflow."""
        bound = copy(self)
        codec = self.payload_codec
        if isinstance(codec, WithSerializationContext):
            object.__setattr__(bound, "payload_codec", codec.with_context(context))
        return bound


def data_converter(keyring: Keyring, unreadable: Unreadable | None = None) -> DataConverter:
    """Pydantic values in, sealed payloads out; messages and stack traces of failures are sealed as well.

    `unreadable` is for a worker: see SealingCodec.
    """
    return WorkflowConverter(
        payload_converter_class=SharedConverter,
        payload_codec=SealingCodec(keyring, unreadable),
        failure_converter_class=DefaultFailureConverterWithEncodedAttributes,
    )


async def connect(
    address: str,
    namespace: str,
    keyring: Keyring,
    unreadable: Unreadable | None = None,
    login: EngineLogin | None = None,
) -> Client:
    """A client for the namespace. Raises RuntimeError when the server does not answer, or lets nobody like this in.

    `login` is how one is known to the engine; without it, which is for one machine only, anybody is let in.
    """
    return await Client.connect(
        address,
        namespace=namespace,
        tls=_certified(login),
        api_key=login.token if login else None,
        data_converter=data_converter(keyring, unreadable),
    )


def _certified(login: EngineLogin | None) -> TLSConfig | bool:
    if login is None:
        return False
    return TLSConfig(
        server_root_ca_cert=login.tls.authority.read_bytes(),
        client_cert=login.tls.certificate.read_bytes(),
        client_private_key=login.tls.key.read_bytes(),
    )


async def connect_when_up(
    address: str,
    namespace: str,
    keyring: Keyring,
    stop: asyncio.Event,
    unreadable: Unreadable | None = None,
    login: EngineLogin | None = None,
) -> Client:
    """A client for the namespace, once the server is up and has it; waits for that until `stop` is set.

    So a process need not be started after the engine. Raises UnavailableError when it is stopped first, and
    RPCError when the server refuses.
    """
    asked = 0
    while not stop.is_set():
        try:
            client = await connect(address, namespace, keyring, unreadable, login)
            await client.workflow_service.describe_namespace(
                DescribeNamespaceRequest(namespace=namespace), timeout=timedelta(seconds=5)
            )
            return client
        except (RuntimeError, RPCError) as error:
            if isinstance(error, RPCError) and error.status not in COMING:
                raise
            asked += 1
            if asked % TOLD_EVERY == 0:
                logger.warning("waiting for the engine", address=address, attempt=asked, exc_info=error)
        await pause(stop, ASK_AGAIN_SECONDS)
    raise UnavailableError("stopped before the engine answered")
