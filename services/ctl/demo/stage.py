"""Sets up and runs one batch and three removals through the HTTP API, from the accounts to the last filing."""

import asyncio
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass, replace
from typing import Any

from contracts import names
from contracts.policy import loader
from contracts.vocabulary import CaseState
from contracts.words.naming import named
from services.ctl.demo.answers import LEAD, OTHER_SEATS
from services.ctl.demo.cast import Member, cast
from services.ctl.demo.client import Account, Api
from services.ctl.demo.officers import Officer
from services.ctl.demo.opening import Administrators, Opened, open_accounts
from services.ctl.demo.play import Part, Play, UnexpectedError
from services.ctl.demo.roster import DISTRICTS, Nomination, sitting_members, workbook
from services.ctl.demo.scenes import Scenes, case_states
from services.ctl.demo.story import REMOVALS, Story

POLICY = "2026.1-demo"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

Say = Callable[[str], None]
Watch = Callable[[Mapping[str, CaseState], int], None]


@dataclass(frozen=True)
class Batch:
    """A batch that was carried to its end, and the removals beside it."""

    batch_id: str
    play: Play
    officers: Mapping[str, Officer]
    admins: Administrators


async def perform(
    api: Api,
    admins: Administrators,
    rows: tuple[Nomination, ...],
    told: tuple[Story, ...],
    say: Say,
    watch: Watch,
    also: Callable[[Play], Coroutine[Any, Any, None]] | None = None,
    removals: tuple[Story, ...] = REMOVALS,
) -> Batch:
    """Carry these nominees, with one story each, through a whole batch, and a member for each story of a removal.

    All of it, the cases that a removal brings about included, until every case is filed.

    `also` runs beside the officers' work and must end before the batch may. Raises UnexpectedError as soon as
    something happens that belongs to no story.
    """
    policy = await admins.asks.get(f"/v1/policies/{POLICY}")
    departments = tuple(department["code"] for department in policy["departments"])
    sitting = sitting_members(len(removals))
    members = cast(rows, departments, sitting)
    accounts = await open_accounts(api, admins, members)
    say(f"{len(members)} accounts are open: every office and every nominee has its own")
    office = accounts["election-office"].account
    batch_id = await _open_batch(office)
    say(f"batch {batch_id} is open under policy {POLICY}")
    for district in DISTRICTS:
        await _import(accounts[f"nominator-{district}"].account, district, batch_id, rows, say)
    parts = _parts(batch_id, rows, told, accounts)
    for serial, (row, story) in enumerate(zip(sitting, removals, strict=True), 1):
        parts += await _open_removal(accounts, serial, row, story)
        say(f"removal {parts[-1].case_id} is open: {story}")
    play = Play({part.case_id: part for part in parts})
    officers = {login: Officer(one.member, one.account, play) for login, one in accounts.items()}
    scenes = Scenes(play, officers, batch_id, say)
    scenes.prepare()
    try:
        async with asyncio.TaskGroup() as group:
            working = [officer.work() for officer in officers.values() if _works(officer.member)]
            watching = _watching(office, batch_id, play, watch)
            beside = [group.create_task(one) for one in [*working, *scenes.all(), watching, play.trouble()]]
            extra = group.create_task(also(play)) if also else None
            await scenes.election()
            say("every case that is still alive is ready; the election is called")
            for case_id in play.parts:
                await play.completed(case_id, "file")
            if extra is not None:
                await extra
            for task in beside:
                task.cancel()
    except BaseExceptionGroup as several:
        raise _first(several) from None
    watch(await case_states(office, parent=batch_id), len(play.done))
    return Batch(batch_id, play, officers, admins)


async def _open_batch(office: Account) -> str:
    places = "、".join(_called(district) for district in DISTRICTS)
    body = {"title": f"演示批次：{places}换届", "districts": list(DISTRICTS), "policy": POLICY}
    return str((await office.post("/v1/batches", "demo:batch", body))["case_id"])


async def _import(
    nominator: Account, district: str, batch_id: str, rows: tuple[Nomination, ...], say: Say
) -> None:
    """A nominating body hands in its own sheet: first a trial run, then all rows or none."""
    sheet = workbook(tuple(row for row in rows if row.district == district))
    path = f"/v1/batches/{batch_id}/roster"
    tried = await nominator.upload(path, f"{batch_id}:{district}:trial", sheet, XLSX, dry_run="true")
    if not tried["valid"]:
        raise UnexpectedError(f"the roster of {district} has faults: {tried['errors']}")
    await nominator.upload(path, f"{batch_id}:{district}", sheet, XLSX, dry_run="false")
    say(f"roster of {_called(district)}: {tried['rows']} rows without a fault, imported")


async def _open_removal(
    accounts: Mapping[str, Opened], serial: int, sitting: Nomination, story: Story
) -> list[Part]:
    """The removal, after the cases that it will bring about: their ids follow from its own."""
    elsewhere = next(district for district in DISTRICTS if district != sitting.district)
    body: dict[str, object] = {
        "policy": POLICY,
        "district": sitting.district,
        "person_id": accounts[f"member-{serial}"].person_id,
        "seat": "executive",
        "source": "absence",
        "lead": {"name": sitting.person.name, "text": LEAD},
    }
    if story is Story.REMOVAL:
        federation, other = OTHER_SEATS
        seat = {"owner": federation, "district": elsewhere, "seat": "executive"}
        body |= {"other_seats": [seat, {"owner": other}]}
    evaluator = accounts[f"evaluator-{sitting.district}"].account
    opened = await evaluator.post("/v1/removals", f"demo:removal-{serial}", body)
    case_id = str(opened["case_id"])
    linked = names.linked_removal_id(case_id, elsewhere, "executive")
    following = {
        Story.REMOVAL: Part(linked, replace(sitting, district=elsewhere), Story.LINKED),
        Story.REVIEWED: Part(names.review_id(case_id, 1), sitting, Story.REVIEW),
    }
    brings = [following[story]] if story in following else []
    return [*brings, Part(case_id, sitting, story)]


def _called(district: str) -> str:
    return named(district, "district", loader.released(POLICY)).zh


def _parts(
    batch_id: str, rows: tuple[Nomination, ...], told: tuple[Story, ...], accounts: Mapping[str, Opened]
) -> list[Part]:
    # The case of a person in a batch has a known id, and who the person is was told when their account opened.
    persons = {one.member.person: one.person_id for one in accounts.values()}
    return [
        Part(names.nomination_id(batch_id, persons[row.person], row.nominating_unit), row, story)
        for row, story in zip(rows, told, strict=True)
    ]


def _works(member: Member) -> bool:
    # The twin has one scene only, and the auditor reads when all is over.
    return "twin" not in member.login and member.grant.role != "AUDITOR"


async def _watching(office: Account, batch_id: str, play: Play, watch: Watch) -> None:
    while True:
        play.see(await case_states(office, parent=batch_id))
        watch(play.states, len(play.done))
        await asyncio.sleep(1.0)


def _first(several: BaseExceptionGroup[BaseException]) -> BaseException:
    first = several.exceptions[0]
    return _first(first) if isinstance(first, BaseExceptionGroup) else first
