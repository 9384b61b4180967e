"""Departments that hear of cases by e-mail: over SMTP, or into a folder of .eml files."""

from __future__ import annotations

import secrets
import smtplib
import ssl
from contextlib import ExitStack
from dataclasses import dataclass
from email.charset import QP, Charset
from email.header import Header
from email.message import Message
from email.mime.image import MIMEImage
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from email.utils import format_datetime
from pathlib import Path
from urllib.parse import SplitResult, unquote, urlsplit
from zoneinfo import ZoneInfo

from bot.backends import HEADLINES, BackendError, Notice
from bot.backends.email_page import page

TIMEOUT = 20.0  # seconds

LONGEST_SUBJECT = 150  # characters; the mail itself has all of it

READABLE = Charset("utf-8")
READABLE.body_encoding = QP
"""Text that a person can still read in the raw mail."""


@dataclass(frozen=True, kw_only=True)
class Email:
    """Mail for departments. `url`: smtp://, smtps:// (TLS from the start) or file:///folder."""

    url: str
    sender: str
    timezone: str

    def deliver(self, notice: Notice) -> None:
        """Send one mail; its Message-ID is the same on every try."""
        target = urlsplit(self.url)
        message = compose(notice, sender=self.sender, timezone=self.timezone)
        if target.scheme == "file":
            return _keep(message, Path(unquote(target.path)), notice.outbox_id)
        return _send(message, target)

    def health(self, recipient: str = "") -> str:
        """Say hello to the server; whether it takes mail for a recipient shows only when there is some."""
        target = urlsplit(self.url)
        if target.scheme == "file":
            return ""
        try:
            with _connect(target) as server:
                server.noop()
        except (OSError, smtplib.SMTPException) as error:
            kind = type(error).__name__
            return f"SMTP_URL: the mail server does not answer as expected ({kind}); check host, port and user."
        return ""


def compose(notice: Notice, *, sender: str, timezone: str) -> Message:
    """Return the mail, as text and as HTML: what, where, when, what was said, pictures attached.

    Not made of `EmailMessage`: that takes each header apart as soon as it is set, for three times as long.
    """
    zone = ZoneInfo(timezone)
    message: Message = MIMEMultipart("alternative", _boundary())
    message.attach(MIMEText("\n".join(_lines(notice, zone)), "plain", READABLE))  # type: ignore[arg-type]
    message.attach(MIMEText(page(notice, zone), "html", READABLE))  # type: ignore[arg-type]
    if notice.photos:
        message = MIMEMultipart("mixed", _boundary(), [message])
    for name, picture in notice.photos:
        attached = MIMEImage(picture, "jpeg")
        attached.add_header("Content-Disposition", "attachment", filename=name)
        message.attach(attached)
    what = f"{notice.service_name} at {notice.address_string}"
    urgent = "URGENT: " if notice.priority == "urgent" else ""
    subject = f"{urgent}{HEADLINES[notice.event]} {notice.service_request_id}: {what}"
    message["From"] = _one_line(sender)
    message["To"] = _one_line(notice.recipient)
    subject = _one_line(subject)[:LONGEST_SUBJECT]
    message["Subject"] = subject if subject.isascii() else Header(subject, "utf-8").encode()
    message["Message-ID"] = f"<{notice.service_request_id}.{notice.outbox_id}@{sender.rpartition('@')[2]}>"
    message["Date"] = format_datetime(notice.created_at or notice.requested_datetime)
    return message


def _boundary() -> str:
    """Return what stands between parts: no encoding writes "=_", so no part has to be looked through for it."""
    return f"=_{secrets.token_hex(12)}"


def _one_line(text: str) -> str:
    """Return text that can't end a header: residents' words, with blanks for every kind of line break."""
    return "".join(character for character in " ".join(text.split()) if character.isprintable())


def _lines(notice: Notice, zone: ZoneInfo) -> list[str]:
    where = notice.address_string
    if notice.lat is not None and notice.long is not None:
        where += f"\n          {notice.lat:.6f}, {notice.long:.6f} ({notice.precision})"
    if not notice.location_confirmed or notice.lat is None:
        where += "\n          LOCATION TO BE CONFIRMED: not found on the map"
    due = f"{notice.expected_datetime.astimezone(zone):%a %b %d, %Y %H:%M}" if notice.expected_datetime else "-"
    return [
        f"Case      {notice.service_request_id}",
        f"What      {notice.service_name}",
        f"Where     {where}",
        f"Reported  {notice.requested_datetime.astimezone(zone):%a %b %d, %Y %H:%M}",
        f"Due       {due}",
        *(f"{question} {answer}" for question, answer in notice.answers),
        "",
        notice.description,
        *([f"Picture   {notice.media_url}"] if notice.media_url else []),
        *(["", notice.note] if notice.note else []),
        *(["", f"Open it   {notice.case_url}"] if notice.case_url else []),
        "",
    ]


def _keep(message: Message, folder: Path, outbox_id: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    part = folder / f"{outbox_id.zfill(8)}.part"
    part.write_bytes(message.as_bytes())
    part.replace(part.with_suffix(".eml"))


def _connect(target: SplitResult) -> smtplib.SMTP:
    host, secure = target.hostname or "localhost", target.scheme == "smtps"
    context = ssl.create_default_context()
    if secure:
        server: smtplib.SMTP = smtplib.SMTP_SSL(host, target.port or 465, timeout=TIMEOUT, context=context)
    else:
        server = smtplib.SMTP(host, target.port or 25, timeout=TIMEOUT)
    with ExitStack() as undo:
        undo.callback(server.close)
        server.ehlo()
        if not secure and server.has_extn("starttls"):
            server.starttls(context=context)
        if target.username:
            server.login(unquote(target.username), unquote(target.password or ""))
        undo.pop_all()
    return server


def _send(message: Message, target: SplitResult) -> None:
    try:
        with _connect(target) as server:
            server.send_message(message)
    except smtplib.SMTPRecipientsRefused as error:
        codes = [code for code, _ in error.recipients.values()]
        permanent = all(500 <= code < 600 for code in codes)
        raise BackendError(
            f"the mail server refuses the recipient ({codes})", retryable=not permanent
        ) from None
    except smtplib.SMTPAuthenticationError as error:
        raise BackendError(f"the mail server refuses our login ({error.smtp_code})", retryable=True) from None
    except smtplib.SMTPResponseException as error:
        retryable = not 500 <= error.smtp_code < 600
        raise BackendError(f"the mail server answered {error.smtp_code}", retryable=retryable) from None
    except (OSError, smtplib.SMTPException) as error:
        raise BackendError(
            f"the mail server can't be reached ({type(error).__name__})", retryable=True
        ) from None
