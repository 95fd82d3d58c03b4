"""What is generated is committed, and every golden example of an event is still read as it was written."""

import json
from pathlib import Path

import pytest

from contracts.base import Contract
from contracts.canonical import canonical, envelope_digest
from contracts.catalogue import EVENTS, UnknownEventError, build, known, plain_fault
from contracts.commands.every import COMMANDS, OPENINGS, OPENS
from contracts.envelope import Envelope
from contracts.generate import FOLDER, schemas

EXAMPLES = sorted((FOLDER.parent / "examples").glob("*/v*/*.json"))


def test_committed_schemas_are_what_the_code_generates() -> None:
    committed = {path.name: path.read_text(encoding="utf-8") for path in FOLDER.glob("*.schema.json")}
    assert committed == schemas(), "run `make schemas` and look at what changed"


def test_every_event_has_an_example() -> None:
    shown = {(path.parents[1].name, int(path.parent.name[1:])) for path in EXAMPLES}
    assert shown == set(EVENTS)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: f"{path.parents[1].name}-{path.stem}")
def test_an_example_is_read_and_written_byte_for_byte(path: Path) -> None:
    golden = json.loads(path.read_text(encoding="utf-8"))
    envelope = Envelope.model_validate(golden["envelope"])
    event = build(envelope.type, envelope.version, envelope.payload, golden["private"])
    sealed = envelope.sealed is not None
    assert sealed == (golden["private"] is not None)
    assert plain_fault(type(event), envelope.payload, sealed=sealed) is None
    assert event.plain() == envelope.payload
    assert event.personal() == golden["private"]
    assert canonical(envelope).decode() == golden["canonical"]
    assert envelope_digest(envelope) == golden["digest"]


def test_an_unknown_version_is_never_read() -> None:
    path = EXAMPLES[0]
    envelope = Envelope.model_validate(json.loads(path.read_text(encoding="utf-8"))["envelope"])
    later = envelope.model_copy(update={"version": 99})
    assert not known(later.type, later.version)
    with pytest.raises(UnknownEventError):
        build(later.type, later.version, later.payload, None)


def test_no_plain_field_of_an_event_holds_what_belongs_to_a_person() -> None:
    personal = {
        "name",
        "id_number",
        "phone",
        "email",
        "firm",
        "credit_code",
        "text",
        "reason",
        "form",
        "fact",
    }
    for cls in EVENTS.values():
        assert not personal & (cls.model_fields.keys() - {"private"}), cls.__name__


def test_every_command_has_a_wire_name_of_its_own() -> None:
    names = [cls.model_fields["act"].default for cls in (*OPENINGS, *COMMANDS)]
    assert len(set(names)) == len(names)
    assert {cls.model_fields["act"].default for cls in OPENINGS} == set(OPENS)
    assert all(issubclass(cls, Contract) for cls in (*OPENINGS, *COMMANDS))
