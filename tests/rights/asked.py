"""Every operation of the API as somebody may ask for it: a path with ids, and the smallest body its schema takes."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from services.ctl.demo.roster import credit_code, resident_number
from services.officers.app import BASE
from services.officers.routes.rights import RULES
from services.officers.routes.rosters import XLSX
from tests.person import Person

SAMPLES: Mapping[str, object] = {
    "id_number": resident_number(77),
    "credit_code": credit_code(77),
    "name": "测试·七七",
    "phone": "13900000077",
    "login": "somebody",
    "index": 800,
    "policy": "2026.1",
    "owner": "cppcc",
    "cycle": "2026",
    "role": "SCREENER",
    "year": 2026,
    "make_up": [],
    "holidays": [],
    "purpose": "identify",
}
"""What a field takes that asks for more than its schema says, by its name."""
TEXTS = ("X", "a", "NL-D01", "2026-03-02", "0" * 64, credit_code(77), "1234567", "")
"""Texts of which one fits every pattern of the API."""
FORMATS = {"date": "2026-03-02", "date-time": "2026-03-02T09:00:00+08:00"}
ASSESSED = {"assessed_on": "2026-03-02", "source": "X"}
FIXED: Mapping[str, str] = {"list_code": "tax-arrears", "hit": "1"}
"""What a path names that is no case, task or batch."""
WHOLE: Mapping[str, object] = {
    "POST /batches/{batch_id}/indexes": {
        "rows": [{"name": "测试·七七", "id_number": resident_number(77), "index": 800, **ASSESSED}]
    },
    # By name, which nobody may try who may not ask: whether the office knows somebody is told to no other.
    "POST /cases/{case_id}/conflicts": {
        "named_officer": {"name": "测试·七七"},
        "ground": "creditor",
        "reason": "X",
    },
    "POST /emergencies": {"purpose": "identify", "reason": "X", "district": "d01"},
}
"""Bodies whose fields hang on one another."""
NEEDS: Mapping[str, Mapping[str, str]] = {
    "POST /screenings/{case_id}/lists/{list_code}": {
        "issuer": "i",
        "document_no": "1",
        "as_of": "2026-03-02",
    },
    "GET /integrity": {"person_id": "p-nobody"},
    "GET /documents": {"case_id": "c9"},
    "POST /documents": {"case_id": "c9", "name": "X"},
}
"""Parameters of the query without which an operation is not asked for."""


@dataclass(frozen=True)
class Operation:
    """What can be asked for: `names` are the parts of its path that name something."""

    method: str
    path: str
    body: Any
    content_type: str

    @property
    def rule(self) -> str:
        """Its name in the table of rules."""
        return f"{self.method} {self.path}"

    @property
    def names(self) -> list[str]:
        """What its path names."""
        return re.findall(r"\{(\w+)\}", self.path)

    async def ask(self, person: Person, **named: str) -> Any:
        """The answer to this person, of the things of these names."""
        path = BASE + self.path.format(**named)
        headers = {"Content-Type": self.content_type} if self.content_type else {}
        if self.method == "GET":
            return await person.get(path, **NEEDS.get(self.rule, {}))
        if self.method == "PUT":
            return await person.put(path, self.body)
        more: dict[str, Any] = {"params": NEEDS.get(self.rule, {})}
        if self.content_type == "application/json":
            more["json"] = self.body
        elif self.content_type:
            more["content"] = b"no workbook"
        return await person.post(path, headers=headers, **more)


def operations(whole: Mapping[str, Any]) -> Iterator[Operation]:
    """Every operation of the document, but those by which somebody ends sessions."""
    for path, said in whole["paths"].items():
        for method, one in said.items():
            name = f"{method.upper()} {path.removeprefix(BASE)}"
            if name not in RULES or method == "delete":
                continue
            content = one.get("requestBody", {}).get("content", {})
            kind = XLSX if XLSX in content else next(iter(content), "")
            schema = content.get(kind, {}).get("schema", {})
            body = WHOLE.get(name) or (smallest(schema, whole) if kind == "application/json" else None)
            yield Operation(method.upper(), path.removeprefix(BASE), body, kind)


def smallest(schema: Mapping[str, Any], whole: Mapping[str, Any], name: str = "") -> Any:
    """The least that the schema takes."""
    if name in SAMPLES:
        return SAMPLES[name]
    if "$ref" in schema:
        return smallest(whole["components"]["schemas"][schema["$ref"].rpartition("/")[2]], whole)
    if "const" in schema or "enum" in schema:
        return schema.get("const", next(iter(schema.get("enum", ()))) if "enum" in schema else None)
    for word in ("anyOf", "oneOf", "allOf"):
        if word in schema:
            return smallest(schema[word][0], whole, name)
    match schema.get("type"):
        case "object":
            asked = schema.get("required", ())
            return {one: smallest(schema["properties"][one], whole, one) for one in asked}
        case "array":
            return [smallest(schema["items"], whole, name)] * max(1, schema.get("minItems", 0))
        case "integer" | "number":
            return schema.get("minimum", 1)
        case "boolean":
            return True
    return _text(schema)


def _text(schema: Mapping[str, Any]) -> str:
    if schema.get("format") in FORMATS:
        return FORMATS[schema["format"]]
    pattern = re.compile(schema.get("pattern", ""))
    least, most = schema.get("minLength", 0), schema.get("maxLength", 10_000)
    fitting = [one for one in TEXTS if pattern.search(one) and least <= len(one) <= most]
    return fitting[0] if fitting else "x" * least
