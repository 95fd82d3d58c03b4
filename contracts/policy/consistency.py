"""What must agree inside one policy. Every rule yields where the fault is and what would be right."""

from collections.abc import Callable, Iterator

from contracts.policy.finding import Finding, twice, unknown
from contracts.policy.form_rules import form_faults
from contracts.policy.letter_rules import letter_faults
from contracts.policy.model import Policy
from contracts.policy.time_rules import calendar_faults, ladder_faults, limit_faults
from contracts.vocabulary import Stage

WHOLE = 1000
"""The maxima of all dimensions together, in tenths of a point (domain §8.3)."""

_CODED = (
    "stages",
    "tasks",
    "forms",
    "negative_list",
    "departments",
    "roles",
    "separation",
    "notices",
    "retention",
)

ANY_ACT = "*"
"""In a group of separation: any act on the case."""


def findings(policy: Policy) -> Iterator[Finding]:
    """Every inconsistency, in the order of the rules below; none for a policy that may be used."""
    for rule in _RULES:
        yield from rule(policy)


def _codes(policy: Policy) -> Iterator[Finding]:
    for field in _CODED:
        yield from twice((field,), [row.code for row in getattr(policy, field)], "code")
    yield from twice(("grading", "dimensions"), [row.code for row in policy.grading.dimensions], "code")
    units = [row.code for row in policy.departments] + [row.code for row in policy.other_sources]
    for index, unit in enumerate(policy.other_sources):
        if units.count(unit.code) > 1:
            yield Finding(("other_sources", index, "code"), f"{unit.code} is used twice")


def _stages(policy: Policy) -> Iterator[Finding]:
    missing = [stage.value for stage in Stage if stage not in {row.code for row in policy.stages}]
    if missing:
        yield Finding(("stages",), f"{', '.join(missing)} must be here too")


def _tasks(policy: Policy) -> Iterator[Finding]:
    roles = {role.code: role for role in policy.roles}
    forms = {form.code for form in policy.forms}
    kinds = {kind.code for kind in policy.tasks}
    for index, kind in enumerate(policy.tasks):
        here = ("tasks", index)
        yield from unknown((*here, "role"), [kind.role], roles, "role", single=True)
        if kind.role in roles and not roles[kind.role].on_cases:
            yield Finding((*here, "role"), f"{kind.role} may not act on cases (SOD-09, SOD-10)")
        yield from unknown((*here, "form"), [kind.form], forms, "form", single=True)
        for outcome, form in kind.forms.items():
            yield from unknown((*here, "forms"), [outcome], kind.outcomes, "outcome", single=True)
            yield from unknown((*here, "forms", outcome), [form], forms, "form", single=True)
        yield from unknown((*here, "reason_required"), kind.reason_required, kind.outcomes, "outcome")
        yield from unknown((*here, "distinct_from"), kind.distinct_from, kinds, "kind of task")
        for place, outcome in enumerate(kind.outcomes):
            if outcome in kind.outcomes[:place]:
                yield Finding((*here, "outcomes", place), f"{outcome} stands here twice")
            if kind.stage is Stage.INTEGRITY and outcome not in (*policy.opinions, "EXTENDED"):
                yield Finding((*here, "outcomes", place), f"{outcome} must be one of opinions, which rank it")
        yield from _task_limit(policy, index)


def _task_limit(policy: Policy, index: int) -> Iterator[Finding]:
    kind = policy.tasks[index]
    if (kind.limit is None) != (kind.ladder is None):
        yield Finding(("tasks", index), "limit and ladder go together: both or neither")
    if kind.limit is not None:
        yield from unknown(("tasks", index, "limit"), [kind.limit], policy.limits, "limit", single=True)
    if kind.ladder is not None:
        yield from unknown(("tasks", index, "ladder"), [kind.ladder], policy.ladders, "ladder", single=True)
    limit, ladder = policy.limits.get(kind.limit or ""), policy.ladders.get(kind.ladder or "")
    if limit and ladder and (limit.unit == "s") != (ladder.unit == "s"):
        reason = f"a limit in {limit.unit} cannot have a ladder in {ladder.unit}"
        yield Finding(("tasks", index, "ladder"), reason)


