"""What must hold at the end of the demonstration. Pure: what the API showed goes in, sentences come out."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from contracts.vocabulary import CaseState
from services.ctl.demo.play import Part
from services.ctl.demo.story import UNIT, Story, expected_end

COLOURS = ("blue", "yellow", "red")
REMOVAL_TASKS = (
    "lead",
    "first-look",
    "first-look-sign",
    "statement",
    "verify",
    "verify",
    "removal-opinion",
    "plan",
    "vote",
    "serve",
    "apply-review",
    "file",
)
"""What people complete in a removal, in order, beside the signatures under the opinion and the two bodies' plan."""
LETTERS = {
    Story.REMOVAL: ("N17", "N17-1", "N18", "N19", "N19-4", "N20"),
    Story.LINKED: ("N18", "N19-1"),
    Story.NOT_RATIFIED: ("N18", "N19-3", "N19-1", "N22"),
    Story.REVIEWED: ("N18", "N19", "N22"),
    Story.REVIEW: ("N21",),
}
"""Letters without which a story of a member was not told."""


@dataclass(frozen=True)
class Shown:
    """What the API showed when all was over: the record's entries, everybody's letters, the verification."""

    envelopes: Sequence[Mapping[str, Any]]
    letters: Sequence[Mapping[str, Any]]
    record: str
    states: Mapping[str, CaseState] = field(default_factory=dict)
    """Of the batch's cases."""
    removals: Mapping[str, CaseState] = field(default_factory=dict)
    """States of the removals."""
    reviews: Mapping[str, CaseState] = field(default_factory=dict)
    """States of the reviews."""

    def end(self, case_id: str) -> CaseState | None:
        """Where a case stands; None of one that was not shown."""
        return {**self.states, **self.removals, **self.reviews}.get(case_id)

    def of(self, case_id: str, event_type: str) -> list[Mapping[str, Any]]:
        """Payloads of the case's events of one type, in order."""
        return [
            envelope["payload"]
            for envelope in self.envelopes
            if envelope["case_id"] == case_id and envelope["type"] == event_type
        ]


def faults(parts: Iterable[Part], shown: Shown, notes: Mapping[str, Any]) -> list[str]:
    """Every expectation that was not met, as a sentence; empty when the demonstration succeeded."""
    found: list[str] = []
    for part in parts:
        found += [f"{part.story} ({part.case_id}): {fault}" for fault in _case(part, shown, notes)]
    keys = Counter((one["case_id"], one["type"], one["round"], _addressee(one)) for one in shown.letters)
    found += [f"letter {key[1]} of {key[0]} exists {n} times" for key, n in keys.items() if n > 1]
    if shown.record != "verified":
        found.append(f"the record does not verify: {shown.record}")
    return found


def _case(part: Part, shown: Shown, notes: Mapping[str, Any]) -> list[str]:
    found = []
    state, expected = shown.end(part.case_id), expected_end(part.story)
    if state is not expected:
        found.append(f"ended as {state}, expected {expected}")
    ends = [payload["state"] for payload in shown.of(part.case_id, "case-ended")]
    if ends != [expected]:
        found.append(f"the record has the ends {ends}, expected one {expected}")
    sequences = [one["sequence"] for one in shown.envelopes if one["case_id"] == part.case_id]
    if sequences != list(range(1, len(sequences) + 1)):
        found.append("its events on the record have a gap or a repeat")
    return found + _SPECIAL.get(part.story, _nothing)(part, shown, notes)


def _nothing(part: Part, shown: Shown, notes: Mapping[str, Any]) -> list[str]:
    return []


def _late(part: Part, shown: Shown, notes: Mapping[str, Any]) -> list[str]:
    """The late department got one letter of each colour and addressee; every other one answered all the same."""
    unit = UNIT[part.story]
    rungs = [rung for rung in shown.of(part.case_id, "rung-reached") if rung["kind"] == "reply"]
    fired = [rung["rung"] for rung in rungs if rung["unit"] == unit]
    found = []
    if fired[:3] != list(COLOURS):
        found.append(f"the rungs of {unit} were {fired}, expected {', '.join(COLOURS)}")
    asked = {task["unit"] for task in shown.of(part.case_id, "task-opened") if task["kind"] == "reply"}
    signed = Counter(
        task["unit"] for task in shown.of(part.case_id, "task-completed") if task["kind"] == "reply-sign"
    )
    wrong = sorted(one for one in asked if signed[one] != 1)
    if wrong or unit not in asked:
        found.append(f"of {len(asked)} departments these did not answer exactly once: {', '.join(wrong)}")
    reminders = Counter(
        (_colour(letter), _addressee(letter))
        for letter in shown.letters
        if letter["type"] == "N06" and letter["case_id"] == part.case_id and _of_reply(letter, unit)
    )
    for colour in COLOURS:
        copies = [n for (rung, _), n in reminders.items() if rung == colour]
        if not copies or set(copies) != {1}:
            found.append(f"reminders N06 {colour} per addressee: {copies or 'none'}, expected one each")
    return found


