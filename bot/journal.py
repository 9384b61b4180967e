"""What the processes log: a line of text or of JSON each, with the conversation it is about and nobody's words.

An error is told by its kind and the places it came through. Its own words may quote a resident.
"""

from __future__ import annotations

import json
import logging
import traceback
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from types import TracebackType
from typing import Any

from bot.yaml_files import ConfigError

CONVERSATION: ContextVar[int | None] = ContextVar("conversation", default=None)
"""The conversation that this thread is at work on."""

PROCESSES = {"serve": "web", "worker": "worker", "clock": "clock"}
"""The kinds of processes that run on, by their commands; any other is a "command"."""

CHATTY = ("alembic", "waitress", "twilio", "werkzeug", "rq.worker")


def start(form: str, process: str) -> None:
    """Log to stderr from now on, as "text" or "json"; raises `ConfigError` on any other form."""
    if form not in ("text", "json"):
        raise ConfigError("LOG_FORMAT is neither text nor json")
    handler = logging.StreamHandler()
    handler.setFormatter(JsonLines(process) if form == "json" else TextLines())
    level = logging.WARNING if process == "command" else logging.INFO  # a command speaks for itself
    logging.basicConfig(level=level, handlers=[handler])
    for name in CHATTY:
        logging.getLogger(name).setLevel(logging.WARNING)
    logging.getLogger("urllib3").setLevel(logging.ERROR)  # its warnings quote addresses, and numbers in them


@contextmanager
def about(conversation_id: int | None) -> Iterator[None]:
    """Have every line that this thread logs meanwhile name the conversation."""
    before = CONVERSATION.set(conversation_id)
    try:
        yield
    finally:
        CONVERSATION.reset(before)


def fault(log: logging.Logger, error: BaseException, message: str, *arguments: object) -> None:
    """Log an error that was caught and dealt with; who reads JSON or Sentry gets the way it took, too."""
    log.error("%s: %s", message % arguments, _named(error), extra={"fault": error})


def error_of(record: logging.LogRecord) -> BaseException | None:
    """Return the error that a line tells of, if it tells of one."""
    if (found := getattr(record, "fault", None)) is not None:
        return found  # type: ignore[no-any-return]
    return record.exc_info[1] if record.exc_info else None


def _named(error: BaseException) -> str:
    places = traceback.extract_tb(error.__traceback__)
    where = f" in {places[-1].name}:{places[-1].lineno}" if places else ""
    return f"{type(error).__name__}{where}"


def _way(trace: TracebackType | None) -> Sequence[str]:
    """Return the places that an error came through, the innermost last, without any value."""
    return [f"{place.filename}:{place.lineno} {place.name}" for place in traceback.extract_tb(trace)]


class TextLines(logging.Formatter):
    """For people."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s%(about)s: %(message)s")

    def formatMessage(self, record: logging.LogRecord) -> str:
        conversation = CONVERSATION.get()
        record.about = "" if conversation is None else f" [conversation {conversation}]"
        return super().formatMessage(record)

    def formatException(self, ei: Any) -> str:
        return "\n".join([*(f"  {place}" for place in _way(ei[2])), ei[0].__name__])


class JsonLines(logging.Formatter):
    """For machines: an object a line. `time` is UTC; `conversation`, `error` and `way` where there are any."""

    def __init__(self, process: str) -> None:
        super().__init__()
        self._process = process

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        at = datetime.fromtimestamp(record.created, UTC)
        line: dict[str, object] = {
            "time": at.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
            "process": self._process,
        }
        if (conversation := CONVERSATION.get()) is not None:
            line["conversation"] = conversation
        if (error := error_of(record)) is not None:
            line |= {"error": type(error).__name__, "way": _way(error.__traceback__)}
        return json.dumps(line, ensure_ascii=False)
