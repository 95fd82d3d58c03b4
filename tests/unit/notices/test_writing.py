"""Letters as they read."""

from datetime import UTC, datetime

import pytest

from contracts.lettering.filling import LetterError
from contracts.policy.letter_rules import FIELDS
from contracts.policy.loader import released, versions
from contracts.policy.model import NoticeType, Text
from contracts.vocabulary import Rung
from services.notices.composing import compose
from services.notices.letters import Addressee, Kind
from services.notices.renderer import LARGEST, template_digest, write
from tests.letters import DEPARTMENT, POLICY, PUBLIC, file, letter, written
from tests.stories import AT, FACT, NOMINEE


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
    assert found.subject["zh"].startswith("督办（红）")
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
    assert "不属实" in found.body["zh"]
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


def test_a_letter_over_the_limit_is_refused() -> None:
    long = file(facts={1: FACT.model_copy(update={"text": "税" * 100_000})})
    assert "税" * 100_000 in written(letter("N07", hits=(1,), says="facts"), long).body["zh"]
    huge = file(facts={1: FACT.model_copy(update={"text": "税" * LARGEST})})
    with pytest.raises(LetterError, match="at most"):
        written(letter("N07", hits=(1,), says="facts"), huge)


def test_another_wording_is_another_template_digest() -> None:
    notice, frame = POLICY.notice("N04"), POLICY.letter_frame
    other = notice.model_copy(update={"text": Text(zh=notice.text.zh + "。", en=notice.text.en)})
    around = frame.model_copy(update={"closing": Text(zh="此致", en="Yours")})
    assert len({template_digest(one, of) for one in (notice, other) for of in (frame, around)}) == 4


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