def _extension(part: Part, shown: Shown, notes: Mapping[str, Any]) -> list[str]:
    granted = [one for one in shown.of(part.case_id, "task-extended") if one["cause"] == "asked"]
    seen = notes.get("extension", {})
    moved = len(granted) == 1 and str(seen.get("after")) > str(seen.get("before"))
    return [] if moved else [f"its one extension did not move the deadline: {seen}"]


def _same_person(part: Part, shown: Shown, notes: Mapping[str, Any]) -> list[str]:
    code = notes.get("same-person")
    return [] if code == "same-person" else [f"the second signature by the same person got {code}"]


def _repair(part: Part, shown: Shown, notes: Mapping[str, Any]) -> list[str]:
    amended = len(shown.of(part.case_id, "case-amended"))
    return [] if amended == 1 else [f"its form was repaired {amended} times, expected once"]


def _report(part: Part, shown: Shown, notes: Mapping[str, Any]) -> list[str]:
    endings = [one["ending"] for one in shown.of(part.case_id, "report-answered")]
    return [] if endings == ["UNTRUE"] else [f"its report ended {endings}, expected UNTRUE"]


def _minor(part: Part, shown: Shown, notes: Mapping[str, Any]) -> list[str]:
    grades = [one["grade"] for one in shown.of(part.case_id, "case-graded")]
    return [] if grades == ["B"] else [f"its grade is {grades}, expected B: a minor item caps it"]


def _explained(part: Part, shown: Shown, notes: Mapping[str, Any]) -> list[str]:
    order = [one["kind"] for one in shown.of(part.case_id, "task-completed")]
    heard = "explain" in order and len(shown.of(part.case_id, "hit-ruled")) == 1
    return [] if heard else ["its hit was ruled on without the nominee's explanation"]


def _removal(part: Part, shown: Shown, notes: Mapping[str, Any]) -> list[str]:
    """The member was suspended, heard and told of the decision, each by a letter, and the suspension was lifted."""
    found = []
    done = [one["kind"] for one in shown.of(part.case_id, "task-completed")]
    if [kind for kind in done if kind in REMOVAL_TASKS] != list(REMOVAL_TASKS):
        found.append(f"its tasks were {', '.join(done)}, expected {', '.join(REMOVAL_TASKS)}")
    for event in ("duty-suspended", "suspension-lifted"):
        found += _times(part, shown, event, 1)
    return found + _written(part, shown, notes)


def _restored(part: Part, shown: Shown, notes: Mapping[str, Any]) -> list[str]:
    """The member has the seat again, and everybody who had a letter was told."""
    return _times(part, shown, "member-restored", 1) + _written(part, shown, notes)


def _times(part: Part, shown: Shown, event: str, expected: int) -> list[str]:
    times = len(shown.of(part.case_id, event))
    return [] if times == expected else [f"{event} happened {times} times, expected {expected}"]


def _written(part: Part, shown: Shown, notes: Mapping[str, Any]) -> list[str]:
    letters = {letter["type"] for letter in shown.letters if letter["case_id"] == part.case_id}
    missing = [code for code in LETTERS[part.story] if code not in letters]
    return [f"these letters were not written: {', '.join(missing)}"] if missing else []


def _addressee(letter: Mapping[str, Any]) -> str:
    # Who may read it, and whom it addresses: the clerk hands over letters to several outside the house.
    readers = sorted(tuple(reader.values()) for reader in letter["readers"])
    return f"{readers} {letter['addressee']}"


def _of_reply(letter: Mapping[str, Any], unit: str) -> bool:
    # The signature under a reply that came late is late at once, and has reminders of its own.
    kind, _round, of_unit = str(letter["round"]).split(".")[:3]
    return (kind, of_unit) == ("reply", unit)


def _colour(letter: Mapping[str, Any]) -> str:
    # A reminder's round names the task and the rung: reply.<round>.<unit>.<signature>.<rung>.<deadline>
    return str(letter["round"]).split(".")[-2]


_SPECIAL = {
    Story.LATE: _late,
    Story.EXTENSION: _extension,
    Story.SAME_PERSON: _same_person,
    Story.REPAIR: _repair,
    Story.REPORT: _report,
    Story.MINOR: _minor,
    Story.HARD_VETO: _explained,
    Story.PANEL_VETO: _explained,
    Story.WRONG_HIT: _explained,
    Story.REMOVAL: _removal,
    Story.LINKED: _written,
    Story.NOT_RATIFIED: _restored,
    Story.REVIEWED: _restored,
    Story.REVIEW: _written,
}


def last_line(shown: Shown) -> str:
    """The one line that ends a successful demonstration."""
    tally = Counter(shown.states.values())
    removed = sum(state is CaseState.REMOVED for state in shown.removals.values())
    restored = sum(envelope["type"] == "member-restored" for envelope in shown.envelopes)
    tasks = sum(envelope["type"] == "task-opened" for envelope in shown.envelopes)
    return (
        f"demo: cases={len(shown.states)} elected={tally[CaseState.ELECTED]} vetoed={tally[CaseState.VETOED]} "
        f"withdrawn={tally[CaseState.WITHDRAWN]} removed={removed} restored={restored} "
        f"reviews={len(shown.reviews)} tasks={tasks} events={len(shown.envelopes)} "
        f"notices={len(shown.letters)} record={shown.record}"
    )
