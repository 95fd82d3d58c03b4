"""What is wrong with a field, in both languages: the library that checks speaks English only."""

from collections.abc import Mapping
from typing import Any

from contracts.policy.model import Text
from services.kit.errors import MOST_SAID, InvalidError
from services.officers.web.problems import RefusedError

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
    "bool_type": "应为 true 或 false",
    "bool_parsing": "应为 true 或 false",
    "greater_than_equal": "应不小于 {ge}",
    "less_than_equal": "应不大于 {le}",
    "greater_than": "应大于 {gt}",
    "less_than": "应小于 {lt}",
    "enum": "应为 {expected} 之一",
    "literal_error": "应为 {expected} 之一",
    "list_type": "应为列表",
    "tuple_type": "应为列表",
    "dict_type": "应为对象",
    "model_type": "应为对象",
    "model_attributes_type": "应为对象",
    "day_form": "日期须写成文本 YYYY-MM-DD",
    "instant_form": "时间须写成带时区的文本（RFC 3339）",
    "day_out_of_bounds": "须在 {ge} 至 {le} 之间",
    "date_from_datetime_parsing": "没有这一天",
    "date_parsing": "没有这一天",
    "datetime_from_date_parsing": "没有这个时间",
    "datetime_parsing": "没有这个时间",
    "timezone_aware": "须写明时区",
}
"""By the library's own kinds of fault, with the rule's values. A kind that is not here is said to be wrong, no more."""


def invalid(error: InvalidError) -> RefusedError:
    """The refusal `invalid` with a sentence for each faulty field; without a usable key `idempotency-key-missing`."""
    errors = error.extra.get("errors", [])
    if any(one["field"] == KEY_FIELD for one in errors):
        return RefusedError("idempotency-key-missing")
    told = [{**one, "reason": _reason(one)} for one in errors]
    if not told:
        return RefusedError("invalid", error.detail)
    said = [(one["field"], one["reason"]) for one in told[:MOST_SAID]]
    sentence = Text(
        zh="；".join(f"{field}：{reason.zh}" for field, reason in said),
        en="; ".join(f"{field}: {reason.en}" for field, reason in said),
    )
    return RefusedError("invalid", sentence, extra={"errors": told})


def _reason(fault: Mapping[str, Any]) -> Text:
    known = _CHINESE.get(fault["kind"], "不正确")
    return Text(zh=known.format_map(_Rule(fault["rule"])), en=fault["reason"])


class _Rule(dict[str, str]):
    def __missing__(self, name: str) -> str:
        return "…"
