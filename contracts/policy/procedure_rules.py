"""What must agree inside a kind of case, and between the kinds: each knows only itself and what every kind has."""

from collections.abc import Iterator, Sequence

from contracts.lifecycles import STAGES_OF
from contracts.policy.finding import Finding, unknown
from contracts.policy.form_rules import form_faults
from contracts.policy.model import EVERY, Policy, TaskKind
from contracts.policy.sheets import Link
from contracts.policy.source import Location
from contracts.vocabulary import Stage

_CODED = ("stages", "tasks", "acts", "forms", "letters")


def procedure_faults(policy: Policy) -> Iterator[Finding]:
    """Codes used twice over all kinds, stages that are missing, tasks and forms that do not fit together."""
    if EVERY not in policy.procedures:
        yield Finding(("procedures",), f"there must be a folder {EVERY!r}: what every kind of case has")
        return
    yield from _unique(policy)
    known = {row.code for row in policy.stages}
    needed = {stage for name in policy.procedures for stage in STAGES_OF.get(name, ())}
    missing = [stage.value for stage in Stage if stage in needed - known]
    if missing:
        yield Finding(("procedures",), f"no kind of case has the stage {', '.join(missing)}")
    for name, own in policy.procedures.items():
        for index, kind in enumerate(own.tasks):
            yield from _task(policy, name, ("procedures", name, "tasks", index), kind)
        for index, act in enumerate(own.acts):
            yield from _may_act(policy, name, ("procedures", name, "acts", index, "roles"), act.roles)
        yield from _sheet(policy, name, own.sheet)
        for index, form in enumerate(own.forms):
            for location, reason in form_faults(form):
                yield Finding(("procedures", name, "forms", index, *location), reason)


def _sheet(policy: Policy, name: str, links: Sequence[Link]) -> Iterator[Finding]:
    codes = {task.code for task in policy.procedure(name).tasks}
    for at, link in enumerate(links):
        for place, slot in enumerate(link.slots):
            for index, filling in enumerate(slot.filled):
                here = ("procedures", name, "sheet", at, "slots", place, "filled", index, "task")
                yield from unknown(here, filling.task, codes, "kind of task")


def _unique(policy: Policy) -> Iterator[Finding]:
    for field in _CODED:
        seen: set[str] = set()
        for name, own in policy.procedures.items():
            for index, row in enumerate(getattr(own, field)):
                if row.code in seen:
                    yield Finding(("procedures", name, field, index, "code"), f"{row.code} is used twice")
                seen.add(row.code)


def _task(policy: Policy, name: str, here: Location, kind: TaskKind) -> Iterator[Finding]:
    procedure = policy.procedure(name)
    forms = {form.code for form in procedure.forms}
    stages = {stage.code.value for stage in procedure.stages}
    yield from unknown((*here, "stage"), [kind.stage.value], stages, "stage of this kind", single=True)
    yield from _may_act(policy, name, (*here, "role"), [kind.role], single=True)
    yield from unknown((*here, "form"), [kind.form], forms, "form", single=True)
    for outcome, form in kind.forms.items():
        yield from unknown((*here, "forms"), [outcome], kind.outcomes, "outcome", single=True)
        yield from unknown((*here, "forms", outcome), [form], forms, "form", single=True)
    yield from unknown((*here, "defers"), kind.defers, kind.outcomes, "outcome")
    yield from unknown((*here, "reason_required"), kind.reason_required, kind.outcomes, "outcome")
    codes = {task.code for task in procedure.tasks}
    yield from unknown((*here, "distinct_from"), kind.distinct_from, codes, "kind of task")
    for place, outcome in enumerate(kind.outcomes):
        if outcome in kind.outcomes[:place]:
            yield Finding((*here, "outcomes", place), f"{outcome} stands here twice")
        if kind.stage in _OPINIONS and outcome not in (*policy.opinions, "EXTENDED"):
            yield Finding((*here, "outcomes", place), f"{outcome} must be one of opinions, which rank it")
    yield from _signs(policy, name, here, kind)
    yield from _bundled(here, kind)
    yield from _limit(policy, here, kind)


