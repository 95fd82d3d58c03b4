"""What the events of a batch change. A batch has a table of its own: it has no tasks and nobody is concerned."""

from collections.abc import Mapping

from contracts.envelope import Envelope
from services.officers.readmodel.writing.projection.change import Change, Rule, Target, instant, nothing


def moved(e: Envelope) -> Change:
    """The place to which an event brings its batch."""
    return Change(Target.BATCH, e.case_id, {"sequence": e.sequence, "moved_at": e.at})


def _opened(e: Envelope) -> list[Change]:
    p = e.payload
    values = {
        **{name: p[name] for name in ("title", "districts", "policy", "policy_digest", "cut_off")},
        "opened_at": e.at,
        "nomination_closes": instant(p["nomination_closes"]),
        "election_at": None,
    }
    return [Change(Target.BATCH, e.case_id, values, new=True)]


def _called(e: Envelope) -> list[Change]:
    return [Change(Target.BATCH, e.case_id, {"election_at": instant(e.payload["election_at"])})]


def _calendar_loaded(e: Envelope) -> list[Change]:
    closes = instant(e.payload["nomination_closes"])
    cut_off = e.payload["cut_off"]
    return [Change(Target.BATCH, e.case_id, {"nomination_closes": closes, "cut_off": cut_off})]


RULES: Mapping[str, Rule] = {
    "batch-opened": _opened,
    "roster-held": nothing,
    "roster-turned-down": nothing,
    "roster-accepted": nothing,
    "indexes-imported": nothing,
    "seats-imported": nothing,
    "seat-registered": nothing,
    "nomination-gone": nothing,
    "election-called": _called,
    "quota-cut": nothing,
    "batch-calendar-loaded": _calendar_loaded,
    "transition-taken": nothing,
    "tie-declared": nothing,
    "version-announced": nothing,
}
