"""Who may use which route: the one table. What they see there, the read model's one filter says (D12).

A route that does not stand here keeps the service from starting, and so does a row of no route (`ruled.py`).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import assert_never

from contracts.policy.model import Policy
from services.officers.identity.scope import AUDITOR, SECURITY_ADMIN, SYS_ADMIN, Scope


class Who(Enum):
    """Whom a rule lets in."""

    EVERYBODY = "everybody"
    """Without a sign-in."""
    SIGNED_IN = "signed-in"
    """Whoever is signed in: it is about themselves, or everybody's to know."""
    READERS = "readers"
    """Whoever has a way to cases. Administrators have none, whatever they ask for (SOD-09, SOD-10)."""
    ACTORS = "actors"
    """Whoever is shown the task; whether it is theirs to act in, the case's own rules say, and record a refusal."""
    HOLDERS = "holders"
    """Whoever holds one of the roles."""
    ASKERS = "askers"
    """Whoever holds one of the roles that the policy names for the act."""


@dataclass(frozen=True)
class Rule:
    """Who may use a route: `roles` of HOLDERS, or the policy's `act` of ASKERS."""

    who: Who
    roles: tuple[str, ...] = ()
    act: str = ""

    def holding(self, policy: Policy) -> tuple[str, ...]:
        """The roles that are asked for; none where no role lets in. KeyError: the policy has no such act."""
        return policy.askers(self.act) if self.act else self.roles

    def lets(self, scope: Scope, policy: Policy) -> bool:
        """Whether somebody of this scope may use the route."""
        match self.who:
            case Who.EVERYBODY | Who.SIGNED_IN | Who.ACTORS:
                return True
            case Who.READERS:
                return scope.reads_cases
            case Who.HOLDERS | Who.ASKERS:
                return not scope.roles.isdisjoint(self.holding(policy))
        assert_never(self.who)


EVERYBODY, SIGNED_IN, READERS, ACTORS = map(Rule, (Who.EVERYBODY, Who.SIGNED_IN, Who.READERS, Who.ACTORS))

SERVERS = ("ELECTION_OFFICE", "CLERK")
"""Who serves letters by hand: the election office everywhere, the clerk (文书) in the district."""


def _holders(*roles: str) -> Rule:
    return Rule(Who.HOLDERS, roles)


def _askers(act: str) -> Rule:
    return Rule(Who.ASKERS, act=act)


_ADMINISTRATORS = _holders(SYS_ADMIN, SECURITY_ADMIN, AUDITOR)
_AUDITOR = _holders(AUDITOR)
_RUNS = _holders(SYS_ADMIN, AUDITOR)
_CONFERENCE = _holders("UFWD", "ELECTION_OFFICE", AUDITOR)
_POLICY = _holders("POLICY_ADMIN", AUDITOR)

