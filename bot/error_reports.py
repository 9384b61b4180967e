"""Errors reported to Sentry, where SENTRY_DSN says so: their kind and the places they came through, no more.

What leaves is written anew, key by key, so that nothing a later version of Sentry's library gathers (variables,
requests, what was logged before) can go along.
"""

from __future__ import annotations

import importlib.metadata
import logging
import traceback
from pathlib import Path
from typing import Any

from bot.journal import CONVERSATION, error_of
from bot.yaml_files import ConfigError

ROOT = Path(__file__).parent.parent
KEPT = ("event_id", "timestamp", "platform", "level", "logger", "release")
OURS = ("bot", "dialogues", "nlu", "webhooks", "townline")


def start(dsn: str, process: str) -> None:
    """Report what is logged as an error, and what ends the process; "" reports nothing.

    Raises `ConfigError` where Sentry's library is not installed, or the address is none.
    """
    if not dsn:
        return
    try:
        import sentry_sdk
        from sentry_sdk.integrations.atexit import AtexitIntegration
        from sentry_sdk.integrations.excepthook import ExcepthookIntegration
        from sentry_sdk.integrations.logging import LoggingIntegration
        from sentry_sdk.integrations.threading import ThreadingIntegration
    except ImportError:
        raise ConfigError("SENTRY_DSN is set, but sentry-sdk is not installed: run `make sentry`") from None

    def scrubbed(event: Any, hint: dict[str, Any]) -> Any:
        return written_anew(event, hint, process)

    try:
        sentry_sdk.init(
            dsn=dsn,
            release=f"townline@{importlib.metadata.version('townline')}",
            default_integrations=False,
            auto_enabling_integrations=False,
            integrations=[
                AtexitIntegration(callback=lambda *_: None),
                ExcepthookIntegration(),
                LoggingIntegration(level=None, event_level=logging.ERROR),
                ThreadingIntegration(propagate_hub=False),
            ],
            before_send=scrubbed,
            include_local_variables=False,
            include_source_context=False,
            max_request_body_size="never",
            max_breadcrumbs=0,
            auto_session_tracking=False,
            send_client_reports=False,
        )
    except ValueError:  # (its own words would quote the key)
        raise ConfigError("SENTRY_DSN is no address of a Sentry project: https://key@host/number") from None


def written_anew(event: dict[str, Any], hint: dict[str, Any], process: str) -> dict[str, Any]:
    """Return what may leave of an event: `hint` has the log's record, or the error itself."""
    record: logging.LogRecord | None = hint.get("log_record")
    error = error_of(record) if record else (hint.get("exc_info") or (None, None))[1]
    kept: dict[str, Any] = {key: event[key] for key in KEPT if key in event}
    kept["tags"] = {"process": process}
    if (conversation := CONVERSATION.get()) is not None:
        kept["tags"]["conversation"] = str(conversation)
    if record is not None:
        ours = record.name.partition(".")[0] in OURS
        kept["logentry"] = {"formatted": record.getMessage() if ours else str(record.msg)}
    if error is not None:
        frames = [_frame(place) for place in traceback.extract_tb(error.__traceback__)]
        described = {"type": type(error).__name__, "module": type(error).__module__}
        kept["exception"] = {"values": [described | ({"stacktrace": {"frames": frames}} if frames else {})]}
    return kept


def _frame(place: traceback.FrameSummary) -> dict[str, object]:
    path = Path(place.filename)
    ours = path.is_relative_to(ROOT) and path.relative_to(ROOT).parts[0] in OURS
    name = path.relative_to(ROOT).as_posix() if ours else "/".join(path.parts[-3:])
    return {"filename": name, "function": place.name, "lineno": place.lineno, "in_app": ours}
