"""What the texts of a notice may contain: fields of a closed list, and nothing that a template could do."""

import re
from collections.abc import Iterator

from contracts.policy.model import NoticeType, Text
from contracts.policy.source import Location

FIELDS = frozenset(
    {
        "notice_number",
        "issued_on",
        "issuer",
        "addressee",
        "nominee_name",
        "seat",
        "firm",
        "case_id",
        "batch_id",
        "matter",
        "basis",
        "reply_by",
        "window_start",
        "window_end",
        "outcome",
        "facts",
        "rights",
        "colour",
        "task_name",
        "unit_name",
        "demonstration_mark",
    }
)
"""All that a notice may say about a case; each is always given to the template, an absent one as ''."""

IN_EVERY_BODY = (
    "notice_number",
    "issued_on",
    "issuer",
    "addressee",
    "matter",
    "basis",
    "reply_by",
    "demonstration_mark",
)
"""What every notice carries (domain §8.6), and the mark without which a demonstration would look real."""

ADDRESSEES = frozenset(
    {
        "nominating_bodies",
        "nominator",
        "nominee",
        "department",
        "task_owner",
        "unit_head",
        "lead_deputy",
        "clerk",
        "discipline_group",
        "ufwd",
        "public",
        "reporter",
        "open_departments",
        "member",
        "unit",
        "level_above",
        "seat_owners",
        "deciding_body",
        "earlier_addressees",
        "federation_or_chamber",
    }
)
"""Whom a notice may be addressed to."""

_MARKUP = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}|\{[{%#]|[}%#]\}", re.DOTALL)
_VALUE = re.compile(r"\{\{ ([a-z_]+) \}\}")
_IF = re.compile(r"\{% if ([a-z_]+) %\}")


def letter_faults(notice: NoticeType) -> Iterator[tuple[Location, str]]:
    """Where the notice breaks the rules, and how."""
    for index, name in enumerate(notice.to):
        if name not in ADDRESSEES:
            yield ("to", index), f"there is no addressee {name!r}"
    if notice.same_day and notice.issue_within is not None:
        yield ("same_day",), "a notice issued on the same day has no issue_within"
    for part in ("subject", "body"):
        text: Text = getattr(notice, part)
        for language in ("zh", "en"):
            for reason in _template_faults(getattr(text, language)):
                yield (part, language), reason
    for language in ("zh", "en"):
        printed = set(_VALUE.findall(getattr(notice.body, language)))
        for name in IN_EVERY_BODY:
            if name not in printed:
                yield ("body", language), f"every notice must print {{{{ {name} }}}}"
        if ("rights" in printed) != (notice.rights is not None):
            yield ("body", language), "{{ rights }} stands in a notice with a rights text, and only there"
        # The rights text is put into the body as a value, so markup in it would be printed as it stands.
        if notice.rights is not None and _MARKUP.search(getattr(notice.rights, language)):
            yield ("rights", language), "a rights text is plain: no field may stand in it"


def _template_faults(text: str) -> Iterator[str]:
    """Only values and plain conditions: what a letter says is decided by the case, never by its template."""
    open_branches: list[bool] = []
    for markup in _MARKUP.findall(text):
        value, condition = _VALUE.fullmatch(markup), _IF.fullmatch(markup)
        named = value or condition
        if named is not None:
            if named.group(1) not in FIELDS:
                yield f"{named.group(1)} is not a field of notices"
            if condition is not None:
                open_branches.append(False)
        elif markup == "{% else %}" and open_branches and not open_branches[-1]:
            open_branches[-1] = True
        elif markup == "{% endif %}" and open_branches:
            open_branches.pop()
        else:
            yield f"{markup} may not stand here; only {{{{ field }}}}, if, else and endif may"
    if open_branches:
        yield "an if has no endif"
