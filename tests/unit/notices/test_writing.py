"""Letters as they read, and what happens to text that people typed."""

import json
import time
from datetime import UTC, datetime
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

import pytest

from contracts.policy.letter_rules import FIELDS
from contracts.policy.loader import released, versions
from contracts.policy.model import NoticeType, Policy, Text
from contracts.sealed import Sealed
from contracts.vocabulary import Rung, Seat
from services.kit.sealing import Keyring, open_sealed
from services.notices.addresses import is_address
from services.notices.casefile import CaseFile, Contact, Reporter
from services.notices.composing import compose
from services.notices.instants import beginning, moment
from services.notices.issuing import Issued, Issuer, Numbers, place
from services.notices.letters import Addressee, Kind, Letter
from services.notices.plain import one_line
from services.notices.renderer import LARGEST, LetterError, Written, template_digest, write
from tests.stories import AT, FACT, NOMINEE

POLICY = released("2026.1")
DEMO = released("2026.1-demo")
PERSON = Addressee(code="nominee", kind=Kind.PERSON, person_id="p1", district="d1")
DEPARTMENT = Addressee(
    code="department", kind=Kind.UNIT, roles=("DEPT_OFFICER", "DEPT_HEAD"), unit="tax", district="d1"
)
PUBLIC = Addressee(code="public", kind=Kind.PUBLIC)
HOSTILE = (
    "{{ 7*7 }}",
    "{% for x in ().__class__.__base__.__subclasses__() %}{{ x }}{% endfor %}",
    "{{ cycler.__init__.__globals__ }}",
    "{# gone #}",
    "${7*7}",
    "#{7*7}",
    "%(person_name)s",
    "{person_name}",
    "{0.__class__}",
    "<b>&amp;</b>",
    "%s%n",
)
BREAKS = ("\r\n", "\n", "\r", "\x0b", "\x0c", "\x1c", "\x1d", "\x1e", "\x85", "\u2028", "\u2029")
INVISIBLE = ("\u202e", "\u202d", "\u2066", "\u2069", "\u200b", "\u200f", "\ufeff", "\u061c")


def file(**changes: object) -> CaseFile:
    values: dict[str, object] = {
        "kind": "nomination",
        "case_id": "c1",
        "batch_id": "b1",
        "district": "d1",
        "policy": "2026.1",
        "person_id": "p1",
        "nominating_unit": "chamber-1",
        "seat": Seat.EXECUTIVE,
        "person": Contact(name=NOMINEE.name, firm=NOMINEE.firm, email=NOMINEE.email),
        "facts": {1: FACT},
        "remark": "缺少学历证明",
        "reporters": {1: Reporter(name="贾报", contact="jia@example.org")},
        **changes,
    }
    return CaseFile.model_validate(values)


def letter(code: str, to: Addressee = PERSON, **about: object) -> Letter:
    return Letter.model_validate({"type": code, "addressee": to, "round": "1", **about})


def written(
    one: Letter, of: CaseFile | None = None, policy: Policy = POLICY, number: str = "清选〔2026〕N-1"
) -> Written:
    return write(policy.notice(one.type), policy.letter_frame, compose(one, of or file(), policy, number, AT))


@pytest.mark.parametrize(
    ("instant", "zh", "en"),
    [
        # 24:00 of the last day, not 00:00 of the next (§8.0, rule 2); SC-21's deadline.
        (datetime(2026, 5, 18, 16, 0, tzinfo=UTC), "2026年5月18日24:00", "2026-05-18 24:00 (UTC+8)"),
        (datetime(2026, 5, 18, 15, 59, tzinfo=UTC), "2026年5月18日23:59", "2026-05-18 23:59 (UTC+8)"),
        (datetime(2026, 5, 18, 16, 0, 1, tzinfo=UTC), "2026年5月19日00:00:01", "2026-05-19 00:00:01 (UTC+8)"),
        (datetime(2026, 12, 31, 16, 0, tzinfo=UTC), "2026年12月31日24:00", "2026-12-31 24:00 (UTC+8)"),
        (None, "", ""),
    ],
)
def test_a_deadline_is_the_stored_instant_in_local_time(instant: datetime | None, zh: str, en: str) -> None:
    assert moment(instant, provisional=False, offset_hours=8, language="zh") == zh
    assert moment(instant, provisional=False, offset_hours=8, language="en") == en


def test_a_provisional_deadline_says_so() -> None:
    assert moment(None, provisional=True, offset_hours=8, language="zh") == "暂定"
    assert moment(None, provisional=True, offset_hours=8, language="en") == "provisional"


def test_a_window_begins_at_the_first_instant_of_its_day() -> None:
    start = datetime(2026, 9, 27, 16, 0, tzinfo=UTC)
    assert beginning(start, offset_hours=8, language="zh") == "2026年9月28日00:00"


