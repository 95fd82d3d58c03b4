"""What comes to a case and was not sealed for it: copied from another's history, from elsewhere, or never sealed.

The act within is genuine, so that only the seal is at fault.
"""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from temporalio.api.common.v1 import Payload
from temporalio.client import Client
from temporalio.contrib.pydantic import pydantic_data_converter
from temporalio.converter import DataConverter, PayloadCodec

from services.kit.codec import SealingCodec
from services.kit.sealing import Keyring
from tests.forgeries.forgery import Forgery, Tried, Try
from tests.forgeries.house import CASE, OTHER, House


class Copied(PayloadCodec):
    """Seals for one place, wherever it sends to, and opens nothing."""

    def __init__(self, keyring: Keyring, namespace: str, workflow_id: str) -> None:
        self._codec = SealingCodec(keyring, place=(namespace, workflow_id))

    async def encode(self, payloads: Sequence[Payload]) -> list[Payload]:
        """As for that place."""
        return await self._codec.encode(payloads)

    async def decode(self, payloads: Sequence[Payload]) -> list[Payload]:
        """As it came."""
        return list(payloads)


async def tell(house: House, converter: DataConverter, case_id: str) -> Tried:
    """Send a genuine act to a case under this converter. Who sent it, nobody can know: the alarm names the case."""
    config = house.client.service_client.config
    forger = await Client.connect(
        config.target_host, namespace=house.client.namespace, data_converter=converter
    )
    outcome = await house.send_raw(house.genuine(house.asked(case_id)), case_id, client=forger)
    return Tried(outcome, house.case(case_id).id)


def sealed_for(namespace: str, place: str, case_id: str) -> Try:
    """Sealed with our own key for a case of this namespace, and sent to another of ours."""

    async def tries(house: House) -> Tried:
        codec = Copied(house.keys.engine, namespace, house.case(place).id)
        return await tell(house, replace(pydantic_data_converter, payload_codec=codec), case_id)

    return tries


async def sealed_with_another_key(house: House) -> Tried:
    """Sealed for the right place, with a key of one's own."""
    with TemporaryDirectory() as folder:
        codec = Copied(Keyring.create(Path(folder) / "engine"), house.client.namespace, house.case().id)
        return await tell(house, replace(pydantic_data_converter, payload_codec=codec), CASE)


async def in_clear(house: House) -> Tried:
    """Not sealed."""
    return await tell(house, pydantic_data_converter, CASE)


# The record keeps what is the same once, so two that look alike are sent to two cases.
PAYLOADS = tuple(
    Forgery(sentence, tries, "RuntimeError", ("worker", "unreadable"))
    for sentence, tries in (
        ("a payload copied from another workflow", sealed_for("default", OTHER, CASE)),
        ("a payload sealed for another namespace", sealed_for("elsewhere", OTHER, OTHER)),
        ("a payload sealed with a key of one's own", sealed_with_another_key),
        ("a payload that is not sealed", in_clear),
    )
)
