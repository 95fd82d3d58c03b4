"""A Temporal client whose payloads and failures leave this process encrypted only."""

from dataclasses import replace
from typing import ClassVar

from temporalio.client import Client
from temporalio.contrib.pydantic import PydanticPayloadConverter, pydantic_data_converter
from temporalio.converter import DataConverter, DefaultFailureConverterWithEncodedAttributes

from services.kit.codec import SealingCodec
from services.kit.sealing import Keyring


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


def data_converter(keyring: Keyring) -> DataConverter:
    """Pydantic values in, sealed payloads out; messages and stack traces of failures are sealed as well."""
    return replace(
        pydantic_data_converter,
        payload_converter_class=SharedConverter,
        payload_codec=SealingCodec(keyring),
        failure_converter_class=DefaultFailureConverterWithEncodedAttributes,
    )


async def connect(address: str, namespace: str, keyring: Keyring) -> Client:
    """A client for the namespace. Raises RuntimeError when the server does not answer."""
    return await Client.connect(address, namespace=namespace, data_converter=data_converter(keyring))
