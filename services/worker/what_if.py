"""What-if: fold the record, and say which cases would have come out otherwise under another version. Writes nothing."""

import json
import sys
from collections.abc import AsyncIterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx2

from contracts.base import NO_DIGEST
from contracts.case import CaseKind
from contracts.catalogue import build
from contracts.commands.opening import Resume
from contracts.envelope import Envelope
from contracts.policy import loader
from contracts.policy.model import Policy
from services.kit.recordreader import RecordReader
from services.kit.releases import Releases
from services.kit.sealing import Keyring, open_sealed
from services.kit.settings import SettingsError, read_secret
from services.worker.reading import entries
from services.worker.settings import Settings
from workflows.kinds import under
from workflows.kinds.every import deciders
from workflows.procedure.decider import Decider
from workflows.rules.under import Difference


@dataclass
class Folded:
    """A case as far as its record goes, and the events on which its outcome rests."""

    kind: str
    district: str
    decider: Decider[Any]
    state: Any
    seen: list[under.Seen] = field(default_factory=list)


class WhatIf:
    """Folds case by case; `keyring` opens what is personal, none of which is handed on."""

    def __init__(self, keyring: Keyring) -> None:
        """Nothing is folded yet."""
        self._keyring = keyring
        self._deciders = deciders()
        self._cases: dict[str, Folded] = {}

    def take_in(self, envelope: Envelope) -> None:
        """The next envelope of the record, in order. A kind that no rules here decide is passed over."""
        decider = self._deciders.get(envelope.kind)
        if decider is None:
            return
        folded = self._cases.get(envelope.case_id) or self._begun(envelope, decider)
        private = None
        if envelope.sealed is not None:
            private = open_sealed(envelope.sealed, envelope.id, self._keyring)
        event = build(envelope.type, envelope.version, envelope.payload, private)
        folded.state = decider.folding.event(folded.state, event, envelope.actor)
        if isinstance(event, under.WATCHED):
            folded.seen.append(under.Seen(event, envelope.at))

    def differing(self, policy: Policy, *, ended: bool) -> list[dict[str, Any]]:
        """The cases that would differ, in the order of their beginning; those that have ended only with `ended`."""
        found = [(case_id, one, self._differences(one, policy)) for case_id, one in self._cases.items()]
        return [
            {
                "case_id": case_id,
                "kind": one.kind,
                "district": one.district,
                "decided_by": one.state.policy,
                "state": one.state.state,
                "ended": one.state.ended,
                "differences": [difference.model_dump() for difference in differences],
            }
            for case_id, one, differences in found
            if differences and (ended or not one.state.ended)
        ]

    def _differences(self, one: Folded, policy: Policy) -> list[Difference]:
        return under.differences(one.kind, one.state, one.seen, policy)

    def _begun(self, envelope: Envelope, decider: Decider[Any]) -> Folded:
        opening = Resume(
            kind=envelope.kind,
            case_id=envelope.case_id,
            parent=envelope.parent,
            district=envelope.district,
            policy=envelope.policy,
            policy_digest=NO_DIGEST,
        )
        folded = Folded(envelope.kind, envelope.district, decider, decider.blank(opening))
        self._cases[envelope.case_id] = folded
        return folded


async def compute(
    record: AsyncIterable[Envelope], keyring: Keyring, policy: Policy, *, ended: bool
) -> dict[str, Any]:
    """The whole answer: how many cases were folded, and which would differ."""
    what_if = WhatIf(keyring)
    folded = 0
    async for envelope in record:
        folded += envelope.sequence == 1 and envelope.kind != CaseKind.BATCH
        what_if.take_in(envelope)
    return {"version": policy.version, "folded": folded, "cases": what_if.differing(policy, ended=ended)}


async def what_if(settings: Settings, version: str, with_ended: str = "") -> None:
    """`python -m services.worker what-if VERSION [ended]`: print the answer as JSON. The version may be a folder."""
    token = read_secret(settings.registry_token_file, "QX_WORKER_REGISTRY_TOKEN_FILE")
    async with httpx2.AsyncClient(verify=settings.verify) as http:
        reader = RecordReader(http, settings.registry_url, token)
        await Releases(settings.policies_dir, reader).look()
        policy = _version(settings, version)
        keyring = settings.rings.at(settings.record_keys_dir)
        answer = await compute(entries(reader), keyring, policy, ended=with_ended == "ended")
    sys.stdout.write(json.dumps(answer, ensure_ascii=False) + "\n")


def _version(settings: Settings, version: str) -> Policy:
    """A released version, a draft of the house's own, or a folder; SettingsError when it cannot be used."""
    own = [Path(version), *([settings.policies_dir / version] if settings.policies_dir else [])]
    try:
        if version not in loader.versions():
            for folder in own:
                if (folder / "policy.yaml").is_file():
                    return loader.drafted(folder.resolve()).policy
        return loader.released(version)
    except loader.PolicyError as error:
        raise SettingsError(str(error)) from error
