"""One kind of case as its stages: who acts, until when, what may come out, what is filled in, what is sent. Pure."""

from collections.abc import Mapping
from typing import NamedTuple

from contracts.policy.model import EVERY, Policy, Procedure, StageSpec, TaskKind, Text
from contracts.words.held import form_title
from contracts.words.naming import known
from services.ctl.policy_pages import forms, timeline
from services.ctl.policy_pages.consequences import consequences
from services.ctl.policy_pages.letters import Shown, shown
from services.kit.policy_words import limit_in_words, say, t

EXTENDED = "EXTENDED"
NO_WORD = t("—", "—")
"""An outcome that nobody answers, such as a panel without a majority: what follows says it."""


class Outcome(NamedTuple):
    """What a person may answer, and what it asks for and leads to."""

    code: str
    name: Text
    reason: bool
    form: Text | None
    follows: Text | None


class Task(NamedTuple):
    """A kind of task as people read it."""

    code: str
    name: Text
    role: Text
    people: int
    signature: int
    limit: Text
    line: tuple[timeline.Mark, ...]
    outcomes: tuple[Outcome, ...]
    counting: tuple[tuple[Text, Text], ...]
    """What follows the outcome that comes to count, where that is another signature's or comes of several."""
    others: tuple[Text, ...]
    """Tasks whose signers may not sign this one."""


class Form(NamedTuple):
    """A form as a filled example."""

    title: Text
    fields: tuple[forms.Field, ...]


class Stage(NamedTuple):
    """A stage with its tasks."""

    code: str
    name: Text
    state: Text
    mark: str
    held: bool
    tasks: tuple[Task, ...]
    forms: tuple[Form, ...]


class Kind(NamedTuple):
    """A kind of case with its stages and letters."""

    code: str
    name: Text
    stages: tuple[Stage, ...]
    letters: tuple[Shown, ...]


def kind(name: str, policy: Policy) -> Kind:
    """The page of one kind of case."""
    own, then = policy.procedures[name], consequences(policy)
    stages = [_stage(spec, own, policy, then) for spec in (*own.stages, *_shared(own, policy))]
    letters = [one for notice in own.letters for one in shown(name, notice, policy)]
    return Kind(name, own.name, tuple(stages), tuple(letters))


def _shared(own: Procedure, policy: Policy) -> list[StageSpec]:
    """Stages that every kind of case has and at which this one asks for more."""
    asked = {task.stage for task in own.tasks} - {spec.code for spec in own.stages}
    return [spec for spec in policy.procedures[EVERY].stages if spec.code in asked]


def _stage(
    spec: StageSpec,
    own: Procedure,
    policy: Policy,
    follows: Mapping[str, Mapping[str, Text]],
) -> Stage:
    kinds = [task for task in own.tasks if task.stage is spec.code]
    asked = dict.fromkeys(code for task in kinds for code in (task.form, *task.forms.values()))
    filled = [Form(form_title(form), forms.example(form, policy)) for form in map(policy.form, asked)]
    return Stage(
        code=spec.code.value,
        name=spec.name,
        state=say(spec.state, "state", policy),
        mark=spec.mark,
        held=spec.goes_on_while_held,
        tasks=tuple(_task(task, policy, follows.get(task.code, {})) for task in kinds),
        forms=tuple(form for form in filled if form.fields),
    )


def _task(task: TaskKind, policy: Policy, follows: Mapping[str, Text]) -> Task:
    limit = policy.limits[task.limit] if task.limit else None
    return Task(
        code=task.code,
        name=task.name,
        role=policy.role(task.role).name,
        people=task.people,
        signature=task.signature,
        limit=limit_in_words(limit, extendable=EXTENDED in task.outcomes),
        line=timeline.line(policy, task),
        outcomes=tuple(_outcome(code, task, policy, follows) for code in task.outcomes),
        counting=tuple(
            (known(code, "outcome") or NO_WORD, then)
            for code, then in follows.items()
            if code not in task.outcomes
        ),
        others=tuple(_other(code, task, policy) for code in task.distinct_from),
    )


def _outcome(code: str, task: TaskKind, policy: Policy, follows: Mapping[str, Text]) -> Outcome:
    form = policy.form(task.form_of(code))
    return Outcome(
        code=code,
        name=say(code, "outcome", policy),
        reason=code in task.reason_required,
        form=form_title(form) if forms.example(form, policy) else None,
        follows=follows.get(code),
    )


def _other(code: str, task: TaskKind, policy: Policy) -> Text:
    if code == task.code:
        return t("同类任务的其他签字人", "the other signers of this task")
    return policy.task(code).name
