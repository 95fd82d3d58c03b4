"""Who is nominated in the twelve districts, of whom something is known, and how each case must end. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from contracts.policy.model import Policy
from contracts.vocabulary import CaseState
from services.ctl.demo.roster import Nomination, nomination

FEWER_FROM = 8
"""Of the twelve districts the last four have one nominee less: 8 x 83 and 4 x 82 are 992."""
WHOLE = 992
UNIT = "chamber"
"""It nominates in every district."""


@dataclass(frozen=True)
class Size:
    """How much of the election is held: nominees of a district, in so many of the first districts."""

    per_district: int = 83
    districts: int = 12


@dataclass(frozen=True)
class Known:
    """What one department knows of so many of the 992 nominees."""

    item: str
    department: str
    of_all: int
    text: str


KNOWN = (
    Known("NL-D01", "tax", 9, "截至查询日欠缴税款（演示，虚构）"),
    Known("NL-C06", "discipline", 6, "处于处分影响期内（演示，虚构）"),
    Known("NL-X01", "organisation", 8, "违反计划生育政策的处理决定（演示，虚构）"),
)
"""The facts of SC-01. The third is on the list of 2017 only; a department asked about another one has no such issue."""


def rows(policy: Policy, size: Size) -> tuple[Nomination, ...]:
    """Everybody, district by district; the last four of the twelve have one less, but never nobody."""
    places = [
        district.code
        for number, district in enumerate(policy.districts[: size.districts])
        for _ in range(max(1, size.per_district - (number >= FEWER_FROM)))
    ]
    return tuple(nomination(serial, district, UNIT) for serial, district in enumerate(places))


def known(everybody: tuple[Nomination, ...], policy: Policy) -> Mapping[str, Known]:
    """By identity number what is known and counts under this policy: spread evenly over the roster."""
    found = list(_known(len(everybody)))
    step = len(everybody) / len(found)
    on = {item.code for item in policy.negative_list if item.on and not item.retired}
    return {
        everybody[int(place * step)].person.id_number: one
        for place, one in enumerate(found)
        if one.item in on
    }


def _known(count: int) -> Iterator[Known]:
    for one in KNOWN:
        yield from [one] * max(1, round(one.of_all * count / WHOLE))


def expected(row: Nomination, facts: Mapping[str, Known]) -> CaseState:
    """Where the case of this nominee must come to."""
    return CaseState.VETOED if row.person.id_number in facts else CaseState.INSPECTING
