"""Bodies of what is asked of a seat that somebody holds, and of a table of members elected before this system."""

from typing import Annotated

from pydantic import Field, StringConstraints

from contracts.base import Digest, OpaqueId
from contracts.claim import Claim
from contracts.commands.base import Command
from contracts.commands.batch import AnnounceVersion
from contracts.commands.tenure import RecordAttendance, RecordDeath, RecordSeat, Resign
from contracts.dossier import FIELDS, entered
from contracts.matter import Attendance, OtherSeat
from contracts.policy import loader
from contracts.vocabulary import Seat
from services.officers.views.acts import ActBody
from services.officers.views.base import Body, DistrictCode
from services.officers.views.removals import LinkedSeatBody
from services.officers.views.starts import Version
from services.officers.views.texts import Words
from services.officers.web.days import Day, Moment, PastDay
from services.officers.web.problems import RefusedError


class AttendanceBody(ActBody):
    """Whether the member was at a plenary; the same meeting again corrects it."""

    meeting: OpaqueId
    held_on: PastDay
    attendance: Attendance

    def command(self, claim: Claim) -> Command:
        """Record it."""
        return RecordAttendance(claim=claim, **self.model_dump())


class OtherSeatBody(LinkedSeatBody, ActBody):
    """Another seat of the member, and since when it is held no longer."""

    since: Day
    until: Day | None = None

    def command(self, claim: Claim) -> Command:
        """Record it."""
        other = OtherSeat.model_validate(self.model_dump(include=set(OtherSeat.model_fields)))
        return RecordSeat(claim=claim, other=other, since=self.since, until=self.until)


class ResigningBody(ActBody):
    """Why the member asks to resign; a removal at the own wish decides."""

    reason: Words

    def command(self, claim: Claim) -> Command:
        """Ask to resign."""
        return Resign(claim=claim, reason=self.reason)


class DeathBody(ActBody):
    """When the member died or lost capacity, and the digest of the paper that says so."""

    died_on: PastDay
    document_digest: Digest

    def command(self, claim: Claim) -> Command:
        """Record it."""
        return RecordDeath(claim=claim, died_on=self.died_on, document_digest=self.document_digest)


class NextPolicyBody(ActBody):
    """The policy version that measures the members of a term from each one's next annual re-evaluation on."""

    policy: Version

    def command(self, claim: Claim) -> Command:
        """Announce it. RefusedError `unknown-policy` for one that was not released, or has no tenures."""
        if self.policy not in loader.versions() or "tenure" not in loader.released(self.policy).procedures:
            raise RefusedError("unknown-policy")
        return AnnounceVersion(claim=claim, policy=self.policy, policy_digest=loader.digest(self.policy))


Cell = Annotated[str, StringConstraints(max_length=240)]
"""What a table's cell holds: its column's check says what is wrong with it, and where."""


class SeatRow(Body):
    """One sitting member: cells as in a roster, and the term."""

    name: Cell
    id_number: Cell
    phone: Cell = ""
    email: Cell = ""
    firm: Cell
    credit_code: Cell
    position: Cell = ""
    seat: Seat
    district: DistrictCode
    began: PastDay
    ends: Day | None = None
    evaluated_until: Moment | None = None

    def cells(self) -> dict[str, str]:
        """What is held against the columns of a roster, by their keys."""
        return {field: entered(field, getattr(self, field)) for field in FIELDS}


class SeatsBody(Body):
    """Members who were elected before this system: all of them are taken, or none."""

    rows: Annotated[list[SeatRow], Field(min_length=1, max_length=1000)]
