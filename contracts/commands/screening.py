"""What may be asked of a book of screening, and how one is opened."""

from typing import Literal

from pydantic import Field

from contracts.base import Digest, OpaqueId
from contracts.commands.base import Command
from contracts.commands.opening import Opening
from contracts.listed import Fitting, ListFile, RunCause


class OpenScreening(Opening):
    """Open a book: from then on people and their firms are held against the lists of its policy."""

    act: Literal["open-screening"] = "open-screening"


class ImportList(Command):
    """Take a list that was read whole, without a fault in any row. The same bytes twice are the same list."""

    act: Literal["import-list"] = "import-list"
    file: ListFile


class BeginRun(Command):
    """Hold everybody against every list now; by a person, or by the service that saw people's data change."""

    act: Literal["begin-run"] = "begin-run"
    cause: RunCause


class ReportScreened(Command):
    """One part of a run, by the service that holds the lists: the cases between two ids, in the order of ids.

    `expected` is how many are due in the whole run, `cases` those of this part that were held against every list of the
    run, `missed` those that could not be. `until` empty: the last part. Who was missed is due, and the run says so.
    `vetoed` are those of them that ended by a veto and whose file is open: of these a run tells what has ended, because
    the person may then ask for a re-check, and nothing that is new.
    """

    act: Literal["report-screened"] = "report-screened"
    run: int = Field(ge=1)
    after: str
    until: str
    expected: int = Field(ge=0)
    people_digest: Digest
    """Over everybody due: their cases, and digests of their numbers."""
    cases: tuple[OpaqueId, ...]
    missed: tuple[OpaqueId, ...] = ()
    vetoed: tuple[OpaqueId, ...] = ()
    fitting: tuple[Fitting, ...]
    namesakes: int = Field(ge=0)
    """Entries with the same name and another number: shown to people on asking, never a match."""

    def covers(self, case_id: str) -> bool:
        """Whether the part is about this case, due or not."""
        return self.after < case_id and (not self.until or case_id <= self.until)


class DoubtMatch(Command):
    """Ask two people whether a match means the person at all."""

    act: Literal["doubt-match"] = "doubt-match"
    match: int = Field(ge=1)
    reason: str = Field(min_length=1, max_length=1000)


class SettleDoubt(Command):
    """Two people found whether the entry means the person; asked by their enquiry only.

    `subject_id` is the whole number of whom it means; `days`, for how long an entry that means another is set aside,
    at most what the policy allows.
    """

    act: Literal["settle-doubt"] = "settle-doubt"
    doubt: int = Field(ge=1)
    means_person: bool
    subject_id: str = Field(default="", max_length=18)
    days: int = Field(default=0, ge=0)
