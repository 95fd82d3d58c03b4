"""A version of the policy as tables that people read: who does what until when, and every list. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass

from contracts.policy.model import Policy, Text
from contracts.policy.procedure import Procedure, StageSpec, TaskKind
from contracts.words.families import Family
from contracts.words.held import form_title
from services.kit.policy_words import EFFECTS, joined, limit_in_words, look_back_in_words, say, t

EXTENDED = "EXTENDED"
"""The outcome that extends a task's term: without it a limit's extension is nothing that anybody can ask for."""
DASH = t("—", "—")


@dataclass(frozen=True)
class Table:
    """A table with a heading per column; every cell is a text in both languages."""

    title: Text
    heads: tuple[Text, ...]
    rows: tuple[tuple[Text, ...], ...]


def kinds(policy: Policy) -> tuple[Table, ...]:
    """Of each kind of case its tasks, in the order of the stages."""
    return tuple(_tasks(own, policy) for own in policy.procedures.values() if own.tasks)


def lists(policy: Policy) -> tuple[Table, ...]:
    """The lists that rules read."""
    return (
        _table(
            t("负面清单", "Negative list"),
            "代码/Code 事项/Item 来源/Sources 后果/Effect 追溯/Look-back 依据/Basis",
            (
                (
                    _same(item.code),
                    item.name,
                    _named(item.sources, "unit", policy),
                    EFFECTS[item.effect],
                    look_back_in_words(item),
                    _same(item.basis),
                )
                for item in policy.negative_list
                if item.on
            ),
        ),
        _table(
            t("征求意见的部门", "Departments that are consulted"),
            "部门/Department 须答复/Must-reply 询问事项/Questions",
            (
                (one.name, t("是", "yes") if one.key_source else DASH, joined(list(one.questions)))
                for one in policy.departments
            ),
        ),
        _table(
            t("期限", "Terms"),
            "代码/Code 用于/Used-for 时长/Length",
            (
                (_same(name), _tasks_under(name, policy), limit_in_words(limit, extendable=True))
                for name, limit in policy.limits.items()
            ),
        ),
        _table(
            t("角色", "Roles"),
            "角色/Role 代码/Code",
            ((role.name, _same(role.code)) for role in policy.roles),
        ),
        _table(
            t("回避与分离", "Separation of duty"),
            "代码/Code 规则/Rule",
            ((_same(rule.code), rule.text) for rule in policy.separation),
        ),
        _table(
            t("文书", "Letters"),
            "编号/Number 名称/Name",
            ((_same(letter.code), letter.name) for letter in policy.notices),
        ),
    )


def _tasks(own: Procedure, policy: Policy) -> Table:
    stages = {stage.code: stage for each in policy.procedures.values() for stage in each.stages}
    rows = (
        _task(task, stages[task.stage], policy) for code in stages for task in own.tasks if task.stage is code
    )
    heads = "环节/Stage 任务/Task 角色/Role 期限/Term 办理结果/Outcomes 须写理由/Reason-needed 填写/Form"
    return _table(own.name, heads, rows)


def _task(task: TaskKind, stage: StageSpec, policy: Policy) -> tuple[Text, ...]:
    limit = policy.limits[task.limit] if task.limit else None
    role = policy.role(task.role).name
    asked = dict.fromkeys((task.form, *task.forms.values()))
    forms = [form_title(form) for form in map(policy.form, asked) if form.json_schema.get("properties")]
    return (
        stage.name,
        task.name,
        t(f"{role.zh}（{task.people} 人）", f"{role.en} ({task.people})") if task.people > 1 else role,
        limit_in_words(limit, extendable=EXTENDED in task.outcomes),
        _named(task.outcomes, "outcome", policy),
        _named(task.reason_required, "outcome", policy),
        joined(forms),
    )


def _tasks_under(limit: str, policy: Policy) -> Text:
    return joined([task.name for task in policy.tasks if task.limit == limit])


def _table(title: Text, heads: str, rows: Iterable[tuple[Text, ...]]) -> Table:
    """`heads` are the headings in both languages, a hyphen for a space within one."""
    pairs = (head.replace("-", " ").split("/") for head in heads.split(" "))
    return Table(title, tuple(t(zh, en) for zh, en in pairs), tuple(rows))


def _named(codes: Iterable[str], family: Family, policy: Policy) -> Text:
    return joined([say(code, family, policy) for code in codes])


def _same(text: str | None) -> Text:
    return t(text, text) if text else DASH
