"""What lies between two versions for cases that change from one to the other (SC-11). Pure."""

from collections.abc import Iterable, Iterator

from contracts.policy.model import NegativeItem, Policy, Text


def added(old: Policy, new: Policy) -> tuple[str, ...]:
    """Items in force in the new version that the old one lacks, or measures otherwise, in the order of the list.

    Names, bases and marks are words: who was asked about an item by other words was asked about it.
    """
    known = {item.code: _measure(item) for item in old.negative_list if _in_force(item)}
    return tuple(
        item.code for item in new.negative_list if _in_force(item) and known.get(item.code) != _measure(item)
    )


def asked(items: Iterable[str], policy: Policy) -> tuple[str, ...]:
    """The consulted departments that answer for these items, in the order of the list of departments."""
    named = {unit for item in items for unit in policy.item(item).sources}
    return tuple(unit.code for unit in policy.departments if unit.code in named)


def unasked(items: Iterable[str], policy: Policy) -> list[Text]:
    """Why some of these items can be asked of nobody, one sentence each."""
    force = {item.code for item in policy.negative_list if _in_force(item)}
    return [
        Text(zh=f"{item}：在 {policy.version} 中不生效", en=f"{item}: not in force in {policy.version}")
        if item not in force
        else Text(zh=f"{item}：没有部门负责答复", en=f"{item}: no consulted department answers for it")
        for item in items
        if item not in force or not asked((item,), policy)
    ]


def lacking(old: Policy, new: Policy) -> list[Text]:
    """What cases under the old version may name and the new one has not: none of them could go on by it."""
    return [
        Text(zh=f"{new.version} 没有{zh} {code}", en=f"{new.version} has no {en} {code}")
        for en, zh, code in sorted(_named(old) - _named(new))
    ]


def _named(policy: Policy) -> set[tuple[str, str, str]]:
    """What cases may name: what it is, in both languages, and its code."""

    def rows() -> Iterator[tuple[str, str, str]]:
        yield from (("kind of case", "办件种类", kind) for kind in policy.procedures)
        yield from (("task", "任务", task.code) for task in policy.tasks)
        yield from (("stage", "环节", stage.code.value) for stage in policy.stages)
        yield from (("item", "负面清单事项", item.code) for item in policy.negative_list)
        yield from (("department", "部门", unit.code) for unit in policy.departments)
        yield from (("role", "角色", role.code) for role in policy.roles)
        yield from (("district", "地区", district.code) for district in policy.districts)
        yield from (("nominating unit", "推荐单位", unit.code) for unit in policy.nominating_units)

    return set(rows())


def _in_force(item: NegativeItem) -> bool:
    return item.on and not item.retired


def _measure(item: NegativeItem) -> dict[str, object]:
    return item.model_dump(exclude={"name", "basis", "mark"})
