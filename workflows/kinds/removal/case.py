"""What a removal knows beyond what every case knows."""

from typing import TypeAlias, assert_never, cast

from contracts.base import Contract, Digest
from contracts.causes import Cause
from contracts.events import removal, removal_review, review, tenure
from contracts.events.base import Event
from contracts.events.conflict import PapersVoided
from contracts.events.removal import MergedLead
from contracts.matter import INVESTIGATIONS, Investigation, Lead, LeadSource, OtherSeat
from contracts.vocabulary import CaseState, Seat, Stage
from workflows.procedure.case import Case
from workflows.procedure.draft import Draft
from workflows.procedure.fold import CaseFolding

DECIDED = "DECIDED"
"""What a smaller body says when it removes a member until the next plenary has ratified it (R09)."""


ACCEPTANCE = "accept-resignation"
"""The task in which people decide on a resignation (R07)."""
LINKED: LeadSource = "linked-seat"
"""The lead of a removal that looks at a seat because another was lost."""


class Joined(Contract):
    """A lead that was a duplicate of this removal, as the removal says that had it."""

    removal: str
    source: LeadSource
    lead: MergedLead


class Removal(Case):
    """The removal of one sitting member from one seat."""

    stage: Stage = Stage.LEAD
    seat: Seat = Seat.EXECUTIVE
    registrar_id: str = ""
    """The natural person who registered the lead."""
    source: LeadSource = "other"
    lead: Lead = Lead(name="", text="")
    joined: tuple[Joined, ...] = ()
    """What duplicates of it say: nobody has looked at it yet."""
    ended_facts: tuple[review.FactEnded, ...] = ()
    """What has ended, or never meant the member, of facts on which the lead rests, or one that joined it."""
    groundless: bool = False
    """The fact on which the lead rests never meant the member."""
    open_removal: str | None = None
    other_seats: tuple[OtherSeat, ...] = ()
    """What the member holds besides, as far as this case may have to tell of it."""
    tenure: str | None = None
    years_from: str | None = None
    investigated: tuple[Cause, ...] = ()
    """Detention and investigation that last, as far as they were reported."""
    linked: bool = False
    """Another seat was lost, and this one is looked at because of it."""
    tendered: Digest | None = None
    """The paper by which the member resigned last."""
    suspended: tuple[Cause, ...] = ()
    """Why the member is suspended from duty, the latest cause last; empty when not."""
    finding: str = ""
    """What the verifiers found (R05)."""
    opinion: str = ""
    """The integrity opinion (R06): the plan follows whatever it says, and names it."""
    urgent: str = ""
    """What a smaller body decided, as long as the plenary has not said anything to it (R09)."""
    reviewing: str = ""
    """The review that is under way (R11)."""
    review_signers: tuple[str, ...] = ()
    """Who signed an earlier review."""
    restored: bool = False
    dead: bool = False

    @property
    def sits(self) -> bool:
        """Whether the member has the seat, as far as this case has decided about it."""
        lost = self.state in {CaseState.REMOVED, CaseState.RESIGNED} and not self.restored
        return not (lost or self.dead)

    @property
    def investigations(self) -> tuple[Investigation, ...]:
        """For what the member is detained or investigated, by whatever act that became known."""
        return tuple(one for one in INVESTIGATIONS if one in {*self.investigated, *self.suspended})

    @property
    def gone(self) -> bool:
        """The member has died, or has lost the capacity to act."""
        return self.dead

    @property
    def hears_of_ties(self) -> bool:
        """After its end a review is asked for or under way, and a suspension is decided on (R03, R11)."""
        return not self.filed


Work: TypeAlias = Draft[Removal]
"""A step of a removal in the making."""

