"""Events that came later than versions which were released: those versions cannot say that nobody is told of them.

A version is never edited. One that writes a letter about such an event says so itself, and its letter is written.
"""

from collections.abc import Mapping

from contracts.case import CaseKind

NO_LETTER: Mapping[str, frozenset[str]] = {
    CaseKind.INTEGRITY: frozenset({"removal-entered", "removal-left"}),
    CaseKind.NOMINATION: frozenset({"word-kept"}),
    CaseKind.REMOVAL: frozenset(
        {"earlier-removal-ended", "earlier-removal-found", "fact-ended", "lead-joined"}
        | {"persons-barred", "seat-recorded"}
    ),
    CaseKind.TENURE: frozenset(
        {"investigation-ended", "investigation-reported", "lead-kept", "persons-barred", "removal-noted"}
        | {"years-wanted"}
    ),
}
"""By kind of case."""