def test_a_request_for_comments_reads_as_it_should() -> None:
    due = datetime(2026, 5, 18, 16, 0, tzinfo=UTC)
    found = written(letter("N05", DEPARTMENT, task="reply", unit="tax", reply_by=due, says="questions"))
    body = found.body["zh"]
    tax = POLICY.department("tax")
    for said in (
        "清选〔2026〕N-1",
        "2026年3月2日",
        tax.name.zh,
        "执委",
        NOMINEE.name,
        "2026年5月18日24:00",
        "选举办公室",
    ):
        assert said in body
    for question in tax.questions:
        assert question.zh in body
    assert "2026-05-18 24:00 (UTC+8)" in found.body["en"]


def test_a_repair_and_an_ineligibility_give_the_screeners_reason() -> None:
    for code in ("N02", "N03"):
        assert "缺少学历证明" in written(letter(code, says="remark")).body["zh"]


def test_an_explanation_is_asked_with_the_facts_and_the_rights() -> None:
    body = written(letter("N07", hits=(1,), says="facts", task="explain")).body["zh"]
    for said in (
        FACT.issuer,
        FACT.document_no,
        FACT.text,
        "2026-01-15",
        "NL-D01",
        POLICY.item("NL-D01").basis or "-",
    ):
        assert said in body
    rights = POLICY.notice("N07").rights
    assert rights is not None
    assert rights.zh in body


def test_a_veto_to_the_nominating_body_names_the_item_only() -> None:
    body = written(letter("N08", hits=(1,), says="items", outcome=("state", "VETOED"))).body["zh"]
    assert "NL-D01" in body
    for kept in (FACT.text, FACT.document_no, FACT.issuer, FACT.subject_id):
        assert kept not in body


def test_a_reminder_says_its_colour_and_who_is_to_act() -> None:
    found = written(letter("N06", DEPARTMENT, rung=Rung.RED, task="reply", unit="tax"))
    assert found.subject["zh"].startswith("督办单（红）")
    assert POLICY.department("tax").name.zh in found.body["zh"]
    own = written(letter("N06", rung=Rung.BLUE, task="screen")).body["zh"]
    assert "资格审核" in own


def test_a_public_notice_prints_both_stored_instants() -> None:
    window = (datetime(2026, 9, 27, 16, 0, tzinfo=UTC), datetime(2026, 10, 9, 16, 0, tzinfo=UTC))
    body = written(letter("N11", PUBLIC, window=window)).body["zh"]
    assert "2026年9月28日00:00 至 2026年10月9日24:00" in body
    later = written(letter("N11", PUBLIC, window=(None, None), provisional=True)).body["zh"]
    assert "暂定" in later


def test_the_result_of_a_report_tells_the_nominee_nothing_of_the_reporter() -> None:
    found = written(letter("N13", outcome=("ending", "UNTRUE")))
    text = "".join([*found.body.values(), *found.subject.values()])
    assert "贾报" not in text
    assert "jia@" not in text
    assert "举报不实" in found.body["zh"]
    reporter = Addressee(code="reporter", kind=Kind.REPORTER, report=1, roles=("REPORT_HANDLER",))
    assert "贾报：" in written(letter("N13", reporter, outcome=("ending", "UNTRUE"))).body["zh"]


@pytest.mark.parametrize("version", versions())
def test_every_letter_of_a_nomination_can_be_written_and_carries_what_every_letter_must(version: str) -> None:
    policy = released(version)
    for notice in policy.notices:
        found = written(
            letter(notice.code, hits=(1,), says="facts"), policy=policy, number="清选〔2026〕号码"
        )
        for body in found.body.values():
            assert "清选〔2026〕号码" in body
            assert version in body
            assert "{" not in body
        if policy.demonstration_mark:
            assert policy.demonstration_mark.zh in found.body["zh"]
            assert policy.demonstration_mark.en in found.body["en"]


@pytest.mark.parametrize("payload", HOSTILE)
def test_text_from_people_is_printed_as_it_stands_and_never_carried_out(payload: str) -> None:
    hostile = file(
        person=Contact(name=payload, firm=payload, email=""),
        facts={
            1: FACT.model_copy(
                update={"text": payload, "issuer": payload, "document_no": payload, "subject_id": payload}
            )
        },
        remark=payload,
        reporters={1: Reporter(name=payload, contact="")},
    )
    for code, says in (
        ("N02", "remark"),
        ("N07", "facts"),
        ("N08", "facts"),
        ("N11", "nothing"),
        ("N13", "nothing"),
    ):
        body = written(letter(code, hits=(1,), says=says), hostile).body["zh"]
        assert payload in body
        assert "49" not in body.replace(payload, "")
        assert "__main__" not in body


