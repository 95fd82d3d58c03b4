"""Steps that the worker signed and that are none the less none that may be recorded, each by its fault."""

from collections.abc import Callable

from contracts.actor import Actor
from tests.claims import KeySet
from tests.record_steps import Step, changed, claim, step


def whole(keys: KeySet) -> Step:
    return step(keys, "c1", count=3)


OTHER = Actor(account_id="a-2", person_id="p-2")
UNFIT: dict[str, tuple[str, Callable[[KeySet], Step]]] = {
    "an event nobody knows": ("unknown-event", lambda k: step(k, "c1", event_type="never-heard-of")),
    "a version nobody knows": ("unknown-event", lambda k: changed(whole(k), 1, version=9)),
    "a field is missing": ("payload-invalid", lambda k: changed(whole(k), 2, payload={"task_id": "t"})),
    "a field too many": (
        "payload-invalid",
        lambda k: changed(whole(k), 0, payload={"task_id": "t", "person_id": "p", "name": "x"}),
    ),
    "a private part is missing": ("payload-invalid", lambda k: step(k, "c1", event_type="task-completed")),
    "half a step, the end missing": ("broken-step", lambda k: whole(k)[:2]),
    "half a step, the beginning missing": ("broken-step", lambda k: whole(k)[1:]),
    "a hole inside": ("broken-step", lambda k: [whole(k)[0], whole(k)[2]]),
    "a broken chain inside": (
        "broken-step",
        lambda k: [*whole(k)[:2], whole(k)[2].model_copy(update={"previous": "b" * 64})],
    ),
    "two cases in one step": ("broken-step", lambda k: changed(whole(k), 1, case_id="c2", id="c2.2")),
    "two kinds in one step": ("broken-step", lambda k: changed(whole(k), 1, kind="removal")),
    "two keys in one step": ("broken-step", lambda k: changed(whole(k), 1, command_id="k-9")),
    "two actors in one step": (
        "broken-step",
        lambda k: changed(whole(k), 1, actor=whole(k)[1].actor.model_copy(update={"person_id": "p-2"})),
    ),
    "an id that does not derive": ("broken-step", lambda k: changed(whole(k), 0, id="c2.1")),
    "a second claim inside": (
        "broken-step",
        lambda k: changed(whole(k), 1, claim=claim("k-c1-1", "c1", k.claim)),
    ),
    "no claim": ("claim-missing", lambda k: changed(whole(k), 0, claim=None)),
    "the system asks under a person's key": ("claim-missing", lambda k: step(None, "c1", command_id="k-1")),
    "the system asks for another case": (
        "claim-missing",
        lambda k: step(None, "c1", command_id="timer.c2.0"),
    ),
    "a claim by a step's key": (
        "claim-invalid",
        lambda k: changed(whole(k), 0, claim=claim("k-c1-1", "c1", k.step)),
    ),
    "a claim by an errand's key for a person's act": (
        "claim-invalid",
        lambda k: changed(whole(k), 0, claim=claim("k-c1-1", "c1", k.errand)),
    ),
    "a claim changed after it was signed": (
        "claim-invalid",
        lambda k: changed(
            whole(k), 0, claim=claim("k-c1-1", "c1", k.claim).model_copy(update={"act": "complete-task"})
        ),
    ),
    "a claim for another case": (
        "claim-elsewhere",
        lambda k: changed(whole(k), 0, claim=claim("k-c1-1", "c2", k.claim)),
    ),
    "a claim for another command": (
        "claim-elsewhere",
        lambda k: changed(whole(k), 0, claim=claim("k-c1-2", "c1", k.claim)),
    ),
    "a claim of somebody else": (
        "other-actor",
        lambda k: changed(whole(k), 0, claim=claim("k-c1-1", "c1", k.claim, OTHER)),
    ),
}