RULES: Mapping[str, Rule] = {
    "GET /healthz": EVERYBODY,
    "GET /openapi.json": EVERYBODY,
    "GET /public/notices": EVERYBODY,
    "GET /public/notices/{notice_id}.pdf": EVERYBODY,
    # Whoever signs in shows by it who they are.
    "POST /sessions": EVERYBODY,
    "POST /sessions/passkey": EVERYBODY,
    "POST /sessions/passkey/challenge": EVERYBODY,
    "POST /sessions/provider": EVERYBODY,
    "POST /sessions/provider/challenge": EVERYBODY,
    "POST /sessions/provider/second": EVERYBODY,
    "POST /credentials": EVERYBODY,
    # One's own.
    "GET /me": SIGNED_IN,
    "POST /me/export": SIGNED_IN,
    # From a case of one's own: the row of a role lets in whoever was nominated or holds a seat.
    "POST /data-requests": _askers("ask-about-data"),
    "GET /sessions": SIGNED_IN,
    "DELETE /sessions": SIGNED_IN,
    "DELETE /sessions/{session_id}": SIGNED_IN,
    "POST /sessions/fresh": SIGNED_IN,
    "POST /sessions/fresh/provider": SIGNED_IN,
    "POST /sessions/fresh/provider/challenge": SIGNED_IN,
    "POST /sessions/fresh/provider/second": SIGNED_IN,
    "POST /sessions/password": SIGNED_IN,
    "POST /sessions/renewal": SIGNED_IN,
    "GET /provider-link": SIGNED_IN,
    "POST /provider-link": SIGNED_IN,
    "POST /provider-link/challenge": SIGNED_IN,
    "POST /provider-link/removal": SIGNED_IN,
    "GET /factors": SIGNED_IN,
    "POST /factors/totp": SIGNED_IN,
    "POST /factors/passkey": SIGNED_IN,
    "POST /factors/passkey/challenge": SIGNED_IN,
    "POST /factors/recovery-codes": SIGNED_IN,
    "POST /factors/{factor_id}/confirmation": SIGNED_IN,
    "POST /factors/{factor_id}/removal": SIGNED_IN,
    "GET /commands/{command_id}": SIGNED_IN,
    "GET /deputies": SIGNED_IN,
    "GET /deputies/register": _AUDITOR,
    # For oneself, and for nobody else.
    "POST /deputies": SIGNED_IN,
    "POST /deputies/{entry_id}/end": SIGNED_IN,
    "GET /absences": SIGNED_IN,
    # For oneself; for somebody else the system administrator alone: it gives nobody any right.
    "POST /absences": SIGNED_IN,
    "POST /absences/{absence_id}/end": SIGNED_IN,
    # What holds for everybody.
    "GET /policies": SIGNED_IN,
    "GET /policies/{version}": SIGNED_IN,
    "GET /calendars": SIGNED_IN,
    "GET /words": SIGNED_IN,
    # Cases, as far as the filter shows them.
    "GET /tasks": READERS,
    "GET /tasks/counts": READERS,
    "POST /search/tasks": READERS,
    "GET /tasks/{task_id}": READERS,
    # One's own, of whatever one may act on.
    "GET /tasks/{task_id}/draft": READERS,
    "PUT /tasks/{task_id}/draft": READERS,
    "DELETE /tasks/{task_id}/draft": READERS,
    # Papers, each as far as what it belongs to reaches.
    "POST /documents": READERS,
    "GET /documents": READERS,
    "GET /documents/{document_id}": READERS,
    "POST /bundles": READERS,
    "GET /bundles/{bundle_id}": READERS,
    "POST /tasks/{task_id}/outcome": ACTORS,
    "POST /tasks/{task_id}/claim": ACTORS,
    "POST /tasks/{task_id}/release": ACTORS,
    "POST /tasks/{task_id}/reassign": ACTORS,
    "POST /tasks/{task_id}/conflict": ACTORS,
    "POST /tasks/{task_id}/pass-on": ACTORS,
    "GET /cases": READERS,
    "POST /search/cases": READERS,
    "GET /cases/{case_id}": READERS,
    "GET /cases/{case_id}/timeline": READERS,
    "POST /cases/{case_id}/reveals": READERS,
    "GET /cases/{case_id}/hits/{hit}/readers": _holders("DISC_OFFICER", "DISC_HEAD", AUDITOR),
    "POST /cases/{case_id}/conflicts": _askers("report-conflict"),
    "POST /cases/{case_id}/calendars": _askers("load-case-calendar"),
    "POST /cases/{case_id}/passing": _askers("record-loss"),
    "POST /cases/{case_id}/withdrawal": _askers("withdraw"),
    "POST /cases/{case_id}/reports": _askers("register-report"),
    "POST /cases/{case_id}/facts": _askers("report-fact"),
    "POST /cases/{case_id}/loss": _askers("report-loss"),
    "POST /cases/{case_id}/firms": _askers("enter-firm"),
    "POST /cases/{case_id}/result-requests": _askers("request-result"),
    "POST /cases/{case_id}/disputes": _askers("dispute-hit"),
    "POST /removals": _askers("open-removal"),
    "POST /removals/{case_id}/suspension": _askers("suspend"),
    "POST /removals/{case_id}/suspension/lift": _askers("lift-suspension"),
    "POST /removals/{case_id}/investigation": _askers("report-investigation"),
    "POST /removals/{case_id}/release": _askers("report-release"),
    "POST /removals/{case_id}/death": _askers("record-death"),
    "POST /removals/{case_id}/resignation": _askers("tender-resignation"),
    "POST /tenures/{case_id}/attendance": _askers("record-attendance"),
    "POST /tenures/{case_id}/facts": _askers("report-fact"),
    "POST /tenures/{case_id}/seats": _askers("record-seat"),
    "POST /tenures/{case_id}/resignation": _askers("resign"),
    "POST /tenures/{case_id}/death": _askers("record-death"),
    "POST /awards": _askers("open-award"),
    "POST /screenings": _askers("open-screening"),
    "POST /screenings/{case_id}/lists/{list_code}": _askers("import-list"),
    "POST /screenings/{case_id}/runs": _askers("begin-run"),
    "POST /screenings/{case_id}/doubts": _askers("doubt-match"),
    "GET /screenings/{case_id}/matches": READERS,
    "GET /screenings/{case_id}/namesakes/{about}": _askers("doubt-match"),
    # What the caller may begin, by the rows below.
    "GET /acts": READERS,
    "GET /people": READERS,
    "GET /batches": READERS,
    "GET /batches/{batch_id}": READERS,
    "POST /batches": _askers("open-batch"),
    "POST /batches/{batch_id}/roster": _askers("submit-roster"),
    "POST /batches/{batch_id}/roster/marked": _askers("submit-roster"),
    "POST /batches/{batch_id}/seats": _askers("import-seats"),
    "POST /batches/{batch_id}/indexes": _askers("import-indexes"),
    "POST /batches/{batch_id}/indexes/file": _askers("import-indexes"),
    "POST /batches/{batch_id}/ties": _askers("declare-tie"),
    "POST /batches/{batch_id}/election": _askers("call-election"),
    "POST /batches/{batch_id}/policy": _askers("announce-version"),
    "POST /batches/{batch_id}/calendars": _askers("load-calendar"),
    "POST /batches/{batch_id}/quota": _askers("cut-quota"),
    # A file is of no one district: whoever reads it answers for all of them.
    "GET /integrity": _holders("ELECTION_OFFICE", AUDITOR),
    # Letters, each to whom it is written.
    "GET /notices": READERS,
    "GET /notices/{notice_id}": READERS,
    "POST /notices/{notice_id}/receipt": READERS,
    "GET /notices/undelivered": _holders(*SERVERS),
    "POST /notices/{notice_id}/service": _holders(*SERVERS),
    # Record sheets: of whose dossier the caller may see (routes/sheets.py); a volume, of a whole batch.
    "GET /cases/{case_id}/sheet": READERS,
    "GET /cases/{case_id}/sheet.pdf": READERS,
    "GET /batches/{batch_id}/volume.pdf": _holders("ELECTION_OFFICE", "ARCHIVIST"),
    # Files whose term of retention is over (routes/archive.py).
    "GET /archive/due": _holders("ARCHIVIST", AUDITOR),
    "GET /notices/{notice_id}.pdf": READERS,
    "GET /notices/{notice_id}.docx": READERS,
    "GET /notices/{notice_id}/proof.pdf": READERS,
    "GET /notices/{notice_id}/copy.pdf": _holders(*SERVERS),
    "GET /notices/unprintable": _holders(*SERVERS),
    "GET /notices/figures": _RUNS,
    "GET /notices/waiting": _RUNS,
    # What the caller could count in their own lists.
    "GET /figures/work": READERS,
    # A number may be so small that it tells who it is: figures are for the office alone, each of its own districts.
    "GET /figures": _CONFERENCE,
    "GET /conference/awaiting": _CONFERENCE,
    "GET /conference/decided": _CONFERENCE,
    "GET /conference/minutes.docx": _CONFERENCE,
    # Policies, and what is proposed for them.
    "GET /policies/{version}/what-if": _POLICY,
    "GET /policies/proposals": _POLICY,
    "GET /policies/proposals/drafts": _POLICY,
    "GET /policies/proposals/drafts/{version}": _POLICY,
    "GET /policies/proposals/batches": _POLICY,
    "GET /policies/proposals/{case_id}": _POLICY,
    "POST /policies/proposals": _askers("propose-policy"),
    # Accounts. Two administrators change them; the third reads what both did.
    "GET /accounts": _ADMINISTRATORS,
    "GET /accounts/{account_id}": _ADMINISTRATORS,
    "POST /accounts": _askers("ask-access"),
    "POST /accounts/{account_id}/grants": _askers("ask-access"),
    "POST /accounts/{account_id}/disable": _askers("ask-access"),
    "POST /accounts/{account_id}/enable": _askers("ask-access"),
    "POST /accounts/{account_id}/reset": _askers("ask-access"),
    "POST /persons/merges": _askers("ask-access"),
    "POST /persons/splits": _askers("ask-access"),
    "GET /access": _ADMINISTRATORS,
    "GET /access/{case_id}": _ADMINISTRATORS,
    "POST /access/{case_id}/codes": _holders(SYS_ADMIN, SECURITY_ADMIN),
    # For whom, what people hold says.
    "GET /witnessing": _askers("witness-codes"),
    "POST /witnessing/{case_id}": _askers("witness-codes"),
    # In an emergency: whose it is, the request says; of any other there is none.
    "POST /emergencies": _askers("ask-emergency"),
    "GET /emergencies/{case_id}": SIGNED_IN,
    "GET /emergencies/{case_id}/cases": SIGNED_IN,
    "POST /emergencies/{case_id}/reads": _askers("read-in-emergency"),
    # The engine's payloads: their shape, and nothing of what is in them.
    "POST /codec/decode": _holders(SYS_ADMIN),
    # The record and the journal.
    "GET /record/entries": _AUDITOR,
    "GET /record/attempts": _AUDITOR,
    "GET /record/head": _AUDITOR,
    "GET /record/verify": _AUDITOR,
    "GET /record/journal": _AUDITOR,
    "GET /record/waiting": _RUNS,
    "GET /record/refusals": _AUDITOR,
    "GET /journal": _AUDITOR,
}
"""By method and path below /v1, the rule."""
