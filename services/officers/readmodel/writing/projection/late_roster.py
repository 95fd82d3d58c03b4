"""What the events of a late roster's approval change: whoever decides must see who stands on the roster."""

from collections.abc import Mapping

from contracts.envelope import Envelope
from services.officers.readmodel.writing.projection.change import Change, Rule, case, sealed


def _opened(e: Envelope) -> list[Change]:
    return case(e, content_digest=e.payload["content_digest"], dossier=sealed(e), dossier_event=e.id)


RULES: Mapping[str, Rule] = {"late-roster-opened": _opened}
