"""Encryption at rest: no number stands in any table, contacts are found all the same, keys can be rotated."""

from __future__ import annotations

import stat
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

import pytest
import requests
from servers import CHAT, KEYS, PHONE, OpenOffice
from sqlalchemy import MetaData, inspect, select
from staff_desk import signed_in

from bot import contacts, desk, encryption, first_run, rotation
from bot.config import Config, ConfigError
from bot.console import accounts
from bot.database import Database, open_database
from bot.desk import Filled
from bot.encryption import Keyring
from bot.models import Contact, Message, Quarantined, ServiceRequest

CALLER, NEIGHBOUR, CHATTER = "+15550143", "+15550144", 7005550145
OPEN311 = "sixteen-letters-and-more"


def dump(database: Database) -> str:
    """Return everything that stands in the tables as it is stored, as one text."""
    tables = MetaData()
    tables.reflect(database.engine)
    with database.engine.execution_options(reading=True).connect() as connection:
        queries = (f'SELECT * FROM "{table.name}"' for table in tables.sorted_tables)
        rows = [row for query in queries for row in connection.exec_driver_sql(query)]
    return "\n".join(map(repr, rows))


def test_no_number_of_a_resident_stands_in_any_table(open_office: OpenOffice, database: Database) -> None:
    office = open_office(database, open311_api_keys=f"portal:{OPEN311}-{OPEN311}")
    office.says("pothole at 500 main st", "yes", by=PHONE)
    office.simulator.sms(NEIGHBOUR, "tree down at 12 elm st", channel="whatsapp")
    office.says("graffiti at 500 main st", by=CHATTER)
    office.simulator.update("message", {"text": "Casey", "author": CHATTER}, CHATTER)  # unreadable
    office.bustle()
    accounts.add(office.town, "kim", "agent", password="correct horse battery")
    desk.begin_from_call(office.town, CALLER, Filled(service_code="street_light", place="500 Main St"), 1)
    posted = {
        "service_code": "tree", "address_string": "500 Main St", "description": "fell", "phone": "555-0146",
        "first_name": "Casey", "last_name": "Quill", "api_key": f"{OPEN311}-{OPEN311}",
    }  # fmt: skip
    answer = requests.post(f"{office.url}/open311/v2/requests.json", data=posted, timeout=20)
    assert answer.status_code == 200, answer.text
    office.bustle()

    stored = dump(database)
    for personal in ("5550142", "5550143", "5550144", str(CHATTER), "555-0146", "Casey", "Quill"):
        assert personal not in stored
    with database.read() as session:
        for address in (f"tel:{PHONE}", f"tel:{CALLER}", f"whatsapp:{NEIGHBOUR}", f"telegram:{CHATTER}"):
            found = contacts.at(session, address)
            assert found
            assert found.address == address
        assert contacts.at(session, "tel:+15550199") is None
        raw = [message.raw for message in session.scalars(select(Message).where(Message.author == "resident"))]
        assert PHONE in {each.get("From") for each in raw}
        assert session.scalars(select(Quarantined)).one().raw["message"]["text"] == "Casey"
        reporters = [case.reporter for case in session.scalars(select(ServiceRequest)) if case.reporter]
        assert [each["phone"] for each in reporters] == ["555-0146"]


def test_staff_find_a_number_by_its_end_and_are_shown_it(open_office: OpenOffice, sqlite: Database) -> None:
    office = open_office(sqlite)
    office.says("pothole at 500 main st", by=PHONE)
    office.says("pothole at 500 main st", by=CHATTER)
    office.bustle()
    with sqlite.read() as session:
        mine = contacts.at(session, f"tel:{PHONE}")
        assert mine
        for digits in ("5550142", "15550142"):
            assert contacts.ending_with(session, digits) == [mine.id]
        assert not contacts.ending_with(session, "25550142")
        assert not contacts.ending_with(session, str(CHATTER))
    shown = signed_in(office, "agent").post("/conversations/1/number").text
    assert PHONE in shown


# Keys


