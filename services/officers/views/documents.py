"""Views of documents."""

from datetime import datetime

from contracts.base import Digest, OpaqueId
from contracts.words.naming import named
from services.officers.documents.scanning import Scan
from services.officers.documents.tables import DocumentRow
from services.officers.views.base import View
from services.officers.web.language import Language, say


class DocumentView(View):
    """A document that was uploaded. Forms name it by `digest`, which was reckoned from what came."""

    document_id: OpaqueId
    digest: Digest
    case_id: OpaqueId
    task_id: OpaqueId | None
    name: str
    kind: str
    size: int
    scan: Scan
    """Whether a scanner looked at it, and what it found."""
    scan_name: str
    uploaded_at: datetime

    @classmethod
    def of(cls, row: DocumentRow, name: str, language: Language) -> "DocumentView":
        """The view of a document of this name."""
        return cls(
            document_id=row.document_id,
            digest=row.digest,
            case_id=row.case_id,
            task_id=row.task_id or None,
            name=name,
            kind=row.kind,
            size=row.size,
            scan=Scan(row.scan),
            scan_name=say(named(row.scan, "scan"), language),
            uploaded_at=row.uploaded_at,
        )


class DocumentsView(View):
    """The documents of a case or batch that the caller may read, oldest first."""

    items: list[DocumentView]
