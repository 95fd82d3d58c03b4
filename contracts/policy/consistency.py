"""What must agree inside one policy. Every rule yields where the fault is and what would be right."""

from collections.abc import Callable, Iterator

from contracts.case import CaseKind
from contracts.lifecycles import ENDS, ENDS_OF
from contracts.policy.finding import Finding, twice, unknown
from contracts.policy.letter_rules import letter_faults
from contracts.policy.model import Policy
from contracts.policy.people import OFFICE
from contracts.policy.place_rules import place_faults
from contracts.policy.procedure_rules import procedure_faults
from contracts.policy.reading_rules import disclosure_faults
from contracts.policy.time_rules import calendar_faults, ladder_faults, limit_faults

WHOLE = 1000
"""The maxima of all dimensions together, in tenths of a point (domain §8.3)."""

_CODED = (
    "negative_list",
    "departments",
    "roles",
    "separation",
    "addressees",
    "retention",
    "districts",
    "levels",
)

RAISED = frozenset({"re-evaluation", "hit", "absence", "own-wish", "linked-seat"})
"""Sources of the leads that a tenure raises by itself."""

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
    # A task's unit is a department or a nominating unit: one code must not mean two of them.
    units = [row.code for row in policy.departments] + [row.code for row in policy.other_sources]
    units += [row.code for row in policy.nominating_units]
    for field in ("other_sources", "nominating_units"):
        for index, unit in enumerate(getattr(policy, field)):
            if units.count(unit.code) > 1:
                yield Finding((field, index, "code"), f"{unit.code} is used twice")


def _negative_list(policy: Policy) -> Iterator[Finding]:
    units = {unit.code for unit in policy.departments} | {unit.code for unit in policy.other_sources}
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


def _screening(policy: Policy) -> Iterator[Finding]:
    lists = policy.screening.lists if policy.screening else ()
    units = {unit.code for unit in policy.departments} | {unit.code for unit in policy.other_sources}
    items = {item.code: item for item in policy.negative_list}
    yield from twice(("screening", "lists"), [one.code for one in lists], "code")
    for index, one in enumerate(lists):
        here = ("screening", "lists", index)
        yield from unknown((*here, "issuer"), [one.issuer], units, "department or other source", single=True)
        for subject, code in one.items.items():
            place = (*here, "items", subject.value)
            yield from unknown(place, [code], items, "item", single=True)
            if code in items and subject not in items[code].subject:
                yield Finding(place, f"{code} does not bind a {subject.value}")


def _grading(policy: Policy) -> Iterator[Finding]:
    grading = policy.grading
    total = sum(dimension.max for dimension in grading.dimensions)
    if total != WHOLE:
        yield Finding(("grading", "dimensions"), f"the maxima must sum to {WHOLE} tenths, not {total}")
    units = {unit.code for unit in policy.departments} | {unit.code for unit in policy.other_sources}
    for index, dimension in enumerate(grading.dimensions):
        place = ("grading", "dimensions", index, "answered_by")
        yield from unknown(place, dimension.answered_by, units, "department or other source")
    codes = {dimension.code for dimension in grading.dimensions}
    yield from unknown(("grading", "seen_anew"), grading.seen_anew, codes, "dimension")
    if sum(dimension.from_index for dimension in grading.dimensions) != 1:
        yield Finding(("grading", "dimensions"), "exactly one dimension must be from_index")
    scored = {dimension.code for dimension in grading.dimensions if not dimension.from_index}
    for name, rule in (("a", grading.a), ("b", grading.b)):
        here = ("grading", name)
        yield from unknown((*here, "floor_dimensions"), rule.floor_dimensions, scored, "scored dimension")
    yield from unknown(
        ("grading", "index_item"),
        [grading.index_item],
        [item.code for item in policy.negative_list],
        "item",
        single=True,
    )
    bounds = [level.lower for level in grading.index_levels]
    if bounds[0] != 0 or bounds != sorted(set(bounds)) or bounds[-1] > grading.index_max:
        yield Finding(
            ("grading", "index_levels"), "must rise from 0, each level higher, none above index_max"
        )
    if grading.index_pass not in bounds:
        yield Finding(
            ("grading", "index_levels"), f"one level must begin at {grading.index_pass}, index_pass"
        )
    yield from twice(("grading", "index_levels"), [level.code for level in grading.index_levels], "code")
    if not grading.b.total < grading.a.total <= WHOLE:
        yield Finding(("grading", "a", "total"), f"must lie above that of b and not above {WHOLE}")


