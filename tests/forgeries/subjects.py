"""What somebody does at the broker with a password that is not for it: the broker refuses, and its log says who."""

from contracts.names import APPEND_SUBJECT, ATTEMPT_SUBJECT, LOOK_SUBJECT, record_subject
from tests.forged_entries import FORGED
from tests.forgeries.forgery import Forgery, Tried, Try
from tests.forgeries.house import CASE, House
from tests.production_broker import bare, bus_of
from tests.record_steps import message, step

RECORD = record_subject("removal", "case-ended", 1)


def says(login: str, subject: str) -> Try:
    """Publish a good step there under this login."""

    async def tries(house: House) -> Tried:
        body = message(step(house.keys, CASE), house.keys.step)
        async with bare(house.nats, login) as forger:
            await forger.client.publish(subject, body)
            outcome = "refused" if await forger.refused() else "taken"
        return Tried(outcome, f'user:{login}" - Publish Violation - Subject "{subject}"')

    return tries


def hears(login: str, subject: str) -> Try:
    """Answer there in the record's place, under this login."""

    async def tries(house: House) -> Tried:
        async with bare(house.nats, login) as forger:
            await forger.client.subscribe(subject, queue="registry")
            outcome = "refused" if await forger.refused() else "taken"
        return Tried(outcome, f'user:{login}" - Subscription Violation - Subject "{subject}"')

    return tries


def published(name: str) -> Try:
    """Publish an entry with the registry's own password, and without its key."""

    async def tries(house: House) -> Tried:
        subject, body, headers = FORGED[name](house.keys, await house.reading.head())
        async with bus_of(house.nats, "registry") as bus:
            await bus.send(subject, body, headers)
            await bus.flush()
        old = name == "another first entry"
        return Tried("sent", "" if old else "alarm: an entry was heard that the registry did not send")

    return tries


SPOKEN = (
    ("worker", RECORD),
    ("officers", RECORD),
    ("notices", RECORD),
    ("officers", APPEND_SUBJECT),
    ("notices", APPEND_SUBJECT),
    ("officers", ATTEMPT_SUBJECT),
    ("notices", ATTEMPT_SUBJECT),
)

SUBJECTS = (
    *(
        Forgery(f"the {login} service's password used to speak on {subject}", says(login, subject), "refused")
        for login, subject in SPOKEN
    ),
    *(
        Forgery(
            f"the {login} service's password used to answer for the record", hears(login, subject), "refused"
        )
        for login, subject in (
            ("worker", APPEND_SUBJECT),
            ("officers", LOOK_SUBJECT),
            ("notices", APPEND_SUBJECT),
        )
    ),
    *(
        Forgery(f"the registry's password used to tell of an entry: {name}", published(name), "sent")
        for name in FORGED
    ),
)
