"""Integrity indexes (清廉指数) that are entered or imported: into the files, to nominations and seats of the batch."""

from contracts.case import CaseKind
from contracts.commands.batch import ImportIndexes
from contracts.commands.integrity import EnterReading, OpenIntegrity
from contracts.commands.nomination import KnowIndex
from contracts.events.batch import IndexesImported, IndexPart
from contracts.matter import IndexEntry
from contracts.refusals import RefusalCode
from contracts.saying import say
from workflows.kinds.batch.case import Batch, Work
from workflows.procedure.case import calendar_of
from workflows.procedure.step import CHUNK
from workflows.rules.calendar import local_day
from workflows.rules.verdict import Refused


def take_in(work: Work, command: ImportIndexes) -> Refused | None:
    """Take a whole table or nothing. Every case about a person hears of it; it is kept for those still to come.

    Seats hear of the latest reading only: an older one says nothing of a sitting member today.
    """
    if CaseKind.INTEGRITY not in work.policy.procedures:
        return Refused(RefusalCode.UNKNOWN_ACT, say("no-integrity-files"))
    if refused := _fault(work, command):
        return refused
    batch = work.state
    for start in range(0, len(command.entries), CHUNK):
        part = IndexPart(entries=command.entries[start : start + CHUNK])
        work.emit(IndexesImported(table_digest=command.table_digest, private=part))
    work.owe_start({one.file: _file(batch, command, one) for one in command.entries})
    for one in command.entries:
        word = EnterReading(claim=work.claim, reading=one.reading)
        whose = (one.person_id,) if one.person_id else ()
        work.owe_tell(CaseKind.INTEGRITY, (one.file,), word, whose)
        known = KnowIndex(claim=work.claim, reading=one.reading)
        work.owe_tell(CaseKind.NOMINATION, batch.cases_of.get(one.person_id or "", ()), known, whose)
        if work.state.readings.get(one.person_id or "") == one.reading:
            work.owe_tell(CaseKind.TENURE, batch.seats_of.get(one.person_id or "", ()), known, whose)
    return None


def _fault(work: Work, command: ImportIndexes) -> Refused | None:
    files = [one.file for one in command.entries]
    if len(set(files)) < len(files):
        return Refused(RefusalCode.FORM_INVALID, say("index-twice"))
    today = local_day(work.now, calendar_of(work.state, work.policy))
    top, earliest = work.policy.grading.index_max, work.policy.earliest_paper
    for one in command.entries:
        if not earliest <= one.reading.assessed_on <= today:
            return Refused(
                RefusalCode.DATE_OUT_OF_RANGE,
                say("day-until-today", first=earliest, day=one.reading.assessed_on),
            )
        if one.reading.index > top:
            return Refused(RefusalCode.FORM_INVALID, say("index-above", value=one.reading.index, most=top))
    return None


def _file(batch: Batch, command: ImportIndexes, entry: IndexEntry) -> OpenIntegrity:
    return OpenIntegrity(
        claim=command.claim,
        parent=entry.file,
        policy=batch.policy,
        policy_digest=batch.policy_digest,
        subject=entry.subject,
        person_id=entry.person_id,
    )
