"""The codes of every form have words; a department is offered what it answers for."""

from contracts.policy import loader
from services.console.deciding import sheet, typed
from services.console.facts import Reader
from services.console.form_words import begun, known
from services.console.forms.draw import draw
from services.console.forms.faults import faults
from services.console.forms.kinds import Kind
from tests.unit.console.schemas import FORMS, leaves

POLICY = loader.released(loader.versions()[-1])
FINDINGS = next(schema for name, schema in FORMS.items() if name.endswith(" findings"))


def test_every_code_of_every_form_has_words_in_both_languages() -> None:
    for name, schema in FORMS.items():
        for leaf in leaves(draw(schema, language="en", known=known(schema, POLICY))):
            assert all(option.label and option.label != option.value for option in leaf.options), (name, leaf)


def test_a_department_chooses_among_the_items_it_answers_for() -> None:
    unit = POLICY.negative_list[0].sources[0]
    offered = dict(known(FINDINGS, POLICY, unit).choices["findings.item"])
    assert offered.keys() == {item.code for item in POLICY.negative_list if item.on and unit in item.sources}
    code = next(iter(offered))
    assert offered[code].zh.startswith(f"{code} ")


def test_whoever_answers_for_none_is_offered_all_in_force() -> None:
    offered = dict(known(FINDINGS, POLICY, "chamber-donghu").choices["findings.item"])
    assert offered.keys() == {item.code for item in POLICY.negative_list if item.on}


def test_without_a_policy_codes_are_typed() -> None:
    drawn = draw(FINDINGS, known=known(FINDINGS))
    item = next(leaf for leaf in leaves(drawn) if leaf.name.endswith(".item"))
    assert item.kind is Kind.CODE


READINGS = POLICY.form("readings")
HINTS = {path: hint.model_dump() for path, hint in READINGS.hints.items()}


def test_a_form_that_must_name_each_state_begins_with_all_of_them_each_at_a_source_of_its_own() -> None:
    rows = begun(POLICY, HINTS)["readings"]
    assert [row["item"] for row in rows] == [item.code for item in POLICY.states]
    assert all(row["source"] in POLICY.item(row["item"]).sources for row in rows)
    # What only people can say is left to them.
    assert all(set(row) == {"item", "source"} for row in rows)
    assert len(faults(READINGS.json_schema, {"readings": rows})) == 2 * len(rows)
    assert begun(POLICY, {}) == {}


def test_the_page_begins_with_them_and_keeps_what_was_typed_instead() -> None:
    task = {
        "outcomes": ["CONFIRMED"],
        "forms": {"CONFIRMED": READINGS.json_schema},
        "hints": {"CONFIRMED": HINTS},
        "names": {},
        "reason_required": [],
        "unit": "",
    }

    def rows(posted: dict[str, str]) -> int:
        [choice] = sheet(task, typed(task, posted), Reader(POLICY, "zh"), {}, {}).choices
        assert choice.form is not None
        return len(choice.form.fields[0].fields)

    assert rows({}) == rows({"outcome": "CONFIRMED"}) == len(POLICY.states)
    assert rows({"outcome": "CONFIRMED", "CONFIRMED.readings.0.item": "NL-D01"}) == 1


def test_states_and_sources_are_chosen_by_name() -> None:
    offered = known(READINGS.json_schema, POLICY, hints=HINTS).choices
    assert [code for code, _ in offered["readings.item"]] == [item.code for item in POLICY.states]
    sources = dict(offered["readings.source"])
    assert {source for item in POLICY.states for source in item.sources} <= sources.keys()
    assert all(text.zh != code for code, text in sources.items())
