"""What lies between two versions for the cases that change from one to the other."""

from contracts.policy import loader
from contracts.policy.between import added, asked, lacking, unasked
from contracts.policy.model import NegativeItem, Policy, Text

OLD = loader.released("2026.1")


def said(faults: list[Text]) -> list[str]:
    return [fault.en for fault in faults]


def with_items(*items: NegativeItem) -> Policy:
    changed = {item.code: item for item in items}
    kept = tuple(changed.pop(item.code, item) for item in OLD.negative_list)
    return OLD.model_copy(update={"version": "2026.2", "negative_list": (*kept, *changed.values())})


def test_an_item_that_is_new_switched_on_or_measured_otherwise_is_asked_about() -> None:
    tax, off = OLD.item("NL-D01"), OLD.item("NL-B03")
    new = tax.model_copy(update={"code": "NL-Z01"})
    assert added(OLD, OLD) == ()
    assert added(OLD, with_items(new)) == ("NL-Z01",)
    assert added(OLD, with_items(off.model_copy(update={"on": True}))) == ("NL-B03",)
    assert added(OLD, with_items(OLD.item("NL-C04").model_copy(update={"look_back_years": 8}))) == ("NL-C04",)


def test_other_words_for_an_item_and_an_item_that_goes_are_not() -> None:
    tax = OLD.item("NL-D01")
    assert added(OLD, with_items(tax.model_copy(update={"basis": "另一文件", "mark": "OC"}))) == ()
    assert added(OLD, with_items(tax.model_copy(update={"retired": True, "on": False}))) == ()


def test_the_departments_that_answer_for_an_item_are_asked_and_an_item_without_any_is_named() -> None:
    assert asked(["NL-D01"], OLD) == ("tax",)
    assert unasked(["NL-D01"], OLD) == []
    assert said(unasked(["NL-X01", "NL-Z99"], OLD)) == [
        "NL-X01: not in force in 2026.1",
        "NL-Z99: not in force in 2026.1",
    ]
    assert said(unasked(["NL-A01"], OLD)) == ["NL-A01: no consulted department answers for it"]


def test_a_version_that_lacks_what_cases_may_name_is_named() -> None:
    fewer = OLD.model_copy(update={"version": "2026.2", "departments": OLD.departments[1:]})
    assert lacking(OLD, OLD) == []
    assert said(lacking(OLD, fewer)) == ["2026.2 has no department discipline"]
    assert [one.zh for one in lacking(OLD, fewer)] == ["2026.2 没有部门 discipline"]