def _negative_list(policy: Policy) -> Iterator[Finding]:
    units = _units(policy)
    codes = {item.code for item in policy.negative_list}
    for index, item in enumerate(policy.negative_list):
        here = ("negative_list", index)
        yield from unknown((*here, "sources"), item.sources, units, "department or other source")
        if item.part_of is not None:
            yield from unknown((*here, "part_of"), [item.part_of], codes, "item", single=True)
        if item.retired and item.on:
            yield Finding((*here, "on"), f"{item.code} is retired and must be off")
        if item.on and not item.basis:
            yield Finding(here, f"{item.code} cannot be on without a basis: document and article (S46)")
        if item.look_back_years is not None and item.look_back_years < 1:
            yield Finding((*here, "look_back_years"), "must be at least 1 year, or absent for no year limit")
        if item.while_state and item.look_back_years is not None:
            yield Finding((*here, "look_back_years"), "a state counts while it lasts and has no look-back")


def _grading(policy: Policy) -> Iterator[Finding]:
    grading, units = policy.grading, _units(policy)
    total = sum(dimension.max for dimension in grading.dimensions)
    if total != WHOLE:
        yield Finding(("grading", "dimensions"), f"the maxima must sum to {WHOLE} tenths, not {total}")
    if sum(dimension.from_index for dimension in grading.dimensions) != 1:
        yield Finding(("grading", "dimensions"), "exactly one dimension must be from_index")
    for index, dimension in enumerate(grading.dimensions):
        place = ("grading", "dimensions", index, "answered_by")
        yield from unknown(place, dimension.answered_by, units, "department or other source")
    scored = {dimension.code for dimension in grading.dimensions if not dimension.from_index}
    for name, rule in (("a", grading.a), ("b", grading.b)):
        here = ("grading", name)
        yield from unknown((*here, "floor_dimensions"), rule.floor_dimensions, scored, "scored dimension")
    if not grading.b.total < grading.a.total <= WHOLE:
        yield Finding(("grading", "a", "total"), f"must lie above that of b and not above {WHOLE}")
    bounds = [bound for bound, _ in grading.index_bands]
    if bounds != sorted(set(bounds)) or bounds[:1] != [0] or bounds[-1] > grading.index_max:
        yield Finding(("grading", "index_bands"), f"bounds must rise from 0 to at most {grading.index_max}")


def _people(policy: Policy) -> Iterator[Finding]:
    known = {kind.code for kind in policy.tasks} | {ANY_ACT}
    known |= {f"{how}:{role.code}" for role in policy.roles for how in ("role", "holds")}
    for index, rule in enumerate(policy.separation):
        for place, group in enumerate(rule.groups):
            yield from unknown(("separation", index, "groups", place), group, known, "kind of task or role")
    span = policy.election.recheck_within
    if span.unit != ("s" if policy.demonstration else "WD"):
        yield Finding(("election", "recheck_within", "unit"), "must be WD, or s in a demonstration policy")
    for name in ("quorum", "pass_over"):
        part, whole = getattr(policy.election, name)
        if not 0 < part <= whole:
            yield Finding(("election", name), "must be a fraction above 0 and at most 1")
    for index, opinion in enumerate(policy.opinions):
        if opinion in policy.opinions[:index]:
            yield Finding(("opinions", index), f"{opinion} stands here twice")


def _units(policy: Policy) -> set[str]:
    return {unit.code for unit in policy.departments} | {unit.code for unit in policy.other_sources}


def _forms(policy: Policy) -> Iterator[Finding]:
    for index, form in enumerate(policy.forms):
        for location, reason in form_faults(form):
            yield Finding(("forms", index, *location), reason)


def _letters(policy: Policy) -> Iterator[Finding]:
    for index, notice in enumerate(policy.notices):
        for location, reason in letter_faults(notice):
            yield Finding(("notices", index, *location), reason)


_RULES: tuple[Callable[[Policy], Iterator[Finding]], ...] = (
    _codes,
    _stages,
    limit_faults,
    ladder_faults,
    _tasks,
    _forms,
    _negative_list,
    _grading,
    _people,
    _letters,
    calendar_faults,
)
