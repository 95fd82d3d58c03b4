"""What is asked of a batch beside its roster: the forms, and what becomes of what was typed. Pure."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from contracts.policy.text import Text
from services.console.forms import dates
from services.console.forms.faults import Faults, faults
from services.console.forms.kinds import Schema
from services.console.forms.sentences import NO_DAY

_BETWEEN = re.compile(r"[\s,，、;；]+")


@dataclass(frozen=True)
class BatchAct:
    """One act: the route of the API behind /v1, its form, and its body."""

    route: str
    schema: Schema
    body: Callable[[Mapping[str, Any]], dict[str, Any]] = dict
    days: tuple[str, ...] = ()
    """Fields that hold a day in each line."""

    def path(self, batch_id: str) -> str:
        """Where it is asked for."""
        return self.route.removeprefix("POST ").replace("{batch_id}", batch_id)

    def wrong(self, value: Mapping[str, Any]) -> Faults:
        """Every fault of what was typed, by its field."""
        found = faults(self.schema, value)
        for name in self.days:
            typed = days(str(value.get(name, "")))
            strange = [place for place, day in enumerate(typed, 1) if not dates.is_day(day)]
            if strange and name not in found:
                first = strange[0]
                found[name] = Text(zh=f"第 {first} 个：{NO_DAY.zh}", en=f"no. {first}: {NO_DAY.en}")
        return found


def days(text: str) -> list[str]:
    """The days of a text that has one in each line or between commas, in our notation where they can be read."""
    return [dates.read_day(one) for one in _BETWEEN.split(text) if one]


def _year(value: Mapping[str, Any]) -> dict[str, Any]:
    lists = {name: days(str(value.get(name, ""))) for name in ("holidays", "make_up")}
    return {**value, **lists}


ACTS: Mapping[str, BatchAct] = {
    "election": BatchAct(
        "POST /batches/{batch_id}/election",
        {
            "type": "object",
            "required": ["election_at"],
            "properties": {
                "election_at": {
                    "type": "string",
                    "format": "date-time",
                    "maxLength": 40,
                    "title": "选举时间 / When the election is held",
                }
            },
        },
    ),
    "calendar": BatchAct(
        "POST /batches/{batch_id}/calendars",
        {
            "type": "object",
            "required": ["year", "source"],
            "properties": {
                "year": {"type": "integer", "title": "年份 / Year", "minimum": 2000, "maximum": 2100},
                "holidays": {
                    "type": "string",
                    "maxLength": 4000,
                    "title": "放假日 / Days off",
                    "description": "工作日中放假的日子，每行一天 / Working days that are off, one in each line",
                },
                "make_up": {
                    "type": "string",
                    "maxLength": 1000,
                    "title": "补班日 / Make-up days",
                    "description": "周末补班的日子，每行一天 / Weekend days that are worked, one in each line",
                },
                "source": {"type": "string", "maxLength": 200, "minLength": 1, "title": "依据 / Source"},
                "reason": {
                    "type": "string",
                    "maxLength": 1000,
                    "title": "更正理由 / Why it is corrected",
                    "description": "该年已载入过的，须写明 / Needed for a year that is loaded already",
                },
            },
        },
        _year,
        ("holidays", "make_up"),
    ),
}
"""By the last part of the page's address."""

NEW_BATCH: Schema = {
    "type": "object",
    "required": ["title"],
    "properties": {
        "title": {
            "type": "string",
            "maxLength": 200,
            "minLength": 1,
            "title": "批次名称 / Title of the batch",
        },
        "cut_off": {
            "type": "string",
            "format": "date",
            "maxLength": 10,
            "title": "追溯截止日 / Cut-off day",
            "description": "不填的，以开启当日为准 / Left blank: the day on which the batch is opened",
        },
    },
}
"""Of a batch that is opened, beside its policy and its districts."""