ONE_BY_ONE = frozenset(
    {
        "ISSUE",
        "VETO",
        "MINOR",
        "PAUSE",
        "MISMATCH",
        "INELIGIBLE",
        "DUPLICATE",
        "RETURN",
        "UNSUITABLE",
        "NEGATIVE",
    }
    | {
        "REMINDER",
        "DEFER",
        "REJECT",
        "REJECTED",
        "DEFERRED",
        "REPORTED",
        "NEW_HIT",
        "SERIOUS",
        "UNTRUE",
        "UNPROVEN",
    }
    | {"REFUSED", "NOT_ELECTED", "REMOVED", "SUSPENDED", "CLOSED_NO_REPLY", "HELD", "LAPSED", "SEND_BACK"}
)
"""What is never said of many at once, whatever a policy says: it is adverse, or takes back what somebody answered."""
_JUDGING = frozenset(
    {Stage.RULING, Stage.GRADING, Stage.INSPECTION, Stage.INTEGRITY, Stage.REPORT_CHECK}
) | frozenset(STAGES_OF["removal"])
"""Stages at which people rule, grade, inspect or give an opinion: each case by itself."""


def _bundled(here: Location, kind: TaskKind) -> Iterator[Finding]:
    """Nobody signs in a bundle what has to be read and weighed by itself."""
    yield from unknown((*here, "bundled"), kind.bundled, kind.outcomes, "outcome")
    for place, outcome in enumerate(kind.bundled):
        if outcome in ONE_BY_ONE:
            yield Finding((*here, "bundled", place), f"{outcome} is decided one by one, never in a bundle")
    if kind.bundled and (kind.stage in _JUDGING or kind.people > 1):
        yield Finding((*here, "bundled"), "a ruling, grade, opinion or vote is given one by one")


def _signs(policy: Policy, name: str, here: Location, kind: TaskKind) -> Iterator[Finding]:
    """Whoever a case concerns answers no letter whose words do not stand where they answer."""
    letters = policy.procedure(name).letters
    if kind.signs:
        codes = {letter.code for letter in letters}
        yield from unknown((*here, "signs"), [kind.signs], codes, "letter of this kind", single=True)
    asks = [
        row.code for row in letters for on in row.on if on.event == "task-opened" and kind.code in on.task
    ]
    if asks and kind.role in policy.self_roles and kind.signs not in asks:
        yield Finding((*here, "signs"), f"the person concerned answers {asks[0]} here: its words are signed")


def _may_act(
    policy: Policy, name: str, here: Location, named: Sequence[str], *, single: bool = False
) -> Iterator[Finding]:
    """Roles that are there, and that act on cases at all, or on those of this kind."""
    roles = {role.code: role for role in policy.roles}
    yield from unknown(here, named, roles, "role", single=single)
    for place, role in enumerate(named):
        if role in roles and not roles[role].on_cases and name not in roles[role].only_on:
            where = here if single else (*here, place)
            yield Finding(where, f"{role} may not act on cases (SOD-09, SOD-10)")


_OPINIONS = (Stage.INTEGRITY, Stage.REMOVAL_OPINION)
"""Stages whose outcomes are ranked, so that of two signatures the stricter holds."""


def _limit(policy: Policy, here: Location, kind: TaskKind) -> Iterator[Finding]:
    if (kind.limit is None) != (kind.ladder is None):
        yield Finding(here, "limit and ladder go together: both or neither")
    if kind.limit is not None:
        yield from unknown((*here, "limit"), [kind.limit], policy.limits, "limit", single=True)
    if kind.ladder is not None:
        yield from unknown((*here, "ladder"), [kind.ladder], policy.ladders, "ladder", single=True)
    limit, ladder = policy.limits.get(kind.limit or ""), policy.ladders.get(kind.ladder or "")
    if limit and ladder and (limit.unit == "s") != (ladder.unit == "s"):
        reason = f"a limit in {limit.unit} cannot have a ladder in {ladder.unit}"
        yield Finding((*here, "ladder"), reason)
