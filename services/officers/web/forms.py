"""A filled-in form held against its JSON Schema, so that the caller is told which field is wrong."""

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker
from jsonschema.exceptions import ValidationError
from jsonschema.validators import extend

from contracts.policy import loader
from contracts.policy.model import Text
from contracts.signs import has_visible, signs_fault
from services.officers.web.days import FIRST, is_past_day, is_past_instant, last_behind
from services.officers.web.problems import RefusedError, at

MOST_FAULTS = 20
ONE_LINE = 200
"""Characters: a text that may be longer may have several lines."""
SIGNS = "signs"
REQUIRED = "required"
MISSING = Text(zh="缺少此项", en="this is missing")
_UNSEEN = Text(zh="没有看得见的内容", en="nothing in it can be seen")
_CHINESE = {
    "type": "类型应为 {}",
    "enum": "应为其中之一：{}",
    "const": "应为 {}",
    "minLength": "至少{}个字",
    "maxLength": "最多{}个字",
    "pattern": "格式不符：{}",
    "minimum": "不小于{}",
    "maximum": "不大于{}",
    "minItems": "至少{}项",
    "maxItems": "最多{}项",
    "minProperties": "至少填写{}项",
    "uniqueItems": "不得重复",
}
_DAYS = {
    "date": ("日期，例如 2026-03-02", "a day of the calendar, such as 2026-03-02"),
    "date-time": (
        "日期和时间（带时区），例如 2026-03-02T09:30:00+08:00",
        "a day and a time with its zone, such as 2026-03-02T09:30:00+08:00",
    ),
}

_FORMATS = FormatChecker(formats=())
"""The formats of our forms. The library's own take years that nobody means, and no instant at all without a helper."""
_FORMATS.checks("date")(is_past_day)
_FORMATS.checks("date-time")(is_past_instant)


def check_form(policy: str, kind: str, outcome: str, form: dict[str, Any]) -> None:
    """RefusedError `form-invalid` naming each faulty field. An outcome that the kind has not is the rule's affair."""
    spec = loader.released(policy).task(kind)
    if outcome not in spec.outcomes:
        return
    validator = _validator(policy, spec.form_of(outcome))
    faults = sorted(validator.iter_errors(form), key=lambda fault: list(map(str, fault.absolute_path)))
    if faults:
        raise _refusal(faults[:MOST_FAULTS])


@lru_cache(maxsize=200)
def _validator(policy: str, code: str) -> Any:
    schema = loader.released(policy).form(code).json_schema
    return _Validator(schema, format_checker=_FORMATS)


def _text(validator: Any, limit: int, instance: Any, schema: Any) -> Iterator[ValidationError]:
    """The length of a text, and its signs: every text of a form has a greatest length (a test sees to it)."""
    yield from Draft202012Validator.VALIDATORS["maxLength"](validator, limit, instance, schema)
    if isinstance(instance, str) and instance:
        fault = signs_fault(instance, lines=limit > ONE_LINE) or (None if has_visible(instance) else _UNSEEN)
        if fault is not None:
            yield ValidationError(fault.en, validator=SIGNS, validator_value=fault)


def _required(validator: Any, names: list[str], instance: Any, schema: Any) -> Iterator[ValidationError]:
    """Each field that is missing, at its own place: the library names all of them at the form's."""
    if isinstance(instance, dict):
        for name in names:
            if name not in instance:
                yield ValidationError(MISSING.en, validator=REQUIRED, validator_value=MISSING, path=[name])


_Validator = extend(Draft202012Validator, {"maxLength": _text, "required": _required})  # type: ignore[no-untyped-call]


def _refusal(faults: list[ValidationError]) -> RefusedError:
    errors = [(_field(fault), _reason(fault)) for fault in faults]
    told = [{"field": field, "reason": why} for field, why in errors]
    return RefusedError("form-invalid", at(*errors[0]), extra={"errors": told})


def _field(fault: ValidationError) -> str:
    return ".".join(["form", *map(str, fault.absolute_path)])


def _reason(fault: ValidationError) -> Text:
    # The library's message quotes the value, which may be personal: the rule alone is said.
    rule = fault.validator_value
    if isinstance(rule, Text):
        return rule
    if fault.validator == "additionalProperties" and isinstance(fault.schema, dict):
        allowed = ", ".join(fault.schema.get("properties", {}))
        return Text(zh=f"只允许这些字段：{allowed}", en=f"only these fields are allowed: {allowed}")
    if fault.validator == "format":
        zh, en = _DAYS[str(rule)]
        return Text(
            zh=f"应为 {FIRST} 至 {last_behind()} 之间的{zh}",
            en=f"must be {en}, from {FIRST} to {last_behind()}",
        )
    zh = _CHINESE.get(str(fault.validator), f"须符合 {fault.validator}：{{}}").format(rule)
    return Text(zh=zh, en=f"must satisfy {fault.validator} {rule}")
