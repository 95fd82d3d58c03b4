"""The form of a batch that is opened. Values only."""

from services.console.forms.kinds import Schema

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
