"""What is proposed for the policy: a version of the house's own, or a rule of transition to one (SOD-09).

Whoever approves completes the proposal's task, as every task is completed.
"""

from fastapi import APIRouter

from contracts.case import CaseKind
from contracts.commands.opening import Opening
from contracts.commands.policy import ProposePolicy
from contracts.names import policy_id, transition_id
from contracts.policy import between, loader
from contracts.policy.model import Text
from contracts.transition import Transition
from services.kit.errors import MOST_SAID
from services.officers.office import Office
from services.officers.readmodel.reading import cases, tasks
from services.officers.routes.caller import Asking, Asks, AtOffice, OpaquePath, Permitted, answer
from services.officers.routes.policy_drafts import drafted
from services.officers.views.base import READS, WRITES, DoneView
from services.officers.views.policies import ProposalBody, ProposalView
from services.officers.web.problems import RefusedError, at
from services.officers.web.strict import StrictRoute

router = APIRouter(route_class=StrictRoute, prefix="/policies/proposals", tags=["policies"])
APPROVAL = "approve-policy"
MOST = 200
"""Proposals in the list: an office has a few a year."""
_OTHER_BYTES = Text(zh="此处该版本的内容不同", en="the version here has other bytes")


@router.post("", status_code=201, responses=WRITES, response_model=DoneView)
async def propose(body: ProposalBody, asks: Asks, office: AtOffice) -> object:
    """Lay a version, or a rule of transition, before another policy administrator."""
    async with office.desk.asked(asks.ask) as write:
        opening = _opening(body, asks, office)
        if write.fresh:
            asks.insist()
            await _insist(body, opening, asks, office)
        return answer(await write.send(opening))


@router.get("", responses=READS)
async def proposals(who: Permitted, office: AtOffice) -> list[ProposalView]:
    """Every proposal, with the task of whoever is to decide."""
    async with office.database.read() as session:
        narrowed = cases.CaseFilter(kind=CaseKind.POLICY)
        found = await cases.cases_after(session, who.scope, narrowed, "", MOST)
        open_ones = tasks.TaskFilter(kind=APPROVAL, state="open")
        asked = await tasks.visible_after(session, who.scope, open_ones, tasks.START, MOST)
    by_case = {one["case_id"]: one for one in asked}
    return [ProposalView.of(one.row, by_case.get(one.row.case_id)) for one in found]


@router.get("/{case_id}", responses=READS)
async def proposal(case_id: OpaquePath, who: Permitted, office: AtOffice) -> ProposalView:
    """One proposal."""
    found = [one for one in await proposals(who, office) if one.case_id == case_id]
    if not found:
        raise RefusedError("not-found")
    return found[0]


def _opening(body: ProposalBody, asks: Asking, office: Office) -> ProposePolicy:
    target = policy_id(body.version, body.digest)
    rule = None
    if body.transition is not None:
        target = transition_id(asks.ask.command_id)
        rule = Transition(batches=tuple(body.transition.batches), items=tuple(body.transition.items))
    in_force = office.policy.version
    return ProposePolicy(
        claim=asks.claim(target=target),
        parent=target,
        policy=in_force,
        policy_digest=loader.digest(in_force),
        version=body.version,
        version_digest=body.digest,
        transition=rule,
    )


async def _insist(body: ProposalBody, opening: Opening, asks: Asking, office: Office) -> None:
    """RefusedError for what cannot be approved: nobody is to sign what would not be taken."""
    if body.transition is None:
        await _new(body, opening, asks, office)
    else:
        await _to_released(body, office)


async def _new(body: ProposalBody, opening: Opening, asks: Asking, office: Office) -> None:
    async with office.database.read() as session:
        known = await cases.case(session, asks.caller.scope, opening.target)
    if known or body.version in loader.versions():
        raise RefusedError("policy-known")
    folder = office.policies_dir
    if folder is None or not (folder / body.version / "policy.yaml").is_file():
        raise RefusedError("unknown-policy")
    if (await drafted(folder / body.version)).digest != body.digest:
        raise RefusedError("policy-faulty", at("digest", _OTHER_BYTES))


async def _to_released(body: ProposalBody, office: Office) -> None:
    rule = body.transition
    if rule is None or body.version not in loader.versions() or loader.digest(body.version) != body.digest:
        raise RefusedError("unknown-policy")
    new = loader.released(body.version)
    async with office.database.read() as session:
        versions = await cases.versions_of(session, rule.batches)
    faults: list[Text] = [
        at("batches", Text(zh=f"没有批次 {one}", en=f"there is no batch {one}"))
        for one in rule.batches
        if one not in versions
    ]
    faults += between.unasked(rule.items, new)
    for version in sorted(set(versions.values())):
        faults += between.lacking(loader.released(version), new)
    if faults:
        first = faults[:MOST_SAID]
        said = Text(zh="；".join(one.zh for one in first), en="; ".join(one.en for one in first))
        raise RefusedError("policy-faulty", said)