def test_a_value_is_read_by_its_key_for_its_column_only() -> None:
    old, new = encryption.new_key(), encryption.new_key()
    before, after = Keyring.of(old), Keyring.of(f"{new},{old}")
    stored = before.encrypt("tel:+15550142", "contacts.address")
    assert before.encrypt("tel:+15550142", "contacts.address") != stored
    assert after.decrypt(stored, "contacts.address") == "tel:+15550142"
    assert before.hashes("a", "x")[0] in after.hashes("a", "x")
    assert before.hashes("a", "x") != before.hashes("a", "y")
    with pytest.raises(ConfigError, match="was changed since"):
        after.decrypt(stored, "messages.raw")
    with pytest.raises(ConfigError, match="is missing"):
        Keyring.of(new).decrypt(stored, "contacts.address")
    assert old not in repr(after)


@pytest.mark.parametrize("written", ["short", "!" * 44, "A" * 43, ","])
def test_what_is_no_key_is_refused_without_being_shown(written: str) -> None:
    with pytest.raises(ConfigError, match="TOWNLINE_ENCRYPTION_KEYS: ") as refused:
        Keyring.of(written)
    assert written == "," or written not in str(refused.value)


def test_a_key_file_is_made_once_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "townline.key"
    with ThreadPoolExecutor(8) as pool:
        made = set(pool.map(lambda _: encryption.key_file(path).newest, range(8)))
    assert len(made) == 1
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert encryption.add_key(path).names > encryption.key_file(path).names - {made.pop()[3:11]}
    encryption.keep_newest(path)
    assert len(encryption.key_file(path).keys) == 1
    assert list(tmp_path.iterdir()) == [path]


def test_nothing_starts_where_a_key_lacks(config: Config, database: Database) -> None:
    url = database.engine.url.render_as_string(hide_password=False)

    def start(keys: str) -> None:
        settings = replace(config.settings, database_url=url, townline_encryption_keys=keys)
        first_run.with_database(replace(config, settings=settings)).close()

    start(KEYS)
    with database.write.begin() as session:
        session.add(Contact(address=f"tel:{PHONE}", created_at=datetime.now(UTC)))
    start(f"{encryption.new_key()},{KEYS}")
    with pytest.raises(ConfigError, match=r"TOWNLINE_ENCRYPTION_KEYS: key \w{8} is missing"):
        start(encryption.new_key())
    with pytest.raises(ConfigError, match=r"townline\.key: key|TOWNLINE_ENCRYPTION_KEYS is not set"):
        start("")


# Rotation


def reopened(database: Database, keys: str) -> Database:
    return open_database(database.engine.url.render_as_string(hide_password=False), keys)


def test_keys_rotate_while_the_talk_goes_on(open_office: OpenOffice, database: Database) -> None:
    office = open_office(database)
    for who in (PHONE, CALLER, NEIGHBOUR, CHATTER):
        office.says("pothole at 500 main st", by=who)
    office.bustle()
    new = encryption.new_key()
    both = reopened(database, f"{new},{KEYS}")
    office = open_office(both)
    office.says("yes", by=PHONE)
    office.bustle()
    assert "SR-10001" in office.heard(PHONE)[-1]
    everything = rotation.stale(both)
    assert everything >= 8
    assert next(iter(rotation.rotate(both)))  # broken off
    left = rotation.stale(both)
    assert 0 < left < everything
    assert sum(rotation.rotate(both)) == left
    assert rotation.stale(both) == 0

    assert "is missing" in rotation.missing_key(database)
    only = reopened(database, new)
    assert not rotation.missing_key(only)
    office = open_office(only)
    office.says("yes", by=CALLER)
    office.bustle()
    assert "SR-1000" in office.heard(CALLER)[-1]
    with only.read() as session:
        assert len(session.scalars(select(Contact)).all()) == 4
        assert list(islice(contacts.ending_with(session, "5550143"), 2))
    for opened in (both, only):
        opened.close()


def test_every_encrypted_column_is_rotated() -> None:
    """A column that is encrypted and has no plain primary key `id` would be left behind."""
    for table in rotation.encrypted_tables():
        assert [each.name for each in inspect(table).primary_key] == ["id"]
    names = {table.name for table in rotation.encrypted_tables()}
    assert names >= {"contacts", "messages", "quarantine", "service_requests"}


def test_who_has_one_chat_id_is_not_who_has_one_number(open_office: OpenOffice, sqlite: Database) -> None:
    office = open_office(sqlite)
    office.says("hello", by=CHAT)
    office.bustle()
    with sqlite.read() as session:
        assert contacts.at(session, f"telegram:{CHAT}")
        assert contacts.at(session, f"tel:{CHAT}") is None
