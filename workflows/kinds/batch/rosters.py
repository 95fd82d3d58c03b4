"""ST01: rosters, taken whole or not at all; one that comes late waits for somebody else to let it in (§8.8.8)."""

from collections.abc import Iterator

from contracts.base import Digest
from contracts.case import CaseKind
from contracts.commands.batch import AdmitRoster, NominationLeft, SubmitRoster, TurnRosterDown
from contracts.commands.late_roster import OpenLateRoster
from contracts.commands.nomination import NominatedAgain, OpenNomination
from contracts.events.batch import HeldPart, NominationGone, RosterAccepted, RosterHeld, RosterTurnedDown
from contracts.names import late_roster_id
from contracts.nominee import RosterEntry
from contracts.refusals import RefusalCode
from contracts.saying import say
from workflows.kinds.batch import ties
from workflows.kinds.batch.case import Batch, Work
from workflows.procedure.step import CHUNK
from workflows.rules.verdict import Refused


def submit(work: Work, command: SubmitRoster) -> Refused | None:
    """Take every row or none: known districts, no case twice, nobody by himself; a late roster waits."""
    refused = _entries_fault(work.state, command)
    if refused is not None:
        return refused
    closes = work.state.nomination_closes
    if closes is not None and work.now >= closes:
        return _hold(work, command)
    _accept(work, command.roster_digest, command.entries, command.actor.person_id)
    return None


def _entries_fault(batch: Batch, command: SubmitRoster) -> Refused | None:
    for entry in command.entries:
        if entry.district not in batch.districts:
            return Refused(
                RefusalCode.DISTRICT_UNKNOWN,
                say("district-not-of-batch", district=entry.district, known=batch.districts),
            )
        if entry.person_id in command.actor.ids:
            return Refused(RefusalCode.SAME_PERSON, say("nominates-himself"))
    ids = [entry.case_id for entry in command.entries]
    waiting = {entry.case_id for roster in batch.held.values() for entry in roster.entries}
    if len(set(ids)) < len(ids) or set(ids) & {*batch.cases, *waiting}:
        return Refused(RefusalCode.ROSTER_KNOWN, say("roster-known"))
    return None


def _hold(work: Work, command: SubmitRoster) -> Refused | None:
    """The roster waits, and somebody else of the election office is asked to let it in (§8.8.8)."""
    batch = work.state
    if CaseKind.LATE_ROSTER not in work.policy.procedures:
        return Refused(RefusalCode.NOMINATION_CLOSED, say("nomination-closed", until=batch.nomination_closes))
    approval = late_roster_id(command.command_id)
    for start in range(0, len(command.entries), CHUNK):
        part = HeldPart(entries=command.entries[start : start + CHUNK])
        work.emit(
            RosterHeld(
                roster_digest=command.roster_digest,
                approval=approval,
                submitted_by=command.actor.person_id,
                private=part,
            )
        )
    opening = OpenLateRoster(
        claim=command.claim,
        parent=batch.case_id,
        policy=batch.policy,
        policy_digest=batch.policy_digest,
        calendar_years=batch.years,
        roster_digest=command.roster_digest,
        lines=tuple(entry.line for entry in command.entries),
    )
    work.owe_start({approval: opening})
    return None


def admit(work: Work, command: AdmitRoster) -> Refused | None:
    """The late roster is let in by whoever decided on it; its nominator stays who handed it in."""
    roster = work.state.held.get(command.approval)
    if roster is not None:
        approver = command.actor.person_id
        _accept(work, roster.roster_digest, roster.entries, roster.submitted_by, command.approval, approver)
    return None


def turn_down(work: Work, command: TurnRosterDown) -> Refused | None:
    """The late roster stays outside."""
    roster = work.state.held.get(command.approval)
    if roster is not None:
        work.emit(RosterTurnedDown(roster_digest=roster.roster_digest, approval=command.approval))
    return None


def left(work: Work, command: NominationLeft) -> Refused | None:
    """A nomination is gone: the next of the same person begins by itself, whether the other's file is closed or not."""
    if command.nomination in work.state.cases and command.nomination not in work.state.gone:
        work.emit(NominationGone(nomination=command.nomination))
    return None


def _accept(
    work: Work,
    digest: Digest,
    entries: tuple[RosterEntry, ...],
    nominator: str,
    approval: str | None = None,
    approver: str | None = None,
) -> None:
    earlier, readings = _earlier(work.state, entries), work.state.readings
    left_before = list(_left_before(work.state, entries))
    work.emit(
        RosterAccepted(
            roster_digest=digest,
            cases=tuple(entry.case_id for entry in entries),
            people=tuple(entry.person_id for entry in entries),
            approval=approval,
            late_approval=approver,
            nominator_id=nominator,
            units=tuple(entry.nominating_unit for entry in entries),
        )
    )
    batch, opened = work.state, work.state.opened
    if opened is None:
        raise TypeError("a batch that was never opened takes no roster")
    policy, policy_digest = batch.deciding
    work.owe_start(
        {
            entry.case_id: OpenNomination(
                claim=work.claim,
                parent=batch.case_id,
                district=entry.district,
                policy=policy,
                policy_digest=policy_digest,
                calendar_years=batch.years,
                entry=entry,
                nominator_id=nominator,
                batch_opened=opened,
                cut_off=batch.cut_off,
                late=approval is not None,
                duplicate_of=earlier.get(entry.case_id),
                recommended_by=batch.recommenders(entry.person_id, but=entry.case_id),
                index=readings.get(entry.person_id),
                election_at=batch.election_at,
                ties=ties.to(batch, entry.person_id),
            )
            for entry in entries
        }
    )
    for later, first in [*earlier.items(), *left_before]:
        again = NominatedAgain(claim=work.claim, other=later, recommended_by=(batch.recommended[later],))
        work.owe_tell(CaseKind.NOMINATION, (first,), again)


def _earlier(batch: Batch, entries: tuple[RosterEntry, ...]) -> dict[str, str]:
    """By case, the earlier case of the same person that is not known to be gone, whoever brought that."""
    standing = {
        person: [case for case in cases if case not in batch.gone] for person, cases in batch.cases_of.items()
    }
    first = {person: cases[0] for person, cases in standing.items() if cases}
    found = {}
    for entry in entries:
        before = first.setdefault(entry.person_id, entry.case_id)
        if before != entry.case_id:
            found[entry.case_id] = before
    return found


def _left_before(batch: Batch, entries: tuple[RosterEntry, ...]) -> Iterator[tuple[str, str]]:
    """Each case that begins by itself with the person's earlier ones: a re-check may bring one of those back."""
    for entry in entries:
        cases = batch.cases_of.get(entry.person_id, ())
        if set(cases) <= set(batch.gone):
            yield from ((entry.case_id, case) for case in cases)
