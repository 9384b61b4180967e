"""Departments' mail, by a real SMTP server on this machine: complete, harmless, in order, none twice."""

from __future__ import annotations

import email
import email.policy
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, Envelope, LoginPassword, Session
from servers import CHAT, PHONE, Office, OpenOffice
from sqlalchemy import select

from bot import photos, service_requests
from bot.backends import BackendError, Notice
from bot.backends.email import Email, compose
from bot.bench.deployment import free_port
from bot.database import Database
from bot.models import OutboxEntry, Photo
from webhooks.simulator.pictures import draw

SENDER, ZONE = "311@riverton.example", "America/Chicago"


@dataclass
class MailServer:
    """A mail server that answers as it is told to: the next of `answers`, then 250."""

    answers: list[str] = field(default_factory=list)
    mails: list[EmailMessage] = field(default_factory=list)
    recipient_answers: list[str] = field(default_factory=list)
    url: str = ""

    async def handle_RCPT(
        self, server: Any, session: Any, envelope: Envelope, address: str, options: Any
    ) -> str:
        answer = self.recipient_answers.pop(0) if self.recipient_answers else "250 OK"
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: Any, session: Session, envelope: Envelope) -> str:
        answer = self.answers.pop(0) if self.answers else "250 OK"
        if answer.startswith("250"):
            assert isinstance(envelope.content, bytes)
            self.mails.append(parsed(envelope.content))
        return answer


