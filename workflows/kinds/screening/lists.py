"""A list comes: it becomes the next version, or is refused whole; the same bytes are the same list."""

from contracts.commands.screening import ImportList
from contracts.events.screening import ListImported, ListVersion
from contracts.listed import ListFile
from contracts.refusals import RefusalCode
from contracts.saying import say
from workflows.kinds.screening.book import Held, Work
from workflows.kinds.screening.running import begin_run
from workflows.kinds.screening.telling import watching
from workflows.rules.calendar import local_day
from workflows.rules.verdict import Refused


def import_list(work: Work, command: ImportList) -> Refused | None:
    """Take the list as its next version, and hold everybody against it at once."""
    file = command.file
    held = work.state.lists.get(file.list)
    if held is not None and file.file_digest in held.content.files:
        return None
    refused = _refused(work, file, held)
    if refused is not None:
        return refused
    before = held.content.files if held is not None and file.mode == "increment" else ()
    number = held.content.version + 1 if held is not None else 1
    content = ListVersion(
        list=file.list,
        version=number,
        files=(*before, file.file_digest),
        entries_digest=file.entries_digest,
    )
    work.emit(ListImported(content=content, file=file))
    if work.state.run is None:
        begin_run(work, "list")
    return None


def _refused(work: Work, file: ListFile, held: Held | None) -> Refused | None:
    watched = watching(work.policy)
    if file.list not in {one.code for one in watched.lists}:
        return Refused(RefusalCode.UNKNOWN_LIST, say("list-not-watched", list=file.list))
    as_of, today = file.provenance.as_of, local_day(work.now, work.policy.calendar)
    if as_of > today:
        return Refused(RefusalCode.LIST_OLDER, say("list-ahead", day=as_of, today=today))
    if held is not None and as_of < held.file.provenance.as_of:
        newer = held.file.provenance.as_of
        return Refused(RefusalCode.LIST_OLDER, say("list-older", held=newer, day=as_of))
    if file.mode == "full":
        return None
    if held is None:
        return Refused(RefusalCode.LIST_INCOMPLETE, say("list-whole-first"))
    if len(held.content.files) > watched.increments_at_most:
        return Refused(
            RefusalCode.LIST_INCOMPLETE, say("list-whole-again", increments=watched.increments_at_most)
        )
    return None
