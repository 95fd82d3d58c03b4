"""Lists and numbers of all kinds of case: negative list, grading, votes, roles, acts, departments. Pure."""

from typing import NamedTuple

from contracts.policy.model import GradeRule, NegativeItem, Policy, RoleSpec, Text
from services.ctl.policy_pages.timeline import example_day
from services.kit.policy_words import (
    EFFECTS,
    joined,
    length,
    limit_in_words,
    look_back_in_words,
    say,
    t,
)
from services.worker.explaining import counts_until

NO, YES = t("否", "no"), t("是", "yes")


class Table(NamedTuple):
    """A table with a heading per column; every cell is a text."""

    title: Text
    heads: tuple[Text, ...]
    rows: tuple[tuple[Text, ...], ...]


def tables(policy: Policy) -> tuple[Table, ...]:
    """Every list of the policy, in the order in which they are read."""
    return (
        negative_list(policy),
        grading(policy),
        votes(policy),
        departments(policy),
        levels(policy),
        places(policy),
        roles(policy),
        acts(policy),
        retention(policy),
        calendar(policy),
    )


def same(text: object) -> Text:
    """A cell that reads the same in both languages."""
    return t(str(text) or "—", str(text) or "—")


def negative_list(policy: Policy) -> Table:
    """Effects and look-backs in words, each look-back worked on a day."""
    heads = ("代码", "Code"), ("事项", "Item"), ("来源", "Sources"), ("后果", "Effect"), ("追溯", "Look-back"), (
        "对象", "About"), ("依据", "Basis"), ("状态", "In force"), ("标记", "Mark")  # fmt: skip
    return Table(
        t("负面清单", "Negative list"),
        tuple(t(*head) for head in heads),
        tuple(_item(item, policy) for item in policy.negative_list),
    )


def _item(item: NegativeItem, policy: Policy) -> tuple[Text, ...]:
    part = t(f"（{item.part_of} 的一部分）", f" (part of {item.part_of})") if item.part_of else t(" ", " ")
    return (
        same(item.code),
        t(item.name.zh + part.zh.strip(), item.name.en + part.en.rstrip()),
        joined([say(code, "unit", policy) for code in item.sources]),
        EFFECTS[item.effect],
        _worked(item, policy),
        joined([say(subject, "subject", policy) for subject in item.subject]),
        same(item.basis or "—"),
        t("已停用", "retired") if item.retired else t("启用", "on") if item.on else t("未启用", "off"),
        same(item.mark),
    )


def _worked(item: NegativeItem, policy: Policy) -> Text:
    said = look_back_in_words(item)
    if item.look_back_years is None:
        return said
    anchor = example_day(policy.calendar)
    ends = counts_until(anchor, item.look_back_years)
    return t(
        f"{said.zh}。例：起算日 {anchor}，批次截止日早于 {ends} 的计入",
        f"{said.en}. Example: anchor {anchor}; it counts for a cut-off before {ends}",
    )


def grading(policy: Policy) -> Table:
    """Maxima and the conditions of A and B, in points."""
    rules, rows = policy.grading, []
    for one in rules.dimensions:
        floors = [f"{name} ≥ {rule.floor_percent} %" for name, rule in (("A", rules.a), ("B", rules.b))
                  if one.code in rule.floor_dimensions]  # fmt: skip
        source = t("由清廉指数折算", "from the integrity index") if one.from_index else t("评分", "scored")
        rows.append(
            (same(one.code), one.name, same(_points(one.max)), source, same("; ".join(floors) or "—"))
        )
    for name, rule in (("A", rules.a), ("B", rules.b)):
        rows.append((same(name), _grade(rule), same(_points(rule.total)), t("等级条件", "grade"), same("—")))
    valid = length(rules.validity.n, rules.validity.unit)
    title = t(f"综合评价（有效期{valid.zh}，指数满分 {rules.index_max}）",
              f"Evaluation (valid for {valid.en}; index out of {rules.index_max})")  # fmt: skip
    heads = (("代码", "Code"), ("维度", "Dimension"), ("满分", "Points"), ("来源", "From"), ("下限", "Floor"))
    return Table(title, tuple(t(*head) for head in heads), tuple(rows))


def _grade(rule: GradeRule) -> Text:
    return t(f"总分不低于 {_points(rule.total)}，清廉指数不低于 {rule.index}",
             f"total at least {_points(rule.total)}, integrity index at least {rule.index}")  # fmt: skip


def _points(tenths: int) -> str:
    return f"{tenths // 10}.{tenths % 10}"


