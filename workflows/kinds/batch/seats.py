"""The seats of a batch's term: those that its elections gave, and those that were held before this system."""

from collections.abc import Sequence

from contracts.case import CaseKind
from contracts.commands.batch import AnnounceVersion, ImportSeats, SeatTaken
from contracts.commands.nomination import KnowIndex
from contracts.commands.tenure import AnnouncePolicy, NameVacancy, OpenTenure
from contracts.events.batch import SeatRegistered, SeatsImported, VersionAnnounced
from contracts.names import tenure_id
from contracts.nominee import SeatEntry
from contracts.refusals import RefusalCode
from contracts.saying import say
from contracts.transition import Announced
from workflows.kinds.batch import ties
from workflows.kinds.batch.case import Batch, Work
from workflows.procedure.case import calendar_of
from workflows.rules.calendar import local_day
from workflows.rules.verdict import Refused


def name_vacancies(work: Work, fills: tuple[str, ...]) -> None:
    """Tell each vacant seat which batch fills it."""
    work.owe_tell(CaseKind.TENURE, fills, NameVacancy(claim=work.claim, batch=work.state.case_id))


def register(work: Work, command: SeatTaken) -> Refused | None:
    """Somebody was elected: the seat hears from now on of what all cases of the batch hear of."""
    if command.tenure not in work.state.tenures:
        work.emit(SeatRegistered(tenure=command.tenure, person_id=command.person_id))
        _tell_index(work, command.tenure, command.person_id)
        tell_version(work, (command.tenure,))
    return None


def announce(work: Work, command: AnnounceVersion) -> Refused | None:
    """Once for the level, every seat of the term is told, and each that comes; the same again tells nobody."""
    announced = Announced(policy=command.policy, policy_digest=command.policy_digest)
    if work.state.announced != announced:
        work.emit(VersionAnnounced(announced=announced))
        tell_version(work, work.state.tenures)
    return None


def tell_version(work: Work, seats: Sequence[str]) -> None:
    """Tell these seats of the version that was announced, if one was."""
    if work.state.announced is not None:
        work.owe_tell(CaseKind.TENURE, seats, AnnouncePolicy(claim=work.claim, **dict(work.state.announced)))


def take_in(work: Work, command: ImportSeats) -> Refused | None:
    """Take a whole table of sitting members or nothing; each seat gets a case of its own."""
    batch = work.state
    if CaseKind.TENURE not in work.policy.procedures:
        return Refused(RefusalCode.UNKNOWN_ACT, say("no-tenures"))
    openings: dict[str, OpenTenure] = {}
    for entry in command.entries:
        refused = _entry_fault(work, entry)
        if refused is not None:
            return refused
        ident = tenure_id(entry.district, entry.seat, entry.person_id, entry.began.isoformat())
        openings[ident] = _opening(batch, command, ident, entry)
    if len(openings) < len(command.entries) or openings.keys() & set(batch.tenures):
        return Refused(RefusalCode.ROSTER_KNOWN, say("seat-known"))
    people = tuple(opening.person_id for opening in openings.values())
    work.emit(SeatsImported(table_digest=command.table_digest, tenures=tuple(openings), people=people))
    work.owe_start(openings)
    for ident, opening in openings.items():
        _tell_index(work, ident, opening.person_id)
    tell_version(work, tuple(openings))
    return None


def _tell_index(work: Work, tenure: str, person: str) -> None:
    """A seat that comes after the index of its member hears of that as well."""
    known = work.state.readings.get(person)
    if known is not None:
        work.owe_tell(CaseKind.TENURE, (tenure,), KnowIndex(claim=work.claim, reading=known), (person,))


def _entry_fault(work: Work, entry: SeatEntry) -> Refused | None:
    if entry.district not in work.state.districts:
        return Refused(
            RefusalCode.DISTRICT_UNKNOWN,
            say("district-not-of-batch", district=entry.district, known=work.state.districts),
        )
    today = local_day(work.now, calendar_of(work.state, work.policy))
    if not entry.began <= today <= (entry.ends or today) or entry.began == entry.ends:
        return Refused(RefusalCode.DATE_OUT_OF_RANGE, say("seat-not-held", today=today, began=entry.began))
    return None


def _opening(batch: Batch, command: ImportSeats, ident: str, entry: SeatEntry) -> OpenTenure:
    return OpenTenure(
        claim=command.claim,
        parent=ident,
        district=entry.district,
        policy=batch.policy,
        policy_digest=batch.policy_digest,
        calendar_years=batch.years,
        person_id=entry.person_id,
        seat=entry.seat,
        began=entry.began,
        ends=entry.ends,
        evaluated_until=entry.evaluated_until,
        member=entry.member,
        ties=ties.to(batch, entry.person_id),
    )
