"""A deployment in this process with something of everything in it, to be attacked through its WSGI door."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import delete, select, update

from bot import area_notices, cases, conversations, photos, receiving, service_requests
from bot.app import create_app, open_town
from bot.config import Config
from bot.console import accounts, case_links, replies
from bot.console.access import COOKIE, PATH
from bot.console.accounts import ROLES
from bot.database import open_database
from bot.models import Message, OutboxEntry, Photo
from bot.places.geocoder import Places
from bot.staff_tables import Note, Staff, StaffSession
from bot.town import Job, Town
from dialogues.types import Draft, Place
from nlu.interpreter import Interpreter
from webhooks.channel import Channel, Inbound
from webhooks.simulator.pictures import draw

PUBLIC = "https://311.riverton.example"
TWILIO_TOKEN, TELEGRAM_SECRET = "simulated-auth-token", "simulated-webhook-secret"
OPEN311_KEY, WORK_ORDER_KEY = "an-open311-key-for-tests", "a-work-order-key-for-tests"
NOWHERE = "http://127.0.0.1:9"  # the discard port: nobody is there
TRIANGLE = {"type": "Polygon", "coordinates": [[[-91.0, 41.6], [-91.1, 41.6], [-91.1, 41.7], [-91.0, 41.6]]]}


class Unheard:
    """A bell that nobody answers: what is to be done is done by who asks for it."""

    def ring(self, job: Job, subject: str, after: float = 0.0) -> None:
        """Ring, and nothing follows."""


@dataclass
class City:
    """The deployment, and what is in it. `staff` has a session's cookie and form token for every role."""

    town: Town
    app: Flask
    staff: dict[str, tuple[str, str]] = field(default_factory=dict)
    conversation_id: int = 0
    number: str = ""  # a case of the department of the crew
    other_number: str = ""  # and one of another department
    tracking_token: str = ""
    photo_id: int = 0
    photo_token: str = ""
    guest_token: str = ""
    link_id: int = 0
    notice_id: int = 0
    reply_id: int = 0
    staff_id: int = 0

    def client(self, role: str = "") -> FlaskClient:
        """Return a browser; with a role, that of somebody who is signed in."""
        client = self.app.test_client()
        if role:
            host = PUBLIC.partition("//")[2]
            client.set_cookie(COOKIE, self.staff[role][0], domain=host, path=PATH, secure=True)
        return client

    def get(self, path: str, role: str = "", **options: Any) -> Any:
        return self.client(role).get(path, base_url=PUBLIC, buffered=True, **options)

    def post(self, path: str, role: str = "", **fields: Any) -> Any:
        csrf = {"csrf": self.staff[role][1]} if role else {}
        return self.client(role).post(path, data=csrf | fields, base_url=PUBLIC, headers={"Origin": PUBLIC})

    @property
    def arguments(self) -> Mapping[str, str]:
        """What stands in an address, by the name that routes give it: something that is there."""
        return {
            "conversation_id": str(self.conversation_id),
            "number": self.number,
            "photo_id": str(self.photo_id),
            "entry_id": "1",
            "notice_id": str(self.notice_id),
            "reply_id": str(self.reply_id),
            "staff_id": str(self.staff_id),
            "service_code": "pothole_road_damage",
            "form": "json",
            "kind": "csv",
            "filename": "console.css",
            "rest": "requests",
        }


@contextmanager
def besieged(
    config: Config,
    template: Path,
    folder: Path,
    interpreter: Interpreter,
    places: Places,
    channels: Mapping[str, Channel] | None = None,
    said: Mapping[str, str] | None = None,
) -> Iterator[City]:
    """Yield a deployment on a copy of the database `template`, its files in `folder`.

    `channels` stand in for the providers', `said` for what residents say of anything (see `fill`).
    """
    shutil.copy(template, folder / "townline.db")
    settings = replace(
        config.settings,
        database_url=f"sqlite:///{folder / 'townline.db'}",
        public_base_url=PUBLIC,
        secret_key="a-secret-key-for-tests-of-32-signs",
        photos_url=str(folder / "photos"),
        smtp_url=(folder / "mail").as_uri(),
        twilio_account_sid="AC" + "0" * 32,
        twilio_auth_token=TWILIO_TOKEN,
        twilio_from="+15550100",
        twilio_api_base_url=NOWHERE,
        telegram_bot_token="4242:simulated-bot-token",
        telegram_webhook_secret=TELEGRAM_SECRET,
        telegram_api_base_url=NOWHERE,
        open311_api_keys=f"tests:{OPEN311_KEY}",
        work_order_keys=f"tests:{WORK_ORDER_KEY}",
    )
    database = open_database(settings.database_url)
    here = replace(config, settings=settings)
    town = open_town(here, bell=Unheard(), database=database, interpreter=interpreter)
    town = replace(town, places=places, **({"channels": channels} if channels else {}))
    app = create_app(town)
    app.config["PROPAGATE_EXCEPTIONS"] = False
    city = City(town, app)
    fill(city, said or {})
    yield city
    database.close()


