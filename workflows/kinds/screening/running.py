"""A run: begun, reported part by part, ended. It says whom it missed and which lists it could not rely on."""

from datetime import datetime, timedelta

from contracts.canonical import digest_of
from contracts.commands.screening import BeginRun, ReportScreened
from contracts.events.screening import PeopleScreened, RunBegun, RunEnded, SettingAsideEnded
from contracts.listed import RunCause
from contracts.policy.model import Policy
from contracts.refusals import RefusalCode
from contracts.saying import say
from workflows.kinds.screening import matching
from workflows.kinds.screening.book import Book, Run, Work
from workflows.kinds.screening.telling import watching
from workflows.rules.calendar import local_day
from workflows.rules.verdict import Refused


def ask_run(work: Work, command: BeginRun) -> Refused | None:
    """Hold everybody against every list now."""
    if work.state.run is not None:
        return Refused(RefusalCode.RUN_UNDER_WAY, say("run-under-way", run=work.state.run.number))
    begin_run(work, command.cause)
    return None


def begin_run(work: Work, cause: RunCause) -> None:
    """Freeze which version of each list counts, and name the lists that cannot be read as clean."""
    for over in [one for one in work.state.aside if one.until <= work.now]:
        work.emit(SettingAsideEnded(doubt=over.doubt))
    policy = watching(work.policy)
    lists, today = work.state.lists, local_day(work.now, work.policy.calendar)
    held = [lists[one.code] for one in policy.lists if one.code in lists]
    too_old = [
        one.code
        for one in policy.lists
        if one.code in lists
        and lists[one.code].file.provenance.as_of + timedelta(days=one.fresh_days) < today
    ]
    work.emit(
        RunBegun(
            run=work.state.runs + 1,
            cause=cause,
            versions=tuple(one.content for one in held),
            missing=tuple(one.code for one in policy.lists if one.code not in lists),
            stale=tuple(too_old),
            began=work.now,
            ends=work.now + timedelta(hours=policy.within_hours),
        )
    )


def report(work: Work, command: ReportScreened) -> Refused | None:
    """Take a part of the run: it begins where the part before it ended, so that nobody falls between two."""
    run = work.state.run
    if run is None or run.number != command.run or run.until != command.after:
        return Refused(RefusalCode.RUN_ELSEWHERE, say("no-run-there"))
    if command.until and command.until <= command.after:
        return Refused(RefusalCode.RUN_ELSEWHERE, say("part-ends-after"))
    unread = sorted({one.list for one in command.fitting} - {version.list for version in run.versions})
    if unread:
        return Refused(RefusalCode.UNKNOWN_LIST, say("run-without-lists", lists=unread))
    found = matching.sort(work, command)
    work.emit(
        PeopleScreened(
            run=run.number,
            part=run.parts + 1,
            until=command.until,
            due=command.expected,
            checked=len(set(command.cases)),
            missed=len(set(command.missed)),
            cases_digest=digest_of(sorted(set(command.cases))),
            people_digest=command.people_digest,
            namesakes=command.namesakes,
            set_aside=found.set_aside,
        )
    )
    matching.take(work, command, found)
    if not command.until:
        end_run(work, done=True)
    return None


def end_run(work: Work, *, done: bool) -> None:
    """Say what came of the run. Another begins at once when a list came meanwhile."""
    run = work.state.run
    if run is None:
        raise RuntimeError("only a run under way ends")
    work.emit(
        RunEnded(
            run=run.number,
            cause="done" if done else "out-of-time",
            due=run.due,
            checked=run.checked,
            begun=run.begun,
            ended=run.ended,
            standing=len(work.state.matches),
            missing=run.missing,
            stale=run.stale,
            complete=done and whole(run),
        )
    )
    if work.state.again:
        begin_run(work, "list")


def whole(run: Run) -> bool:
    """Whether everybody due was checked, against every list of the policy, each fresh enough to be relied on."""
    return run.due is not None and run.checked >= run.due and not run.missing and not run.stale


def next_run(book: Book, policy: Policy) -> datetime | None:
    """When the run under way ends by itself, or the next begins."""
    if book.run is not None:
        return book.run.ends
    if book.last_begun is None or policy.screening is None:
        return None
    return book.last_begun + timedelta(hours=policy.screening.every_hours)


def on_time(work: Work) -> None:
    """What time brings: a run that is not through ends short; one that is due begins."""
    at = next_run(work.state, work.policy)
    if at is None or at > work.now:
        return
    if work.state.run is not None:
        end_run(work, done=False)
        return
    begin_run(work, "time")
