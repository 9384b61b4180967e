"""Departments that hear of cases in a Telegram group of their staff: a short message, with the pictures."""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace
from typing import Protocol
from zoneinfo import ZoneInfo

from bot.backends import HEADLINES, BackendError, Notice
from webhooks.channel import Outbound, SendError

log = logging.getLogger(__name__)

MOST_PICTURES = 10
"""What fits into one album (core.telegram.org/bots/api#sendmediagroup)."""

LONGEST = 1000
"""Characters; a caption may have 1024. The page has all of it."""


class Messenger(Protocol):
    """What a channel must be able to do to write to a group."""

    def send(self, message: Outbound) -> str:
        """Send a message and return the provider's id for it; raises `SendError`."""
        ...

    def probe(self, recipient: str) -> None:
        """Ask whether a chat can be written to; raises `SendError`."""
        ...


@dataclass(frozen=True, kw_only=True)
class StaffGroup:
    """Telegram groups of staff, written to by the same bot as residents. `recipient` is a chat id.

    Telegram has no way to tell a repeated message: one with an unknown outcome is sent again.
    """

    channel: Messenger
    timezone: str

    def deliver(self, notice: Notice) -> None:
        """Send one message, wherever the group is by now."""
        message = Outbound(
            outbox_id=notice.outbox_id,
            recipient=f"telegram:{notice.recipient}",
            sender="",
            text=written(notice, ZoneInfo(self.timezone)),
            media_urls=notice.photo_urls[:MOST_PICTURES],
        )
        try:
            self._send(message, notice.department)
        except SendError as error:
            raise _refusal(error) from None

    def health(self, recipient: str) -> str:
        """Ask whether the bot may write there; nothing shows in the group."""
        try:
            self.channel.probe(f"telegram:{recipient}")
        except SendError as error:
            if error.moved_to:
                moved_to = error.moved_to.removeprefix("telegram:")
                return f'the group has become a supergroup: write telegram: "{moved_to}" in config.yml'
            return _refusal(error).reason
        return ""

    def _send(self, message: Outbound, department: str) -> None:
        try:
            self.channel.send(message)
        except SendError as error:
            if error.moved_to:
                moved_to = error.moved_to.removeprefix("telegram:")
                log.error(
                    "the Telegram group of %s has become a supergroup: write telegram: %r in config.yml",
                    department,
                    moved_to,
                )
                self._send(replace(message, recipient=error.moved_to), department)
            elif message.media_urls and error.code == "400" and not error.unreachable:
                # Telegram could not fetch a picture, or did not like it: the case matters more.
                self.channel.send(replace(message, media_urls=()))
            else:
                raise


def _refusal(error: SendError) -> BackendError:
    if error.unreachable:
        reason = "Telegram: the bot can't write to the group: is it a member there, and is the chat id right?"
        return BackendError(reason, retryable=True, operator=True)
    retryable = error.retryable or error.operator  # once mended, the group hears of it all
    return BackendError(
        error.reason, retryable=retryable, operator=error.operator, retry_after=error.retry_after
    )


def written(notice: Notice, zone: ZoneInfo) -> str:
    """Return the message: what, where, until when, and where the rest is."""
    urgent = "URGENT: " if notice.priority == "urgent" else ""
    due = notice.expected_datetime
    confirm = "" if notice.location_confirmed and notice.lat is not None else " (location to be confirmed)"
    said = notice.note or notice.description
    head = [
        f"{urgent}{HEADLINES[notice.event]} {notice.service_request_id}: {notice.service_name}",
        f"{notice.address_string[:200]}{confirm}",
        *([f"Due {due.astimezone(zone):%a %b %d, %Y %H:%M}"] if due else []),
        *(f"{question} {answer}" for question, answer in notice.answers if notice.event == "filed"),
    ]
    text = "\n".join(head)
    room = LONGEST - len(text) - len(notice.case_url) - len("\n\n...\n")
    if said and notice.event not in ("due_soon", "overdue"):
        text += f"\n\n{said if len(said) <= room else said[: max(room, 0)].rstrip() + '...'}"
    return f"{text}\n{notice.case_url}".strip()
