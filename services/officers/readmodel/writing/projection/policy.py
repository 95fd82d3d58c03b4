"""What the events of a proposal for the policy change: whoever decides must see what is proposed."""

from collections.abc import Mapping

from contracts.envelope import Envelope
from services.officers.readmodel.writing.projection.change import Change, Rule, Target, nothing


def _proposed(e: Envelope) -> list[Change]:
    p = e.payload
    said = {
        "version": p["policy_version"],
        "version_digest": p["version_digest"],
        "author": p["author"],
        "transition": p["transition"],
    }
    return [Change(Target.CASE, e.case_id, {"content_digest": p["content_digest"]}, said)]


RULES: Mapping[str, Rule] = {
    "policy-proposed": _proposed,
    "policy-released": nothing,
    "transition-approved": nothing,
}
