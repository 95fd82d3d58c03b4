"""Steps handed to the record by somebody with the worker's password at the broker, and at best with one of our keys."""

from collections.abc import Callable

from contracts.canonical import canonical, envelope_digest
from contracts.claim import UNSIGNED, Signature
from contracts.names import APPEND_SUBJECT
from contracts.record import ENTRY_PURPOSE, Declined, StepHead
from services.kit.signing import SigningKey
from services.registry.ledger import Line
from tests.claims import KeySet
from tests.forgeries.forgery import Forgery, Tried, Try
from tests.forgeries.house import CASE, USED, House
from tests.production_broker import bus_of
from tests.record_steps import Step, message, step
from tests.registry_rig import read_answer
from tests.unfit_steps import UNFIT, whole


async def hand_in(house: House, body: bytes, sender: str) -> Tried:
    """Ask the record to take it."""
    async with bus_of(house.nats, "worker") as bus:
        answer, _ = read_answer(await bus.request(APPEND_SUBJECT, body, 10))
    return Tried(answer.code if isinstance(answer, Declined) else answer.answer, sender)


def told(steps: Step, signature: Signature) -> bytes:
    """The step under this signature, whatever it is of."""
    head = StepHead(signature=signature).model_dump_json().encode()
    return b"\n".join((head, *(canonical(event) for event in steps)))


def signed_by(key: Callable[[House], SigningKey]) -> Try:
    """A whole step with its claim, signed with this key."""

    async def tries(house: House) -> Tried:
        signing = key(house)
        return await hand_in(house, message(whole(house.keys), signing), signing.key_id)

    return tries


async def unsigned(house: House) -> Tried:
    """A whole step with its claim, and no signature."""
    return await hand_in(house, told(whole(house.keys), UNSIGNED), UNSIGNED.key_id)


async def signed_elsewhere(house: House) -> Tried:
    """A whole step under the worker's signature of another one."""
    other = house.keys.step.sign(envelope_digest(step(house.keys, "c9")[-1]).encode())
    return await hand_in(house, told(whole(house.keys), other), house.keys.step.key_id)


def unfit(made: Callable[[KeySet], Step]) -> Try:
    """Signed by the worker, and at fault in itself."""

    async def tries(house: House) -> Tried:
        return await hand_in(house, message(made(house.keys), house.keys.step), house.keys.step.key_id)

    return tries


async def lines(house: House) -> list[Line]:
    """What stands on the record of the case."""
    return await house.reading.entries(case_id=CASE, after=-1, limit=1000)


async def behind_a_gap(house: House) -> Tried:
    """A step that leaves out the one before."""
    last = (await lines(house))[-1].entry
    made = step(house.keys, CASE, first=last.sequence + 2, previous=last.digest, command_id=house.key())
    return await hand_in(house, message(made, house.keys.step), house.keys.step.key_id)


async def on_another_past(house: House) -> Tried:
    """A step in the right place that names another past."""
    last = (await lines(house))[-1].entry
    made = step(house.keys, CASE, first=last.sequence + 1, previous="b" * 64, command_id=house.key())
    return await hand_in(house, message(made, house.keys.step), house.keys.step.key_id)


async def sent_again(house: House) -> Tried:
    """The last recorded step, byte for byte under its own signature."""
    every = await lines(house)
    mark = every[-1].mark
    assert mark is not None
    head = StepHead(signature=Signature(key_id=mark.key_id, value=mark.signature))
    bodies = [one.entry.body for one in every if one.entry.sequence >= mark.first]
    return await hand_in(house, "\n".join((head.model_dump_json(), *bodies)).encode(), "")


async def used_key_here(house: House) -> Tried:
    """Another step of the same case under a key that made one."""
    last = (await lines(house))[-1].entry
    made = step(house.keys, CASE, first=last.sequence + 1, previous=last.digest, command_id=USED)
    return await hand_in(house, message(made, house.keys.step), "")


async def used_key_elsewhere(house: House) -> Tried:
    """A step of another case under a key that made one."""
    return await hand_in(house, message(step(house.keys, "c1", command_id=USED), house.keys.step), "")


def declined(sentence: str, tries: Try, code: str) -> Forgery:
    """The record declines it and keeps it."""
    return Forgery(sentence, tries, code, ("registry", code))


STEPS = (
    declined("a step that nobody signed", unsigned, "unsigned-step"),
    declined(
        "a step signed by the officers' service", signed_by(lambda house: house.keys.claim), "unsigned-step"
    ),
    declined(
        "a step signed with the key for errands", signed_by(lambda house: house.keys.errand), "unsigned-step"
    ),
    declined("a step signed by the registry", signed_by(lambda house: house.keys.entry), "unsigned-step"),
    declined(
        "a step that the worker signed for another purpose",
        signed_by(lambda house: SigningKey(house.keys.step._key, ENTRY_PURPOSE)),
        "unsigned-step",
    ),
    declined("a step under the signature of another one", signed_elsewhere, "unsigned-step"),
    *(declined(f"a step at fault: {name}", unfit(made), code) for name, (code, made) in UNFIT.items()),
    declined("a step behind a gap", behind_a_gap, "gap"),
    declined("a step on another past", on_another_past, "other-past"),
    Forgery("a recorded step sent again", sent_again, "recorded"),
    Forgery("a second step of a case under one key", used_key_here, "standing", ("registry", "key-reused")),
    declined("a step of another case under a used key", used_key_elsewhere, "key-reused"),
)
