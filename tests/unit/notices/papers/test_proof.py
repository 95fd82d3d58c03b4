"""Proof of service (送达回证): filled where the letter was served, else a form to be signed."""

from datetime import UTC, date, datetime

from services.notices.composing import compose
from services.notices.papers.proof import ProofPaperAsked, ProofView, proof_pdf
from services.notices.store.letters import Shown
from services.notices.tables import LetterRow, ReaderRow, ReceiptRow, ServiceRow
from tests.letters import DEMO, POLICY, file, letter
from tests.papers import joined, setter
from tests.stories import AT
from tests.unit.notices.papers.test_archive import faults

ROW = {"letter_id": "l1", "type": "N03", "case_id": "c1", "issued_at": datetime(2026, 3, 1, 17, tzinfo=UTC)}
SERVED = ServiceRow(
    letter_id="l1",
    by="p-clerk",
    at=datetime(2026, 3, 4, 2, 30, tzinfo=UTC),
    how="household",
    document_digest="ab" * 32,
)


def view(*, demonstration: bool = False, **shown: object) -> ProofView:
    policy = DEMO if demonstration else POLICY
    fields = compose(letter("N03", says="remark"), file(), policy, "清选〔2026〕N03-000001", AT)
    readers = [ReaderRow(letter_id="l1", person_id="p1", role="", unit="", district="", position=1)]
    one = Shown(LetterRow(**ROW), readers=readers, **shown)  # type: ignore[arg-type]
    return ProofView.of(one, {"fields": fields}, policy)


def printed(one: ProofView, server: str = "") -> bytes:
    asked = ProofPaperAsked(
        language="zh",
        issued=one.issued,
        mark=one.mark["zh"],
        issuer=one.issuer["zh"],
        said={name: texts["zh"] for name, texts in one.said.items()},
        server=server,
    )
    return proof_pdf(asked, setter())


def test_of_a_letter_that_was_served_it_says_how_when_and_by_whom() -> None:
    one = view(service=SERVED)
    assert (one.by, one.issued) == ("p-clerk", date(2026, 3, 2))
    made = printed(one, "演示·甲一")
    found = joined(made)
    for part in ("送达回证", "不符合资格告知书", "N03-000001", "甄试人", "同住成年家属签收", "演示·甲一"):
        assert part in found
    assert "2026年3月4日10:30" in found
    assert "ab" * 32 in found.replace(" ", "")
    assert "签名或者盖章" not in found
    assert faults(made) == []


def test_of_a_letter_whose_reader_took_notice_it_says_when_first() -> None:
    receipts = [
        ReceiptRow(letter_id="l1", person_id="p1", at=datetime(2026, 3, day, 2, tzinfo=UTC)) for day in (6, 5)
    ]
    found = joined(printed(view(receipts=receipts)))
    assert "2026年3月5日10:00" in found
    assert "3月6日" not in found
    assert "送达人" not in found.replace("受送达人", "")


def test_before_that_it_is_a_form_to_be_signed_and_a_demonstration_says_so() -> None:
    found = joined(printed(view(demonstration=True)))
    assert "受送达人签名或者盖章" in found
    assert "见证人签名" in found
    assert "送达方式" in found
    assert "【演示件，不具效力】" in found
