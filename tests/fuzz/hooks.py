"""What the generator of requests has to know of this API: the formats of its texts, and what no refusal may be.

It is loaded by the generator's own process, through SCHEMATHESIS_HOOKS.
"""

import json
from base64 import b64encode
from datetime import UTC, date, datetime

import schemathesis
from hypothesis import strategies as st

from services.ctl.demo.roster import credit_code, resident_number
from services.officers.documents.kinds import BEGINNINGS
from services.officers.routes.rosters import XLSX
from tests.invented import name_of
from tests.unit.officers.sheets import row, sheet

MALFORMED = frozenset({"not-json", "content-type", "cursor-invalid", "idempotency-key-missing"})
"""Codes that say that a request is not one, beside `invalid` with the fields that are wrong."""

_signs = st.sampled_from("甲乙丙丁戊己庚辛abcXYZ0189，。（）-_")
_line = st.text(_signs, min_size=1, max_size=40)
_day = st.dates(date(1900, 1, 1), date(2026, 3, 1)).map(date.isoformat)
_instant = st.datetimes(datetime(1900, 1, 2), datetime(2026, 3, 1))  # noqa: DTZ001

schemathesis.openapi.format("line", _line)
schemathesis.openapi.format("lines", _line)
schemathesis.openapi.format(
    "mail-address", st.integers(1, 99).map(lambda serial: f"person{serial}@example.com")
)
schemathesis.openapi.format("person-name", st.integers(1, 99).map(name_of))
schemathesis.openapi.format("firm-name", st.integers(1, 99).map(lambda one: f"虚构{one}有限公司"))
schemathesis.openapi.format("id-number", st.integers(1, 99).map(resident_number))
schemathesis.openapi.format("credit-code", st.integers(1, 99).map(credit_code))
schemathesis.openapi.format("id-number", st.integers(1, 99).map(resident_number))
schemathesis.openapi.format("cursor", st.just(""))
schemathesis.openapi.format("date", _day)
schemathesis.openapi.format("date-time", _instant.map(lambda one: one.replace(tzinfo=UTC).isoformat()))
schemathesis.openapi.format("base64", st.binary(max_size=40).map(lambda one: b64encode(one).decode()))
schemathesis.openapi.media_type(XLSX, st.just(sheet([row(77)])))
for kind, beginnings in BEGINNINGS.items():
    schemathesis.openapi.media_type(kind, st.just(beginnings[0]))


@schemathesis.check
def no_valid_request_is_malformed(
    ctx: schemathesis.CheckContext, response: schemathesis.Response, case: schemathesis.Case
) -> None:
    """A request that the document allows is refused for what it asks, and never for its shape."""
    if (
        case.meta is None
        or not case.meta.generation.mode.is_positive
        or response.status_code not in {400, 422}
    ):
        return
    said = json.loads(response.content)
    # Only what the description says of a field is a rule of it; what else is wrong with one, no description knows.
    shape = said["code"] in MALFORMED or any("rule" in one for one in said.get("errors", ()))
    assert not shape, f"{said['code']}: {said.get('detail')}"
