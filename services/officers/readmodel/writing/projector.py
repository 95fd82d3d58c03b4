"""Bring entries of the record into the read model: the effect that the follower makes within its own unit (D4)."""

from collections.abc import Sequence
from typing import Any

from contracts import catalogue
from contracts.envelope import Envelope
from services.kit.applying import Apply
from services.kit.db import Unit
from services.kit.recordreader import Entry
from services.officers.identity.uptake import Uptake
from services.officers.readmodel.writing import store
from services.officers.readmodel.writing.projection.access import LEFT_OUT
from services.officers.readmodel.writing.projection.change import Change, Target
from services.officers.readmodel.writing.projection.every import changes


def with_accounts(accounts: Uptake) -> Apply:
    """The effect of entries on the read model, and on the accounts; a request says what of it was left out."""

    def whole(unit: Unit, entries: Sequence[Entry]) -> None:
        apply(unit, entries)
        aside = accounts.apply(unit, entries)
        store.change(unit, [Change(Target.CASE, case, {}, {LEFT_OUT: said}) for case, said in aside.items()])

    return whole


def apply(unit: Unit, entries: Sequence[Entry]) -> None:
    """Store entries, what they change, and the answers to the commands that they came of.

    Raises for an entry that this release cannot read: its case then waits for one that can.
    """
    envelopes = [_known(entry.envelope) for entry in entries]
    store.apply(
        unit,
        envelopes,
        [one for envelope in envelopes for one in changes(envelope)],
    )
    store.answered(unit, [row for entry in entries for row in _answer(entry)])


def _known(envelope: Envelope) -> Envelope:
    if not catalogue.known(envelope.type, envelope.version):
        raise catalogue.UnknownEventError(f"{envelope.type} v{envelope.version}")
    return envelope


def _answer(entry: Entry) -> list[dict[str, Any]]:
    """What a command is answered, out of its step's first event: it carries the claim, and names the last."""
    first, claim = entry.envelope, entry.envelope.claim
    if claim is None:
        return []
    return [
        {
            "command_id": claim.command_id,
            "account_id": claim.actor.account_id,
            "body_digest": claim.body_digest,
            "act": claim.act,
            "case_id": first.case_id,
            "sequence": first.until,
            # The events of a step stand side by side on the record.
            "entry_index": entry.index + first.until - first.sequence,
        }
    ]
