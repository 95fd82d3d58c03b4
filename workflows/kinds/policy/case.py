"""What a proposal for the policy knows beyond what every case knows."""

from typing import TypeAlias, assert_never, cast

from contracts.base import NO_DIGEST, Digest
from contracts.events.base import Event
from contracts.events.policy import PolicyProposed, PolicyReleased, TransitionApproved
from contracts.transition import Transition
from contracts.vocabulary import Stage
from workflows.procedure.case import Case
from workflows.procedure.draft import Draft
from workflows.procedure.fold import CaseFolding


class Proposal(Case):
    """A version that waits for a second person, or a rule of transition for one that is released."""

    stage: Stage = Stage.POLICY_APPROVAL
    author: str = ""
    version: str = ""
    version_digest: Digest = NO_DIGEST
    transition: Transition | None = None


Work: TypeAlias = Draft[Proposal]
"""A step of it in the making."""

OwnEvent: TypeAlias = PolicyProposed | PolicyReleased | TransitionApproved


def fold(case: Proposal, event: Event) -> Proposal:
    """What its own events do to it. The type checker refuses one that no line here names."""
    own = cast(OwnEvent, event)
    match own:
        case PolicyProposed():
            return case.but(
                author=own.author,
                version=own.policy_version,
                version_digest=own.version_digest,
                transition=own.transition,
                content_digest=own.content_digest,
            )
        case PolicyReleased() | TransitionApproved():
            return case
        case _:
            assert_never(own)


FOLDING = CaseFolding(Proposal, fold)