def parsed(content: bytes) -> EmailMessage:
    message = email.message_from_bytes(content, policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    return message


@pytest.fixture
def mail_server() -> Iterator[MailServer]:
    server = MailServer()
    controller = Controller(server, hostname="127.0.0.1", port=free_port())
    controller.start()
    server.url = f"smtp://127.0.0.1:{controller.port}"
    yield server
    controller.stop()


@pytest.fixture
def desk(open_office: OpenOffice, sqlite: Database, mail_server: MailServer) -> Office:
    """An office that mails its departments by the server."""
    return open_office(sqlite, smtp_url=mail_server.url)


NOTICE = Notice(
    outbox_id="7",
    event="filed",
    service_request_id="SR-10001",
    service_name="Pothole or road damage",
    department="Streets",
    recipient="streets@riverton.example",
    address_string="500 Main St",
    lat=41.661234,
    long=-91.534567,
    precision="address",
    description="A huge pothole.\nIt wrecked my tire.",
    answers=(("Which part of the street?", "Bike lane"),),
    priority="normal",
    requested_datetime=datetime(2026, 6, 1, 15, 0, tzinfo=UTC),
    expected_datetime=datetime(2026, 6, 8, 22, 0, tzinfo=UTC),
    note="",
    photos=(("SR-10001-1.jpg", b"\xff\xd8\xff one"), ("SR-10001-2.jpg", b"\xff\xd8\xff two")),
)


def mailed(**change: Any) -> EmailMessage:
    """Return the mail as its reader gets it."""
    written = compose(replace(NOTICE, **change), sender=SENDER, timezone=ZONE)
    return parsed(written.as_bytes())


def words(message: EmailMessage) -> str:
    body = message.get_body(("plain",))
    assert body is not None
    return str(body.get_content())


# Content --------------------------------------------------------------------------------------------


def test_a_mail_says_what_where_and_until_when() -> None:
    message = mailed()
    assert message["Subject"] == "New SR-10001: Pothole or road damage at 500 Main St"
    assert (message["From"], message["To"]) == (SENDER, "streets@riverton.example")
    assert message["Message-ID"] == "<SR-10001.7@riverton.example>"
    assert words(message) == (
        "Case      SR-10001\n"
        "What      Pothole or road damage\n"
        "Where     500 Main St\n"
        "          41.661234, -91.534567 (address)\n"
        "Reported  Mon Jun 01, 2026 10:00\n"
        "Due       Mon Jun 08, 2026 17:00\n"
        "Which part of the street? Bike lane\n"
        "\n"
        "A huge pothole.\n"
        "It wrecked my tire.\n"
    )
    attachments = list(message.iter_attachments())
    assert [part.get_filename() for part in attachments] == ["SR-10001-1.jpg", "SR-10001-2.jpg"]
    assert [part.get_content() for part in attachments] == [b"\xff\xd8\xff one", b"\xff\xd8\xff two"]


def test_an_urgent_case_says_so_first() -> None:
    assert mailed(priority="urgent")["Subject"].startswith("URGENT: New SR-10001: ")


@pytest.mark.parametrize(
    ("event", "subject"), [("added", "More on SR-10001"), ("reopened", "Reopened SR-10001")]
)
def test_what_comes_later_says_what_it_is(event: str, subject: str) -> None:
    message = mailed(event=event, note="Still there.")
    assert message["Subject"].startswith(subject)
    assert "Still there." in words(message)


def test_a_place_that_is_not_on_the_map_is_to_be_confirmed() -> None:
    assert "LOCATION TO BE CONFIRMED" in words(mailed(lat=None, long=None, precision="unconfirmed"))
    assert "LOCATION TO BE CONFIRMED" in words(mailed(location_confirmed=False))
    assert "CONFIRMED" not in words(mailed())


LINE_BREAKS = ["\r\n", "\n", "\r", "\x0b", "\x0c", "\x1c", "\x1d", "\x1e", "\x85", "\u2028", "\u2029", "\0"]


@pytest.mark.parametrize("line_break", LINE_BREAKS, ids=ascii)
def test_no_words_of_a_resident_become_a_header(line_break: str) -> None:
    place = f"500 Main St{line_break}Bcc: all@riverton.example{line_break}{line_break}<b>Hello</b>"
    message = mailed(address_string=place, description=place, note=place, lat=None)
    assert message["Bcc"] is None
    assert set(message.keys()) == {
        "From", "To", "Subject", "Message-ID", "Date", "MIME-Version", "Content-Type",
    }  # fmt: skip
    assert "500 Main St" in message["Subject"]


def test_a_novel_for_an_address_leaves_a_subject_one_can_read() -> None:
    message = mailed(address_string="behind the " + "very " * 500 + "large tree \N{DECIDUOUS TREE}")
    assert len(message["Subject"]) <= 150
    assert "\N{DECIDUOUS TREE}" in words(message)


# The wire -------------------------------------------------------------------------------------------


def report(office: Office, *residents: str | int, text: str = "") -> None:
    """Report and file; each resident something else."""
    for resident, place in zip(residents, ("500 main st", "12 elm st"), strict=False):
        office.says(text or f"pothole at {place}", by=resident)
        office.bustle()
        office.says("yes", by=resident)
        office.bustle()


def subjects(server: MailServer) -> list[str]:
    return [message["Subject"][:13] for message in server.mails]


def outcomes(office: Office) -> list[str]:
    with office.town.database.read() as session:
        query = select(OutboxEntry).where(OutboxEntry.kind == "email").order_by(OutboxEntry.id)
        return [entry.outcome for entry in session.scalars(query)]


def test_a_case_reaches_its_department_with_its_photo(desk: Office, mail_server: MailServer) -> None:
    desk.simulator.sms(PHONE, "pothole at 500 main st", [draw("pothole")])
    desk.bustle()
    desk.says("yes")
    desk.bustle()
    (message,) = mail_server.mails
    assert message["To"] == "streets@riverton.example"
    assert "pothole at 500 main st" in words(message)
    (photo,) = message.iter_attachments()
    assert photo.get_content_type() == "image/jpeg"
    assert photo.get_content().startswith(b"\xff\xd8\xff")


def test_a_photo_whose_file_is_gone_does_not_keep_a_case_from_its_department(
    desk: Office, mail_server: MailServer
) -> None:
    mail_server.answers = ["451 Try again later"]
    desk.simulator.sms(PHONE, "pothole at 500 main st", [draw("pothole")])
    desk.bustle()
    desk.says("yes")
    desk.bustle(1)
    with desk.town.database.read() as session:
        photos.path(desk.town.config.photos, session.scalars(select(Photo.token)).one()).unlink()
    desk.bustle(60)
    assert subjects(mail_server) == ["New SR-10001:"]
    assert list(mail_server.mails[0].iter_attachments()) == []


def test_a_server_that_is_busy_gets_the_mails_later_in_order_and_once(
    desk: Office, mail_server: MailServer
) -> None:
    mail_server.answers = ["451 Try again later", "452 Too much mail", "421 Shutting down"]
    report(desk, PHONE, CHAT)
    desk.bustle(3600)
    assert subjects(mail_server) == ["New SR-10001:", "New SR-10002:"]
    assert outcomes(desk) == ["sent", "sent"]


def test_a_server_that_was_down_gets_the_mails_in_order_and_once(
    open_office: OpenOffice, sqlite: Database, mail_server: MailServer
) -> None:
    down = open_office(sqlite, smtp_url=f"smtp://127.0.0.1:{free_port()}")
    report(down, PHONE, CHAT)
    down.bustle(3600)
    assert outcomes(down) == ["", ""]
    service_requests.update_status(down.town, "SR-10001", "assigned")
    backends = {"email": Email(url=mail_server.url, sender=SENDER, timezone=ZONE)}
    replace(down, town=replace(down.town, backends=backends)).bustle(3600)
    assert subjects(mail_server) == ["New SR-10001:", "New SR-10002:"]


@pytest.mark.parametrize("answers", ["answers", "recipient_answers"])
def test_a_mail_that_is_refused_for_good_is_failed_and_the_next_one_goes(
    desk: Office, mail_server: MailServer, answers: str
) -> None:
    setattr(mail_server, answers, ["550 No such user"])
    report(desk, PHONE, CHAT)
    desk.bustle(3600)
    assert subjects(mail_server) == ["New SR-10002:"]
    assert outcomes(desk) == ["failed", "sent"]


def test_a_recipient_who_may_be_there_later_is_tried_again(desk: Office, mail_server: MailServer) -> None:
    mail_server.recipient_answers = ["450 Mailbox busy"]
    report(desk, PHONE)
    desk.bustle(60)
    assert outcomes(desk) == ["sent"]


def test_a_repeated_mail_can_be_told_by_its_message_id(mail_server: MailServer) -> None:
    backend = Email(url=mail_server.url, sender=SENDER, timezone=ZONE)
    backend.deliver(NOTICE)
    backend.deliver(NOTICE)
    first, second = (message["Message-ID"] for message in mail_server.mails)
    assert first == second


# Logging in -----------------------------------------------------------------------------------------


IN_THE_OPEN = pytest.mark.filterwarnings("ignore:Requiring AUTH")  # over TLS, one would


@pytest.fixture
def guarded() -> Iterator[str]:
    """A mail server that wants a user and a password; yields host:port."""

    def authenticate(server: Any, session: Any, envelope: Any, mechanism: str, data: Any) -> AuthResult:
        return AuthResult(success=data == LoginPassword(b"town", b"p@ss word"), handled=False)

    controller = Controller(
        MailServer(),
        hostname="127.0.0.1",
        port=free_port(),
        authenticator=authenticate,
        auth_required=True,
        auth_require_tls=False,
    )
    controller.start()
    yield f"127.0.0.1:{controller.port}"
    controller.stop()


@IN_THE_OPEN
def test_user_and_password_come_from_the_url(guarded: str) -> None:
    backend = Email(url=f"smtp://town:p%40ss%20word@{guarded}", sender=SENDER, timezone=ZONE)
    backend.deliver(NOTICE)
    assert backend.health() == ""


@IN_THE_OPEN
def test_a_wrong_password_is_for_the_operator_to_mend(guarded: str) -> None:
    backend = Email(url=f"smtp://town:wrong@{guarded}", sender=SENDER, timezone=ZONE)
    with pytest.raises(BackendError) as refusal:
        backend.deliver(NOTICE)
    assert refusal.value.retryable
    assert "wrong" not in str(refusal.value)
    assert "SMTP_URL" in backend.health()


# The file mailbox -----------------------------------------------------------------------------------


def test_without_a_server_mails_are_kept_as_files(tmp_path: Path) -> None:
    backend = Email(url=(tmp_path / "mail").as_uri(), sender=SENDER, timezone=ZONE)
    for number in ("8", "7", "7"):
        backend.deliver(replace(NOTICE, outbox_id=number))
    assert backend.health() == ""
    files = sorted((tmp_path / "mail").iterdir())
    assert [path.name for path in files] == ["00000007.eml", "00000008.eml"]
    assert "500 Main St" in words(parsed(files[0].read_bytes()))