def _seats(policy: Policy) -> Iterator[Finding]:
    seats = policy.seats
    if seats is None:
        if CaseKind.TENURE in policy.procedures:
            yield Finding(("procedures", CaseKind.TENURE), "a policy with tenures says what holds for seats")
        return
    here = ("seats", "re_evaluation")
    asked = seats.re_evaluation
    dimensions = {row.code: row for row in policy.grading.dimensions}
    yield from unknown((*here, "dimensions"), asked.dimensions, dimensions, "dimension")
    scored = {code for code in asked.dimensions if code in dimensions and not dimensions[code].from_index}
    yield from unknown(
        (*here, "floor_dimensions"), asked.floor_dimensions, scored, "scored dimension of these"
    )
    for name, span in (("term", seats.term), ("re_evaluation", asked.every)):
        if span.unit not in {"month", "year"}:
            yield Finding(("seats", name), "runs by date, in months or years")
    for source in RAISED - seats.leads.keys():
        yield Finding(("seats", "leads"), f"{source} must be here too")


def _awards(policy: Policy) -> Iterator[Finding]:
    yield from twice(("awards",), [title.code for title in policy.awards], "code")
    if CaseKind.AWARD in policy.procedures and not policy.awards:
        yield Finding(("awards",), "a policy with awards says which titles there are")
    if CaseKind.AWARD in policy.procedures and CaseKind.INTEGRITY not in policy.procedures:
        yield Finding(
            ("procedures", CaseKind.INTEGRITY), "an award hears of its leaders from integrity files"
        )
    for index, title in enumerate(policy.awards):
        if title.term.unit not in {"month", "year"}:
            yield Finding(("awards", index, "term"), "runs by date, in months or years")


def _people(policy: Policy) -> Iterator[Finding]:
    roles = {role.code for role in policy.roles}
    for index, role in enumerate(policy.roles):
        if role.head is not None:
            yield from unknown(("roles", index, "head"), [role.head], roles, "role", single=True)
        if role.witness is not None:
            yield from unknown(("roles", index, "witness"), [role.witness], roles, "role", single=True)
        if role.on_cases and role.scope != "self":
            above = [role.recusal_by or ""]
            yield from unknown(
                ("roles", index, "recusal_by"), above, roles - {role.code}, "role", single=True
            )
    known = {kind.code for kind in policy.tasks} | {ANY_ACT}
    known |= {f"{how}:{role}" for role in roles for how in ("role", "holds")}
    for index, rule in enumerate(policy.separation):
        for place, group in enumerate(rule.groups):
            yield from unknown(("separation", index, "groups", place), group, known, "kind of task or role")


def _numbers(policy: Policy) -> Iterator[Finding]:
    span = policy.election.recheck_within
    if span.unit != ("s" if policy.demonstration else "WD"):
        yield Finding(("election", "recheck_within", "unit"), "must be WD, or s in a demonstration policy")
    for name in ("notice_valid", "called_within"):
        term = getattr(policy.election, name)
        if term.unit not in ({"s"} if policy.demonstration else {"month", "year"}):
            detail = "must be month or year, or s in a demonstration policy"
            yield Finding(("election", name, "unit"), detail)
    for name in ("quorum", "pass_over"):
        part, whole = getattr(policy.election, name)
        if not 0 < part <= whole:
            yield Finding(("election", name), "must be a fraction above 0 and at most 1")
    for index, opinion in enumerate(policy.opinions):
        if opinion in policy.opinions[:index]:
            yield Finding(("opinions", index), f"{opinion} stands here twice")


def _fresh(policy: Policy) -> Iterator[Finding]:
    tasks, acts = {row.code for row in policy.tasks}, {row.code for row in policy.acts}
    for kind, procedure in policy.procedures.items():
        for index, row in enumerate(procedure.fresh):
            here = ("procedures", kind, "fresh", index)
            yield from unknown((*here, "tasks"), row.tasks, tasks, "kind of task")
            yield from unknown((*here, "acts"), row.acts, acts, "act")
            yield from unknown((*here, "office"), row.office, OFFICE, "such thing of the office")


def _retention(policy: Policy) -> Iterator[Finding]:
    kept = [state for row in policy.retention for state in row.ends]
    needed = {state for name in policy.procedures for state in ENDS_OF.get(name, ())}
    missing = [state.value for state in needed if state not in kept]
    if missing:
        yield Finding(("retention",), f"no class keeps the cases that ended as {', '.join(sorted(missing))}")
    for index, row in enumerate(policy.retention):
        for place, state in enumerate(row.ends):
            if state not in ENDS:
                yield Finding(("retention", index, "ends", place), f"{state} is no end of a case")
            if kept.count(state) > 1:
                yield Finding(("retention", index, "ends", place), f"{state} is kept under two classes")


_RULES: tuple[Callable[[Policy], Iterator[Finding]], ...] = (
    _codes,
    limit_faults,
    ladder_faults,
    procedure_faults,
    _negative_list,
    _screening,
    _grading,
    _seats,
    _awards,
    _people,
    _fresh,
    _numbers,
    _retention,
    place_faults,
    letter_faults,
    disclosure_faults,
    calendar_faults,
)
