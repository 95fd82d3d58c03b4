"""Apply entries of the record: decide letters, issue them, and keep what later ones need, all in the unit given."""

from collections.abc import Callable, Sequence

from contracts.envelope import Envelope
from contracts.events.case import CaseEnded
from contracts.events.letters import LetterServed
from contracts.policy.model import Policy
from contracts.sealed import Sealed
from services.kit.db import Unit
from services.kit.recordreader import Entry
from services.kit.sealing import Keyring, open_sealed, seal
from services.notices.addressees import Occasion
from services.notices.casefile import CaseFile, blank
from services.notices.folding.kinds import fold
from services.notices.issuing import Issuer, Numbers
from services.notices.letters import Kind, letter_id
from services.notices.policy import letters
from services.notices.reading import read
from services.notices.store.casework import Casework, OffShow, Row, load, save


class Desk:
    """Where events become letters."""

    def __init__(self, record_keys: Keyring, issuer: Issuer, policies: Callable[[str], Policy]) -> None:
        """`record_keys` open what is personal in events; the issuer's own keep letters and files."""
        self._record_keys = record_keys
        self._issuer = issuer
        self._policies = policies

    def apply(self, unit: Unit, entries: Sequence[Entry]) -> None:
        """Apply entries that follow what was applied. A letter that was issued already is not issued again.

        Raises whatever keeps an event from being read, a letter from being decided or written: then nothing of
        the unit may be kept, and the case of that entry waits.
        """
        work = load(unit, {entry.case_id for entry in entries})
        files: dict[str, CaseFile] = {}
        for entry in entries:
            envelope = entry.envelope
            before = files.get(envelope.case_id) or self._file(work, envelope)
            files[envelope.case_id] = self._one(work, envelope, before)
        work.files = {case_id: self._sealed(file) for case_id, file in files.items()}
        save(unit, work)

    def _one(self, work: Casework, envelope: Envelope, before: CaseFile) -> CaseFile:
        policy = self._policies(envelope.policy)
        event = read(envelope, self._record_keys)
        after = fold(before, event)
        decided = letters(Occasion(event, before, after, policy))
        numbers = Numbers(work.counters)
        for letter in decided:
            ident = letter_id(envelope.case_id, letter)
            if ident in work.letters:
                continue
            issued = self._issuer.issue(letter, after, policy, envelope, numbers)
            work.letters.add(ident)
            work.written.append(issued.letter)
            work.readers += issued.readers
            work.deliveries += issued.deliveries
        if isinstance(event, LetterServed):
            _served(work, event, envelope)
        if isinstance(event, CaseEnded) or any(one.addressee.kind is Kind.PUBLIC for one in decided):
            # An end takes the names off show, and a notice posted anew replaces the one before.
            work.off_show.append(OffShow(envelope.case_id, envelope.sequence, envelope.at))
        return after.remembering(one.addressee for one in decided)

    def _file(self, work: Casework, envelope: Envelope) -> CaseFile:
        known = work.known.get(envelope.case_id)
        if known is None:
            return blank(envelope)
        place = _place(envelope.case_id)
        return CaseFile.model_validate(open_sealed(Sealed.model_validate(known), place, self._issuer.keyring))

    def _sealed(self, file: CaseFile) -> dict[str, object]:
        said = file.model_dump(mode="json")
        return seal(said, _place(file.case_id), self._issuer.keyring, file.concerned).model_dump()


def _served(work: Casework, event: LetterServed, envelope: Envelope) -> None:
    work.known_fates.append(event.letter)
    if event.how is not None:
        proof = {"at": event.at, "how": event.how, "document_digest": event.document_digest}
        work.services.append(Row(letter_id=event.letter, by=envelope.actor.person_id, **proof))


def _place(case_id: str) -> str:
    return f"notice-case:{case_id}"
