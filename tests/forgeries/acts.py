"""Acts asked of a running case by somebody who holds the key to Temporal's payloads, and no key to sign with."""

from collections.abc import Callable
from datetime import timedelta

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from temporalio.client import WorkflowFailureError
from temporalio.exceptions import ApplicationError

from contracts.actor import LETTER_KEEPER, Grant
from contracts.case import CaseKind
from contracts.causes import Cause
from contracts.claim import UNSIGNED
from contracts.commands.letters import LetterUndelivered
from contracts.commands.removal import ReportInvestigation, Suspend
from contracts.record import CLAIM_PURPOSE
from contracts.refusals import RefusalCode
from services.kit.beginning import begin
from services.kit.signing import SigningKey
from tests.asking import removal_opening
from tests.claims import AT, claim, claimed, owed
from tests.forgeries.forgery import Forgery, Tried, Try
from tests.forgeries.house import CASE, CHAIR, ONCE, OTHER, USED, House

INVALID = RefusalCode.CLAIM_INVALID.value
KEPT = ("worker", INVALID)
STRANGERS = SigningKey(Ed25519PrivateKey.generate(), CLAIM_PURPOSE)
"""A key that somebody drew for themselves."""
UNASKED = "r-unasked"
"""A case that nobody asked for."""


def rewritten(house: House, key: str = "", **changes: object) -> Suspend:
    """A command that was claimed in order, and whose claim was changed afterwards."""
    command = house.genuine(house.asked(key=key))
    return command.model_copy(update={"claim": command.claim.model_copy(update=changes)})


def retargeted(house: House) -> Suspend:
    """A genuine claim for another case, over which this one's name was written."""
    command = house.genuine(house.asked(OTHER))
    return command.model_copy(update={"claim": command.claim.model_copy(update={"target": CASE})})


def other_words(house: House) -> Suspend:
    """A genuine claim, with another body than it was made for."""
    return house.genuine(house.asked()).model_copy(update={"minutes_digest": "9" * 64})


def other_words_and_digest(house: House) -> Suspend:
    """The same, and the digest in the claim made to fit."""
    command = other_words(house)
    return command.claimed_as(command.claim)


def undelivered(house: House) -> LetterUndelivered:
    """What only the office's own service tells a case, still to be signed."""
    said = claim(CASE, house.key(), LETTER_KEEPER)
    return LetterUndelivered(claim=said, letter="l-forged", notice="N17", led_at=AT)


async def not_owed(house: House) -> Tried:
    """What another case might tell this one, and owes it nowhere: the alarm names the key under which it came."""
    said = claim(CASE, house.key(), CHAIR)
    told = ReportInvestigation(claim=said, cause=Cause.DETAINED, document_digest="d" * 64)
    word = owed(told, house.keys.errand, OTHER)
    return Tried(await house.send(word), word.command_id)


def under(key: Callable[[House], SigningKey]) -> Callable[[House], Suspend]:
    """A person's act, whole and well claimed, under this key."""
    return lambda house: claimed(house.asked(), key(house))


def named_after_ours(house: House) -> Suspend:
    """Signed with a key of one's own that is called like the officers' service's."""
    command = claimed(house.asked(), STRANGERS)
    signature = command.claim.signature.model_copy(update={"key_id": house.keys.claim.key_id})
    return command.model_copy(update={"claim": command.claim.model_copy(update={"signature": signature})})


