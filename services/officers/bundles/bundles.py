"""Take what somebody signs of many tasks at once, whole or not at all; what comes of each is told later."""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta

import uuid6

from contracts.actor import Actor
from contracts.policy import loader
from contracts.policy.model import Text
from contracts.sealed import Sealed
from services.kit.db import Session
from services.kit.sealing import Keyring, open_sealed, seal
from services.kit.waking import Waker
from services.officers.bundles import store
from services.officers.bundles.rules import Asked, ItemState, bundled, shown
from services.officers.bundles.tables import BundleRow, ItemRow
from services.officers.desk.completing import Said
from services.officers.identity import freshness
from services.officers.identity.scope import Scope
from services.officers.web.forms import check_form
from services.officers.web.problems import RefusedError

MOST_FAULTS = 20
ONE_BY_ONE = Text(
    zh="此项不得批办，请逐件查看后办理", en="this is not said of many at once: open the task and decide on it"
)


class Bundles:
    """Keeps bundles, each for the account that signed it."""

    def __init__(self, keyring: Keyring, hours: int) -> None:
        """`hours`: how long after signing an item may still be sent for the first time."""
        self._keyring = keyring
        self._lasting = timedelta(hours=hours)
        self.waker = Waker()
        """Called when there is something to send."""

    async def take(
        self,
        session: Session,
        actor: Actor,
        scope: Scope,
        answers: Sequence[Said],
        shown_within: Callable[[int | None], None],
    ) -> BundleRow:
        """Keep the bundle. RefusedError `not-bundled` or `form-invalid` names the items, and nothing is kept.

        `shown_within` insists on a sign-in as fresh as the task that asks for the freshest. Tasks that are closed, or
        that the scope does not show, are refused one by one when their turn comes.
        """
        asked = await store.asked(session, scope, [one.task_id for one in answers])
        for minutes in {freshness.for_task(loader.released(one.policy), one.kind) for one in asked.values()}:
            shown_within(minutes)
        _insist(answers, asked)
        now = datetime.now(UTC)
        row = BundleRow(
            bundle_id=f"bd{uuid6.uuid7().hex}",
            account_id=actor.account_id,
            asked_at=now,
            ends_at=now + self._lasting,
            shown=shown({one.task_id: one.seen for one in answers}),
        )
        items = [
            self._item(row.bundle_id, number, one, {actor.person_id, _concerned(asked, one)} - {""})
            for number, one in enumerate(answers, start=1)
        ]
        await store.keep(session, row, items)
        return row

    def said(self, item_id: str, task_id: str, sealed: object) -> Said:
        """What was said of an item that waits. SealError when its row was changed."""
        said = open_sealed(Sealed.model_validate(sealed), _place(item_id), self._keyring)
        return Said(task_id=task_id, **said)  # type: ignore[arg-type]

    def _item(self, bundle_id: str, number: int, one: Said, owners: set[str]) -> ItemRow:
        ident = f"{bundle_id}.{number:04d}"
        said: dict[str, object] = {
            "outcome": one.outcome,
            "seen": one.seen,
            "form": one.form,
            "reason": one.reason,
        }
        return ItemRow(
            item_id=ident,
            bundle_id=bundle_id,
            number=number,
            task_id=one.task_id,
            state=ItemState.WAITING.value,
            sealed=seal(said, _place(ident), self._keyring, owners).model_dump(),
        )


def _insist(answers: Sequence[Said], asked: Mapping[str, Asked]) -> None:
    """RefusedError for items that may not be bundled, else for forms that are wrong."""
    known = [(place, one, asked[one.task_id]) for place, one in enumerate(answers) if one.task_id in asked]
    alone = [
        _fault(place, ONE_BY_ONE)
        for place, one, task in known
        if not bundled(loader.released(task.policy), task, one.outcome)
    ]
    if alone:
        raise RefusedError("not-bundled", extra={"errors": alone[:MOST_FAULTS], "faults": len(alone)})
    wrong = [fault for place, one, task in known for fault in _form_faults(place, one, task)]
    if wrong:
        raise RefusedError("form-invalid", extra={"errors": wrong[:MOST_FAULTS], "faults": len(wrong)})


def _form_faults(place: int, one: Said, task: Asked) -> list[dict[str, object]]:
    try:
        check_form(task.policy, task.kind, one.outcome, one.form)
    except RefusedError as refusal:
        return [_fault(place, refusal.sentence)]
    return []


def _fault(place: int, reason: Text) -> dict[str, object]:
    return {"field": f"items.{place}", "reason": reason}


def _concerned(asked: Mapping[str, Asked], one: Said) -> str:
    return asked[one.task_id].concerned if one.task_id in asked else ""


def _place(item_id: str) -> str:
    return f"bundle:{item_id}"
