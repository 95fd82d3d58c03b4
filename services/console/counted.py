"""What the API counted, as charts and as rows of a workbook, every code in words. Pure but for the words."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from services.console.charts.bars import Bars, bars, stacked
from services.console.facts import Reader
from services.console.wording import say

TOTALS = ("nominees", "vetoed", "veto_rate", "cumulative_vetoed")


@dataclass(frozen=True)
class Chart:
    """A picture, its caption, and what the columns of its table are called."""

    name: str
    caption: str
    headings: tuple[str, str]
    bars: Bars


def charts(figures: Mapping[str, Any], reader: Reader) -> tuple[Chart, ...]:
    """Those that have anything to show."""
    t = partial(say, reader.language)
    number = t("figures.number")
    vetoed = figures["vetoed_by_district"]
    districts = [
        (reader.word("district", code), (many - vetoed.get(code, 0), vetoed.get(code, 0)))
        for code, many in figures["nominees_by_district"].items()
    ]
    series = (t("figures.not_vetoed"), t("figures.vetoed"))
    by_state = (t("figures.state"), number)
    found = (
        Chart(
            "district",
            t("figures.by_district"),
            (t("figures.district"), t("figures.nominees")),
            stacked(districts, series),
        ),
        Chart("item", t("figures.by_item"), (t("figures.item"), number), bars(_items(figures))),
        Chart("late", t("figures.by_unit"), (t("figures.unit"), number), bars(_late(figures))),
        Chart("state", t("figures.by_state"), by_state, bars(_states(figures))),
        Chart("removal", t("figures.removals"), by_state, bars(_removals(figures, reader))),
    )
    return tuple(one for one in found if one.bars.rows)


def rows(figures: Mapping[str, Any], reader: Reader) -> Iterator[tuple[str, str, str, str]]:
    """Every number: the table it stands in, of what, of which part, and how many."""
    t = partial(say, reader.language)
    for name in TOTALS:
        if figures[name] is not None:
            yield t("figures.title"), t(f"figures.{name}"), "", f"{figures[name]}"
    for chart in charts(figures, reader):
        parts = [name for name, _ in chart.bars.series] or [""]
        for bar in chart.bars.rows:
            for name, part in zip(parts, bar.parts, strict=True):
                yield chart.caption, bar.label, name, f"{part.value}"


def _items(figures: Mapping[str, Any]) -> list[tuple[str, int]]:
    counted: Counter[str] = Counter()
    for one in figures["vetoes"]:
        counted[f"{one['item']} {one['names'].get('item', '')}".strip()] += one["vetoes"]
    return counted.most_common()


def _late(figures: Mapping[str, Any]) -> list[tuple[str, int]]:
    """By unit, and where a role belongs to none, by role."""
    counted: Counter[str] = Counter()
    for one in figures["overdue"]:
        names = one["names"]
        counted[names.get("unit") or names.get("role", one["role"])] += one["tasks"]
    return counted.most_common()


def _states(figures: Mapping[str, Any]) -> list[tuple[str, int]]:
    return [
        (f"{one['names'].get('kind', one['kind'])} · {one['names'].get('state', one['state'])}", one["cases"])
        for one in figures["ageing"]
    ]


def _removals(figures: Mapping[str, Any], reader: Reader) -> list[tuple[str, int]]:
    return [(reader.word("state", code), many) for code, many in figures["removals"].items()]
