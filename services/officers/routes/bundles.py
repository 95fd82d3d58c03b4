"""Bundles: many tasks signed at once, and what came of each."""

from collections import Counter

from fastapi import APIRouter, Response

from contracts.policy.model import Text
from services.officers.bundles import store
from services.officers.desk.ask import Reply
from services.officers.journal.notes import Note, Noted
from services.officers.routes.caller import Asks, AtOffice, OpaquePath, Permitted, RequestDigest, answer
from services.officers.views.base import READS, WRITES
from services.officers.views.bundles import BundleBody, BundleTaken, BundleView
from services.officers.web.problems import RefusedError, at
from services.officers.web.strict import StrictRoute

router = APIRouter(route_class=StrictRoute, prefix="/bundles", tags=["bundles"])
_TWICE = Text(zh="同一任务出现两次", en="the same task stands here twice")


@router.post("", status_code=201, responses=WRITES, response_model=BundleTaken)
async def sign_many(body: BundleBody, asks: Asks, digest: RequestDigest, office: AtOffice) -> object:
    """Sign the answers to many tasks, each with the digest of what was shown of it. Nothing adverse is said so."""
    who = asks.caller
    async with office.keeping.here(asks.ask, digest) as write:
        asks.insist()
        if write.fresh:
            said = body.answers()
            twice = [task for task, times in Counter(one.task_id for one in said).items() if times > 1]
            if twice:
                raise RefusedError("invalid", at("items", _TWICE))
            row = await office.bundles.take(write.session, who.actor, who.scope, said, who.shown_within)
            taken = BundleTaken(
                bundle_id=row.bundle_id, items=len(said), shown=row.shown, ends_at=row.ends_at
            )
            where = {"Location": f"/v1/bundles/{row.bundle_id}"}
            write.answer(Reply(201, taken.model_dump(mode="json"), where))
    if write.fresh:
        await office.journal.note(Note.by(who.actor, Noted.BUNDLE, str(write.reply.body["bundle_id"])))
        office.bundles.waker.call()
    return answer(write.reply)


@router.get("/{bundle_id}", responses=READS)
async def bundle(bundle_id: OpaquePath, who: Permitted, office: AtOffice, response: Response) -> BundleView:
    """A bundle of one's own, with the result of each item so far."""
    response.headers["Cache-Control"] = "no-store"
    async with office.database.read() as session:
        row = await store.bundle(session, bundle_id, who.actor.account_id)
        if row is None:
            raise RefusedError("unknown-bundle")
        return BundleView.of(row, await store.items(session, bundle_id), who.language)