def test_a_hostile_batch_title_is_printed_as_it_stands() -> None:
    body = written(
        letter(
            "N01",
            Addressee(code="nominating_bodies", kind=Kind.ROLE, roles=("NOMINATOR",)),
            title="{{ 7*7 }}\n签发人：某人",
        )
    ).body["zh"]
    assert "{{ 7*7 }} 签发人：某人" in body


@pytest.mark.parametrize("mark", BREAKS)
def test_a_line_break_in_a_name_cannot_begin_a_line_of_the_letter(mark: str) -> None:
    hostile = file(
        person=Contact(name=f"甄{mark}特此通知", firm=f"厂{mark}依据：无", email=""),
        facts={1: FACT.model_copy(update={"text": f"欠税{mark}2. 另一事项"})},
    )
    honest = file(
        person=Contact(name="甄 特此通知", firm="厂 依据：无", email=""),
        facts={1: FACT.model_copy(update={"text": "欠税 2. 另一事项"})},
    )
    one = letter("N08", hits=(1,), says="facts")
    spaces = "  " if mark == "\r\n" else " "
    assert written(one, hostile).body["zh"].replace(spaces, " ") == written(one, honest).body["zh"]
    assert len(written(one, hostile).subject["zh"].splitlines()) == 1


@pytest.mark.parametrize("mark", INVISIBLE)
def test_what_cannot_be_seen_is_left_out(mark: str) -> None:
    assert one_line(f"甄{mark}试{mark}人") == "甄试人"


def test_rare_characters_and_middle_dots_stay_bit_exact() -> None:
    for name in ("𠮷野", "阿卜杜拉·买买提", "\uf900", "葛\U000e0100"):
        assert one_line(name) == name


@pytest.mark.parametrize(
    "address", ["a@b.example", "first.last+tag@sub.example.org", "x_y@1-2.example", "a" * 64 + "@example.org"]
)
def test_one_plain_address_is_an_address(address: str) -> None:
    assert is_address(address)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a",
        "@example.org",
        "a@",
        "a@b@c.example",
        "a b@example.org",
        "a@example.org,c@example.org",
        "a@example.org;c@example.org",
        "甄 <a@example.org>",
        "<a@example.org>",
        '"a b"@example.org',
        "a@example.org\r\nBcc: c@example.org",
        "a@example.org\n",
        "a\x00@example.org",
        "a@exa\u2028mple.org",
        "甄@example.org",
        "a@例.org",
        "ａ@example.org",
        "a@[127.0.0.1]",
        "a@-b.org",
        "a..b@example.org",
        "(c)a@example.org",
        "a" * 65 + "@example.org",
        "a@" + "b" * 64 + ".org",
        "a@" + ".".join(["b" * 60] * 5),
    ],
)
def test_anything_else_is_none(text: str) -> None:
    assert not is_address(text)


def test_a_text_over_a_field_that_is_not_given_is_an_error() -> None:
    fields = compose(letter("N04"), file(), POLICY, "n", AT)
    for broken in ({**fields["zh"], "secret": "x"}, {k: v for k, v in fields["zh"].items() if k != "seat"}):
        with pytest.raises(LetterError, match="fields"):
            write(POLICY.notice("N04"), POLICY.letter_frame, {"zh": broken, "en": fields["en"]})


@pytest.mark.parametrize(
    "text",
    [
        "{{ person_name.__class__.__mro__ }}",
        "{{ nope }}",
        "{{ person_name.format(1) }}",
        "{% include 'x' %}",
    ],
)
def test_a_text_that_reaches_further_than_values_is_an_error(text: str) -> None:
    # The policy's own checks refuse such a text before it is released; the environment refuses it again.
    base = POLICY.notice("N04")
    reaching = base.model_copy(update={"text": Text(zh=text, en=text)})
    with pytest.raises(LetterError, match="cannot be filled"):
        write(reaching, POLICY.letter_frame, compose(letter("N04"), file(), POLICY, "n", AT))


def test_a_letter_over_the_limit_is_refused_and_a_long_one_is_quick() -> None:
    long = file(facts={1: FACT.model_copy(update={"text": "税" * 100_000})})
    begun = time.perf_counter()
    written(letter("N07", hits=(1,), says="facts"), long)
    assert time.perf_counter() - begun < 1
    huge = file(facts={1: FACT.model_copy(update={"text": "税" * LARGEST})})
    with pytest.raises(LetterError, match="at most"):
        written(letter("N07", hits=(1,), says="facts"), huge)


def test_the_same_letter_is_the_same_bytes_and_its_text_can_be_written_again(tmp_path: Path) -> None:
    issuer = Issuer(Keyring.create(tmp_path / "keys"), lambda: AT, "example.org")
    issued = issue(issuer, letter("N04"))
    content = open_sealed(
        Sealed.model_validate(issued.letter["sealed"]), place(issued.letter["letter_id"]), issuer.keyring
    )
    policy = released(issued.letter["policy"])
    again = write(policy.notice("N04"), policy.letter_frame, content["fields"])  # type: ignore[arg-type]
    assert again.digest == issued.letter["body_digest"]
    assert again.template_digest == issued.letter["template_digest"]
    assert again.body == content["body"]


