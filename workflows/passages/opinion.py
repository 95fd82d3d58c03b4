"""The integrity opinion (ST08, R06): a draft, two signatures over it, and of the two the stricter holds (SC-14)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from contracts.events.review import OpinionGiven
from contracts.policy.model import Policy
from workflows.procedure.case import C, Task
from workflows.procedure.consequences import Then
from workflows.procedure.draft import Draft
from workflows.procedure.kind import Consequence, Signing
from workflows.procedure.signatures import First, Together
from workflows.rules.opinions import strictest


@dataclass(frozen=True)
class _Given:
    """The opinion is given."""

    opinion: str

    def __call__(self, draft: Draft[Any], task: Task) -> None:
        draft.emit(OpinionGiven(opinion=self.opinion))


def opinion(
    asked: str, signers: tuple[str, ...], then: Mapping[str, Consequence[C]]
) -> dict[str, Signing[C]]:
    """How an opinion is signed: task `asked` drafts it, `signers` sign it, `then` says what each leads to.

    A signer may say another opinion than the draft. An opinion without a place in the policy's order counts as
    stricter than all others, and one that `then` does not name is refused.
    """
    given = {word: Then(_Given(word), follow) for word, follow in then.items()}
    signed: Signing[C] = Together(signers, given, settles=_strictest)
    return {asked: First(signers, frozenset(then)), **dict.fromkeys(signers, signed)}


def _strictest(said: Sequence[str], policy: Policy) -> str:
    return strictest(said, policy.opinions)
