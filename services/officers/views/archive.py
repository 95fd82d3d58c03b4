"""A file whose term of retention is over, as the archivist sees it."""

from datetime import date, datetime

from contracts.base import OpaqueId
from contracts.policy import loader
from contracts.retention import kept_until
from contracts.words.families import Family
from services.officers.readmodel.reading.archive import DueFile
from services.officers.views.base import View
from services.officers.views.naming import names
from services.officers.views.sheets import day_of
from services.officers.web.language import Language


class DueFileView(View):
    """A file that need not be kept any more: which, how its case ended, when it was closed, until when it was kept.

    `held`: a review, a request or another case that rests on it is not closed, so it is kept all the same.
    """

    case_id: OpaqueId
    kind: str
    district: str
    state: str
    filed_at: datetime
    retention: str
    kept_until: date
    held: bool
    names: dict[str, str]

    @classmethod
    def of(cls, due: DueFile, language: Language) -> "DueFileView":
        """The view of such a file."""
        row = due.case
        policy = loader.released(row.policy)
        kept = next(one for one in policy.retention if row.state in one.ends)
        if row.filed_at is None:
            raise ValueError("only a closed file is kept for a term")
        until = kept_until(date.fromisoformat(day_of(row.filed_at, policy)), kept.years)
        if until is None:
            raise ValueError("what is kept permanently is never due")
        said: dict[str, tuple[Family, str | None]] = {
            "kind": ("kind", row.kind),
            "district": ("district", row.district),
            "state": ("state", row.state),
            "retention": ("retention", kept.code),
        }
        return cls(
            case_id=row.case_id,
            kind=row.kind,
            district=row.district,
            state=row.state,
            filed_at=row.filed_at,
            retention=kept.code,
            kept_until=until,
            held=due.held,
            names=names(row.policy, language, said),
        )
