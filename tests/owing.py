"""One case owes two others a word: the step that owes it, what carrying it asks, and the step that takes it."""

from contracts.actor import Actor, Signer
from contracts.base import NO_DIGEST
from contracts.claim import Claim
from contracts.commands.base import Command
from contracts.commands.nomination import ScheduleElection
from contracts.errand import Tell, promises
from contracts.events.errand import ErrandOwed, Owed
from contracts.settling import EventDraft
from services.kit.claims import signed
from services.worker.errands import claimed_errand
from tests import events
from tests.claims import AT, OFFICER, KeySet, claim
from tests.events import Asked, Case, draft
from tests.record_steps import TYPE, Step

OWING, FIRST, SECOND = "b1", "c1", "c2"


def word(actor: Actor = OFFICER, at: str = "2026-06-01T01:00:00Z") -> ScheduleElection:
    """What is owed: by whom it is asked, and what."""
    asked = claim(OWING, "k-owing", actor)
    return (said := ScheduleElection.model_validate({"claim": asked, "election_at": at})).claimed_as(
        said.claim
    )


def errand(number: int = 1) -> Tell:
    """The errand itself."""
    return Tell(number=number, kind="nomination", case_ids=(FIRST, SECOND), command=word())


def owing(
    keys: KeySet, number: int = 1, *, first: int = 1, previous: str = NO_DIGEST, kept: bool = True
) -> Step:
    """The step that owes it; `kept` False: as it was recorded before promises were."""
    owed = errand(number)
    promised = promises(owed, OWING) if kept else ()
    event = ErrandOwed(number=number, promises=promised, private=Owed(errand=owed))
    case = Case(OWING, kind="batch")
    return events.step(case, [draft(event)], Asked(at=AT), keys.record, first=first, previous=previous)


def asked(keys: KeySet, target: str = FIRST, number: int = 1, command: Command | None = None) -> Claim:
    """The claim under which this case is asked, or that of something else in its place."""
    return claimed_errand(command or word(), keys.errand, OWING, number, target).claim


def forged(keys: KeySet, said: Claim, **changes: object) -> Claim:
    """The same claim, changed and signed again by whoever has the key."""
    return signed(said.model_copy(update=changes), keys.errand)


def taking(said: Claim) -> Step:
    """The step of the case that is asked, under this claim."""
    signer = Signer(account_id=said.actor.account_id, person_id=said.actor.person_id, role="SCREENER")
    payload: dict[str, object] = {"task_id": f"{said.target}.reply.1.police.1", "person_id": "p-1"}
    made = EventDraft(type=TYPE, version=1, payload=payload)
    return events.step(Case(said.target), [made], Asked(signer, said.command_id, said, AT))
