"""What the events of a request for accounts change: what it asks, and until when its codes count."""

from collections.abc import Mapping

from contracts.envelope import Envelope
from services.officers.readmodel.writing.projection.change import Change, Rule, Target, facts, nothing

LEFT_OUT = "left_out"
"""By account the code for which a part of the request did not take force."""


def _asked(e: Envelope) -> list[Change]:
    p = e.payload
    said = {"what": p["what"], "asked_by": p["asked_by"]}
    return [Change(Target.CASE, e.case_id, {"content_digest": p["content_digest"]}, said)]


def _with_codes(e: Envelope) -> list[Change]:
    return facts(e, codes_until=e.payload["codes_until"])


def _granted(e: Envelope) -> list[Change]:
    said = ("account_id", "person_id", "purpose", "reach", "until")
    return facts(e, emergency={name: e.payload[name] for name in said})


RULES: Mapping[str, Rule] = {
    "access-asked": _asked,
    "accounts-opened": _with_codes,
    "grants-changed": nothing,
    "account-disabled": nothing,
    "account-enabled": nothing,
    "credentials-reset": _with_codes,
    "codes-witnessed": nothing,
    "persons-merged": nothing,
    "persons-split": nothing,
    "emergency-granted": _granted,
    "emergency-read": nothing,
    "emergency-ended": lambda e: facts(e, read=e.payload["cases"]),
}
