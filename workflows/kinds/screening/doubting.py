"""Doubts: two people look, in an enquiry of its own, and what they find holds for one entry, one person and a term."""

from datetime import timedelta

from contracts.commands.enquiry import OpenEnquiry
from contracts.commands.screening import DoubtMatch, SettleDoubt
from contracts.events.screening import Confirmed, DoubtRaised, DoubtSettled, EntrySetAside, MatchEnded
from contracts.inquired import Inquired
from contracts.listed import Fitting
from contracts.names import enquiry_id
from contracts.refusals import RefusalCode
from contracts.saying import say
from workflows.kinds.screening import telling
from workflows.kinds.screening.book import Work
from workflows.rules.verdict import Refused


def doubt_match(work: Work, command: DoubtMatch) -> Refused | None:
    """Somebody doubts that a match means the person: two others are asked, and until then it stands."""
    match = next((one for one in work.state.matches if one.number == command.match), None)
    if match is None:
        return Refused(RefusalCode.UNKNOWN_MATCH, say("no-match", match=command.match))
    if any(one.match == match.number and one.settled is None for one in work.state.doubts):
        return Refused(RefusalCode.UNKNOWN_MATCH, say("match-looked-into", match=command.match))
    raise_doubt(work, match.fitting, match=match.number, reason=command.reason)
    return None


def raise_doubt(work: Work, fitting: Fitting, *, match: int | None, run: int = 0, reason: str = "") -> None:
    """Ask two people to look, in an enquiry of its own."""
    number = work.state.numbers + 1
    enquiry = enquiry_id(work.state.case_id, number)
    work.emit(
        DoubtRaised(
            doubt=number,
            match=match,
            run=run,
            list=fitting.list,
            case_id=fitting.case_id,
            enquiry=enquiry,
            private=fitting,
        )
    )
    opening = OpenEnquiry(
        claim=work.claim,
        parent=work.state.case_id,
        district=fitting.district,
        policy=work.state.policy,
        policy_digest=work.state.policy_digest,
        source="masked" if match is None else "doubted",
        doubt=number,
        about_kind=fitting.case_kind,
        about_case=fitting.case_id,
        person_id=fitting.person_id,
        matter=Inquired(
            fact=telling.fact_of(work, fitting),
            source=work.policy.watched(fitting.list).issuer,
            reason=reason,
        ),
    )
    work.owe_start({enquiry: opening})


def settle(work: Work, command: SettleDoubt) -> Refused | None:
    """Two people have found out. What does not mean the person is set aside, for a term that the policy bounds."""
    doubt = next((one for one in work.state.doubts if one.number == command.doubt), None)
    owing = command.claim.owed_by
    if owing is None or owing.case_id != enquiry_id(work.state.case_id, command.doubt):
        return Refused(RefusalCode.WRONG_ROLE, say("doubt-by-enquiry"))
    if doubt is None or doubt.settled is not None:
        # The entry left its list while people looked: there is nothing left to settle.
        return None
    work.emit(
        DoubtSettled(
            doubt=doubt.number,
            means_person=command.means_person,
            private=Confirmed(person_id=doubt.fitting.person_id, subject_id=command.subject_id),
        )
    )
    if command.means_person:
        return None
    days = min(command.days, telling.watching(work.policy).set_aside_days)
    work.emit(
        EntrySetAside(
            doubt=doubt.number,
            list=doubt.fitting.list,
            case_id=doubt.fitting.case_id,
            until=work.now + timedelta(days=days),
        )
    )
    _end_matches(work, doubt.fitting)
    return None


def _end_matches(work: Work, aside: Fitting) -> None:
    """What does not mean a person means them in none of their cases: each is told so, and not that it was delisted."""
    one = (aside.list, aside.digest, aside.person_id)
    for match in work.state.matches:
        if (match.fitting.list, match.fitting.digest, match.fitting.person_id) == one:
            work.emit(MatchEnded(match=match.number, run=0, cause="set-aside"))
            telling.tell_ended(work, match.fitting, "set-aside")
