"""Answers by spreadsheet: one row for each open letter, filled in beside, and read back as it was pasted. Pure.

Rows are known by a proof that the console sealed: it holds the task, the digest of what was shown, and the name that
stood there. Whoever sorts one column without the others has rows whose proof names somebody else, and is told so.
"""

import contextlib
import csv
import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from contracts.policy.text import Text

PROOF, NAME, OUTCOME, REASON = 0, 1, 5, 6
CELLS = 7
"""Of a row: proof, name, firm, credit code, due, outcome, reason."""
LONGEST_REASON = 4000
LOST = Text(
    zh="校验码不完整：请从导出的表中整行复制", en="the check is not whole: copy whole rows of the sheet"
)
MOVED = Text(
    zh="校验码与姓名不符：行的内容被移动过", en="the check is of another name: rows were moved apart"
)
NOT_OPEN = Text(zh="该任务已不在您的待办中", en="the task does not wait for you any longer")
TWICE = Text(zh="该任务前面已有一行", en="the task stands in a row above already")
NOT_OFFERED = Text(zh="办理结果不在可选范围内", en="this outcome cannot be given here")
NO_REASON = Text(zh="此项办理结果须写明理由", en="this outcome needs a reason")
TOO_LONG = Text(
    zh=f"理由超过 {LONGEST_REASON} 个字", en=f"the reason is longer than {LONGEST_REASON} characters"
)


@dataclass(frozen=True)
class Reply:
    """A row that was filled in: what is said of which task, or why not."""

    number: int
    """Of the row as it was pasted, from 1."""
    name: str
    task_id: str
    seen: str
    outcome: str
    reason: str
    fault: Text | None = None

    def item(self) -> dict[str, Any]:
        """What is asked of the API."""
        return {
            "task_id": self.task_id,
            "seen": self.seen,
            "outcome": self.outcome,
            "form": {},
            "reason": self.reason,
        }


def row(task: Mapping[str, Any], due: str, close: Callable[[object], str]) -> list[str]:
    """The row of an open task; `close` seals the proof."""
    nominee = task["nominee"] or {}
    name = str(nominee.get("name") or task["case_id"])
    proof = close([task["task_id"], task["content_digest"], name])
    return [proof, name, str(nominee.get("firm") or ""), str(nominee.get("credit_code") or ""), due, "", ""]


def replies(
    pasted: str,
    opened: Callable[[str], Any],
    names: Mapping[str, str],
    open_tasks: Sequence[str],
    reason_required: Sequence[str],
) -> list[Reply]:
    """Every row that says an outcome, right or wrong. `opened` opens a proof; `names` are the outcomes by their words.

    Rows without an outcome wait for another day, and what is no row of the sheet, as its heading, is passed over.
    """
    found: list[Reply] = []
    for number, cells in _rows(pasted):
        said = cells[OUTCOME].strip()
        proof = opened(cells[PROOF].strip())
        if not said or (proof is None and said not in names):
            continue
        task, seen, name = proof if proof is not None else ("", "", "")
        earlier = {one.task_id for one in found}
        reason = cells[REASON].strip()
        fault = _fault(
            cells[NAME].strip(), said, reason, (task, name), earlier, names, open_tasks, reason_required
        )
        found.append(Reply(number, cells[NAME].strip(), task, seen, names.get(said, said), reason, fault))
    return found


def _fault(
    shown: str,
    said: str,
    reason: str,
    proven: tuple[str, str],
    earlier: set[str],
    names: Mapping[str, str],
    open_tasks: Sequence[str],
    reason_required: Sequence[str],
) -> Text | None:
    task, name = proven
    checks = (
        (not task, LOST),
        (shown != name, MOVED),
        (task in earlier, TWICE),
        (task not in open_tasks, NOT_OPEN),
        (said not in names, NOT_OFFERED),
        (names.get(said) in reason_required and not reason, NO_REASON),
        (len(reason) > LONGEST_REASON, TOO_LONG),
    )
    return next((text for broken, text in checks if broken), None)


def _rows(pasted: str) -> Iterator[tuple[int, list[str]]]:
    """The rows as a spreadsheet puts them on the clipboard: cells between tabs, a cell of several lines in quotes."""
    rows = csv.reader(io.StringIO(pasted), delimiter="\t")
    # A quotation mark that is never closed makes one cell of all that follows: then there are no rows.
    with contextlib.suppress(csv.Error):
        for number, cells in enumerate(rows, 1):
            if len(cells) > OUTCOME:
                yield number, [*cells, *[""] * (CELLS - len(cells))]
