"""R11: the body's people vote, each alone; more than half of its seats decide, and the removal is told."""

from collections.abc import Mapping, Sequence

from contracts.canonical import digest_of
from contracts.case import CaseKind
from contracts.causes import Cause
from contracts.commands.removal import ReviewDecided
from contracts.commands.review import OpenReview
from contracts.commands.tenure import RecordDeath
from contracts.events.removal_review import PersonsBarred, ReviewConcluded, ReviewOpened
from contracts.policy.model import Policy
from contracts.refusals import RefusalCode
from contracts.saying import say
from contracts.vocabulary import CaseState, Stage
from workflows.kinds.review.case import Review, Work
from workflows.procedure.case import Task
from workflows.procedure.consequences import Ends, Opens, Then
from workflows.procedure.kind import Again, Consequence, Signing
from workflows.procedure.serving import all_served
from workflows.procedure.signatures import Alone, Together
from workflows.rules.panel import panel_ruling
from workflows.rules.verdict import Refused

BODIES = {1: "review-vote", 2: "second-review-vote"}
"""By instance: the body that decided, then the level above, each with a term of its own."""
AGAIN = "AGAIN"
"""What a body without a majority comes to."""


def open_review(draft: Work, opening: OpenReview) -> None:
    """The application was in time: the removal's own task saw to that."""
    draft.emit(
        ReviewOpened(
            person_id=opening.person_id,
            seat=opening.seat,
            instance=opening.instance,
            content_digest=digest_of(opening.attacked.model_dump(mode="json")),
            private=opening.attacked,
        )
    )
    draft.emit(PersonsBarred(persons=opening.barred))
    draft.know(opening.calendar_years)
    draft.enter(Stage.REVIEW)
    draft.ask(BODIES[opening.instance])


def died(draft: Work, command: RecordDeath) -> Refused | None:
    """The member has died: the removal says so, and nobody votes any more."""
    if command.claim.owed_by is None:
        return Refused(RefusalCode.WRONG_ROLE, say("passing-at-removal"))
    if draft.case.ended:
        return Refused(RefusalCode.CASE_ENDED, say("ended", state=draft.case.state))
    draft.end(CaseState.LAPSED, Cause.DEATH)
    return None


def vote_again(draft: Work, task: Task) -> None:
    """There is no majority: the same body votes again over the same content, under the same deadline."""
    kind = draft.policy.task(task.kind)
    for signature in range(kind.signature, kind.signature + kind.people):
        draft.open(task.kind, signature=signature, like=task)


def _concludes(state: CaseState) -> Consequence[Review]:
    def conclude(draft: Work, task: Task) -> None:
        """What the majority decided is recorded."""
        draft.emit(ReviewConcluded(instance=draft.case.instance, outcome=state))

    return conclude


def told(draft: Work, task: Task) -> None:
    """The removal is told how the review came out."""
    case = draft.case
    signers = sorted({person for vote in case.acted(*BODIES.values()) for person in vote.signers})
    word = ReviewDecided.model_validate(
        {
            "claim": draft.claim,
            "review": case.case_id,
            "instance": case.instance,
            "outcome": case.state,
            "signers": tuple(signers),
            "barred": tuple(sorted(case.conflicted - {*case.barred})),
        }
    )
    draft.owe_tell(CaseKind.REMOVAL, (case.parent,), word)


def _majority(votes: Sequence[str], policy: Policy) -> str:
    return panel_ruling(votes, policy.panel_size) or AGAIN


def _ends(state: CaseState) -> Consequence[Review]:
    return Then(_concludes(state), Ends(state, Cause.REVIEWED))


VOTE: Signing[Review] = Together(
    tuple(BODIES.values()),
    {
        "UPHELD": _ends(CaseState.UPHELD),
        "CHANGED": _ends(CaseState.CHANGED),
        # The member is restored at once, and does not wait for letters.
        "REVOKED": Then(_ends(CaseState.REVOKED), told),
        AGAIN: vote_again,
    },
    settles=_majority,
    unsaid=frozenset({AGAIN}),
)


VOTES_AGAIN: Mapping[str, Again[Review]] = dict.fromkeys(BODIES.values(), Again(vote_again))
"""When a voter has a conflict, no vote of the body counts before it has voted without them (SOD-08)."""


def filed_next(draft: Work, task: Task) -> None:
    """The letters are served, and the member's next term begins with that; the file is closed."""
    _ON_SERVICE[draft.case.state](draft, task)


_FILE = Opens("file")
_ON_SERVICE: Mapping[CaseState, Consequence[Review]] = {
    CaseState.REVOKED: _FILE,
    **dict.fromkeys((CaseState.UPHELD, CaseState.CHANGED, CaseState.LAPSED), Then(told, _FILE)),
}
SIGNING: dict[str, Signing[Review]] = {
    **dict.fromkeys(BODIES.values(), VOTE),
    "serve": Alone({"SERVED": filed_next}, check=all_served),
}
