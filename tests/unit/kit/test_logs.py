"""Log lines carry what is on the list, and nothing a person typed."""

import json
import logging

import pytest
import structlog

from services.kit import logs


@pytest.fixture
def lines(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> object:
    # The hooks are the interpreter's, and here they are pytest's: see test_logs_silence.py.
    monkeypatch.setattr(logs, "_take_over", lambda: None)
    before = logging.getLogger().handlers, logging.getLogger().level
    logs.configure("test")

    def read() -> list[dict[str, object]]:
        return [json.loads(line) for line in capsys.readouterr().err.splitlines()]

    yield read
    logging.getLogger().handlers, level = before
    logging.getLogger().setLevel(level)


def test_a_line_is_json_with_service_level_and_time(lines: object) -> None:
    logs.logger.info("started", port=8081)
    (line,) = lines()  # type: ignore[operator]
    assert (line["event"], line["service"], line["level"], line["port"]) == ("started", "test", "info", 8081)
    assert str(line["timestamp"]).endswith("Z")


def test_a_key_off_the_list_is_dropped_and_named(lines: object) -> None:
    logs.logger.info("letter sent", name="甄选", event_id="c1.1")
    (line,) = lines()  # type: ignore[operator]
    assert "甄选" not in json.dumps(line, ensure_ascii=False)
    assert line["dropped"] == ["name"]
    assert line["event_id"] == "c1.1"


def test_an_error_tells_where_and_never_what(lines: object) -> None:
    try:
        raise ValueError("甄选 is not a number")
    except ValueError as error:
        logs.logger.error("failed", exc_info=error)
    (line,) = lines()  # type: ignore[operator]
    assert line["error"] == "ValueError"
    assert "test_an_error_tells_where" in str(line["trace"])
    assert "甄选" not in json.dumps(line, ensure_ascii=False)


def test_a_library_s_line_shows_its_source_and_not_its_text(lines: object) -> None:
    logging.getLogger("sqlalchemy.pool").error("INSERT ... %s", "甄选")
    (line,) = lines()  # type: ignore[operator]
    assert str(line["path"]).startswith("sqlalchemy.pool")
    assert "甄选" not in json.dumps(line, ensure_ascii=False)


def test_debug_lines_are_off_unless_asked_for(lines: object) -> None:
    logs.logger.debug("detail")
    assert lines() == []  # type: ignore[operator]


def test_a_process_that_never_configured_prints_no_values(capsys: pytest.CaptureFixture[str]) -> None:
    secret = "甄选"  # noqa: F841  (a local variable that must not be printed)
    structlog.reset_defaults()
    logs._use("unnamed", "info")
    try:
        raise ValueError("x")
    except ValueError as error:
        logs.logger.error("failed", exc_info=error)
    captured = capsys.readouterr()
    assert "甄选" not in captured.out + captured.err
    assert json.loads(captured.err)["service"] == "unnamed"
