"""Apply events case by case: decide letters, issue them, set aside what cannot be applied, all in one transaction."""

import logging
from collections.abc import Callable, Mapping, Sequence

from pydantic import ValidationError

from contracts.base import Digest
from contracts.canonical import envelope_digest
from contracts.catalogue import UnknownEventError, known
from contracts.envelope import Envelope
from contracts.events.case import CaseEnded
from contracts.policy.loader import PolicyError
from contracts.policy.model import Policy
from contracts.sealed import Sealed
from services.kit.casefeed import RecordReader, Step, decide, recorded, refill
from services.kit.db import Database
from services.kit.logs import logger
from services.kit.sealing import SealError, open_sealed, seal
from services.notices.addressees import Occasion
from services.notices.casefile import CaseFile, blank, fold
from services.notices.issuing import POSITION, Issuer, Numbers
from services.notices.letters import Kind, letter_id
from services.notices.policy import letters
from services.notices.reading import read
from services.notices.renderer import LetterError
from services.notices.store.casework import Casework, Known, Row, load, save

GAP = "gap"
NOT_RECORDED = "not-recorded"
NOT_AS_RECORDED = "not-as-recorded"
UNKNOWN_EVENT = "unknown-event"

HEALING = frozenset({GAP, NOT_RECORDED})
"""Reasons that end by themselves once the record has what is missing; the others need a person."""

_REASONS: tuple[tuple[type[Exception], str], ...] = (
    (UnknownEventError, UNKNOWN_EVENT),
    (ValidationError, "malformed"),
    (SealError, "cannot-open"),
    (PolicyError, "unknown-policy"),
    (LetterError, "cannot-write"),
    (KeyError, "cannot-write"),
)


class Desk:
    """Where events become letters. One case that cannot go on never stops another."""

    def __init__(
        self,
        database: Database,
        record: RecordReader,
        issuer: Issuer,
        policies: Callable[[str], Policy],
        *,
        record_wait: float,
    ) -> None:
        """`record_wait`: seconds that an event which came is waited for on the record."""
        self._database = database
        self._record = record
        self._record_wait = record_wait
        self._issuer = issuer
        self._policies = policies

    async def take(self, envelopes: Sequence[Envelope]) -> None:
        """Apply what follows and is on the record; set the rest aside. Repeats change nothing.

        When it returns all is committed. Raises UnavailableError when the database or the record does not
        answer; then nothing was stored.
        """
        # Nothing is told to anybody before it is on the record (D2).
        ids = [envelope.id for envelope in envelopes]
        await self._apply(envelopes, await recorded(self._record, ids, self._record_wait))

    async def refill(self, case_id: str, sequence: int) -> None:
        """Apply what the record has of a case above a sequence. Raises UnavailableError."""
        envelopes = await refill(self._record, case_id, sequence)
        await self._apply(envelopes, {envelope.id: envelope_digest(envelope) for envelope in envelopes})

    async def _apply(self, envelopes: Sequence[Envelope], recorded: Mapping[str, Digest]) -> None:
        by_case: dict[str, dict[int, Envelope]] = {}
        for envelope in envelopes:
            by_case.setdefault(envelope.case_id, {}).setdefault(envelope.sequence, envelope)
        if not by_case:
            return
        async with self._database.write() as session:
            work = await load(session, by_case)
            for case_id, events in by_case.items():
                _Case(self._issuer, self._policies, work, case_id).apply(events, recorded)
            await save(session, work)


