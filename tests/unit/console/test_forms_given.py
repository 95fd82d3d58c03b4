"""What is given of a form is asked of nobody, and stays as it was given."""

from services.console.forms.given import asked, whole

TEXT = {"type": "string", "maxLength": 9}
SCHEMA = {
    "type": "object",
    "required": ["name", "lead", "rows"],
    "properties": {
        "name": TEXT,
        "lead": {"type": "object", "required": ["who", "what"], "properties": {"who": TEXT, "what": TEXT}},
        "rows": {"type": "array", "maxItems": 3, "items": TEXT},
        "note": TEXT,
    },
}


def test_nothing_is_taken_away_where_nothing_is_given() -> None:
    assert asked(SCHEMA, {}) == SCHEMA
    assert whole({}, {"note": "x"}) == {"note": "x"}


def test_what_is_given_is_not_asked_and_a_list_may_grow() -> None:
    left = asked(SCHEMA, {"name": "a", "lead": {"who": "b"}, "rows": ["c"]})
    assert list(left["properties"]) == ["lead", "rows", "note"]
    assert list(left["properties"]["lead"]["properties"]) == ["what"]
    assert (left["required"], left["properties"]["lead"]["required"]) == (["lead"], ["what"])
    assert "note" not in asked(SCHEMA, {"note": None})["properties"]
    nothing_left = asked(SCHEMA, {"lead": {"who": "b", "what": "c"}})
    assert "lead" not in nothing_left["properties"]
    assert nothing_left["required"] == ["name", "rows"]


def test_what_is_given_wins_over_what_was_typed() -> None:
    given = {"name": "a", "lead": {"who": "b"}, "rows": ["c"]}
    typed = {"name": "z", "lead": {"who": "z", "what": "w"}, "rows": ["d"], "note": "n"}
    assert whole(given, typed) == {
        "name": "a",
        "lead": {"who": "b", "what": "w"},
        "rows": ["c", "d"],
        "note": "n",
    }
    assert whole(given, {}) == given
