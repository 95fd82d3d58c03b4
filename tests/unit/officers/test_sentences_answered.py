"""How the API answers what a rule said: in words, at the field that it names, and never without a reason."""

from structlog.testing import capture_logs

from contracts.refusals import RefusalCode
from contracts.saying import say
from services.officers.web.problems import PROBLEMS
from services.officers.web.sentences import refused
from services.officers.web.titles import title_of


def test_a_sentence_is_answered_with_the_words_of_its_codes() -> None:
    refusal = refused(RefusalCode.OUTCOME_NOT_ALLOWED, say("nominated-twice", choose="DUPLICATE"))
    assert refusal.sentence.zh == "此人在本批次已有办件，请选择“重复”"
    assert "errors" not in refusal.extra


def test_a_field_is_named_by_its_title_and_for_programs_by_its_path() -> None:
    said = say("consent-needed").at("consent_digest").at("form")
    chinese = refused(RefusalCode.OUTCOME_NOT_ALLOWED, said).spoken("zh").problem()
    assert chinese["errors"] == [
        {"field": "form.consent_digest", "reason": "委员被留置或正在接受调查，请提供调查机关的书面同意"}
    ]
    title = title_of("form.consent_digest")
    assert title is not None
    assert chinese["detail"] == f"{title.zh}：{chinese['errors'][0]['reason']}"
    assert "consent_digest" not in chinese["detail"]


def test_an_item_of_a_list_is_named_by_its_place() -> None:
    finding = title_of("form.findings.2.subject_id")
    assert finding is not None
    assert finding.zh.startswith("第 3 项 · ")
    assert finding.en.startswith("item 3, ")
    assert title_of("accounts.0") is not None
    assert title_of("nothing-of-ours") is None


def test_a_rule_of_a_newer_worker_is_still_a_refusal_and_somebody_is_told() -> None:
    with capture_logs() as lines:
        refusal = refused(RefusalCode.SAME_PERSON, say("said-by-nobody-yet"))
    assert refusal.sentence == PROBLEMS["same-person"].sentence
    assert [line["code"] for line in lines if line["log_level"] == "error"] == ["same-person"]
