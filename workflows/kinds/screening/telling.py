"""How a match becomes a fact that a case is told of: people rule on it there, and a list rules on nothing."""

from contracts.commands.case import EndFact, ReportFact
from contracts.listed import Fitting, MatchEnd
from contracts.nominee import Fact
from contracts.numbers import fits_mask
from contracts.policy.model import Policy, Screening
from workflows.kinds.screening.book import Work


def watching(policy: Policy) -> Screening:
    """How the policy watches. Raises ValueError for one that was released before there was screening."""
    if policy.screening is None:
        raise ValueError(f"{policy.version} watches no list")
    return policy.screening


def item_of(work: Work, fitting: Fitting) -> str:
    """The item of the negative list under which the entry falls."""
    return work.policy.watched(fitting.list).items[fitting.entry.subject]


def fact_of(work: Work, fitting: Fitting) -> Fact:
    """The entry as a fact. Whether the person answered for a firm at that time people still have to say."""
    entry, held = fitting.entry, work.state.lists[fitting.list]
    watched, provenance = work.policy.watched(fitting.list), held.file.provenance
    brought = f"{provenance.issuer}{provenance.document_no}"
    return Fact(
        item=item_of(work, fitting),
        subject=entry.subject.value,
        subject_id=entry.number,
        name=entry.name,
        liable=fitting.liable,
        anchor=entry.decided_on,
        issuer=entry.issuer,
        document_no=entry.document_no,
        fetched_on=provenance.as_of,
        text=f"{watched.name.zh}第{held.content.version}版（{brought}）：{entry.text}",
    )


def same_fact(work: Work, one: Fitting, other: Fitting) -> bool:
    """Whether both entries say one thing of one case: the same item on the same paper, as far as numbers are shown."""
    if one.case_id != other.case_id:
        return False
    here, there = fact_of(work, one), fact_of(work, other)
    return (here.item, here.document_no) == (there.item, there.document_no) and (
        here.subject_id == there.subject_id or fits_mask(here.subject_id, there.subject_id)
    )


def tell_fact(work: Work, fitting: Fitting) -> None:
    """The case is told of the fact, by whoever answers for the list; people rule on it there."""
    word = ReportFact(
        claim=work.claim,
        fact=fact_of(work, fitting),
        source=work.policy.watched(fitting.list).issuer,
    )
    work.owe_tell(fitting.case_kind, (fitting.case_id,), word)


def tell_ended(work: Work, fitting: Fitting, cause: MatchEnd) -> None:
    """The case is told that the fact has ended: what follows is decided there. One that is not due is told nothing."""
    if cause == "not-due":
        return
    word = EndFact(
        claim=work.claim,
        fact=fact_of(work, fitting),
        source=work.policy.watched(fitting.list).issuer,
        cause=cause,
    )
    work.owe_tell(fitting.case_kind, (fitting.case_id,), word)
