"""What somebody has typed in a task: read from the page, held against the form, drawn again, kept as a draft. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, TypeAlias

from contracts.policy.text import Text
from services.console.facts import Fact, Reader, filled
from services.console.forms.draw import NOTHING_KNOWN, Known, draw
from services.console.forms.faults import faults, told
from services.console.forms.fields import Field, Mistake, mistakes
from services.console.forms.read import edited, read
from services.console.papers import files_of

REASON, OUTCOME = "reason", "outcome"
LONGEST_REASON = 4000
"""Signs, as the API takes them."""
Picked: TypeAlias = Mapping[str, Known]
"""By outcome, the answers that are chosen from lists of the API."""
OURS = frozenset({"seen", "key", "was", "_return", "_by", "save"})
"""Fields of the page that nobody types."""


@dataclass(frozen=True)
class Typed:
    """An outcome, its form, and a reason; `outcome` is empty while none is chosen."""

    outcome: str = ""
    form: Mapping[str, Any] = field(default_factory=dict)
    reason: str = ""
    posted: Mapping[str, str] = field(default_factory=dict)
    """As the page sent it: what the other outcomes' forms hold is kept as well."""
    asks_for_items: bool = False
    """Whether a button was pressed that adds an item to a list or takes one away."""


def typed(task: Mapping[str, Any], posted: Mapping[str, str]) -> Typed:
    """What was typed for this task; an outcome that it has not is none."""
    outcome = posted.get(OUTCOME, "")
    kept = {name: value for name, value in posted.items() if name not in OURS}
    for code, schema in task["forms"].items():
        changed = edited(schema, posted, prefix=code)
        if changed is not None:
            return Typed(code, changed, posted.get(REASON, ""), kept, asks_for_items=True)
    form = read(task["forms"][outcome], posted, prefix=outcome) if outcome in task["forms"] else {}
    chosen = outcome if outcome in task["outcomes"] else ""
    reason = posted.get(REASON, "").replace("\r\n", "\n").strip()
    return Typed(chosen, form, reason, kept)


@dataclass(frozen=True)
class Choice:
    """One outcome that may be chosen, and what it asks for."""

    code: str
    name: str
    chosen: bool
    form: Field | None
    reason_required: bool

    @property
    def id(self) -> str:
        """Of its radio."""
        return f"outcome-{self.code}"


@dataclass(frozen=True)
class Sheet:
    """The right half of the page: the outcomes, what is wrong, and the reason."""

    choices: tuple[Choice, ...]
    mistakes: tuple[Mistake, ...]
    reason: str
    reason_fault: str


def sheet(
    task: Mapping[str, Any],
    what: Typed,
    reader: Reader,
    labels: Mapping[str, str],
    errors: Mapping[str, Text],
    picked: Picked = MappingProxyType({}),
    now: str = "",
) -> Sheet:
    """As it is drawn; `errors` by path, those of the form under `form`; `picked` what is chosen from lists.

    `now` is proposed where a time is asked for: what a task asks for has happened, mostly just now.
    """
    choices = tuple(
        _choice(task, code, what, reader, errors, picked.get(code, NOTHING_KNOWN).joined(Known(now=now)))
        for code in task["outcomes"]
    )

    def said(name: str) -> str:
        text = errors.get(name)
        return "" if text is None else text.zh if reader.language == "zh" else text.en

    found: list[Mistake] = []
    if OUTCOME in errors:
        found.append(Mistake(choices[0].id, labels[OUTCOME], said(OUTCOME)))
    for one in choices:
        found += mistakes(one.form) if one.form is not None and one.chosen else ()
    if REASON in errors:
        found.append(Mistake(REASON, labels[REASON], said(REASON)))
    return Sheet(choices, tuple(found), what.reason, said(REASON))


def wrong(task: Mapping[str, Any], what: Typed) -> dict[str, Text]:
    """Every fault at once, by path; empty when it may be checked."""
    found: dict[str, Text] = {}
    if not what.outcome:
        return {OUTCOME: Text(zh="请选择一项办理结果", en="choose one outcome")}
    for path, text in faults(task["forms"][what.outcome], what.form).items():
        found[f"form.{path}" if path else "form"] = text
    if what.outcome in task["reason_required"] and not what.reason:
        found[REASON] = Text(zh="此项办理结果须写明理由", en="this outcome needs a reason")
    if len(what.reason) > LONGEST_REASON:
        over = len(what.reason) - LONGEST_REASON
        found[REASON] = Text(zh=f"超出 {over} 个字", en=f"{over} characters too many")
    return found


def shown(
    task: Mapping[str, Any], what: Typed, reader: Reader, picked: Picked = MappingProxyType({})
) -> list[Fact]:
    """What is going to be on the record, in words."""
    schema = task["forms"][what.outcome]
    form = draw(
        schema,
        dict(what.form),
        language=reader.language,
        known=reader.choices(
            schema, task["unit"], task["hints"][what.outcome], picked.get(what.outcome, NOTHING_KNOWN)
        ),
        prefix=what.outcome,
    )
    return [*filled(form, files_of(what.posted))]


def refused(fields: Sequence[Mapping[str, Any]]) -> dict[str, Text]:
    """The faults that the API named, by paths of this page."""
    return {
        str(one.get("field", "")).removeprefix("body."): Text(
            zh=str(one.get("reason", "")) or "请更正", en=str(one.get("reason", "")) or "correct this"
        )
        for one in fields
    }


def _choice(
    task: Mapping[str, Any],
    code: str,
    what: Typed,
    reader: Reader,
    errors: Mapping[str, Text],
    picked: Known,
) -> Choice:
    schema = task["forms"][code]
    chosen = code == what.outcome
    value = dict(what.form) if chosen else read(schema, what.posted, prefix=code)
    if not any(name.startswith(f"{code}.") for name in what.posted):
        value = reader.begun(task["hints"][code])
    of_form = (
        {path: text for path, text in errors.items() if path.partition(".")[0] == "form"} if chosen else {}
    )
    form = draw(
        schema,
        value,
        told(of_form),
        reader.language,
        reader.choices(schema, task["unit"], task["hints"][code], picked),
        prefix=code,
    )
    asks = form if form.fields else None
    return Choice(code, task["names"].get(code, code), chosen, asks, code in task["reason_required"])
