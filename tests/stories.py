"""Sample events of made-up cases."""

from datetime import UTC, date, datetime

from contracts.causes import Cause
from contracts.events.award import AwardApplied
from contracts.events.batch import BatchOpened
from contracts.events.case import CaseHeld
from contracts.events.enquiry import EnquiryOpened
from contracts.events.late_roster import LateRoster, LateRosterOpened
from contracts.events.nomination import CaseOpened
from contracts.events.removal import Ground, RemovalOpened
from contracts.events.removal_review import ReviewOpened
from contracts.events.review import HitFacts, HitFound
from contracts.events.task import RungReached, TaskExtended, TaskOpened
from contracts.events.tenure import TenureOpened
from contracts.inquired import Inquired
from contracts.matter import Applicant, Attacked, Leader, Objection
from contracts.names import task_id
from contracts.nominee import Fact, Nominee, RosterLine
from contracts.policy.loader import released
from contracts.term import Extended, Term
from contracts.vocabulary import Effect, Rung, Seat, Stage
from tests.events import AT
from tests.invented import nominee

DUE = datetime(2026, 3, 16, 16, 0, tzinfo=UTC)
DIGEST = "a" * 64
NOMINEE = nominee().model_copy(update={"name": "甄试人"})
"""No letter holds any sign of this name by itself."""
FACT = Fact(
    item="NL-D01",
    subject="person",
    subject_id=NOMINEE.id_number,
    liable=True,
    anchor=date(2026, 1, 15),
    issuer="虚构市税务局",
    document_no="虚税〔2026〕7号",
    fetched_on=date(2026, 3, 4),
    text="尚欠税款",
)


def batch_opened(**changes: object) -> BatchOpened:
    """A batch of two districts."""
    values: dict[str, object] = {
        "title": "虚构换届批次",
        "opened": AT,
        "districts": ("d1", "d2"),
        "policy": "2026.1",
        "policy_digest": DIGEST,
        "nomination_closes": DUE,
        "cut_off": date(2026, 3, 16),
        **changes,
    }
    return BatchOpened.model_validate(values)


def case_opened(nominee: Nominee = NOMINEE, person_id: str = "p1", unit: str = "chamber-1") -> CaseOpened:
    """A nomination by a chamber."""
    return CaseOpened(
        person_id=person_id,
        seat=Seat.EXECUTIVE,
        nominating_unit=unit,
        nominator_id="p9",
        batch_opened=AT,
        cut_off=date(2026, 3, 16),
        late=False,
        firm_digests=nominee.firm_digests,
        content_digest=DIGEST,
        private=nominee,
    )


def removal_opened(
    person_id: str = "p1", name: str = NOMINEE.name, text: str = "无故缺席三次"
) -> RemovalOpened:
    """A lead against a sitting member."""
    return RemovalOpened(
        person_id=person_id,
        registrar_id="p9",
        seat=Seat.STANDING,
        source="absence",
        content_digest=DIGEST,
        private=Ground(name=name, text=text),
    )


def review_opened(person_id: str = "p1") -> ReviewOpened:
    """An application for a review."""
    attacked = Attacked(name=NOMINEE.name, lead="无故缺席三次", objection=Objection(grounds="事实有误"))
    return ReviewOpened(
        person_id=person_id, seat=Seat.STANDING, instance=1, content_digest=DIGEST, private=attacked
    )


def late_roster_opened() -> LateRosterOpened:
    """A roster of one that came after the window."""
    line = RosterLine(
        person_id="p2",
        name=NOMINEE.name,
        firm=NOMINEE.firm,
        district="d1",
        seat=Seat.EXECUTIVE,
        nominating_unit="chamber-1",
    )
    return LateRosterOpened(content_digest=DIGEST, submitted_by="p9", private=LateRoster(lines=(line,)))


def case_held(since: datetime, back_to: Stage, cause: Cause = Cause.PAUSE_ITEM) -> CaseHeld:
    """The case is put on hold, for this cause alone."""
    return CaseHeld(cause=cause, since=since, until=None, back_to=back_to, standing=(cause,))


def award_applied(person_id: str = "p7") -> AwardApplied:
    """A chamber applies for a title."""
    return AwardApplied(
        title="four-good",
        cycle="2026",
        organisation="chamber-1",
        leaders=(person_id,),
        content_digest=DIGEST,
        private=Applicant(
            name="虚构商会", leaders=(Leader(person_id=person_id, name="卜负责", position="会长"),)
        ),
    )


def tenure_opened(person_id: str = "p1") -> TenureOpened:
    """A seat for five years."""
    return TenureOpened(
        person_id=person_id,
        seat=Seat.STANDING,
        began=date(2026, 3, 2),
        ends=date(2031, 3, 2),
        evaluated_until=DUE,
        opened=AT,
        content_digest=DIGEST,
        private=NOMINEE,
    )


def hit_found(number: int = 1, fact: Fact = FACT, source: str = "informant-unit") -> HitFound:
    """A fact that counts."""
    return HitFound(
        hit=number, effect=Effect.HARD, private=HitFacts(fact=fact, source=source, reported_by="p-tax")
    )


def task_extended(asked: TaskOpened, due: datetime) -> TaskExtended:
    """The task is due later, because more time was asked for."""
    move = Extended(by="asked", n=5, unit="WD")
    return TaskExtended(
        task_id=asked.task_id,
        cause=Cause.ASKED,
        before=asked.due,
        due=due,
        provisional=False,
        counted=(),
        skipped=(),
        term=Term(start=asked.opened, limit="consultation", moves=(move,)),
    )


def task_opened(
    case_id: str, kind: str, unit: str = "", round_number: int = 1, **changes: object
) -> TaskOpened:
    """A task of the policy's kind, due at DUE."""
    spec = released("2026.1").task(kind)
    values: dict[str, object] = {
        "task_id": task_id(case_id, kind, round_number, unit, spec.signature),
        "kind": kind,
        "stage": spec.stage,
        "role": spec.role,
        "unit": unit,
        "signature": spec.signature,
        "round": round_number,
        "outcomes": spec.outcomes,
        "opened": AT,
        "due": DUE,
        "provisional": False,
        "counted": (),
        "skipped": (),
        "content_digest": DIGEST,
        **changes,
    }
    return TaskOpened.model_validate(values)


def rung_reached(
    case_id: str, rung: Rung, *to: str, kind: str = "reply", unit: str = "tax", **changes: object
) -> RungReached:
    """A rung of a task's ladder."""
    spec = released("2026.1").task(kind)
    values: dict[str, object] = {
        "task_id": task_id(case_id, kind, 1, unit, spec.signature),
        "kind": kind,
        "stage": spec.stage,
        "unit": unit,
        "round": 1,
        "rung": rung,
        "planned": AT,
        "due": DUE,
        "to": to,
        **changes,
    }
    return RungReached.model_validate(values)


def enquiry_opened(person_id: str = "p1") -> EnquiryOpened:
    """An enquiry into a masked entry that may mean the person."""
    return EnquiryOpened(
        source="masked",
        doubt=1,
        about_kind="nomination",
        about_case="c1",
        person_id=person_id,
        content_digest=DIGEST,
        private=Inquired(fact=FACT, source="tax"),
    )
