"""Who may be the third person of a one-time code, as far as a request knows it: its witness (adr/0035)."""

from collections.abc import Collection

from contracts.actor import Actor
from contracts.policy.model import Policy
from contracts.refusals import RefusalCode
from contracts.saying import say
from workflows.rules.verdict import ALLOWED, Refused, Verdict

WITNESSING = "witness-codes"
ASKING, DECIDING = "ask-access", "approve-access"


def may_witness(
    actor: Actor, asked_by: str, decided_by: Collection[str], holders: Collection[str], policy: Policy
) -> Verdict:
    """Whether this person may hand over codes of a request, whose head they are left aside.

    An office of their own makes a witness, not one in which they stand in; and whoever holds a role that asks for
    accounts or decides on them is none, under whatever account.
    """
    roles = policy.askers(WITNESSING)
    own = {grant.role for grant in actor.grants if grant.deputy_for is None}
    over_all = own.union(actor.tied(actor.person_id).roles)
    if own.isdisjoint(roles) or not over_all.isdisjoint((*policy.askers(ASKING), policy.task(DECIDING).role)):
        return Refused(RefusalCode.WRONG_ROLE, say("witness-roles", roles=roles))
    if not actor.all_ids.isdisjoint((asked_by, *decided_by)):
        return Refused(RefusalCode.SAME_PERSON, say("witness-third"))
    if not actor.all_ids.isdisjoint(holders):
        return Refused(RefusalCode.CONFLICT_OF_INTEREST, say("witness-concerned"))
    return ALLOWED