@contextmanager
def as_it_was(city: City) -> Iterator[None]:
    """Undo whatever happens within to the database."""
    engine = city.town.database.engine
    path = Path(str(engine.url.database))
    engine.dispose()  # the last connection to close writes everything into the one file
    kept = path.read_bytes()
    try:
        yield
    finally:
        engine.dispose()
        path.write_bytes(kept)


def fill(city: City, said: Mapping[str, str]) -> None:
    """Put something of everything in. `said` may name the words of a resident: text, address, email, note."""
    town = city.town
    inbound = Inbound(
        channel="telegram",
        external_id="4242:1",
        sender="telegram:142",
        recipient="telegram:4242",
        text=said.get("text", "there is a pothole"),
        raw={"message": {"from": {"first_name": said.get("name", "Pat")}}},
    )
    receiving.receive(town, inbound)
    with town.database.read() as session:
        city.conversation_id = session.scalars(select(Message.conversation_id)).one()
    city.number = _case(city, said, "pothole_road_damage")
    city.other_number = _case(city, said, "graffiti")
    service_requests.update_status(town, city.number, "assigned", said.get("note", "A crew comes."))
    staff = [
        Staff(name=role, role=role, created_at=town.now()) for role in ROLES
    ]  # no password: hashing takes long
    with town.database.write.begin() as session:
        session.add_all(staff)
    city.staff_id = staff[0].id
    refresh(city)
    with town.database.read() as session:
        case = cases.by_number(session, city.number)
        city.tracking_token = case.token
    with town.database.write.begin() as session:
        photo = photos.keep_after(town, session, case.id, photos.develop(draw("pothole"), longest_side=320))
        city.photo_id, city.photo_token = photo.id, photo.token
        session.add(
            Photo(service_request_id=case.id, channel="sms", ref="", state="refused", problem="missing")
        )
        about = {"staff_id": staff[0].id, "text": said.get("note", "Seen."), "created_at": town.now()}
        session.add(Note(conversation_id=city.conversation_id, **about))
        session.add(Note(service_request_id=case.id, **about))
        city.reply_id = replies.save(town, session, staff[0], "on-its-way", {"en": "We come."}).id or 1
    city.guest_token = case_links.make(
        town, city.number, staff[-1], given_to="A firm", instructions="Mind", days=7
    )
    city.link_id = 1
    until = town.now() + timedelta(days=3)
    city.notice_id = area_notices.add(
        town, {"en": "Water is off."}, TRIANGLE, "Hillside", ["water_leak"], until
    ).id


def _case(city: City, said: Mapping[str, str], code: str) -> str:
    """File a case of the resident's and one that came by Open311; returns the first one's number."""
    town = city.town
    [number] = service_requests.reserve(town)
    words = said.get("text", "A hole")
    place = Place(address_string=said.get("address", "500 Main St"), lat=41.6, long=-91.0, precision="address")
    draft = Draft(description=words, service_code=code, place=place)
    with town.database.write.begin() as session:
        conversation = session.get_one(conversations.Conversation, city.conversation_id)
        service_requests.file(town, session, draft, number, conversation)
        conversation.waiting_since, conversation.waiting_reason = town.now(), "asked"
    service_requests.note(town, number, words, author="resident", at=town.now())
    return number


def refresh(city: City) -> None:
    """Sign everybody in anew, as the role they were hired for."""
    town = city.town
    with town.database.write.begin() as session:
        session.execute(delete(StaffSession))
        for staff in session.scalars(select(Staff).where(Staff.name.in_(ROLES))):
            staff.role, staff.disabled_at, staff.totp_secret = staff.name, None, ""
            staff.department = "streets" if staff.name == "crew" else ""
            token = accounts.open_session(town, session, staff, code_given=True)
            session.flush()
            latest = session.scalars(select(StaffSession).order_by(StaffSession.id.desc())).first()
            assert latest is not None
            city.staff[staff.name] = (token, latest.csrf)


def catch_up(city: City) -> None:
    """Have what waits wait since now: nobody works here, and /readyz would say so, rightly, in ten minutes."""
    now = city.town.now()
    with city.town.database.write.begin() as session:
        session.execute(update(Message).where(Message.read_at.is_(None)).values(created_at=now))
        due = OutboxEntry.done_at.is_(None) & (OutboxEntry.due_at < now)
        session.execute(update(OutboxEntry).where(due).values(due_at=now))