def test_another_wording_is_another_template_digest() -> None:
    notice, frame = POLICY.notice("N04"), POLICY.letter_frame
    other = notice.model_copy(update={"text": Text(zh=notice.text.zh + "。", en=notice.text.en)})
    around = frame.model_copy(update={"closing": Text(zh="此致", en="Yours")})
    assert len({template_digest(one, of) for one in (notice, other) for of in (frame, around)}) == 4


def issue(issuer: Issuer, one: Letter, of: CaseFile | None = None, policy: Policy = POLICY) -> Issued:
    return issuer.issue(one, of or file(), policy, "c1.1", Numbers())


def test_numbers_run_per_type_and_year_of_the_procedures_clock(tmp_path: Path) -> None:
    keyring = Keyring.create(tmp_path / "keys")
    numbers = Numbers()
    # 16:00 UTC on the last day is the new year already on the procedure's clock.
    eve = Issuer(keyring, lambda: datetime(2026, 12, 31, 15, 59, tzinfo=UTC), "")
    new = Issuer(keyring, lambda: datetime(2026, 12, 31, 16, 0, tzinfo=UTC), "")
    drawn = [
        at.issue(letter(code, round=str(n)), file(), POLICY, "c1.1", numbers).letter["number"]
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
    issuer = Issuer(Keyring.create(tmp_path / "keys"), lambda: AT, domain)
    known = file(
        reporters={
            1: Reporter(name="贾报", contact="jia@example.org"),
            2: Reporter(name="", contact="13800000000"),
        }
    )
    issued = issue(issuer, letter("N13", to, outcome=("ending", "UNTRUE")), known)
    assert {one["channel"]: one["state"] for one in issued.deliveries} == expected


def test_an_address_that_is_none_is_never_mailed_and_says_so(tmp_path: Path) -> None:
    issuer = Issuer(Keyring.create(tmp_path / "keys"), lambda: AT, "example.org")
    hostile = file(person=Contact(name="甄", firm="厂", email="a@example.org\r\nBcc: c@example.org"))
    states = {
        one["channel"]: (one["state"], one["last_error"])
        for one in issue(issuer, letter("N04"), hostile).deliveries
    }
    assert states["smtp"] == ("dead", "bad-address")


def test_a_demonstration_marks_the_letter_and_the_mails_subject(tmp_path: Path) -> None:
    issuer = Issuer(Keyring.create(tmp_path / "keys"), lambda: AT, "example.org")
    issued = issue(issuer, letter("N04"), policy=DEMO)
    content = open_sealed(
        Sealed.model_validate(issued.letter["sealed"]), place(issued.letter["letter_id"]), issuer.keyring
    )
    assert DEMO.demonstration_mark is not None
    assert DEMO.demonstration_mark.zh in str(content["mail_subject"])
    unmarked = DEMO.model_copy(update={"demonstration_mark": Text(zh="另一标记", en="another mark")})
    bare = DEMO.letter_frame.model_copy(update={"body": Text(zh="无", en="none")})
    with pytest.raises(LetterError, match="demonstration"):
        issue(issuer, letter("N04"), policy=unmarked.model_copy(update={"letter_frame": bare}))


def test_nothing_personal_stands_outside_the_seal(tmp_path: Path) -> None:
    issuer = Issuer(Keyring.create(tmp_path / "keys"), lambda: AT, "example.org")
    issued = issue(issuer, letter("N07", hits=(1,), says="facts"))
    rows = [issued.letter, *issued.readers, *issued.deliveries]
    open_ = "".join(json.dumps(row, default=str, ensure_ascii=False) for row in rows)
    for personal in (NOMINEE.name, NOMINEE.email, NOMINEE.firm, FACT.text, FACT.subject_id, "甄"):
        assert personal not in open_


def test_a_mail_subject_names_nobody(tmp_path: Path) -> None:
    issuer = Issuer(Keyring.create(tmp_path / "keys"), lambda: AT, "example.org")
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


def test_the_fields_of_texts_are_the_closed_list_and_no_template_of_a_policy_reads_another() -> None:
    notice = NoticeType.model_validate(
        {
            **POLICY.notice("N04").model_dump(),
            "text": {"zh": "|".join(f"{{{{ {f} }}}}" for f in sorted(FIELDS)), "en": "x"},
        }
    )
    fields = compose(letter("N04"), file(), POLICY, "n", AT)
    body = write(notice, POLICY.letter_frame, fields).body["zh"]
    assert body.count("|") == len(FIELDS) - 1
