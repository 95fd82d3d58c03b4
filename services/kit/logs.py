"""Log lines: JSON on standard error, and only keys from a list, so that no body and no name can slip in."""

import logging
import sys
import threading
import traceback
import warnings
from collections.abc import Mapping, MutableMapping
from typing import Any, TextIO

from services.kit.hidden import hidden

# It takes what draws tracebacks on a terminal along, 3 MiB in every service; our lines are JSON.
with hidden("rich"):
    import structlog

ALLOWED = frozenset(
    {
        *("event", "error", "level", "reason", "service", "signal", "timestamp", "trace", "detail"),
        *("account_id", "case_id", "command_id", "event_id", "key_id", "task_id", "workflow_id"),
        *("code", "index", "sequence", "type", "version"),
        *("address", "path", "port", "status", "count", "attempt", "delay"),
        *("stream", "stream_sequence", "subject"),
    }
)
"""Keys a line may carry. Ids here are opaque; a text typed by a person belongs in none of them."""

LEVELS = {"debug": logging.DEBUG, "info": logging.INFO, "warning": logging.WARNING, "error": logging.ERROR}

logger: structlog.typing.FilteringBoundLogger = structlog.get_logger("qingxuan")
"""The one logger: `logger.info("sentence", case_id=...)`."""


def configure(service: str, level: str = "info") -> None:
    """Set up logging for a process: its own lines and those of the libraries below it."""
    _use(service, level)
    root = logging.getLogger()
    root.handlers = [_Forward()]
    root.setLevel(max(LEVELS[level], logging.WARNING))
    _take_over()


def _take_over() -> None:
    """Whatever else would write to standard error by itself, with what it had in hand in its text."""
    # A handler that fails prints the line that it could not write.
    logging.raiseExceptions = False
    warnings.showwarning = _warning
    sys.excepthook = lambda _kind, error, _trace: logger.error("process failed", exc_info=error)
    threading.excepthook = lambda given: logger.error("a thread failed", exc_info=given.exc_value)
    sys.unraisablehook = lambda given: logger.error("failed where nobody asked", exc_info=given.exc_value)


def _warning(
    message: Warning | str,
    category: type[Warning],
    filename: str,
    lineno: int,
    file: TextIO | None = None,
    line: str | None = None,
) -> None:
    """A library's warning: its kind and place, never its text, which may hold the cell that it read."""
    logger.warning("library message", path=f"{filename.rsplit('/', 1)[-1]}:{lineno}", error=category.__name__)


def trace_of_error(_logger: object, _name: str, line: MutableMapping[str, Any]) -> Mapping[str, Any]:
    """Turn `exc_info` into where it happened. The message stays out: it may quote what a person sent."""
    error = line.pop("exc_info", None)
    if isinstance(error, BaseException):
        frames = traceback.extract_tb(error.__traceback__)[-8:]
        line["error"] = type(error).__name__
        if isinstance(error, OSError) and error.strerror:
            line["detail"] = error.strerror
        line["trace"] = [
            f"{frame.filename.rsplit('/', 1)[-1]}:{frame.lineno} {frame.name}" for frame in frames
        ]
    return line


def only_allowed(_logger: object, _name: str, line: MutableMapping[str, Any]) -> Mapping[str, Any]:
    """Drop every key that is not on the list and say which were dropped."""
    dropped = sorted(line.keys() - ALLOWED)
    kept = {key: value for key, value in line.items() if key in ALLOWED}
    return {**kept, "dropped": dropped} if dropped else kept


def _use(service: str, level: str) -> None:
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _name(service),
            trace_of_error,
            only_allowed,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(LEVELS[level]),
        logger_factory=lambda *_: structlog.PrintLogger(sys.stderr),
        cache_logger_on_first_use=False,
    )


def _name(service: str) -> structlog.typing.Processor:
    def add(_logger: object, _method: str, line: MutableMapping[str, Any]) -> Mapping[str, Any]:
        line.setdefault("service", service)
        return line

    return add


class _Forward(logging.Handler):
    """Lines of libraries: where from and how grave, never their text, which may hold a statement's values."""

    def emit(self, record: logging.LogRecord) -> None:
        error = record.exc_info[1] if record.exc_info else None
        kind = type(error).__name__ if error else ""
        structlog.get_logger().log(
            record.levelno, "library message", path=f"{record.name}:{record.lineno}", error=kind
        )


# A process that logs before `configure` must not print a traceback with the values of its variables, which is what
# the library does by default.
_use("unnamed", "info")
