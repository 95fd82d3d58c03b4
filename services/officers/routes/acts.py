"""The acts beside tasks, as a table: path, body, what is acted on, and who signs. Whether they may, the rules say."""

from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Path, Request

from contracts.case import CaseKind
from contracts.commands.case import ReportConflict
from services.officers.desk.others import about, known
from services.officers.office import Office
from services.officers.readmodel.reading.acting import Wanted, What
from services.officers.routes import batches, cases
from services.officers.routes.caller import OPAQUE, Asks, AtOffice, Caller, answer
from services.officers.routes.writes import add_write
from services.officers.views.acts import (
    ActBody,
    CalendarBody,
    CaseCalendarBody,
    DisputeBody,
    ElectionBody,
    FactBody,
    FirmBody,
    InvestigationBody,
    LiftingBody,
    LossBody,
    OthersConflictBody,
    PassingBody,
    QuotaBody,
    ReleaseBody,
    ReportBody,
    ResignationBody,
    ResultBody,
    SuspensionBody,
    WithdrawalBody,
)
from services.officers.views.screenings import DoubtBody, RunBody
from services.officers.views.seats import (
    AttendanceBody,
    DeathBody,
    NextPolicyBody,
    OtherSeatBody,
    ResigningBody,
)
from services.officers.web.etags import check_match, conditional
from services.officers.web.problems import RefusedError
from services.officers.web.strict import StrictRoute

router = APIRouter(route_class=StrictRoute)


@dataclass(frozen=True)
class Act:
    """One act. Who may ask for it says the table of rules; of whose case and for which unit, the case's own rules."""

    path: str
    name: str
    body: type[ActBody]
    kind: CaseKind | None
    """The kind of case that takes it; None for every kind."""
    status: int = 200

    @property
    def what(self) -> What:
        """What the path names."""
        return What.BATCH if self.kind is CaseKind.BATCH else What.CASE


ACTS = (
    Act("/screenings/{case_id}/runs", "begin_run", RunBody, CaseKind.SCREENING),
    Act("/screenings/{case_id}/doubts", "doubt_match", DoubtBody, CaseKind.SCREENING),
    Act(
        "/cases/{case_id}/conflicts",
        "report_conflict",
        OthersConflictBody,
        None,
        status=201,
    ),
    Act("/batches/{batch_id}/election", "call_election", ElectionBody, CaseKind.BATCH),
    Act("/batches/{batch_id}/policy", "announce_version", NextPolicyBody, CaseKind.BATCH),
    Act("/batches/{batch_id}/calendars", "load_calendar", CalendarBody, CaseKind.BATCH),
    Act("/cases/{case_id}/calendars", "load_case_calendar", CaseCalendarBody, None),
    Act("/batches/{batch_id}/quota", "cut_quota", QuotaBody, CaseKind.BATCH),
    Act("/cases/{case_id}/passing", "record_loss", PassingBody, CaseKind.NOMINATION, status=201),
    Act("/cases/{case_id}/withdrawal", "withdraw", WithdrawalBody, CaseKind.NOMINATION),
    Act("/cases/{case_id}/reports", "report", ReportBody, CaseKind.NOMINATION, status=201),
    Act("/cases/{case_id}/facts", "report_fact", FactBody, CaseKind.NOMINATION, status=201),
    Act("/cases/{case_id}/loss", "report_loss", LossBody, CaseKind.NOMINATION),
    Act("/cases/{case_id}/firms", "enter_firm", FirmBody, CaseKind.NOMINATION, status=201),
    Act(
        "/cases/{case_id}/result-requests",
        "request_result",
        ResultBody,
        CaseKind.NOMINATION,
        status=201,
    ),
    Act(
        "/cases/{case_id}/disputes",
        "dispute_hit",
        DisputeBody,
        CaseKind.NOMINATION,
        status=201,
    ),
    Act("/removals/{case_id}/suspension", "suspend", SuspensionBody, CaseKind.REMOVAL),
    Act(
        "/removals/{case_id}/suspension/lift",
        "lift_suspension",
        LiftingBody,
        CaseKind.REMOVAL,
    ),
    Act(
        "/removals/{case_id}/investigation",
        "report_investigation",
        InvestigationBody,
        CaseKind.REMOVAL,
    ),
    Act("/removals/{case_id}/release", "report_release", ReleaseBody, CaseKind.REMOVAL),
    Act(
        "/removals/{case_id}/resignation",
        "tender_resignation",
        ResignationBody,
        CaseKind.REMOVAL,
    ),
    Act(
        "/tenures/{case_id}/attendance",
        "record_attendance",
        AttendanceBody,
        CaseKind.TENURE,
        status=201,
    ),
    Act("/tenures/{case_id}/facts", "report_member_fact", FactBody, CaseKind.TENURE, status=201),
    Act("/tenures/{case_id}/seats", "record_seat", OtherSeatBody, CaseKind.TENURE, status=201),
    Act("/tenures/{case_id}/resignation", "resign", ResigningBody, CaseKind.TENURE, status=201),
    Act("/removals/{case_id}/death", "record_death_in_removal", DeathBody, CaseKind.REMOVAL, status=201),
    Act("/tenures/{case_id}/death", "record_death", DeathBody, CaseKind.TENURE, status=201),
)


def _route(act: Act) -> Callable[..., Coroutine[Any, Any, object]]:
    ident = act.path.partition("{")[2].partition("}")[0]

    async def acts(
        named: Annotated[str, Path(alias=ident, pattern=OPAQUE, max_length=121)],
        body: act.body,  # type: ignore[name-defined]
        request: Request,
        asks: Asks,
        office: AtOffice,
    ) -> object:
        async with office.desk.asked(asks.ask, Wanted(act.what, named, asks.caller.scope)) as write:
            command = body.command(asks.claim())
            if write.fresh:
                seen = write.seen
                if act.kind is not None and seen.kind != act.kind:
                    raise RefusedError(f"unknown-{act.what.value}")
                asks.insist()
                if conditional(request.headers):
                    check_match(request.headers, await _version(office, asks.caller, act.what, named))
                if isinstance(command, ReportConflict):
                    # Only now: whether the office knows somebody is told to nobody who may not ask.
                    command = about(command, await known(office.database, [command.person_id]))
            return answer(await write.send(command))

    return acts


async def _version(office: Office, who: Caller, what: What, named: str) -> str:
    """What stands for the thing as this caller sees it; asked only where a write hangs on it."""
    of = batches.version_of if what is What.BATCH else cases.version_of
    return await of(office, who, named)


for one in ACTS:
    add_write(router, _route(one), path=one.path, name=one.name, body=one.body, status=one.status)
