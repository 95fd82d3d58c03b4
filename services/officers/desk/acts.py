"""Under which code an act that was asked for has its words: it is noted by the name of its route or of its command."""

from collections.abc import Mapping

_ROUTES: Mapping[str, str] = {
    "complete": "complete-task",
    "claim": "claim-task",
    "release": "release-task",
    "reassign": "reassign-task",
    "conflict": "declare-conflict",
    "declare": "declare-tie",
    "report": "register-report",
    "report_member_fact": "report-fact",
    "record_death_in_removal": "record-death",
    "roster": "submit-roster",
    "marked": "try-roster",
    "seats": "import-seats",
    "indexes": "import-indexes",
    "index_file": "try-indexes",
    "service": "serve-letter",
    "receipt": "receive-letter",
    "disable": "disable-account",
    "enable": "enable-account",
    "reset": "reset-credentials",
    "read_case": "read-in-emergency",
    "propose": "propose-policy",
}
"""Routes that are called otherwise than what is asked for there."""


def act_code(noted: str) -> str:
    """The code of `act.yaml` for what is noted of a request; a test holds every route against it."""
    return _ROUTES.get(noted, noted.replace("_", "-"))
