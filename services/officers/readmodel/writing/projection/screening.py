"""What the events of a book of screening change: which lists it holds, the run under way, and what the last came to."""

from collections.abc import Mapping
from typing import Any

from contracts.envelope import Envelope
from contracts.vocabulary import CaseState
from services.officers.readmodel.tables import LIST_FACT
from services.officers.readmodel.writing.projection.change import Change, Rule, case, facts, nothing


def _imported(e: Envelope) -> list[Change]:
    p: dict[str, Any] = dict(e.payload)
    said = {**p["file"], **p["content"], "imported_at": e.at.isoformat()}
    return facts(e, **{LIST_FACT + said["list"]: said})


def _begun(e: Envelope) -> list[Change]:
    return facts(e, run=e.payload, until="", parts=0, due=None, runs=e.payload["run"])


def _screened(e: Envelope) -> list[Change]:
    p = e.payload
    return facts(e, until=p["until"], parts=p["part"], due=p["due"], people=p["people_digest"])


RULES: Mapping[str, Rule] = {
    "screening-opened": lambda e: case(e, state=CaseState.WATCHING.value),
    "list-imported": _imported,
    "run-begun": _begun,
    "people-screened": _screened,
    "run-ended": lambda e: facts(e, run=None, last_run=e.payload),
    "match-begun": nothing,
    "match-ended": nothing,
    "doubt-raised": nothing,
    "doubt-settled": nothing,
    "doubt-ended": nothing,
    "entry-set-aside": nothing,
    "setting-aside-ended": nothing,
}
