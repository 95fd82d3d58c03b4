"""What the framework finds wrong with a request, in the language of whoever sent it.

Only the rule is told and never the value, which may be personal and which the caller has.
"""

from collections.abc import Mapping
from typing import Any

from pydantic_core import PydanticCustomError

from contracts.policy.model import Text

_CHINESE = {
    "missing": "缺少此项",
    "extra_forbidden": "没有这一项，请删去",
    "string_type": "应为文字",
    "string_too_short": "至少{min_length}个字",
    "string_too_long": "最多{max_length}个字",
    "string_pattern_mismatch": "格式不符：{pattern}",
    "int_type": "应为整数",
    "int_parsing": "应为整数",
    "int_from_float": "应为整数",
    "float_type": "应为数字",
    "bool_type": "应为 true 或 false",
    "bool_parsing": "应为 true 或 false",
    "greater_than_equal": "不小于{ge}",
    "greater_than": "大于{gt}",
    "less_than_equal": "不大于{le}",
    "less_than": "小于{lt}",
    "too_short": "至少{min_length}项",
    "too_long": "最多{max_length}项",
    "list_type": "应为列表",
    "tuple_type": "应为列表",
    "dict_type": "应为对象",
    "model_type": "应为对象",
    "model_attributes_type": "应为对象",
    "enum": "应为其中之一：{expected}",
    "literal_error": "应为其中之一：{expected}",
    "date_type": "应为日期，如 2026-03-02",
    "date_parsing": "不是日期，应如 2026-03-02",
    "date_from_datetime_parsing": "不是日期，应如 2026-03-02",
    "date_from_datetime_inexact": "应为日期，不带时间，如 2026-03-02",
    "datetime_type": "应为带时区的时间，如 2026-03-02T09:00:00+08:00",
    "datetime_parsing": "不是时间，应如 2026-03-02T09:00:00+08:00",
    "datetime_from_date_parsing": "不是时间，应如 2026-03-02T09:00:00+08:00",
    "timezone_aware": "缺少时区，应如 2026-03-02T09:00:00+08:00",
    "json_invalid": "不是有效的 JSON",
}
_OTHER = "不符合要求"


def told(kind: str, fault: Text) -> PydanticCustomError:
    """A fault of our own rules as the framework carries it, in both languages."""
    # Braces would be read as places to fill in.
    return PydanticCustomError(kind, "{en}", {"zh": fault.zh, "en": fault.en})


def reason(error: Mapping[str, Any]) -> Text:
    """One of the framework's errors as a sentence in both languages."""
    context = error.get("ctx") or {}
    if isinstance(context.get("zh"), str) and isinstance(context.get("en"), str):
        return Text(zh=context["zh"], en=context["en"])
    template = _CHINESE.get(str(error.get("type", "")), _OTHER)
    try:
        zh = template.format_map(context)
    except (KeyError, ValueError):
        zh = _OTHER
    return Text(zh=zh, en=str(error.get("msg") or "it does not fit"))
