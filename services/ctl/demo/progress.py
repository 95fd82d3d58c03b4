"""Shows where the cases stand while the demonstration runs: a live table on a terminal, else a line per change."""

import time
from collections import Counter
from collections.abc import Mapping

from rich.console import Console, Group, RenderableType
from rich.live import Live
from rich.table import Table
from rich.text import Text

from contracts.vocabulary import CaseState

SHOWN = tuple(state for state in CaseState if state is not CaseState.DRAFT)
QUIET = 5.0
"""Without a terminal: seconds between two lines at least."""


class Progress:
    """Use as a context manager; `say` prints a sentence above, `states` updates the table."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._live = (
            Live(console=console, refresh_per_second=4, transient=True) if console.is_terminal else None
        )
        self._began = time.monotonic()
        self._last = ("", -QUIET)

    def __enter__(self) -> "Progress":
        if self._live is not None:
            self._live.start()
        return self

    def __exit__(self, *_exc: object) -> None:
        if self._live is not None:
            self._live.stop()

    def say(self, sentence: str) -> None:
        """One line that stays."""
        self._console.print(f"[{self.seconds:6.1f} s] {sentence}", markup=False, highlight=False)

    @property
    def seconds(self) -> float:
        """Since the start."""
        return time.monotonic() - self._began

    def states(self, states: Mapping[str, CaseState], acts: int) -> None:
        """Show how many cases are in each state, and how many tasks were completed so far."""
        tally = Counter(states.values())
        if self._live is not None:
            self._live.update(self._table(tally, acts))
            return
        line = "  ".join(f"{state} {tally[state]}" for state in SHOWN if tally[state])
        if line != self._last[0] and self.seconds - self._last[1] >= QUIET:
            self._last = (line, self.seconds)
            self.say(f"{line}  tasks done {acts}")

    def _table(self, tally: Mapping[CaseState, int], acts: int) -> RenderableType:
        table = Table(title=f"{self.seconds:.0f} s, {acts} tasks done", box=None, show_header=False)
        for state in SHOWN:
            if tally.get(state):
                table.add_row(state, Text("█" * tally[state], style="green"), str(tally[state]))
        return Group(Text(""), table)


def outcome_table(rows: list[tuple[str, str, str, bool]]) -> Table:
    """The table at the end: nominee, story, how it ended, and whether that was expected."""
    table = Table(title="What came of it")
    for heading in ("nominee", "story", "end", "as expected"):
        table.add_column(heading)
    for nominee, story, end, expected in rows:
        table.add_row(nominee, story, end, "yes" if expected else "NO", style=None if expected else "red")
    return table
