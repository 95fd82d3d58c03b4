"""Evasions beside cases about people: what is asked for accounts, for the policy, in an emergency."""

from contracts.actor import Actor
from contracts.commands.base import Command
from contracts.policy.model import Policy
from tests.attacks.four_eyes.evasion import Attempt, Evasions, also
from tests.unit.rules import test_access as accounts
from tests.unit.rules import test_emergencies as emergencies
from tests.unit.rules import test_policy_proposals as proposals

REQUESTS: Evasions[Policy, Attempt] = Evasions()


def by(command: Command, actor: Actor) -> Command:
    """The command as somebody else asks it."""
    return command.model_copy(update={"claim": command.claim.model_copy(update={"actor": actor})})


def under(command: Command, *ids: str) -> Command:
    """The command by the same person, who is known under these ids as well."""
    return by(command, also(command.actor, *ids))


@REQUESTS.of("accounts approved by who asked for them", "same-person")
async def _asked(policy: Policy) -> Attempt:
    desk = accounts.asked(policy, accounts.OPEN)
    return Attempt(desk, accounts.answer(desk, "APPROVED", "p-asker"), accounts.answer(desk, "APPROVED"))


@REQUESTS.of("the same under another identity", "same-person")
async def _asked_too(policy: Policy) -> Attempt:
    desk = accounts.asked(policy, accounts.OPEN)
    honest = accounts.answer(desk, "APPROVED")
    return Attempt(desk, under(honest, "p-asker"), honest)


@REQUESTS.of("accounts approved by whose they are, under another identity", "conflict-of-interest")
async def _concerned(policy: Policy) -> Attempt:
    desk = accounts.asked(policy, accounts.OPEN)
    honest = accounts.answer(desk, "APPROVED")
    return Attempt(desk, under(honest, "p-1"), honest)


@REQUESTS.of("accounts approved as they were before they were changed", "stale-digest")
async def _changed(policy: Policy) -> Attempt:
    desk = accounts.asked(policy, accounts.OPEN)
    return Attempt(desk, accounts.answer(desk, "APPROVED", seen="e" * 64), accounts.answer(desk, "APPROVED"))


@REQUESTS.of("an emergency granted by who reads in it", "same-person")
async def _grants(policy: Policy) -> Attempt:
    desk = emergencies.asked(policy)
    return Attempt(desk, emergencies.approval(desk, emergencies.READER), emergencies.approval(desk))


@REQUESTS.of("the same under another identity", "same-person")
async def _grants_too(policy: Policy) -> Attempt:
    desk = emergencies.asked(policy)
    honest = emergencies.approval(desk)
    return Attempt(desk, under(honest, emergencies.READER), honest)


@REQUESTS.of("an emergency used by who granted it, found later to be who asked", "same-person")
async def _granted_to_oneself(policy: Policy) -> Attempt:
    desk = await emergencies.granted(policy)
    honest = emergencies.reading(desk)
    return Attempt(desk, under(honest, "p-security"), honest)


@REQUESTS.of("an emergency looked back on by who read in it, under another identity", "same-person")
async def _looks_back(policy: Policy) -> Attempt:
    desk = await emergencies.granted(policy)
    await desk.send(emergencies.reading(desk))
    await desk.until(emergencies.until(desk))
    honest = emergencies.done(desk, "review-emergency", "PROPER", "AUDITOR", "p-auditor")
    return Attempt(desk, under(honest, emergencies.READER), honest)


@REQUESTS.of("a version of the policy released by its author", "same-person")
async def _author(policy: Policy) -> Attempt:
    desk = proposals.proposed(policy)
    author = proposals.answer(desk, "APPROVED", proposals.AUTHOR.person_id)
    return Attempt(desk, author, proposals.answer(desk, "APPROVED"))


@REQUESTS.of("the same under another identity", "same-person")
async def _author_too(policy: Policy) -> Attempt:
    desk = proposals.proposed(policy)
    honest = proposals.answer(desk, "APPROVED")
    return Attempt(desk, under(honest, proposals.AUTHOR.person_id), honest)


@REQUESTS.of("a version released in place of the one that was read", "stale-digest")
async def _other_bytes(policy: Policy) -> Attempt:
    desk = proposals.proposed(policy)
    honest = proposals.answer(desk, "APPROVED")
    return Attempt(desk, proposals.answer(desk, "APPROVED", seen=proposals.OTHER), honest)
