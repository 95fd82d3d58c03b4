"""What a session began and looks after by a page: a file that is tried before it is taken, or what takes a while."""

from collections.abc import Callable, Coroutine, Mapping
from typing import Any

from fastapi.responses import Response

from services.console.api import Problem, RefusedError
from services.console.asked import Asked
from services.console.running import Job

TRIED, TAKEN = "tried", "taken"


def begin(found: Asked, work: Coroutine[Any, Any, Any], name: str, **kept: Any) -> str:
    """Begin it for this session; the name under which its pages ask for it. `kept` stays with it (`Job`)."""
    return found.console.running.begin(found.signed.session_id, found.console.now(), work, name=name, **kept)


def job_of(found: Asked, ident: str) -> Job:
    """What this session began under the name; RefusedError when it is no longer kept."""
    job = found.console.running.of(found.signed.session_id, ident, found.console.now())
    if job is None:
        raise RefusedError(Problem(404, "no-longer-kept"))
    return job


def waiting(found: Asked, job: Job, page: str = "batches/reading.html", **shown: Any) -> Response | None:
    """The page that waits for it and looks again by itself; None when it has ended."""
    if job.done:
        return None
    return found.page(page, 202, seconds=job.seconds(found.console.now()), **shown)


def written(found: Asked, ident: str, at: str) -> Response:
    """The page of a file that is written at this address: it waits, then has the link, or raises why there is none."""
    job = job_of(found, ident)
    if (page := waiting(found, job, "sheets/writing.html")) is not None:
        return page
    job.task.result()
    return found.page("sheets/ready.html", file=f"{at}/{ident}/file")


def leads_on(found: Asked, job: Job, recording: Callable[[str], str], home: str) -> Response | None:
    """Where a page that shows what was found in a file goes instead, if anywhere.

    It waits while the file is read, goes on when the file was taken (to `home`, or to the address of a command that is
    still being recorded), and asks for a fresh sign-in where the API did.
    """
    if (page := waiting(found, job)) is not None:
        return page
    reply = job.task.result()
    if reply.problem is None and job.name == TAKEN:
        return found.go(recording(reply.body["command_id"]) if reply.status == 202 else home)
    if reply.problem is not None and reply.problem.code == "stale-authentication":
        return found.page("sign_in/again.html", 401, kept="", problem=None)
    return None


def found_in(job: Job) -> tuple[Mapping[str, Any], Problem | None]:
    """What the API read in the file, or what it found wrong with it, and the problem that it had with it."""
    reply = job.task.result()
    return (reply.body, None) if reply.problem is None else (dict(reply.problem.extra), reply.problem)
