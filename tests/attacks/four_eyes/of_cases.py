"""Evasions in a nomination, before the rules alone: whoever may not be a second pair of eyes on it, under any name."""

from collections.abc import Awaitable, Callable

from contracts.actor import Actor, Grant, Ties
from contracts.commands.base import Command
from contracts.commands.case import CompleteTask, PassOn, ReassignTask, ReportConflict
from tests.acting import completing
from tests.asking import asks, somebody
from tests.attacks.four_eyes.evasion import Attempt, Evasions, also, deputy
from tests.conflicts import found
from tests.office import Office, finding

CASES: Evasions[Office, Attempt] = Evasions()
FRESH = "p-fresh"


async def _attempt(
    office: Office, kind: str, evading: Actor, honest: Actor | None = None, **said: object
) -> Attempt:
    role = (await office.task(kind)).role
    other = honest or somebody(role, FRESH)
    return Attempt(
        office.desk,
        await completing(office, kind, evading, **said),
        await completing(office, kind, other, **said),
    )


def _screens(who: Actor) -> Callable[[Office], Awaitable[Attempt]]:
    async def screens(office: Office) -> Attempt:
        return await _attempt(office, "screen", who)

    return screens


for _tries, _code, _person, _them in (
    ("an eligibility check by whoever recommends the person", "recommender", "p-nominator", "them"),
    ("an act of an officer on the own case", "conflict-of-interest", "p-nominee", "the person concerned"),
):
    CASES.of(_tries, _code)(_screens(somebody("SCREENER", _person)))
    CASES.of("the same under another identity", _code)(_screens(also(somebody("SCREENER", "p-x"), _person)))
    CASES.of(f"the same by whoever stands in for {_them}", _code)(
        _screens(deputy("SCREENER", "p-x", _person))
    )


@CASES.of("a panel's signature by somebody who holds a role in discipline as well", "separation-of-duty")
async def _discipline(office: Office) -> Attempt:
    await office.screened()
    await office.reply("tax", "ISSUE", finding("NL-D01"))
    await office.act("explain", "NOTHING_TO_ADD")
    await office.act("confirm-fact", "VETO")
    grants = (Grant(role="DISC_HEAD"), Grant(role="PANEL_CHAIR"))
    both = Actor(account_id="a-both", person_id="p-both", grants=grants)
    return await _attempt(office, "confirm-fact-sign", both)


@CASES.of("a report checked by whoever acted on the case", "separation-of-duty")
async def _checks(office: Office) -> Attempt:
    await _reported(office)
    return await _attempt(office, "check-report", somebody("REPORT_HANDLER", "p-screener-1"), reason="r")


@CASES.of("the same under another identity", "separation-of-duty")
async def _checks_too(office: Office) -> Attempt:
    await _reported(office)
    handler = also(somebody("REPORT_HANDLER", "p-x"), "p-screener-1")
    return await _attempt(office, "check-report", handler, reason="r")


async def _reported(office: Office) -> None:
    await office.posted()
    await office.report()


@CASES.of("a second signature over what was changed since it was seen", "stale-digest")
async def _edited(office: Office) -> Attempt:
    """The first signature falls, and others give it anew with another content; the old one is confirmed."""
    seen = await _checked_twice(office)
    checker = somebody("SECOND_CHECKER", FRESH)
    honest = await completing(office, "screen-sign", checker)
    return Attempt(office.desk, await completing(office, "screen-sign", checker, seen=seen), honest)


async def _checked_twice(office: Office) -> str:
    await office.act("screen", "PASS", actor=somebody("SCREENER", "p-kin"), reason="as it was")
    seen = (await office.task("screen-sign")).content_digest
    await found(office, "p-kin")
    await office.act("screen", "PASS", actor=somebody("SCREENER", "p-other"), reason="as it is")
    return seen


@CASES.of("a second signature in a task that fell with the first", "task-closed")
async def _void(office: Office) -> Attempt:
    await office.act("screen", "PASS", actor=somebody("SCREENER", "p-kin"))
    old = await completing(office, "screen-sign", somebody("SECOND_CHECKER", FRESH))
    await found(office, "p-kin")
    await office.act("screen", "PASS", actor=somebody("SCREENER", "p-other"))
    return Attempt(
        office.desk,
        old,
        await completing(office, "screen-sign", somebody("SECOND_CHECKER", FRESH)),
    )


@CASES.of("an act done again by who was found to have a conflict", "conflict-of-interest")
async def _found(office: Office) -> Attempt:
    await _signed_and_found(office)
    return await _attempt(office, "screen", somebody("SCREENER", "p-kin"))


@CASES.of("the same under another identity", "conflict-of-interest")
async def _found_too(office: Office) -> Attempt:
    await _signed_and_found(office)
    return await _attempt(office, "screen", also(somebody("SCREENER", "p-x"), "p-kin"))


async def _signed_and_found(office: Office) -> None:
    await office.act("screen", "PASS", actor=somebody("SCREENER", "p-kin"))
    await office.act("screen-sign", "CONFIRM")
    await found(office, "p-kin")


@CASES.of("a conflict that somebody settles for themselves under another identity", "conflict-of-interest")
async def _judges_itself(office: Office) -> Attempt:
    await office.act("screen", "PASS", actor=somebody("SCREENER", "p-kin"))
    told = {"person_id": "p-kin", "ground": "kin", "reason": "found in the register"}
    await office.asks(ReportConflict, office.actor("CLERK"), **told)
    role = (await office.task("recusal")).role
    return await _attempt(office, "recusal", also(somebody(role, "p-x"), "p-kin"), reason="no kin")


@CASES.of("a task given to who made the first signature", "same-person")
async def _given(office: Office) -> Attempt:
    return await _reassigned(office, Ties(person_id="p-first"))


@CASES.of("the same under another identity", "same-person")
async def _given_too(office: Office) -> Attempt:
    return await _reassigned(office, Ties(person_id="p-x", also=("p-first",)))


async def _reassigned(office: Office, person: Ties) -> Attempt:
    await office.act("screen", "PASS", actor=somebody("SCREENER", "p-first"))
    task = await office.task("screen-sign")

    def given(to: Ties) -> Command:
        said = {"task_id": task.id, "person_id": to.person_id, "reason": "r"}
        asked = asks(ReassignTask, somebody("UFWD", "p-ufwd"), office.desk.case_id, **said)
        known = asked.claim.model_copy(update={"others": (to,)})
        return asked.model_copy(update={"claim": known})

    return Attempt(office.desk, given(person), given(Ties(person_id=FRESH)))


@CASES.of("who made the first signature named by the level above for the second", "same-person")
async def _named(office: Office) -> Attempt:
    await office.act("screen", "PASS", actor=somebody("SCREENER", "p-first"))
    task = await office.task("screen-sign")
    passes = asks(PassOn, somebody(task.role, "p-leaves"), task_id=task.id, reason="on leave")
    claim = passes.claim.model_copy(update={"others": ()})
    await office.desk.send(passes.model_copy(update={"claim": claim}))
    naming = await office.task("name-signer")

    def names(person: str) -> Command:
        said = {"form": {"signer": person}, "reason": "r", "seen": naming.content_digest}
        above = somebody(naming.role, "p-above")
        return asks(CompleteTask, above, task_id=naming.id, outcome="NAMED", **said)

    return Attempt(office.desk, names("p-first"), names(FRESH))
