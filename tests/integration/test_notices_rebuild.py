"""Followed anew from the first entry: the tables end as they were, and nothing leaves the house twice."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from contracts.case import about
from contracts.causes import Cause
from contracts.events.case import CaseEnded
from contracts.events.review import HitRuled, NoticePosted
from contracts.events.task import TaskCancelled
from contracts.vocabulary import CaseState, Effect, Ruling, Rung
from services.notices.main import rebuild
from tests.notices_rig import Rig, notices
from tests.servers import NatsServer
from tests.stories import batch_opened, case_opened, hit_found, removal_opened, rung_reached, task_opened
from tests.tables import digest
from tests.waiting import until

NOW = datetime.now(UTC)


async def tell(rig: Rig) -> None:
    """A batch, cases that end in different ways, a notice posted anew, a removal, and a case that waits."""
    batch = rig.story("b1", kind="batch", district="all")
    batch.then(batch_opened())
    vetoed = rig.consulted("c1")
    vetoed.each(
        hit_found(),
        task_opened("c1", "explain", about=about("hit", 1)),
        rung_reached("c1", Rung.RED, "lead_deputy", "discipline_group"),
        HitRuled(hit=1, effect=Effect.HARD, ruling=Ruling.VETO),
        CaseEnded(state=CaseState.VETOED, cause=Cause.NEGATIVE_LIST),
    )
    posted = rig.story("c2")
    posted.each(
        case_opened(person_id="p2"),
        NoticePosted(posted=NOW, start=None, end=None, provisional=True),
        NoticePosted(posted=NOW, start=NOW, end=NOW + timedelta(days=7), provisional=False),
    )
    withdrawn = rig.consulted("c3")
    withdrawn.then(
        TaskCancelled(task_id="c3.reply.1.tax.1", kind="reply", unit="tax", cause=Cause.WITHDRAWN),
        CaseEnded(state=CaseState.WITHDRAWN, cause=Cause.WITHDRAWN),
    )
    removal = rig.story("r1", kind="removal", parent="r1")
    removal.each(removal_opened(), task_opened("r1", "statement"))
    waiting = rig.consulted("c4")
    waiting.unreadable()
    for story in (batch, vetoed, posted, withdrawn, removal, waiting):
        await rig.publish(story.events)


async def test_rebuilt_from_the_first_entry_it_is_the_same_and_mails_nothing_twice(
    database_url: str, nats_server: NatsServer, tmp_path: Path
) -> None:
    async with notices(database_url, nats_server, tmp_path, mailed=True) as rig:
        await tell(rig)
        head = len(rig.record.entries) - 1

        async def settled() -> bool:
            states = (await rig.get("/overview/figures"))["deliveries"].get("smtp", {})
            return await rig.followed() == head and states.keys() == {"sent"}

        await until(settled)
        shown = await rig.get("/overview/public")
        assert [one["provisional"] for one in shown["items"]] == [False]
        letters = await rig.letters()
        mails = len(rig.mail.taken)
        assert mails == len({message["Message-ID"] for _, message in rig.mail.taken}) > 5
        await rig.stop()
        before = digest(database_url)

        await rebuild(rig.settings)
        assert digest(database_url) != before
        await rig.start()
        await until(settled)
        assert await rig.letters() == letters
        assert await rig.get("/overview/public") == shown
        await rig.stop()
        assert digest(database_url) == before
        assert len(rig.mail.taken) == mails

        await rig.start()
        later = rig.story("c9")
        later.each(case_opened(person_id="p9"), task_opened("c9", "declare"))
        await rig.publish(later.events)
        (one,) = await rig.count(1, case_id="c9")
        assert one["position"] == len(letters) + 1
