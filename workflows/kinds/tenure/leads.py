"""How a tenure raises a removal (R01): by an errand that begins it, with what was found, and never more than that."""

from contracts.base import Digest
from contracts.canonical import digest_of
from contracts.case import CaseKind
from contracts.causes import Cause
from contracts.commands.removal import EarlierRemovalOver, OpenRemoval, ReportInvestigation
from contracts.events.removal import InvestigationReported
from contracts.events.tenure import RemovalRaised
from contracts.matter import INVESTIGATIONS, Investigation, Lead, LeadSource, OtherSeat
from contracts.names import removal_id
from contracts.policy.model import Policy, Seats
from workflows.kinds.tenure.case import Meeting, Tenure, Work
from workflows.passages.barring import kept_out


def seats_of(policy: Policy) -> Seats:
    """What holds for seats; a policy without it has no tenures."""
    if policy.seats is None:
        raise RuntimeError(f"policy {policy.version} has tenures and does not say what holds for seats")
    return policy.seats


def raise_removal(
    draft: Work,
    source: LeadSource,
    found: str,
    *,
    item: str | None = None,
    meetings: tuple[Meeting, ...] = (),
    investigation: Investigation | None = None,
    brought_by: str | None = None,
    hit: int | None = None,
) -> None:
    """Begin a removal at R01. People look at the lead first; nothing is decided by raising it.

    `item`: of the negative list, under which it was found. `meetings`: on which a lead of absence rests.
    `investigation`: the removal proposes a suspension. `brought_by`: who brought what was kept until now. `hit`: on
    which the lead rests.
    A seat that is looked at because another was lost opens nothing further at any level.
    It is asked in the name of whoever did the act that shows the lead, and of nobody where time showed it.
    """
    case = draft.case
    ident = removal_id(f"{case.case_id}.{case.leads + 1}")
    words, name = seats_of(draft.policy).leads[source], case.member.name if case.member else ""
    lead = Lead(name=name, text=f"{words.zh}：{found}", item=item)
    said = {"investigation": investigation, "brought_by": brought_by}
    opening = _opening(draft, case, source, lead).model_copy(update=said)
    until = meetings[-1].held_on if meetings else None
    rests_on = tuple(meeting.meeting for meeting in meetings)
    draft.emit(RemovalRaised(removal=ident, source=source, until=until, meetings=rests_on, hit=hit))
    draft.owe_start({ident: opening})
    if investigation is not None:
        investigated(draft, investigation, digest_of(lead.model_dump(mode="json")), ident)


def investigated(draft: Work, cause: Investigation, document: Digest, removal: str) -> None:
    """It became known in this removal, where the chair meeting is asked. Nobody resigns out of it in another (R07)."""
    draft.emit(InvestigationReported(cause=cause, document_digest=document, removal=removal))
    others = tuple(one for one in draft.case.removals if one != removal)
    word = ReportInvestigation(claim=draft.claim, cause=cause, document_digest=document, proposed=True)
    draft.owe_tell(CaseKind.REMOVAL, others, word)


def left_by(case: Tenure) -> dict[str, tuple[Cause, ...]]:
    """Detention and investigation that last, by the removal in which they became known or that left them.

    One that was over before it told of them is known by what the duties rest for.
    """
    over = {one: (cause,) for one, cause in case.suspended.items() if one not in case.removals}
    return {**over, **case.investigated}


def lasting(case: Tenure) -> tuple[Investigation, ...]:
    """Detention and investigation that last, as far as any removal of the seat knows."""
    left = {cause for causes in left_by(case).values() for cause in causes}
    return tuple(one for one in INVESTIGATIONS if one in left)


def earlier_over(draft: Work, removal: str) -> None:
    """The removals that are open still hear that this one is over: the first may be opened, the others wait for it."""
    for one in draft.case.removals:
        first = draft.case.removals[0]
        word = EarlierRemovalOver(
            claim=draft.claim,
            removal=removal,
            open_removal=None if one == first else first,
            investigated=lasting(draft.case),
            resting=resting(draft.case),
            barred=kept_out(draft),
        )
        draft.owe_tell(CaseKind.REMOVAL, (one,), word)


def asked(case: Tenure, *but: str) -> tuple[Investigation, ...]:
    """For what a removal that begins, `but` this one, proposes nothing: the duties rest, or one that is open asks."""
    return resting(case) if set(case.removals) <= set(but) else lasting(case)


def resting(case: Tenure) -> tuple[Investigation, ...]:
    """For which of them the duties rest already."""
    return tuple(one for one in INVESTIGATIONS if one in case.suspended.values())


def _opening(draft: Work, case: Tenure, source: LeadSource, lead: Lead) -> OpenRemoval:
    return OpenRemoval(
        claim=draft.claim,
        parent=case.case_id,
        district=case.district,
        policy=case.policy,
        policy_digest=case.policy_digest,
        calendar_years=case.years,
        person_id=case.person_id,
        seat=case.seat,
        source=source,
        tenure=case.case_id,
        open_removal=next(iter(case.removals), None),
        other_seats=_others(case, source),
        investigated=lasting(case),
        resting=asked(case),
        lead=lead,
        recommended_by=case.recommended_by,
        barred=kept_out(draft),
    )


def _others(case: Tenure, source: LeadSource) -> tuple[OtherSeat, ...]:
    held = tuple(one.other for one in case.others if one.until is None)
    return tuple(one for one in held if not one.here) if source == "linked-seat" else held