OwnEvent: TypeAlias = (
    removal.RemovalOpened
    | removal.EarlierRemovalEnded
    | removal.EarlierRemovalFound
    | removal.LeadJoined
    | removal.InvestigationReported
    | removal.InvestigationEnded
    | removal.DutySuspended
    | removal.SuspensionLifted
    | removal.LeadVerified
    | removal.ResignationTendered
    | removal.UrgentlyDecided
    | removal.MemberRestored
    | removal.VacancyOpened
    | removal.ReviewAsked
    | removal.ReviewHeard
    | removal_review.PersonsBarred
    | tenure.SeatRecorded
    | tenure.DeathRecorded
    | review.OpinionGiven
    | review.VotesCounted
    | review.FactEnded
)


def fold(case: Removal, event: Event) -> Removal:
    """What a removal's own events do to it. The type checker refuses one that no line here names."""
    own = cast(OwnEvent, event)
    match own:
        case removal.RemovalOpened():
            return case.but(
                person_id=own.person_id,
                registrar_id=own.registrar_id,
                seat=own.seat,
                source=own.source,
                open_removal=own.open_removal,
                tenure=own.tenure,
                years_from=own.years_from,
                recommended_by=own.recommended_by,
                content_digest=own.content_digest,
                lead=Lead.model_validate(own.private.model_dump(include=set(Lead.model_fields))),
                other_seats=own.private.other_seats,
                linked=own.source == LINKED,
            )
        case removal_review.PersonsBarred(persons=persons):
            return case.but(barred=(*case.barred, *persons))
        case removal.EarlierRemovalEnded(open_removal=other):
            return case.but(open_removal=other)
        case removal.EarlierRemovalFound(removal=other):
            return case.but(open_removal=other)
        case removal.LeadJoined(removal=other, source=source, private=lead):
            return case.but(joined=(*case.joined, Joined(removal=other, source=source, lead=lead)))
        case review.FactEnded(cause=why, of=joined):
            never = why == "set-aside" and joined is None
            return case.but(groundless=case.groundless or never, ended_facts=(*case.ended_facts, own))
        case removal.InvestigationReported(cause=cause):
            return case.but(investigated=(*case.investigated, cause))
        case removal.InvestigationEnded(cause=cause):
            return case.but(investigated=_without(case.investigated, cause))
        case removal.DutySuspended(cause=cause):
            return case.but(suspended=(*case.suspended, cause))
        case removal.SuspensionLifted(cause=cause):
            return case.but(suspended=_without(case.suspended, cause))
        case removal.LeadVerified(finding=finding):
            return case.but(finding=finding)
        case removal.UrgentlyDecided(outcome=outcome):
            return case.but(urgent=outcome)
        case removal.MemberRestored():
            return case.but(restored=True)
        case tenure.SeatRecorded(other=other, until=until):
            others = tuple(one for one in case.other_seats if one.place != other.place)
            return case.but(other_seats=others if until else (*others, other))
        case tenure.DeathRecorded():
            return case.but(dead=True)
        case removal.ReviewAsked(review=ident):
            return case.but(reviewing=ident)
        case removal.ReviewHeard(private=signed):
            return case.but(reviewing="", review_signers=(*case.review_signers, *signed.signers))
        case review.OpinionGiven(opinion=opinion):
            return case.but(opinion=opinion)
        case removal.ResignationTendered(document_digest=paper):
            return case.but(tendered=paper)
        case removal.VacancyOpened() | review.VotesCounted():
            return case
        case _:
            assert_never(own)


def voided(case: Removal, event: PapersVoided) -> Removal:
    """Without its papers there is no finding, no opinion and no urgent decision."""
    stages = {case.tasks[one].stage for one in event.tasks}
    return case.but(
        finding="" if Stage.VERIFICATION in stages else case.finding,
        opinion="" if Stage.REMOVAL_OPINION in stages else case.opinion,
        urgent="" if Stage.VOTE in stages else case.urgent,
    )


def over(case: Removal) -> CaseState | None:
    """The state that an urgent decision lays over the stage's own until the plenary has ratified it."""
    return CaseState.RATIFYING if case.urgent == DECIDED else None


def _without(causes: tuple[Cause, ...], cause: Cause) -> tuple[Cause, ...]:
    return tuple(one for one in causes if one is not cause)


FOLDING = CaseFolding(Removal, fold, over, voided)
