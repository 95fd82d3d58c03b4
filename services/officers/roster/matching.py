"""Correct cells against the batch, the registered units, the caller and the other rows. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from contracts.policy.model import Text
from contracts.signs import name_key

MOST_LISTED = 20


@dataclass(frozen=True)
class Known:
    """What the rows are held against: the batch's districts, and who may nominate where.

    `units` are the registered nominating units with their districts; `allowed` those this caller may enter
    for, None meaning all. The district `*` means every district.
    """

    districts: frozenset[str]
    units: Mapping[str, frozenset[str]]
    allowed: Mapping[str, frozenset[str]] | None = None

    def units_of(self, district: str) -> list[str]:
        """The units that this caller may enter for in the district."""
        mine = self.units if self.allowed is None else self.allowed
        return sorted(
            unit for unit in self.units if covers(self.units, unit, district) and covers(mine, unit, district)
        )


def covers(units: Mapping[str, frozenset[str]], unit: str, district: str) -> bool:
    """Whether the unit is listed for the district, or for every one."""
    return bool(units.get(unit, frozenset()) & {district, "*"})


@dataclass
class Seen:
    """What stood in the rows before: each number by unit, and the name that first went with it; and where."""

    numbers: dict[tuple[str, str], str] = field(default_factory=dict)
    names: dict[str, tuple[str, str]] = field(default_factory=dict)


def against(
    values: Mapping[str, str], known: Known, seen: Seen, refs: Mapping[str, str]
) -> Iterator[tuple[str, Text, bool]]:
    """Faults of correct cells by their column; and whether the row says again what another one says."""
    yield from _against_rows(values, seen, refs)
    district, unit = values.get("district"), values.get("nominating_unit")
    if district is not None and district not in known.districts:
        zh, en = _listed(sorted(known.districts))
        yield "district", Text(zh=f"本批次只有：{zh}", en=f"the batch has only: {en}"), False
    elif district is not None and unit is not None:
        zh, en = _listed(known.units_of(district))
        if not covers(known.units, unit, district):
            yield (
                "nominating_unit",
                Text(
                    zh=f"{district}没有登记这个推荐单位；可填：{zh}",
                    en=f"no such nominating unit is registered in {district}; there is: {en}",
                ),
                False,
            )
        elif known.allowed is not None and not covers(known.allowed, unit, district):
            yield (
                "nominating_unit",
                Text(
                    zh=f"您不能为这个单位推荐；可填：{zh}",
                    en=f"you may not nominate for this unit and district; you may for: {en}",
                ),
                False,
            )


def _against_rows(
    values: Mapping[str, str], seen: Seen, refs: Mapping[str, str]
) -> Iterator[tuple[str, Text, bool]]:
    number, name = values.get("id_number"), values.get("name")
    if number is None:
        return
    # Two units may nominate the same person; one unit does so once.
    first = seen.numbers.setdefault((number, values.get("nominating_unit", "")), refs["id_number"])
    if first != refs["id_number"]:
        yield "id_number", Text(zh=f"与{first}重复", en=f"the same number stands in {first}"), True
    elif name is not None:
        key, place = seen.names.setdefault(number, (name_key(name), refs["name"]))
        if key != name_key(name):
            yield (
                "name",
                Text(
                    zh=f"同一身份证号在{place}是另一姓名",
                    en=f"the same ID number goes with another name in {place}",
                ),
                False,
            )


def _listed(codes: list[str]) -> tuple[str, str]:
    if not codes:
        return "（无）", "none"
    more = len(codes) - MOST_LISTED
    zh, en = "、".join(codes[:MOST_LISTED]), ", ".join(codes[:MOST_LISTED])
    return (f"{zh}，另有{more}个", f"{en} and {more} more") if more > 0 else (zh, en)
