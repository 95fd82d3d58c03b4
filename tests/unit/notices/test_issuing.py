"""The rows of a letter: its number, what is sealed, who reads it, and how it travels."""

import json
from datetime import UTC, datetime
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

import pytest

from contracts.causes import Cause
from contracts.envelope import Envelope
from contracts.events.case import CaseEnded
from contracts.lettering.filling import LetterError
from contracts.policy.loader import released
from contracts.policy.model import Policy, Text
from contracts.sealed import Sealed
from contracts.vocabulary import CaseState
from services.kit.sealing import Keyring, open_sealed
from services.notices.casefile import CaseFile, Contact, Reporter
from services.notices.issuing import Issued, Issuer, Numbers, place
from services.notices.letters import Addressee, Kind, Letter
from services.notices.renderer import write
from tests.events import Story
from tests.letters import DEMO, DEPARTMENT, PERSON, POLICY, PUBLIC, faces, file, letter
from tests.peoplekeys import everybodys
from tests.stories import AT, FACT, NOMINEE


def ending(keyring: Keyring) -> Envelope:
    """An event that leads to letters."""
    return Story("c1", keyring).then(CaseEnded(state=CaseState.WITHDRAWN, cause=Cause.WITHDRAWN))[0]


def issue(issuer: Issuer, one: Letter, of: CaseFile | None = None, policy: Policy = POLICY) -> Issued:
    return issuer.issue(one, of or file(), policy, ending(issuer.keyring), Numbers())


def test_the_same_letter_is_the_same_bytes_and_its_text_can_be_written_again(tmp_path: Path) -> None:
    issuer = Issuer(everybodys(tmp_path / "keys"), lambda: AT, "example.org", faces)
    issued = issue(issuer, letter("N04"))
    content = open_sealed(
        Sealed.model_validate(issued.letter["sealed"]), place(issued.letter["letter_id"]), issuer.keyring
    )
    policy = released(issued.letter["policy"])
    again = write(policy.notice("N04"), policy.letter_frame, content["fields"])  # type: ignore[arg-type]
    assert again.digest == issued.letter["body_digest"]
    assert again.template_digest == issued.letter["template_digest"]
    assert again.body == content["body"]


def test_numbers_run_per_type_and_year_of_the_procedures_clock(tmp_path: Path) -> None:
    keyring = everybodys(tmp_path / "keys")
    numbers = Numbers()
    # 16:00 UTC on the last day is the new year already on the procedure's clock.
    eve = Issuer(keyring, lambda: datetime(2026, 12, 31, 15, 59, tzinfo=UTC), "", faces)
    new = Issuer(keyring, lambda: datetime(2026, 12, 31, 16, 0, tzinfo=UTC), "", faces)
    drawn = [
        at.issue(letter(code, round=str(n)), file(), POLICY, ending(keyring), numbers).letter["number"]
        for n, (at, code) in enumerate([(eve, "N04"), (eve, "N04"), (eve, "N14"), (new, "N04")])
    ]
    assert drawn == [
        "清选〔2026〕N04-000001",
        "清选〔2026〕N04-000002",
        "清选〔2026〕N14-000001",
        "清选〔2027〕N04-000001",
    ]


@pytest.mark.parametrize(
    ("to", "domain", "expected"),
    [
        (PERSON, "example.org", {"inbox": "sent", "smtp": "pending"}),
        (PERSON, "", {"inbox": "sent", "smtp": "not-configured"}),
        (DEPARTMENT, "example.org", {"inbox": "sent"}),
        (PUBLIC, "example.org", {"public": "sent"}),
        (
            Addressee(code="reporter", kind=Kind.REPORTER, report=1, roles=("REPORT_HANDLER",)),
            "example.org",
            {"smtp": "pending"},
        ),
        (
            Addressee(code="reporter", kind=Kind.REPORTER, report=1, roles=("REPORT_HANDLER",)),
            "",
            {"smtp": "not-configured", "hand": "pending"},
        ),
        (
            Addressee(code="reporter", kind=Kind.REPORTER, report=2, roles=("REPORT_HANDLER",)),
            "example.org",
            {"hand": "pending"},
        ),
    ],
)
def test_a_letter_travels_where_its_addressee_can_be_reached(
    tmp_path: Path, to: Addressee, domain: str, expected: dict[str, str]
) -> None:
    issuer = Issuer(everybodys(tmp_path / "keys"), lambda: AT, domain, faces)
    known = file(
        reporters={
            1: Reporter(ident="k1", name="贾报", contact="jia@example.org"),
            2: Reporter(ident="k1", name="", contact="13800000000"),
        }
    )
    issued = issue(issuer, letter("N13", to, outcome=("ending", "UNTRUE")), known)
    assert {one["channel"]: one["state"] for one in issued.deliveries} == expected


def test_an_address_that_is_none_is_never_mailed_and_says_so(tmp_path: Path) -> None:
    issuer = Issuer(everybodys(tmp_path / "keys"), lambda: AT, "example.org", faces)
    hostile = file(person=Contact(name="甄", firm="厂", email="a@example.org\r\nBcc: c@example.org"))
    states = {
        one["channel"]: (one["state"], one["last_error"])
        for one in issue(issuer, letter("N04"), hostile).deliveries
    }
    assert states["smtp"] == ("dead", "bad-address")


def test_a_demonstration_marks_the_letter_and_the_mails_subject(tmp_path: Path) -> None:
    issuer = Issuer(everybodys(tmp_path / "keys"), lambda: AT, "example.org", faces)
    issued = issue(issuer, letter("N04"), policy=DEMO)
    content = open_sealed(
        Sealed.model_validate(issued.letter["sealed"]), place(issued.letter["letter_id"]), issuer.keyring
    )
    assert DEMO.demonstration_mark is not None
    assert DEMO.demonstration_mark.zh in str(content["mail_subject"])
    unmarked = DEMO.model_copy(update={"demonstration_mark": Text(zh="另一标记", en="another mark")})
    bare = DEMO.letter_frame.model_copy(update={"head": Text(zh="无", en="none")})
    with pytest.raises(LetterError, match="demonstration"):
        issue(issuer, letter("N04"), policy=unmarked.model_copy(update={"letter_frame": bare}))


def test_nothing_personal_stands_outside_the_seal(tmp_path: Path) -> None:
    issuer = Issuer(everybodys(tmp_path / "keys"), lambda: AT, "example.org", faces)
    issued = issue(issuer, letter("N07", hits=(1,), says="facts"))
    rows = [issued.letter, *issued.readers, *issued.deliveries]
    open_ = "".join(json.dumps(row, default=str, ensure_ascii=False) for row in rows)
    for personal in (NOMINEE.name, NOMINEE.email, NOMINEE.firm, FACT.text, FACT.subject_id, "甄"):
        assert personal not in open_


def test_a_mail_subject_names_nobody(tmp_path: Path) -> None:
    issuer = Issuer(everybodys(tmp_path / "keys"), lambda: AT, "example.org", faces)
    named = file(person=Contact(name="独特名字", firm="独特厂", email="a@example.org"))
    for notice in POLICY.notices:
        issued = issue(issuer, letter(notice.code), named)
        content = open_sealed(
            Sealed.model_validate(issued.letter["sealed"]), place(issued.letter["letter_id"]), issuer.keyring
        )
        subject = str(content["mail_subject"])
        assert "独特" not in subject
        assert issued.letter["number"] in subject
        message = EmailMessage(policy=SMTP)
        message["Subject"] = subject
        assert str(make_header(decode_header(message["Subject"]))) == subject
