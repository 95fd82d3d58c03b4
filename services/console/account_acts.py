"""What is asked for accounts: the forms, and what becomes of what was typed. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from contracts.policy.model import Policy
from contracts.policy.text import Text
from contracts.words.held import held
from contracts.words.loader import words
from services.console.forms.draw import Known
from services.console.forms.kinds import Schema

EVERYWHERE = "*"
"""Of a grant: no district in particular."""
REASON = {"type": "string", "minLength": 1, "maxLength": 1000, "title": "理由 / Why"}
_GRANTS = {
    "type": "array",
    "minItems": 0,
    "maxItems": 40,
    "title": "授予的角色 / Roles that are granted",
    "items": {
        "type": "object",
        "required": ["role", "district"],
        "properties": {
            "role": {"type": "string", "maxLength": 42, "title": "角色 / Role"},
            "unit": {"type": "string", "maxLength": 61, "title": "单位 / Unit"},
            "district": {"type": "string", "maxLength": 61, "title": "地区 / District"},
            "until": {
                "type": "string",
                "format": "date-time",
                "maxLength": 40,
                "title": "截止 / Until",
                "description": "不填的，长期有效 / Left blank: for good",
            },
        },
    },
}
_CREDIT_CODE = {"type": "string", "pattern": "^[0-9A-Z]{18}$", "maxLength": 18}
_PERSON = {"type": "string", "maxLength": 121}
_ACCOUNT = {
    "type": "object",
    "required": ["login", "name", "id_number", "grants"],
    "properties": {
        "login": {"type": "string", "minLength": 1, "maxLength": 61, "title": "账号 / Login"},
        "name": {"type": "string", "minLength": 1, "maxLength": 100, "title": "姓名 / Name"},
        "id_number": {
            "type": "string",
            "pattern": "^[0-9A-Z]{18}$",
            "maxLength": 18,
            "title": "身份证件号码 / ID number",
            "description": "同一号码即同一人 / The same number is the same person",
        },
        "phone": {"type": "string", "maxLength": 29, "title": "电话 / Phone"},
        "grants": _GRANTS,
        "credit_codes": {
            "type": "array",
            "maxItems": 40,
            "title": "本人企业的统一社会信用代码 / Credit codes of the person's own firms",
            "items": _CREDIT_CODE,
        },
        "unlike": {
            "type": "array",
            "maxItems": 20,
            "title": "相似而并非同一人的编号 / Numbers of people who look alike and are others",
            "items": _PERSON,
        },
    },
}
OPENING: Schema = {
    "type": "object",
    "required": ["accounts", "reason"],
    "properties": {
        "accounts": {
            "type": "array",
            "minItems": 1,
            "maxItems": 50,
            "title": "申请开立的账号 / Accounts that are asked for",
            "description": "一并审批：全部生效，或者全部不生效 / Approved together: all of them, or none",
            "items": _ACCOUNT,
        },
        "reason": REASON,
    },
}


@dataclass(frozen=True)
class AccountAct:
    """One act on an account: the route of the API behind /v1, and its form."""

    route: str
    schema: Schema

    def path(self, account_id: str) -> str:
        """Where it is asked for."""
        return self.route.removeprefix("POST ").replace("{account_id}", account_id)


def _about(name: str, *, grants: bool = False) -> AccountAct:
    fields = {"grants": _GRANTS} if grants else {}
    schema = {
        "type": "object",
        "required": [*fields, "reason"],
        "properties": {**fields, "reason": REASON},
    }
    return AccountAct(f"POST /accounts/{{account_id}}/{name}", schema)


OPEN = AccountAct("POST /accounts", OPENING)
ACTS: Mapping[str, AccountAct] = {
    "grants": _about("grants", grants=True),
    "disable": _about("disable"),
    "enable": _about("enable"),
    "reset": _about("reset"),
}
"""On an account that exists, by the last part of the page's address."""


def known(policy: Policy) -> Known:
    """The roles, units and districts that may be chosen under this version of the policy, by name."""
    everywhere = (EVERYWHERE, words("district")[EVERYWHERE])
    offered: dict[str, list[tuple[str, Text]]] = {
        "role": list(held(policy, "role").items()),
        "unit": list(held(policy, "unit").items()),
        "district": [everywhere, *held(policy, "district").items()],
    }
    # Of one account, and of several that are asked for at once.
    return Known(
        {f"{at}.{name}": found for at in ("grants", "accounts.grants") for name, found in offered.items()}
    )


def filled_in(account: Mapping[str, Any]) -> dict[str, Any]:
    """The form of an account's grants as they are now."""
    return {
        "grants": [{name: said for name, said in one.items() if said} for one in account["grants"]],
    }
