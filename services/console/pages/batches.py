"""Batches: which there are, where their cases stand, and opening one."""

from collections.abc import Mapping
from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import Response

from contracts.policy.text import Text
from contracts.vocabulary import CaseState
from services.console import picking
from services.console.acting import after_refusal, recorded
from services.console.api import Problem, RefusedError
from services.console.asked import RETURN, Asked, WhoAsks, WhoWatches
from services.console.batch_form import NEW_BATCH
from services.console.charts.bars import bars
from services.console.domain import named, said
from services.console.facts import filled
from services.console.forms.draw import draw
from services.console.forms.faults import faults
from services.console.forms.fields import mistakes
from services.console.forms.read import read
from services.console.menu import Entry
from services.console.wording import say

router = APIRouter()
MENU = Entry("/batches", "menu.batches", 30, ("GET /batches",))
OPEN, ROSTER = "POST /batches", "POST /batches/{batch_id}/roster"
INDEXES, VOLUME = "POST /batches/{batch_id}/indexes/file", "GET /batches/{batch_id}/volume.pdf"
DISTRICT, FILLS = "district.", "fills."
Filter = Annotated[str, Query(max_length=500)]


@router.get("/batches")
async def batches(found: WhoAsks, cursor: Filter = "") -> Response:
    """The batches that concern whoever asks."""
    listed = await found.api.read("/batches", cursor=cursor, limit=50)
    me = await found.api.read("/me")
    return found.page("batches/list.html", rows=listed["items"], next=listed["next"], opens=OPEN in me["may"])


@router.get("/batches/new")
async def new(found: WhoAsks, policy: Filter = "") -> Response:
    """The form that opens one, under a version of the policy: its districts can be chosen."""
    return await _new(found, {"policy": policy})


@router.post("/batches/new")
async def opened(found: WhoAsks) -> Response:
    """Check what was typed; and open it when the page that shows it is signed."""
    posted = await found.posted()
    value = read(NEW_BATCH, posted)
    districts = [name.removeprefix(DISTRICT) for name in posted if name.startswith(DISTRICT)]
    vacant = dict(await picking.cases(found, "tenure", CaseState.VACANT))
    fills = {code: vacant[code] for code in vacant if f"{FILLS}{code}" in posted}
    errors = faults(NEW_BATCH, value)
    if errors or not districts or "change" in posted:
        return await _new(found, posted, errors=None if "change" in posted else errors, lacking=not districts)
    if "sign" not in posted:
        version = posted.get("policy", "none")
        reader = await found.reader(version)
        names = say(found.language, "comma").join(reader.word("district", code) for code in districts)
        shown = [*filled(draw(NEW_BATCH, value, language=found.language))]
        facts = [
            *((one.label, one.text) for one in shown),
            (say(found.language, "batches.policy"), version),
            (say(found.language, "batches.districts"), names),
            *((say(found.language, "batches.fills"), text.zh) for text in fills.values()),
        ]
        return found.page("acting/check.html", action="/batches/new", facts=facts, typed=list(posted.items()))
    body = {**value, "policy": posted.get("policy", ""), "districts": districts}
    if fills:
        body["fills"] = [*fills]
    reply = await found.api.send("POST", "/batches", body, key=posted.get("key", ""))
    if reply.problem is not None:
        return after_refusal(found, posted, reply.problem) or await _new(found, posted, problem=reply.problem)
    if reply.status == 202:
        return found.go(f"/batches/recording/{reply.body['command_id']}")
    return found.go(f"/batches/{reply.body['case_id']}")


@router.get("/batches/recording/{command_id}")
async def recording(command_id: str, found: WhoWatches) -> Response:
    """Accepted, and not yet on the record: the page asks again by itself until it is."""
    return await recorded(found, command_id, "/batches/{case_id}")


@router.get("/batches/{batch_id}")
async def batch(batch_id: str, found: WhoAsks, done: Filter = "") -> Response:
    """One batch: what is laid down for it, and how many of its cases stand where."""
    shown = await found.api.read(f"/batches/{batch_id}")
    me = await found.api.read("/me")
    reader = await found.reader(shown["policy"])
    states = [(said(found.language, "state", state), many) for state, many in shown["cases"].items()]
    return found.page(
        "batches/batch.html",
        batch=shown,
        districts=[(code, reader.word("district", code)) for code in shown["districts"]],
        states=bars(states),
        done=named(found.language, "act", done),
        imports=ROSTER in me["may"],
        indexes=INDEXES in me["may"],
        volumes=VOLUME in me["may"],
    )


async def _new(
    found: Asked,
    posted: Mapping[str, str],
    *,
    errors: Mapping[str, Text] | None = None,
    lacking: bool = False,
    problem: Problem | None = None,
) -> Response:
    listed = await found.api.read("/policies")
    # The last in the list that is no demonstration stands there first.
    versions = [
        one["version"] for one in sorted(listed, key=lambda one: (not one["demonstration"], one["version"]))
    ]
    chosen = posted.get("policy") or versions[-1]
    if chosen not in versions:
        raise RefusedError(Problem(404, "not-found"))
    policy = (await found.reader(chosen)).policy
    form = draw(NEW_BATCH, read(NEW_BATCH, posted), errors, found.language)
    wrong = bool(errors) or (lacking and errors is not None)
    return found.page(
        "batches/new.html",
        problem.status if problem else 422 if wrong else 200,
        versions=versions,
        chosen=chosen,
        districts=policy.districts,
        picked={name.removeprefix(DISTRICT) for name in posted if name.startswith(DISTRICT)},
        form=form,
        vacant=await picking.cases(found, "tenure", CaseState.VACANT),
        filled={name.removeprefix(FILLS) for name in posted if name.startswith(FILLS)},
        lines=mistakes(form),
        lacking=lacking and wrong,
        hidden={"policy": chosen, "key": found.key(), RETURN: "/batches/new"},
        problem=problem,
    )
