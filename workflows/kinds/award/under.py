"""What an application for an award says of itself for a what-if: whether its leaders let it be eligible (§8.3)."""

from collections.abc import Iterator

from contracts.events.award import Questioned
from contracts.names import integrity_id
from contracts.vocabulary import Subject
from workflows.kinds.award.case import LOST, PROPOSED, Award
from workflows.kinds.award.conduct import said_of
from workflows.kinds.award.kind import DECIDER
from workflows.kinds.award.stages import on_record
from workflows.procedure.under import Compared, Comparison, Found
from workflows.rules.forms import LeaderIndexes
from workflows.rules.under import Difference, differing, effect_in, passed

COUNTS = frozenset({"", LOST, PROPOSED})
"""What was said of a veto that may yet count, or does. Of any other people said that it touches nothing."""


def differences(asked: Compared[Award]) -> list[Difference]:
    """What would differ in this case: a leading person's index against the bar, the items of their vetoes."""
    return [*_indexes(asked), *_items(asked)]


def vetoes(case: Award, found: Found) -> list[Difference]:
    """What would differ in the cases by whose vetoes it is in question, or has lost its eligibility."""
    return [
        each.model_copy(update={"what": "eligibility"})
        for case_id, items in _standing(case)
        for each in found.get(case_id, ())
        if each.about in items or each.what == "ground"
    ]


def _indexes(asked: Compared[Award]) -> Iterator[Difference]:
    case, item = asked.case, asked.decided.grading.index_item
    bar, under = asked.decided.grading.index_pass, asked.under.grading.index_pass
    untouched = {one.person_id for one in _untouched(case)}
    for person, index in _known(case).items():
        if person not in untouched:
            yield from differing("eligibility", item, passed(index >= bar), passed(index >= under))


def _known(case: Award) -> dict[str, int]:
    """The index of each leading person as the latest check had it; what is on record goes before what was entered."""
    checks = [LeaderIndexes.model_validate(task.form) for task in case.acted("award-check")]
    entered = {one.person_id: one.index for form in checks[-1:] for one in form.indexes}
    return entered | on_record(case)


def _untouched(case: Award) -> Iterator[Questioned]:
    """Indexes below the bar of which people said that they touch nothing."""
    for number, one in case.standing().items():
        if (
            one.mark.case == integrity_id(Subject.PERSON, one.person_id)
            and said_of(case, number) not in COUNTS
        ):
            yield one


def _items(asked: Compared[Award]) -> Iterator[Difference]:
    for _, items in _standing(asked.case):
        for item in items:
            decided, under = effect_in(asked.decided, item), effect_in(asked.under, item)
            yield from differing("eligibility", item, decided, under)


def _standing(case: Award) -> list[tuple[str, tuple[str, ...]]]:
    """The cases whose vetoes count or may yet, each with its items. An index is none: it is measured by itself."""
    return [
        (one.mark.case, one.mark.items)
        for number, one in case.standing().items()
        if one.mark.case != integrity_id(Subject.PERSON, one.person_id) and said_of(case, number) in COUNTS
    ]


COMPARISON = Comparison(DECIDER, differences, rests=vetoes)
