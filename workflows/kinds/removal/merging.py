"""R01: what a duplicate says is told to the removal that is open, and is looked at by itself when that one is over.

Nobody is heard on what they were not told (§8.8.3): what joins a removal is not held against them there.
When it ends and the member keeps the seat, each such lead begins a removal of its own; so does a resignation on which
nobody has decided.
"""

from itertools import takewhile

from contracts.base import Digest
from contracts.case import CaseKind
from contracts.commands.case import EndFact
from contracts.commands.removal import LeadMerged, OpenRemoval, ReportInvestigation, TenderResignation
from contracts.events.removal import LeadJoined, MergedLead
from contracts.events.review import FactEnded
from contracts.matter import INVESTIGATIONS, Lead, LeadSource
from contracts.names import next_removal_id
from contracts.refusals import RefusalCode
from contracts.saying import say
from contracts.vocabulary import CaseState, TaskState
from workflows.kinds.removal.case import ACCEPTANCE, LINKED, Joined, Removal, Work
from workflows.kinds.removal.suspension import is_asked, unanswered
from workflows.passages.barring import kept_out
from workflows.rules.verdict import Refused

OWN_WISH: LeadSource = "own-wish"
"""The lead of a removal that the member asks for."""


def hand_over(draft: Work, removal: str) -> None:
    """This lead is a duplicate: the removal that is open hears what it says, and what others said that joined it; of
    every investigation (R03, R07), and of a resignation."""
    case = draft.case
    asked = unanswered(case)
    for cause in case.investigated:
        word = ReportInvestigation.model_validate(
            {
                "claim": draft.claim,
                "cause": cause,
                "document_digest": case.content_digest,
                "proposed": cause not in asked,
            }
        )
        draft.owe_tell(CaseKind.REMOVAL, (removal,), word)
    lead = MergedLead(**dict(case.lead), registrar=case.registrar_id)
    own = () if case.groundless else (Joined(removal=case.case_id, source=case.source, lead=lead),)
    for one in (*case.joined, *own):
        said = LeadMerged(
            claim=draft.claim,
            removal=case.case_id,
            source=one.source,
            registrar=one.lead.registrar,
            lead=Lead.model_validate(one.lead.model_dump(include=set(Lead.model_fields))),
        )
        draft.owe_tell(CaseKind.REMOVAL, (removal,), said)
    for end in case.ended_facts:
        tell_end(draft, end)
    if paper := _undecided(case):
        resigned = TenderResignation(claim=draft.claim, document_digest=paper)
        draft.owe_tell(CaseKind.REMOVAL, (removal,), resigned)


def lead_merged(draft: Work, command: LeadMerged) -> Refused | None:
    """Another lead of the seat is a duplicate of this one. What is known here already changes nothing."""
    if draft.case.filed:
        return Refused(RefusalCode.CASE_ENDED, say("file-closed"))
    said = MergedLead(**dict(command.lead), registrar=command.registrar)
    known = [draft.case.lead, *(one.lead for one in draft.case.joined)]
    if not any((one.item, one.text) == (said.item, said.text) for one in known):
        draft.emit(LeadJoined(removal=command.removal, source=command.source, private=said))
        if draft.case.ended and draft.case.sits:
            _begin(draft, draft.case.joined[-1])
    return None


def go_on(draft: Work) -> None:
    """The removal is over, and the member has the seat: what joined it begins a removal of its own."""
    if not draft.case.gone:
        for one in draft.case.joined:
            _begin(draft, one)


def tell_end(draft: Work, end: FactEnded) -> None:
    """Whichever removal has the lead by now that rests on the fact hears of its end: the one of which this is a
    duplicate, or one that began from a lead that had joined this."""
    case, found = draft.case, end.private
    word = EndFact(claim=draft.claim, fact=found.fact, source=found.source, cause=end.cause)
    if case.state is CaseState.MERGED:
        of = end.of or case.case_id
        draft.owe_tell(CaseKind.REMOVAL, (str(case.open_removal),), word.model_copy(update={"of": of}))
        return
    # From a lead that was known to be another's when this case ended nothing began.
    known = tuple(takewhile(lambda one: one != end, case.ended_facts))
    joined = [one for one in case.joined if one.removal == end.of and not _never(known, one)]
    begun = [next_removal_id(case.case_id, _named(case, one)) for one in joined]
    if case.ended and case.sits:
        draft.owe_tell(CaseKind.REMOVAL, tuple(begun), word)


def resign_by_itself(draft: Work) -> None:
    """Nobody has decided on the resignation that was tendered here: a removal at the member's own wish does (R01)."""
    case, paper = draft.case, _undecided(draft.case)
    if paper is not None and not case.gone:
        words = draft.policy.seats.leads[OWN_WISH].zh if draft.policy.seats else ""
        lead = MergedLead(name=case.lead.name, text=f"{words}：{paper}", registrar=case.person_id)
        _start(draft, OWN_WISH, Joined(removal=case.case_id, source=OWN_WISH, lead=lead), paper)


def _undecided(case: Removal) -> Digest | None:
    """The paper by which the member resigned, as far as the end of the removal left it undecided."""
    asked = [task for task in case.tasks.values() if task.kind == ACCEPTANCE]
    return case.tendered if asked and asked[-1].state is TaskState.CANCELLED else None


def _begin(draft: Work, one: Joined) -> None:
    """Of a lead whose fact never meant the member nothing begins; of every other that hears what has ended since."""
    if _never(draft.case.ended_facts, one):
        return
    _start(draft, _named(draft.case, one), one)
    for end in draft.case.ended_facts:
        if end.of == one.removal:
            tell_end(draft, end)


def _never(ends: tuple[FactEnded, ...], one: Joined) -> bool:
    """Whether the fact on which a lead rests that joined this one never meant the member, as one of these ends says."""
    return any(end.of == one.removal and end.cause == "set-aside" for end in ends)


def _named(case: Removal, one: Joined) -> str:
    return one.removal + str(case.joined.index(one))


def _start(draft: Work, what: str, one: Joined, paper: Digest | None = None) -> None:
    case = draft.case
    ident = next_removal_id(case.case_id, what)
    seats = case.other_seats
    opening = OpenRemoval(
        claim=draft.claim.model_copy(update={"target": ident}),
        parent=case.case_id,
        district=case.district,
        policy=case.policy,
        policy_digest=case.policy_digest,
        calendar_years=case.years,
        person_id=case.person_id,
        seat=case.seat,
        source=one.source,
        lead=Lead.model_validate(one.lead.model_dump(include=set(Lead.model_fields))),
        brought_by=one.lead.registrar,
        # What is looked at because another seat was lost opens nothing further.
        other_seats=tuple(other for other in seats if not other.here) if one.source == LINKED else seats,
        tenure=case.tenure,
        years_from=case.years_from,
        recommended_by=case.recommended_by,
        barred=kept_out(draft),
        investigated=case.investigations,
        resting=tuple(cause for cause in INVESTIGATIONS if is_asked(case, cause)),
        tendered=paper,
    )
    draft.owe_start({ident: opening})
