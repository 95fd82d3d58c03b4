"""Every letter of the domain (§8.6, §8.8.14): under its name, with what all carry, and rights where they are due."""

import re
from datetime import UTC, datetime

import pytest

from contracts.policy.loader import released
from contracts.policy.model import NoticeType, Policy
from contracts.vocabulary import Rung, Seat, Stage
from services.notices.casefile import CaseFile, Contact
from tests.letters import file, letter, written

POLICY = released("2026.1")
NAMES = {
    "N01": "换届人选推荐通知",
    "N02": "补正通知书",
    "N03": "不符合资格告知书",
    "N04": "个人信息处理告知暨承诺书",
    "N05": "征求意见函",
    "N06": "提醒单·催办单·督办单",
    "N07": "负面事项说明通知书",
    "N08": "否决决定告知书",
    "N09": "综合评价结果告知",
    "N10": "廉洁意见函·廉洁意见回复",
    "N11": "公示",
    "N12": "举报受理告知书",
    "N13": "举报核查结果",
    "N14": "暂缓通知书",
    "N15": "撤回·放弃确认书",
    "N16": "当选通知书·未当选告知",
    "N17": "暂停履职通知书",
    "N18": "拟免职（罢免）事先告知书",
    "N19": "免职（罢免）决定书",
    "N20": "关联职务通报函",
    "N21": "复审（复核）受理、决定书",
    "N22": "澄清正名函",
    "N23": "取消先进评选资格告知书",
    "N24": "未通过告知书",
    "N25": "终止办理告知书",
}
WITH_RIGHTS = frozenset({"N03", "N07", "N08", "N17", "N18", "N19", "N21", "N23", "N24"})
"""Those that the domain marks with ®."""


def of(code: str, policy: Policy = POLICY) -> NoticeType:
    return policy.notice(code)


@pytest.mark.parametrize("code", NAMES)
def test_the_letter_is_there_under_its_name(code: str) -> None:
    assert of(code).name.zh == NAMES[code]


@pytest.mark.parametrize("code", NAMES)
def test_rights_stand_where_the_domain_grants_them(code: str) -> None:
    rights = of(code).rights
    assert rights is not None or code not in WITH_RIGHTS
    if code in WITH_RIGHTS:
        assert rights.zh in written(letter(code, hits=(1,), says="facts", provisional=True)).body["zh"]  # type: ignore[union-attr]


@pytest.mark.parametrize("code", NAMES)
def test_it_carries_number_day_issuer_addressee_matter_and_basis(code: str) -> None:
    body = written(letter(code, hits=(1,), says="facts"), number="清选〔2026〕号码").body["zh"]
    head, _, rest = body.partition("\n\n")
    assert head == "选举办公室\n清选〔2026〕号码", "issuer and number"
    assert re.match(r"\S+\n\n\S+：\n\n", rest), "title and addressee"
    assert re.search(r"^事项：\S", body, re.MULTILINE)
    assert re.search(r"^依据：.*2026\.1", body, re.MULTILINE)
    assert body.rstrip().endswith("选举办公室\n2026年3月2日"), "signature and day"


def grants_a_term(notice: NoticeType) -> bool:
    """Whether it asks for something that has a deadline: it follows from a task with a limit, or grants a right."""
    tasks = {code for trigger in notice.on for code in trigger.task or ()}
    return notice.rights_need_term or any(POLICY.task(code).limit for code in tasks)


@pytest.mark.parametrize("code", [notice.code for notice in POLICY.notices if grants_a_term(notice)])
def test_a_letter_that_grants_a_term_says_until_when(code: str) -> None:
    due = datetime(2026, 5, 18, 16, 0, tzinfo=UTC)
    asks = {code for trigger in of(code).on for code in trigger.task or ()}
    more = {"task": min(asks)} if asks else {}
    more |= {"unit": "tax", "says": "nothing", "hits": (), "reply_by": due}
    body = written(letter(code, **more), _member()).body
    assert "期限：2026年5月18日24:00" in body["zh"]
    assert "Reply by: 2026-05-18 24:00 (UTC+8)" in body["en"]


def _member() -> CaseFile:
    return file(
        kind="removal", seat=Seat.EXECUTIVE, person=Contact(name="卜在任"), lead="x", stage=Stage.GRADING
    )


def test_the_documents_of_a_removal_say_what_is_done_and_the_umbrella_word_stands_in_titles_only() -> None:
    texts = {notice.code: notice.text.zh for notice in POLICY.procedures["removal"].letters}
    assert "免去" in texts["N19"]
    assert "接受" in texts["N19-2"]
    assert [code for code, text in texts.items() if "罢免" in text] == []
    assert POLICY.procedures["removal"].name.zh == "免职（罢免）"


@pytest.mark.parametrize(("rung", "word"), [(Rung.BLUE, "提醒"), (Rung.YELLOW, "催办"), (Rung.RED, "督办")])
def test_a_sheet_has_the_word_of_its_colour(rung: Rung, word: str) -> None:
    assert written(letter("N06", rung=rung, task="screen")).subject["zh"].startswith(word)
