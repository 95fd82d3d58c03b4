"""What is wrong with a field, in both languages: the library that checks speaks English only."""

import re
from collections.abc import Mapping
from typing import Any

from pydantic_core import PydanticCustomError

from contracts.policy.model import Text
from services.kit.errors import MOST_SAID, InvalidError
from services.officers.web.problems import RefusedError, at

KEY_FIELD = "header.Idempotency-Key"

_CHINESE = {
    "missing": "缺少此项",
    "extra_forbidden": "不接受此项",
    "string_type": "应为文本",
    "string_too_short": "至少 {min_length} 个字符",
    "string_too_long": "最多 {max_length} 个字符",
    "string_pattern_mismatch": "格式应为 {pattern}",
    "too_short": "至少 {min_length} 项",
    "too_long": "最多 {max_length} 项",
    "int_type": "应为整数",
    "int_parsing": "应为整数",
    "int_from_float": "应为整数",
    "float_type": "应为数字",
    "bool_type": "应为 true 或 false",
    "bool_parsing": "应为 true 或 false",
    "greater_than_equal": "应不小于 {ge}",
    "less_than_equal": "应不大于 {le}",
    "greater_than": "应大于 {gt}",
    "less_than": "应小于 {lt}",
    "enum": "应为{expected}之一",
    "literal_error": "应为{expected}之一",
    "list_type": "应为列表",
    "tuple_type": "应为列表",
    "dict_type": "应为对象",
    "model_type": "应为对象",
    "model_attributes_type": "应为对象",
    "day_form": "日期须写成文本 YYYY-MM-DD",
    "instant_form": "时间须写成带时区的文本（RFC 3339）",
    "day_out_of_bounds": "须在 {ge} 至 {le} 之间",
    "date_type": "应为日期，如 2026-03-02",
    "date_from_datetime_inexact": "应为日期，不带时间，如 2026-03-02",
    "date_from_datetime_parsing": "没有这一天",
    "date_parsing": "没有这一天",
    "datetime_type": "应为带时区的时间，如 2026-03-02T09:00:00+08:00",
    "datetime_from_date_parsing": "没有这个时间",
    "datetime_parsing": "没有这个时间",
    "timezone_aware": "须写明时区",
    "json_invalid": "不是有效的 JSON",
}
"""By the library's own kinds of fault, with the rule's values. A kind that is not here is said to be wrong, no more."""

_NO_DAY, _NO_TIME = "There is no such day", "There is no such time"
_ENGLISH = {
    "date_from_datetime_parsing": _NO_DAY,
    "date_parsing": _NO_DAY,
    "datetime_from_date_parsing": _NO_TIME,
    "datetime_parsing": _NO_TIME,
}
"""Likewise, of what the library says as only a programmer would."""
_CHOICE = re.compile(r"'([^']*)'")
_BLANK = "（留空）"


def told(kind: str, fault: Text) -> PydanticCustomError:
    """A fault of our own rules as the framework carries it, in both languages."""
    # Braces would be read as places to fill in.
    return PydanticCustomError(kind, "{en}", {"zh": fault.zh, "en": fault.en})


def invalid(error: InvalidError) -> RefusedError:
    """The refusal `invalid` with a sentence for each faulty field; without a usable key `idempotency-key-missing`."""
    errors = error.extra.get("errors", [])
    if any(one["field"] == KEY_FIELD for one in errors):
        return RefusedError("idempotency-key-missing")
    found = [{**one, "reason": _reason(one), "rule": _values(one["rule"])} for one in errors]
    if not found:
        return RefusedError("invalid", error.detail)
    said = [at(one["field"], one["reason"]) for one in found[:MOST_SAID]]
    sentence = Text(zh="；".join(one.zh for one in said), en="; ".join(one.en for one in said))
    return RefusedError("invalid", sentence, extra={"errors": found})


def _reason(fault: Mapping[str, Any]) -> Text:
    rule = fault["rule"]
    own = rule.get("zh")
    known = own or _CHINESE.get(fault["kind"], "不正确").format_map(_Rule(_chinese(rule)))
    return Text(zh=known, en=_ENGLISH.get(fault["kind"], fault["reason"]))


def _chinese(rule: Mapping[str, str]) -> dict[str, str]:
    """The rule's values; of a choice the codes, which the library strings together in English."""
    choices = _CHOICE.findall(rule.get("expected", ""))
    return {**rule, **({"expected": "、".join(one or _BLANK for one in choices)} if choices else {})}


def _values(rule: Mapping[str, str]) -> dict[str, str]:
    """The values of a rule, without a sentence that it brought along."""
    return {name: value for name, value in rule.items() if name != "zh"}


class _Rule(dict[str, str]):
    def __missing__(self, name: str) -> str:
        return "…"
