"""The vote (ST14, R09): the figures as recorded, quorum, majority of all members, and what each result leads to."""

from dataclasses import dataclass
from typing import Any, Generic

from contracts.commands.case import CompleteTask
from contracts.events.review import VotesCounted
from contracts.refusals import RefusalCode
from contracts.saying import say
from workflows.procedure.case import C, Task
from workflows.procedure.consequences import Then
from workflows.procedure.draft import Draft
from workflows.procedure.kind import Check, Consequence, Signing
from workflows.procedure.signatures import Alone, anything
from workflows.rules import voting
from workflows.rules.forms import Count, read
from workflows.rules.verdict import Refused
from workflows.rules.voting import Result


@dataclass(frozen=True)
class Leads(Generic[C]):
    """How this kind of case calls a result, and what follows it."""

    outcome: str
    then: Consequence[C]


def vote(
    task: str, leads: dict[Result, Leads[C]], *, form: type[Count] = Count, check: Check[C] = anything
) -> dict[str, Signing[C]]:
    """How a vote is recorded: by one person, with the outcome that the figures give, and no other.

    `form` is what the kind asks besides the figures, and `check` whether that holds.
    """
    says = _Figures(form, {result: lead.outcome for result, lead in leads.items()}, check)
    then = {lead.outcome: Then(says.counted, lead.then) for lead in leads.values()}
    return {task: Alone(then, check=says.agree)}


@dataclass(frozen=True)
class _Figures:
    form: type[Count]
    outcomes: dict[Result, str]
    check: Check[Any]

    def agree(self, draft: Draft[Any], task: Task, command: CompleteTask) -> Refused | None:
        form = read(command.form, self.form)
        if isinstance(form, Refused):
            return form
        result = voting.result(form.members, form.present, form.votes_for, draft.policy.election)
        if isinstance(result, Refused):
            return result
        if self.outcomes[result] != command.outcome:
            return Refused(
                RefusalCode.COUNT_DISAGREES,
                say("figures-give", right=self.outcomes[result], chosen=command.outcome),
            )
        return self.check(draft, task, command)

    def counted(self, draft: Draft[Any], task: Task) -> None:
        """The count is recorded, beside the quorum and the pass mark that the policy gives."""
        form, rule = self.form.model_validate(task.form), draft.policy.election
        draft.emit(
            VotesCounted(
                outcome=task.outcome,
                members=form.members,
                present=form.present,
                votes_for=form.votes_for,
                quorum=voting.quorum(form.members, rule),
                pass_mark=voting.pass_mark(form.members, rule),
                held_at=form.held_at,
            )
        )
