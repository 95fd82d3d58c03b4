"""From where the answer to a field is chosen, as the API's hints say it: people and cases by name, and never by number.

What is too much for one page is searched for. A search is no address: what is typed is personal.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from contracts.policy.text import Text
from services.console.api import RefusedError
from services.console.asked import Asked
from services.console.domain import known
from services.console.forms.draw import Known
from services.console.forms.fields import FIND
from services.console.forms.read import FORM
from services.console.listing import every

Choices: TypeAlias = list[tuple[str, Text]]
Row: TypeAlias = Mapping[str, Any]
AT_ONCE = 200
"""Answers that are offered without a search."""
MOST = 1000
"""Colleagues among whom is looked."""
EVENTS = 200
MIDDLE = " · "


@dataclass(frozen=True)
class PickedForm:
    """Which form is asked about: its hints, what was posted of it, and where it stands."""

    hints: Mapping[str, Mapping[str, Any]]
    typed: Mapping[str, str]
    value: Mapping[str, Any]
    """What is filled in: whatever is chosen already stays an answer, whatever is searched for."""
    case_id: str = ""
    batch_id: str = ""
    content: Mapping[str, Any] | None = None
    """Of a task, what is decided on."""
    prefix: str = FORM


@dataclass(frozen=True)
class _Found:
    choices: Choices
    sought: str | None = None


async def picked(found: Asked, form: PickedForm) -> Known:
    """The answers to every field whose hint says from where they come."""
    choices: dict[str, Choices] = {}
    sought: dict[str, str] = {}
    for path, hint in form.hints.items():
        answer = await _of(found, form, path, hint)
        if answer is not None:
            choices[path] = answer.choices
            if answer.sought is not None:
                sought[path] = answer.sought
    ordered = frozenset(path for path, hint in form.hints.items() if hint.get("ordered"))
    return Known(choices=choices, sought=sought, ordered=ordered)


async def colleagues(found: Asked) -> Choices:
    """Everybody who may be named, but oneself, each with what they hold."""
    rows = await every(found.api, "/people", MOST)
    return [(one["person_id"], _person(one)) for one in rows if one["person_id"] != found.signed.person_id]


async def cases(found: Asked, kind: str, state: str) -> Choices:
    """The first cases of a kind that stand in a state, by name."""
    return _named((await found.api.read("/cases", kind=kind, state=state, limit=AT_ONCE))["items"])


async def hits(found: Asked, case_id: str) -> Choices:
    """What was found in a case, by number, effect and day."""
    listed = await found.api.read(f"/cases/{case_id}/timeline", limit=EVENTS)
    told = [one for one in listed["items"] if one["type"] == "hit-found"]
    return [(str(one["payload"]["hit"]), _numbered(one["payload"]["hit"], one)) for one in told]


async def _of(found: Asked, form: PickedForm, path: str, hint: Mapping[str, Any]) -> _Found | None:
    match hint.get("from"):
        case "people":
            return _narrowed(await colleagues(found), _sought(form, path))
        case "leaders":
            return _Found([*_leaders(form.content or {})])
        case "cases":
            return await _cases(found, form, path, hint)
        case "hits":
            # The person concerned knows a hit by the number that stands in their letter.
            return _Found(numbers) if (numbers := await hits(found, form.case_id)) else None
        case "matches":
            return _Found(await _matches(found, form.case_id))
    return None


def _sought(form: PickedForm, path: str) -> str:
    """What is looked for: of a field in a list, what was typed in the last of its items."""
    parts = path.split(".")
    typed = [
        said.strip()
        for name, said in form.typed.items()
        if name.startswith(f"{FIND}{form.prefix}.")
        and [one for one in name.removeprefix(f"{FIND}{form.prefix}.").split(".") if not one.isdigit()]
        == parts
    ]
    return typed[-1] if typed else ""


def _narrowed(everything: Choices, sought: str) -> _Found:
    if len(everything) <= AT_ONCE:
        return _Found(everything)
    fitting = [one for one in everything if sought.casefold() in one[1].zh.casefold()]
    return _Found(fitting[:AT_ONCE], sought)


async def _cases(found: Asked, form: PickedForm, path: str, hint: Mapping[str, Any]) -> _Found:
    narrowed = {"kind": hint.get("kind", ""), "state": hint.get("state", ""), "parent": form.batch_id}
    listed = await found.api.read("/cases", **narrowed, limit=AT_ONCE)
    if listed["next"] is None:
        return _Found(_named([one for one in listed["items"] if _fits(one, hint)]))
    sought = _sought(form, path)
    rows: Sequence[Row] = listed["items"]
    if sought:
        body = {"q": sought, "kind": narrowed["kind"], "parent": narrowed["parent"]}
        reply = await found.api.send("POST", "/search/cases", body)
        if reply.problem is not None:
            raise RefusedError(reply.problem)
        rows = reply.body["items"]
    fitting = [one for one in rows if _fits(one, hint)]
    there = {one["case_id"] for one in fitting}
    kept = [one for one in _texts(form.value, path.split(".")) if one not in there]
    return _Found([*_named(fitting), *[await _one(found, ident) for ident in kept]], sought)


def _fits(row: Row, hint: Mapping[str, Any]) -> bool:
    """Whether the case stands where the hint says, and is about somebody where it asks for that."""
    stands = hint.get("state", "") in {"", row.get("state")}
    return stands and (hint.get("about") != "person" or bool(row.get("nominee")))


async def _one(found: Asked, case_id: str) -> tuple[str, Text]:
    reply = await found.api.send("GET", f"/cases/{case_id}")
    rows = _named([reply.body]) if reply.problem is None else []
    return rows[0] if rows else (case_id, Text(zh=case_id, en=case_id))


def _named(rows: Sequence[Row]) -> Choices:
    return [(one["case_id"], _plain(*_parts(one))) for one in rows if not one.get("recused")]


def _parts(row: Row) -> Iterator[str]:
    nominee, names = row.get("nominee") or {}, row["names"]
    yield nominee.get("name") or row["case_id"]
    yield nominee.get("firm") or ""
    yield from (names.get(name) or "" for name in ("kind", "seat", "district", "state"))


def _person(row: Row) -> Text:
    held = [
        MIDDLE.join(filter(None, (one["names"].get("unit"), one["names"].get("role"))))
        for one in row["grants"]
    ]
    return _plain(row["name"], *dict.fromkeys(held))


def _leaders(content: Mapping[str, Any]) -> Iterator[tuple[str, Text]]:
    for name, value in content.items():
        if name == "leaders" and isinstance(value, list):
            yield from ((one["person_id"], _plain(one["name"], one["position"])) for one in value)
        elif isinstance(value, Mapping):
            yield from _leaders(value)


def _numbered(number: int, event: Row) -> Text:
    effect, day = known("effect", event["payload"]["effect"]), event["at"][:10]
    zh, en = (effect.zh, effect.en) if effect else ("", "")
    said = [
        MIDDLE.join(filter(None, parts))
        for parts in ((f"第 {number} 项", zh, day), (f"No. {number}", en, day))
    ]
    return Text(zh=said[0], en=said[1])


async def _matches(found: Asked, book: str) -> Choices:
    rows = await found.api.read(f"/screenings/{book}/matches")
    return [
        (str(one["match"]), _plain(f"{one['match']}", one["list"], one["item"], one["case_id"]))
        for one in rows
        if not one["ended"]
    ]


def _plain(*parts: str) -> Text:
    said = MIDDLE.join(part for part in parts if part)
    return Text(zh=said, en=said)


def _texts(value: Any, path: Collection[str]) -> list[str]:
    """The texts that stand at the path, in every item of a list."""
    match value:
        case list():
            return [text for one in value for text in _texts(one, path)]
        case Mapping() if path:
            first, *rest = path
            return _texts(value.get(first), rest)
        case str() if not path and value:
            return [value]
    return []
