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
from workflows.kinds.every import COMPARISONS
from workflows.procedure.under import Compared, Comparison, Found, Seen


@dataclass
class Folded:
    """A case as far as its record goes, and the events on which its outcome rests."""

    kind: str
    district: str
    comparison: Comparison[Any]
    state: Any
    seen: list[Seen] = field(default_factory=list)

    def under(self, policy: Policy) -> Compared[Any]:
        """What is asked of it. Raises PolicyError when the version that decides it does not lie here."""
        return Compared(self.state, self.seen, loader.released(self.state.policy), policy)


class WhatIf:
    """Folds case by case; `keyring` opens what is personal, none of which is handed on."""

    def __init__(self, keyring: Keyring) -> None:
        """Nothing is folded yet."""
        self._keyring = keyring
        self._cases: dict[str, Folded] = {}

    def take_in(self, envelope: Envelope) -> None:
        """The next envelope of the record, in order. A kind whose outcome rests on no policy is passed over."""
        comparison = COMPARISONS.get(envelope.kind)
        if comparison is None:
            return
        folded = self._cases.get(envelope.case_id) or self._begun(envelope, comparison)
        private = None
        if envelope.sealed is not None:
            private = open_sealed(envelope.sealed, envelope.id, self._keyring)
        event = build(envelope.type, envelope.version, envelope.payload, private)
        folded.state = comparison.decider.folding.event(folded.state, event, envelope.actor)
        if isinstance(event, comparison.watched):
            folded.seen.append(Seen(event, envelope.at))

    def differing(self, policy: Policy, *, ended: bool) -> list[dict[str, Any]]:
        """The cases that would differ, in the order of their beginning; those that have ended only with `ended`."""
        found = [(case_id, self._cases[case_id], all_of) for case_id, all_of in self._found(policy).items()]
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

    def _found(self, policy: Policy) -> Found:
        """By case, what would differ in it: each once, whether by itself or because of a case on which it rests. None
        under a version that has no such cases."""
        asked = {
            case_id: (one.comparison, one.under(policy))
            for case_id, one in self._cases.items()
            if one.kind in policy.procedures
        }
        own = {case_id: compare.differs(case) for case_id, (compare, case) in asked.items()}
        told = {case_id: [*all_of] for case_id, all_of in own.items()}
        for compare, case in asked.values():
            for begun, all_of in compare.begun(case).items():
                told.setdefault(begun, []).extend(all_of)
        return {
            case_id: list(dict.fromkeys([*own[case_id], *compare.rests(case.case, told)]))
            for case_id, (compare, case) in asked.items()
        }

    def _begun(self, envelope: Envelope, comparison: Comparison[Any]) -> Folded:
        opening = Resume(
            kind=envelope.kind,
            case_id=envelope.case_id,
            parent=envelope.parent,
            district=envelope.district,
            policy=envelope.policy,
            policy_digest=NO_DIGEST,
        )
        folded = Folded(envelope.kind, envelope.district, comparison, comparison.decider.blank(opening))
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
