"""What is masked in a case, opened part by part for whoever named a purpose."""

from collections.abc import Iterable
from typing import Any

from services.kit.db import Session
from services.officers.readmodel.reading import tasks
from services.officers.readmodel.reading.content import Contents, part_of
from services.officers.readmodel.reading.masking import NUMBER, PARTS, masked_subjects
from services.officers.readmodel.tables import CaseRow

OF_DOSSIER = frozenset(PARTS.values())
OF_ANSWERS = frozenset({"replies", "reports", "opinion"})
EVENTS = {"findings": ("hit-found", "hit"), "reports": ("report-received", "report")}
"""In which events a part stands beside the dossier and the answers, and what numbers them."""


async def revealed(
    contents: Contents, session: Session, case: CaseRow, parts: Iterable[str]
) -> dict[str, dict[str, Any]]:
    """By part what it holds: fields of the dossier, findings and reports as they came, answers as they were given.

    Numbers of people that stand in them are shown to whoever asks for those as well.
    """
    parts = tuple(parts)
    found: dict[str, dict[str, Any]] = {}
    for part in parts:
        shown: dict[str, Any] = {}
        contents.reads.add(case, part)
        if part in OF_DOSSIER:
            dossier = contents.dossier(case, (part,)) or {}
            shown |= {name: value for name, value in dossier.items() if PARTS.get(name) == part}
        if part in EVENTS:
            kind, name = EVENTS[part]
            shown["told"] = await contents.numbered(session, case, kind, name, part)
        if part in OF_ANSWERS:
            done = await tasks.done_of_case(session, case.case_id)
            shown["answers"] = contents.told(case, [one for one in done if part_of(one) == part])
        found[part] = shown if NUMBER in parts else masked_subjects(shown)
    return found