MADE: dict[str, Callable[[House], Suspend | LetterUndelivered]] = {
    "an act under a claim that nobody signed": lambda house: rewritten(house, signature=UNSIGNED),
    "an act under a claim in the name of another account": lambda house: rewritten(
        house, actor=CHAIR.model_copy(update={"account_id": "a-stranger"})
    ),
    "an act under a claim in the name of another person": lambda house: rewritten(
        house, actor=CHAIR.model_copy(update={"person_id": "p-stranger"})
    ),
    "an act under a claim to which its owner added a role": lambda house: rewritten(
        house, actor=CHAIR.model_copy(update={"grants": (*CHAIR.grants, Grant(role="EVALUATOR"))})
    ),
    "an act under a claim for another instant": lambda house: rewritten(house, at=AT + timedelta(hours=1)),
    "an act under a used claim under a new key": lambda house: rewritten(house, USED, command_id=house.key()),
    "an act under a claim for another act": lambda house: rewritten(house, act="lift-suspension"),
    "an act under a genuine claim for another case": lambda house: house.genuine(house.asked(OTHER)),
    "an act under a claim for another case over which this one was written": retargeted,
    "an act under a genuine claim with another body": other_words,
    "an act under a genuine claim with another body and its digest": other_words_and_digest,
    "an act under a claim signed with a key of one's own": under(lambda _: STRANGERS),
    "an act under a claim signed with a key of one's own that is called like ours": named_after_ours,
    "a person's act under the key for errands": under(lambda house: house.keys.errand),
    "a person's act under the key for steps": under(lambda house: house.keys.step),
    "a person's act under the registry's key": under(lambda house: house.keys.entry),
    "a service's word under the key for errands": lambda house: claimed(
        undelivered(house), house.keys.errand
    ),
    "a service's word under a key of one's own": lambda house: claimed(undelivered(house), STRANGERS),
}


def sent(made: Callable[[House], Suspend | LetterUndelivered]) -> Try:
    """Send it to the case."""

    async def tries(house: House) -> Tried:
        command = made(house)
        sender = f"account {command.actor.account_id} under key {command.claim.signature.key_id}"
        return Tried(await house.send(command), sender)

    return tries


async def no_claim(house: House) -> Tried:
    """The act, and nobody who asks."""
    command = house.asked().model_dump(mode="json", exclude={"claim"})
    return Tried(await house.send_raw(command))


async def replayed(house: House) -> Tried:
    """What was accepted once, byte for byte, under an update of another id."""
    return Tried(await house.send(house.genuine(house.asked(key=USED)), update_id=house.key()))


async def other_body(house: House) -> Tried:
    """Somebody's own key, used again for something else."""
    return Tried(await house.send(house.genuine(house.asked(key=USED, minutes="9" * 64))))


async def other_case(house: House) -> Tried:
    """A key that was used for one case, claimed in order for another."""
    return Tried(await house.send(house.genuine(house.asked(OTHER, USED)), OTHER))


async def unasked_case(house: House) -> Tried:
    """Begin a case that nobody asked for."""
    opening = claimed(removal_opening(case_id=UNASKED), house.keys.errand)
    opening = opening.model_copy(update={"claim": opening.claim.model_copy(update={"signature": UNSIGNED})})
    assert await begin(house.client, CaseKind.REMOVAL, UNASKED, opening, ONCE)
    try:
        await house.case(UNASKED).result()
    except WorkflowFailureError as failed:
        cause = failed.cause
        outcome = cause.type if isinstance(cause, ApplicationError) else type(cause).__name__
        return Tried(outcome or "", f"under key {UNSIGNED.key_id}")
    return Tried("accepted")


ACTS = (
    *(Forgery(sentence, sent(made), INVALID, KEPT) for sentence, made in MADE.items()),
    Forgery(
        "a case's word that it owes nobody, under the key for errands",
        not_owed,
        INVALID,
        ("registry", "not-owed"),
    ),
    Forgery("an act without a claim", no_claim, "RuntimeError"),
    Forgery("an accepted act sent again under another update", replayed, "accepted"),
    Forgery("another act under a used key", other_body, RefusalCode.KEY_REUSED),
    Forgery(
        "an act on another case under a used key",
        other_case,
        RefusalCode.KEY_REUSED,
        ("registry", "key-reused"),
    ),
    Forgery("a case that nobody asked for", unasked_case, INVALID, KEPT),
)