class _Case:
    """One case within a unit of work."""

    def __init__(
        self, issuer: Issuer, policies: Callable[[str], Policy], work: Casework, case_id: str
    ) -> None:
        self._issuer = issuer
        self._policies = policies
        self._work = work
        self._case_id = case_id
        known = work.known.get(case_id, Known())
        self._sequence, self._digest, self._sealed = known.sequence, known.digest, known.sealed
        self._file: CaseFile | None = None

    def apply(self, events: dict[int, Envelope], recorded: Mapping[str, Digest]) -> None:
        """Take the events in order. One that cannot be applied holds up those behind it."""
        for sequence in sorted(events):
            envelope = events[sequence]
            step = decide(self._sequence, envelope)
            if step is Step.SKIP:
                continue
            reason = self._one(envelope, recorded) if step is Step.APPLY else _why_parked(envelope)
            if reason:
                self._set_aside(envelope, reason)
        self._work.applied[self._case_id] = self._sequence
        if self._file is not None:
            self._store()

    def _one(self, envelope: Envelope, recorded: Mapping[str, Digest]) -> str:
        """Apply the next event of the case, or say why not."""
        digest = envelope_digest(envelope)
        if envelope.id not in recorded:
            return NOT_RECORDED
        if recorded[envelope.id] != digest or envelope.previous != self._digest:
            return NOT_AS_RECORDED
        try:
            self._issue(envelope)
        except Exception as error:
            # Whatever is wrong with one event is this case's affair; nothing of it was kept so far.
            logger.warning("event cannot be applied", event_id=envelope.id, exc_info=error)
            return next((reason for kind, reason in _REASONS if isinstance(error, kind)), "failed")
        self._sequence, self._digest = envelope.sequence, digest
        row = Row(
            event_id=envelope.id,
            case_id=self._case_id,
            sequence=envelope.sequence,
            applied_at=self._issuer.clock(),
        )
        self._work.inbox.append(row)
        return ""

    def _issue(self, envelope: Envelope) -> None:
        before = self._file or self._opened(envelope)
        policy = self._policies(envelope.policy)
        event = read(envelope, before.kind, policy, self._issuer.keyring)
        if event is None:
            self._file = before
            return
        after = fold(before, event)
        numbers = Numbers(self._work.counters).copy()
        issued = [
            self._issuer.issue(letter, after, policy, envelope.id, numbers)
            for letter in letters(Occasion(event, before, after, policy))
            if letter_id(self._case_id, letter) not in self._work.letters
        ]
        shown = [one.letter["position"] for one in issued if one.letter["kind"] == Kind.PUBLIC]
        if shown or isinstance(event, CaseEnded):
            # An end takes the names off show, and a notice posted anew replaces the one before.
            first = min(shown, default=numbers.last.get(POSITION, 0) + 1)
            self._work.off_show.append((self._case_id, first, envelope.at))
        self._work.counters = numbers.last
        for one in issued:
            self._work.letters.add(one.letter["letter_id"])
            self._work.written.append(one.letter)
            self._work.readers += one.readers
            self._work.deliveries += one.deliveries
        self._file = after

    def _opened(self, envelope: Envelope) -> CaseFile:
        if self._sealed is None:
            return blank(envelope)
        plain = open_sealed(Sealed.model_validate(self._sealed), _place(self._case_id), self._issuer.keyring)
        return CaseFile.model_validate(plain)

    def _store(self) -> None:
        if self._file is None:
            return
        sealed = seal(self._file.model_dump(mode="json"), _place(self._case_id), self._issuer.keyring)
        self._work.files[self._case_id] = Row(
            case_id=self._case_id, sequence=self._sequence, digest=self._digest, sealed=sealed.model_dump()
        )

    def _set_aside(self, envelope: Envelope, reason: str) -> None:
        if self._work.parked.get(envelope.id) == reason:
            return
        self._work.keep[envelope.id] = Row(
            event_id=envelope.id,
            case_id=envelope.case_id,
            sequence=envelope.sequence,
            type=envelope.type,
            version=envelope.version,
            reason=reason,
            parked_at=self._issuer.clock(),
        )
        logger.log(
            logging.WARNING if reason in HEALING else logging.ERROR,
            "event set aside",
            reason=reason,
            case_id=envelope.case_id,
            event_id=envelope.id,
            sequence=envelope.sequence,
            type=envelope.type,
            version=envelope.version,
        )


def _why_parked(envelope: Envelope) -> str:
    return GAP if known(envelope.type, envelope.version) else UNKNOWN_EVENT


def _place(case_id: str) -> str:
    return f"notice-case:{case_id}"