def votes(policy: Policy) -> Table:
    """Quorum, majority and the other numbers that stand alone."""
    rule, hold = policy.election, limit_in_words(policy.limits["hold"], extendable=False)
    recheck = length(rule.recheck_within.n, rule.recheck_within.unit)
    window = length(policy.limits["notice"].n, policy.limits["notice"].unit)
    rows = (
        (t("法定人数（占全体成员）", "Quorum, of all members"), same(f"{rule.quorum[0]}/{rule.quorum[1]}")),
        (t("通过（超过全体成员的）", "Passed by more than, of all members"),
         same(f"{rule.pass_over[0]}/{rule.pass_over[1]}")),
        (t("选前复核（选举日前）", "Re-check, before the election day"), recheck),
        (t("公示（整工作日，不得缩短）", "Public notice, full days, shortened by nobody"), window),
        (t("暂缓最长", "Longest hold"), hold),
        (t("研判组人数", "People in a panel"), same(policy.panel_size)),
        (t("补正次数上限", "Repairs at most"), same(policy.repairs_at_most)),
    )  # fmt: skip
    return Table(
        t("表决与其他数字", "Votes and other numbers"), (t("事项", "What"), t("数字", "Number")), rows
    )


def departments(policy: Policy) -> Table:
    """Whom the consultation asks, and what."""
    rows = tuple(
        (unit.name, YES if unit.key_source else NO, joined(list(unit.questions)))
        for unit in policy.departments
    )
    heads = (t("部门", "Department"), t("关键来源（不得未回复结案）", "Key source: never closed unheard"))
    return Table(t("征求意见部门", "Departments consulted"), (*heads, t("询问事项", "Asked")), rows)


def places(policy: Policy) -> Table:
    """Where the federation works, on which level, with which version and days of its own; and who may nominate."""
    named = {level.code: level.name for level in policy.levels}
    rows = [
        (
            named[row.level],
            same(row.code),
            row.name,
            same(row.version or "—"),
            same("、".join(day.isoformat() for day in row.closed) or "—"),
        )
        for row in policy.districts
    ]
    rows += [
        (t("推荐单位", "Nominating unit"), same(row.code), row.name, same("—"), same("—"))
        for row in policy.nominating_units
    ]
    heads = (("层级", "Level"), ("代码", "Code"), ("名称", "Name"), ("自有版本", "Own version"),
             ("自有休息日", "Own free days"))  # fmt: skip
    return Table(
        t("地区与推荐单位", "Districts and nominating units"), tuple(t(*h) for h in heads), tuple(rows)
    )


def levels(policy: Policy) -> Table:
    """What each level of the federation leaves to its districts."""
    rows = tuple(
        (same(row.code), row.name, YES if row.own_version else NO, same(str(row.own_days)))
        for row in policy.levels
    )
    heads = (("代码", "Code"), ("层级", "Level"), ("可有自有版本", "Own version"),
             ("每年可加休息日", "Own free days a year"))  # fmt: skip
    return Table(t("层级", "Levels"), tuple(t(*head) for head in heads), rows)


def _only(role: RoleSpec) -> Text:
    return same("、".join(role.only_on)) if role.only_on else NO


def roles(policy: Policy) -> Table:
    """Who holds what, and who heads whom."""
    rows = tuple(
        (
            same(role.code),
            role.name,
            say(role.scope, "scope", policy),
            YES if role.on_cases else _only(role),
            policy.role(role.head).name if role.head else same("—"),
            YES if role.assigns else NO,
        )
        for role in policy.roles
    )
    heads = (("代码", "Code"), ("角色", "Role"), ("范围", "Scope"), ("可办理案件", "Acts on cases"),
             ("负责人", "Headed by"), ("可改派任务", "Assigns tasks"))  # fmt: skip
    return Table(t("角色", "Roles"), tuple(t(*head) for head in heads), rows)


def acts(policy: Policy) -> Table:
    """What may be asked beside tasks, and in which roles."""
    rows = tuple(
        (
            own.name,
            say(act.code, "act", policy),
            joined([policy.role(role).name for role in act.roles]),
        )
        for own in policy.procedures.values()
        for act in own.acts
    )
    heads = (t("事项类别", "Kind of case"), t("可请求的事项", "Act"), t("角色", "Roles"))
    return Table(t("任务以外的事项", "Acts beside tasks"), heads, rows)


def retention(policy: Policy) -> Table:
    """Which ends are kept how long."""
    rows = tuple(
        (
            row.name,
            length(row.years, "year") if row.years else row.name,
            joined([say(state, "state", policy) for state in row.ends]),
        )
        for row in policy.retention
    )
    heads = (t("类别", "Class"), t("期限", "Term"), t("适用的案件结果", "Ends of cases"))
    return Table(t("保管期限", "Retention"), heads, rows)


def calendar(policy: Policy) -> Table:
    """The published years."""
    rows = tuple(
        (
            same(year.year),
            same(", ".join(f"{day:%m-%d}" for day in year.holidays)),
            same(", ".join(f"{day:%m-%d}" for day in year.make_up)),
            same(year.source),
        )
        for year in policy.calendar.years
    )
    heads = (("年", "Year"), ("放假", "Holidays"), ("调休上班", "Make-up workdays"), ("来源", "Source"))
    return Table(t("日历", "Calendar"), tuple(t(*head) for head in heads), rows)
