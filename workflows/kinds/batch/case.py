"""What a batch knows, and what its own events do to it."""

from datetime import date
from typing import TypeAlias, assert_never, cast

from pydantic import Field

from contracts.base import Contract, Digest, Instant, OpaqueId
from contracts.events.base import Event
from contracts.events.batch import (
    BatchCalendarLoaded,
    BatchOpened,
    ElectionCalled,
    IndexesImported,
    IndexPart,
    NominationGone,
    QuotaCut,
    RosterAccepted,
    RosterHeld,
    RosterTurnedDown,
    SeatRegistered,
    SeatsImported,
    TieDeclared,
    VersionAnnounced,
)
from contracts.events.policy import TransitionTaken
from contracts.matter import DeclaredTie, Reading, Recommender
from contracts.nominee import RosterEntry
from contracts.transition import Announced, Applied
from workflows.procedure.case import State, with_year
from workflows.procedure.fold import Folding
from workflows.procedure.step import Making


class HeldRoster(Contract):
    """A roster that came after the window and waits for its approval."""

    roster_digest: Digest
    submitted_by: OpaqueId
    entries: tuple[RosterEntry, ...] = ()


class Batch(State):
    """One batch."""

    districts: tuple[str, ...] = ()
    level: str | None = None
    """The level of the federation on which it fills seats."""
    opened: Instant | None = None
    nomination_closes: Instant | None = None
    cut_off: date = date.max
    cut_off_named: bool = False
    rosters: tuple[str, ...] = ()
    held: dict[str, HeldRoster] = Field(default_factory=dict)
    """Late rosters not decided on, by the case of their approval."""
    cases: tuple[str, ...] = ()
    cases_of: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    """By person the cases about them in their order; every one but the first is another unit's."""
    recommended: dict[str, Recommender] = Field(default_factory=dict)
    """By case who recommends in it."""
    gone: tuple[str, ...] = ()
    """Cases that are withdrawn or ineligible: they stand in no later nomination's way."""
    tenures: tuple[str, ...] = ()
    """The seats of its term."""
    seats_of: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    """Those of them that a person holds or held."""
    ties: tuple[DeclaredTie, ...] = ()
    """What people declared of themselves before there was a case; nobody takes it back (ST00)."""
    announced: Announced | None = None
    """The version that its seats were told of last: one that is given later hears of it as well."""
    election_at: Instant | None = None
    readings: dict[str, Reading] = Field(default_factory=dict)
    """Indexes that were imported, the latest of each person: whoever is nominated later, or once more, brings it."""
    applied: Applied | None = None
    """The rule of transition that holds for its cases; without one they are decided by the batch's own version."""

    @property
    def places(self) -> tuple[str, ...]:
        """Where it runs."""
        return self.districts

    def recommenders(self, person: str, but: str) -> tuple[Recommender, ...]:
        """Who recommends the person in other cases than this one."""
        others = (case for case in self.cases_of.get(person, ()) if case != but)
        return tuple(self.recommended[case] for case in others if case in self.recommended)

    @property
    def deciding(self) -> tuple[str, Digest]:
        """The version, and its bytes, by which the cases are decided that are still to be opened."""
        if self.applied is None:
            return self.policy, self.policy_digest
        return self.applied.policy, self.applied.policy_digest


Work: TypeAlias = Making[Batch]
"""A step of a batch in the making."""

OwnEvent: TypeAlias = (
    BatchOpened
    | RosterHeld
    | RosterTurnedDown
    | RosterAccepted
    | SeatsImported
    | IndexesImported
    | SeatRegistered
    | NominationGone
    | TieDeclared
    | VersionAnnounced
    | ElectionCalled
    | QuotaCut
    | BatchCalendarLoaded
    | TransitionTaken
)


def fold(batch: Batch, event: Event) -> Batch:
    """What a batch's own events do to it. The type checker refuses one that no line here names."""
    own = cast(OwnEvent, event)
    match own:
        case BatchOpened():
            return batch.but(
                districts=own.districts,
                level=own.level,
                opened=own.opened,
                nomination_closes=own.nomination_closes,
                cut_off=own.cut_off,
                cut_off_named=own.cut_off_named,
            )
        case RosterHeld(approval=approval):
            blank = HeldRoster(roster_digest=own.roster_digest, submitted_by=own.submitted_by)
            roster = batch.held.get(approval, blank)
            grown = roster.model_copy(update={"entries": (*roster.entries, *own.private.entries)})
            return batch.but(held={**batch.held, approval: grown})
        case RosterTurnedDown(approval=approval):
            return batch.but(held=_without(batch.held, approval))
        case RosterAccepted(roster_digest=digest, cases=cases, approval=approval):
            return batch.but(
                rosters=(*batch.rosters, digest),
                cases=(*batch.cases, *cases),
                cases_of=_cases_of(own, batch.cases_of),
                recommended={**batch.recommended, **_recommended(own)},
                held=_without(batch.held, approval),
            )
        case IndexesImported(private=part):
            return batch.but(readings=_measured(batch, part))
        case SeatsImported(tenures=tenures, people=people):
            return _with_seats(batch, tenures, people)
        case SeatRegistered(tenure=tenure, person_id=person):
            return _with_seats(batch, (tenure,), (person,))
        case NominationGone(nomination=case):
            return batch.but(gone=(*batch.gone, case))
        case TieDeclared(private=tie):
            return batch.but(ties=(*batch.ties, tie))
        case VersionAnnounced(announced=announced):
            return batch.but(announced=announced)
        case ElectionCalled(election_at=instant):
            return batch.but(election_at=instant)
        case QuotaCut():
            return batch
        case TransitionTaken(applied=applied):
            later = Announced(policy=applied.policy, policy_digest=applied.policy_digest)
            return batch.but(applied=applied, announced=later)
        case BatchCalendarLoaded(year=year, nomination_closes=closes, cut_off=cut_off):
            years = with_year(batch.years, year)
            return batch.but(years=years, nomination_closes=closes, cut_off=cut_off)
        case _:
            assert_never(own)


def _cases_of(accepted: RosterAccepted, known: dict[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    cases = dict(known)
    for person, case_id in zip(accepted.people, accepted.cases, strict=True):
        cases[person] = (*cases.get(person, ()), case_id)
    return cases


def _recommended(accepted: RosterAccepted) -> dict[str, Recommender]:
    nominator = accepted.nominator_id
    if nominator is None:
        return {}
    placed = zip(accepted.cases, accepted.units, strict=True)
    return {case_id: Recommender(person_id=nominator, unit=unit) for case_id, unit in placed}


def _with_seats(batch: Batch, tenures: tuple[str, ...], people: tuple[str, ...]) -> Batch:
    seats = dict(batch.seats_of)
    for person, tenure in zip(people, tenures, strict=True):
        seats[person] = (*seats.get(person, ()), tenure)
    return batch.but(tenures=(*batch.tenures, *tenures), seats_of=seats)


def _measured(batch: Batch, part: IndexPart) -> dict[str, Reading]:
    """A reading replaces one that is no later."""
    kept = dict(batch.readings)
    for one in part.entries:
        known = kept.get(one.person_id or "")
        later = known is None or one.reading.assessed_on >= known.assessed_on
        if one.person_id is not None and later:
            kept[one.person_id] = one.reading
    return kept


def _without(held: dict[str, HeldRoster], approval: str | None) -> dict[str, HeldRoster]:
    return {name: roster for name, roster in held.items() if name != approval}


FOLDING = Folding(Batch, fold)
