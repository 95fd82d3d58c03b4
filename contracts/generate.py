"""Write the JSON Schema of every event, command and the envelope: `make schemas`. Generated files are committed."""

import json
from pathlib import Path

from pydantic import BaseModel

from contracts.catalogue import EVENTS, OF_JOURNAL
from contracts.commands.every import COMMANDS, OPENINGS
from contracts.commands.opening import Resume
from contracts.envelope import Envelope
from contracts.errand import Start, Tell
from contracts.record import Declined, Look, Recorded, Standing, StepHead

FOLDER = Path(__file__).parent / "schemas"

OTHERS: dict[str, type[BaseModel]] = {
    "envelope": Envelope,
    "errand-start": Start,
    "errand-tell": Tell,
    "record-declined": Declined,
    "record-look": Look,
    "record-recorded": Recorded,
    "record-standing": Standing,
    "resume": Resume,
    "step-head": StepHead,
}


def schemas() -> dict[str, str]:
    """File name to text of every schema; a version is in each event's name."""
    models: dict[str, type[BaseModel]] = {
        f"{name}.v{v}": cls for (name, v), cls in (EVENTS | OF_JOURNAL).items()
    }
    models |= {f"command-{cls.model_fields['act'].default}": cls for cls in (*OPENINGS, *COMMANDS)}
    models |= OTHERS
    return {f"{name}.schema.json": _text(model) for name, model in sorted(models.items())}


def _text(model: type[BaseModel]) -> str:
    return json.dumps(model.model_json_schema(), ensure_ascii=False, indent=1, sort_keys=True) + "\n"


if __name__ == "__main__":
    wanted = schemas()
    for stale in FOLDER.glob("*.schema.json"):
        if stale.name not in wanted:
            stale.unlink()
    for file_name, text in wanted.items():
        (FOLDER / file_name).write_text(text, encoding="utf-8")
