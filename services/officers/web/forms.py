"""A filled-in form held against its JSON Schema, so that the caller is told which field is wrong."""

from functools import lru_cache
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker
from jsonschema.exceptions import ValidationError

from contracts.policy import loader
from contracts.policy.model import Text
from services.officers.web.days import FIRST, is_past_day, is_past_instant, last_behind
from services.officers.web.problems import RefusedError

MOST_FAULTS = 20

_FORMATS = FormatChecker(formats=())
"""The formats of our forms. The library's own take years that nobody means, and no instant at all without a helper."""
_FORMATS.checks("date")(is_past_day)
_FORMATS.checks("date-time")(is_past_instant)


def check_form(policy: str, kind: str, outcome: str, form: dict[str, Any]) -> None:
    """RefusedError `form-invalid` naming each faulty field. An outcome that the kind has not is the rule's affair."""
    spec = loader.released(policy).task(kind)
    if outcome not in spec.outcomes:
        return
    validator = _validator(policy, spec.forms.get(outcome, spec.form))
    faults = sorted(validator.iter_errors(form), key=lambda fault: list(map(str, fault.absolute_path)))
    if faults:
        raise _refusal(faults[:MOST_FAULTS])


@lru_cache(maxsize=200)
def _validator(policy: str, code: str) -> Draft202012Validator:
    schema = loader.released(policy).form(code).json_schema
    return Draft202012Validator(schema, format_checker=_FORMATS)


def _refusal(faults: list[ValidationError]) -> RefusedError:
    errors = [{"field": _field(fault), "reason": _reason(fault)} for fault in faults]
    first = errors[0]
    sentence = Text(
        zh=f"{first['field']}：不符合 {faults[0].validator}", en=f"{first['field']}: {first['reason']}"
    )
    return RefusedError("form-invalid", sentence, extra={"errors": errors})


def _field(fault: ValidationError) -> str:
    return ".".join(["form", *map(str, fault.absolute_path)])


def _reason(fault: ValidationError) -> str:
    # The library's message quotes the value, which may be personal: the rule alone is said.
    rule = fault.validator_value
    if fault.validator == "required" and isinstance(rule, list) and isinstance(fault.instance, dict):
        return "missing: " + ", ".join(name for name in rule if name not in fault.instance)
    if fault.validator == "additionalProperties" and isinstance(fault.schema, dict):
        return "only these fields are allowed: " + ", ".join(fault.schema.get("properties", {}))
    if fault.validator == "format":
        return f"must be a {rule} (RFC 3339) from {FIRST} to {last_behind()}"
    return f"must satisfy {fault.validator} {rule}"
