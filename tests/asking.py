"""Commands as people ask for them, for tests: each under a claim that nobody has signed yet."""

import itertools
from datetime import UTC, date, datetime
from typing import TypeVar

from contracts.actor import Actor, Grant
from contracts.base import NO_DIGEST
from contracts.claim import Claim
from contracts.commands.base import Command
from contracts.commands.batch import OpenBatch
from contracts.commands.nomination import OpenNomination
from contracts.commands.removal import OpenRemoval
from contracts.commands.review import OpenReview
from contracts.matter import Attacked, Lead, Objection
from contracts.nominee import RosterEntry
from contracts.policy import loader
from contracts.vocabulary import Seat
from tests.instants import CHINA
from tests.invented import nominee

ASKED_AT = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
NOMINEE = nominee()
ENTRY = RosterEntry(
    case_id="c1",
    person_id="p-nominee",
    district="d01",
    seat=Seat.EXECUTIVE,
    nominating_unit="chamber-1",
    nominee=NOMINEE,
)
LEAD = Lead(name="测试乙", text="欠缴税款")

C = TypeVar("C", bound=Command)
_keys = itertools.count(1)
"""Idempotency keys of this run: two people on one case must not share one."""


def local(text: str) -> datetime:
    """`2026-03-02 16:00` in China's time, as an instant."""
    return datetime.fromisoformat(text).replace(tzinfo=CHINA).astimezone(UTC)


def somebody(role: str, person: str = "p-somebody", unit: str = "", district: str = "*") -> Actor:
    """A person who holds one role."""
    grants = (Grant(role=role, unit=unit, district=district),)
    return Actor(account_id=f"a{person}", person_id=person, grants=grants)


def claim(actor: Actor, target: str, key: str = "") -> Claim:
    """This person asks something of this case; under a key of its own unless one is named."""
    command_id = key or f"k{next(_keys)}"
    return Claim(
        command_id=command_id, target=target, act="unsaid", body_digest=NO_DIGEST, actor=actor, at=ASKED_AT
    )


def asks(cls: type[C], actor: Actor, target: str = "c1", key: str = "", **fields: object) -> C:
    """The command, asked by this person of this case."""
    unclaimed = cls.model_validate({"claim": claim(actor, target, key), **fields})
    return unclaimed.claimed_as(unclaimed.claim)


def opening(
    version: str = "2026.1", district: str = "d01", case_id: str = "c1", cut_off: str = "2026-03-02"
) -> OpenNomination:
    """The input of a nomination, with an obviously invented nominee."""
    return asks(
        OpenNomination,
        somebody("NOMINATOR", "p-nominator", "chamber-1"),
        case_id,
        f"roster.{case_id}",
        parent="b1",
        entry=ENTRY.model_copy(update={"case_id": case_id, "district": district}),
        nominator_id="p-nominator",
        district=district,
        policy=version,
        policy_digest=loader.digest(version),
        batch_opened=local("2026-03-02 09:00"),
        cut_off=date.fromisoformat(cut_off),
        late=False,
    )


def removal_opening(version: str = "2026.1", case_id: str = "r1", **changes: object) -> OpenRemoval:
    """The input of a removal, with an obviously invented member; as the seat raises it where a case follows that."""
    values: dict[str, object] = {
        "parent": changes.get("tenure", case_id),
        "person_id": "p-member",
        "seat": Seat.EXECUTIVE,
        "source": "discipline-letter",
        "lead": LEAD,
        "district": "d01",
        "policy": version,
        "policy_digest": loader.digest(version),
        **changes,
    }
    registrar = somebody("EVALUATOR", "p-registrar")
    return asks(OpenRemoval, registrar, case_id, f"lead.{case_id}", **values)


def review_opening(
    version: str = "2026.1", case_id: str = "v1", instance: int = 1, barred: tuple[str, ...] = ("p-barred",)
) -> OpenReview:
    """The input of a review of removal r1, as the removal asks for it."""
    attacked = Attacked(name=LEAD.name, lead=LEAD.text, objection=Objection(grounds="not so"))
    return asks(
        OpenReview,
        somebody("MEMBER", "p-member"),
        case_id,
        f"review.{case_id}",
        parent="r1",
        person_id="p-member",
        seat=Seat.EXECUTIVE,
        instance=instance,
        barred=barred,
        attacked=attacked,
        district="d01",
        policy=version,
        policy_digest=loader.digest(version),
    )


def batch_opening(version: str = "2026.1", batch_id: str = "b1") -> OpenBatch:
    """The input of a batch."""
    return asks(
        OpenBatch,
        somebody("ELECTION_OFFICE", "p-office"),
        batch_id,
        f"open.{batch_id}",
        title="测试批次",
        districts=("d01",),
        policy=version,
        policy_digest=loader.digest(version),
    )
