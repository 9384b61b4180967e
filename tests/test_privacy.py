"""What is too old goes at night; what is held about a number can be shown, and erased at a word."""

from __future__ import annotations

import io
import json
import zipfile
from dataclasses import replace
from datetime import timedelta

import pytest
from click.testing import CliRunner
from servers import CHAT, KEYS, PHONE, Office, OpenOffice
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from test_encryption import dump

from bot import contacts, disclosure, jobs, photos, privacy_commands, retention
from bot.config import ConfigError, load
from bot.database import Database
from bot.models import Contact, Message, Photo, Quarantined, ServiceRequest
from bot.privacy_rules import Privacy
from bot.service_requests import update_status
from bot.staff_tables import AuditEntry
from webhooks.simulator.pictures import draw

OTHER, STOPPED = "+15550143", "+15550144"
NUMBER = (f"tel:{PHONE}", f"whatsapp:{PHONE}")


def report(office: Office, by: str, words: str) -> None:
    office.simulator.sms(by, words, [draw("pothole")])
    office.bustle()
    office.says("yes", by=by)
    office.bustle()
    assert "SR-100" in office.heard(by)[-1]


@pytest.fixture
def office(open_office: OpenOffice, database: Database) -> Office:
    """One whose case was closed, one whose case is open, one who opted out, one who only said hello."""
    office = open_office(database)
    report(office, PHONE, "pothole at 500 main st, ask for Casey")
    report(office, OTHER, "pothole at 732 pine st, ask for Quill")
    office.says("hello", by=STOPPED)
    office.says("hello Wilhelmina", by=CHAT)
    office.bustle()
    office.simulator.sms(STOPPED, "STOP", extra={"OptOutType": "STOP"})
    with office.town.database.write.begin() as session:
        session.add(
            Quarantined(channel="sms", external_id="x", raw={"From": PHONE}, created_at=office.clock.now)
        )
    update_status(office.town, "SR-10001", "completed", reason="repaired")
    office.bustle()
    return office


def case(session: Session, number: str) -> ServiceRequest:
    return session.scalars(select(ServiceRequest).where(ServiceRequest.service_request_id == number)).one()


def kept(office: Office) -> Privacy:
    return office.town.config.file.privacy


def people(office: Office) -> list[str]:
    with office.town.database.read() as session:
        return sorted(each for each in session.scalars(select(Contact.address)) if each)


def test_nothing_goes_before_its_time(office: Office) -> None:
    before = dump(office.town.database)
    office.clock.pass_by(timedelta(days=29).total_seconds())
    assert not any(retention.counts(office.town).values())
    assert not list(retention.purge(office.town))
    assert dump(office.town.database) == before


def test_what_is_too_old_goes_and_an_open_case_keeps_what_is_about_it(office: Office) -> None:
    folder, database = office.town.config.photos, office.town.database
    assert len(list(folder.rglob("*.jpg"))) == 2
    office.clock.pass_by(timedelta(days=kept(office).contacts_days or 0, hours=1).total_seconds())
    expected = retention.counts(office.town)
    gone: dict[str, int] = {}
    for name, count in retention.purge(office.town):
        gone[name] = gone.get(name, 0) + count
    assert gone["quarantine"] == expected["quarantine"] == 1
    assert gone["photos"] == expected["photos"] == 1
    assert gone["contacts"] == expected["contacts"] == 2
    assert not any(retention.counts(office.town).values())

    left = dump(database)
    assert "Casey" not in left
    assert "Wilhelmina" not in left
    assert "Quill" in left
    assert people(office) == [f"tel:{OTHER}", f"tel:{STOPPED}"]
    assert len(list(folder.rglob("*.jpg"))) == 1
    with database.read() as session:
        closed = session.scalars(
            select(ServiceRequest).where(ServiceRequest.service_request_id == "SR-10001")
        ).one()
        assert (closed.status, closed.contact_id, closed.address_string) == ("completed", None, "500 Main St")
        assert not session.scalars(select(Quarantined)).all()
        [entry] = session.scalars(select(AuditEntry).where(AuditEntry.action == "purged"))
        assert entry.detail["contacts"] == 2
    office.says("yes, it is still there", by=OTHER)
    office.bustle()
    assert len(people(office)) == 2


def test_a_number_of_days_may_be_left_out(office: Office) -> None:
    forever = Privacy(
        messages_days=None, photos_days=None, contacts_days=None, quarantine_days=None, audit_days=None
    )
    file = office.town.config.file.model_copy(update={"privacy": forever})
    office = replace(office, town=replace(office.town, config=replace(office.town.config, file=file)))
    office.clock.pass_by(timedelta(days=9999).total_seconds())
    assert retention.counts(office.town) == {}
    assert not list(retention.purge(office.town))


def test_the_sweeper_does_it_once_a_night_a_part_at_a_time(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    retention.nightly(office.town)
    office.clock.pass_by(timedelta(days=366).total_seconds())
    monkeypatch.setattr(retention, "BATCH", 1)
    monkeypatch.setattr(retention, "A_SWEEP", 8)
    first = retention.nightly(office.town)
    assert sum(first.values()) == 8
    jobs.sweep(office.town)  # the rest of the messages
    jobs.sweep(office.town)
    assert not any(retention.counts(office.town).values())
    with office.town.database.write.begin() as session:
        old = office.clock.now - timedelta(days=31)
        session.add(Quarantined(channel="sms", external_id="y", raw={"a": 1}, created_at=old))
    assert not retention.nightly(office.town)  # done for today
    office.clock.pass_by(timedelta(days=1).total_seconds())
    assert retention.nightly(office.town) == {"quarantine": 1}


@pytest.mark.parametrize("written", ["messages_days: 0", "messages_days: soon", "photo_days: 3"])
def test_a_mistake_in_the_rules_is_named(written: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    root = load().root
    folder = tmp_path_factory.mktemp("city")
    (folder / "data").symlink_to(root / "data")
    city = (root / "config.yml").read_text("utf-8").partition("\nprivacy:")[0]
    (folder / "config.yml").write_text(f"{city}\nprivacy:\n  {written}\n", "utf-8")
    with pytest.raises(ConfigError, match=r"config\.yml:\d+"):
        load({"TOWNLINE_CONFIG": str(folder / "config.yml")})


# About a number


def test_all_that_is_held_about_a_number_and_nothing_of_anybody_else(office: Office) -> None:
    with office.town.database.read() as session:
        known = disclosure.of_number(session, NUMBER)
        data = json.loads(disclosure.as_json(disclosure.held(session, known, NUMBER)))
        tokens = disclosure.pictures(session, data)
    assert [each["address"] for each in data["contacts"]] == [f"tel:{PHONE}"]
    assert "pothole at 500 main st, ask for Casey" in [each["text"] for each in data["messages"]]
    assert any(each["raw"].get("From") == PHONE for each in data["messages"])
    assert [each["service_request_id"] for each in data["service_requests"]] == ["SR-10001"]
    assert [each["status"] for each in data["status_updates"]] == ["received", "completed"]
    assert len(data["followed_cases"]) == 1
    assert "Quill" not in str(data)
    assert "_hash" not in str(data)
    file = io.BytesIO()
    disclosure.write_zip(file, data, office.town.config.photos, tokens)
    with zipfile.ZipFile(file) as archive:
        assert archive.namelist() == ["held.json", f"photos/{tokens[0][0]}.jpg"]
        assert archive.read(archive.namelist()[1]) == photos.read(office.town.config.photos, tokens[0][1])


def test_a_number_is_erased_and_its_case_stays(office: Office) -> None:
    with office.town.database.write.begin() as session:
        posted = session.scalars(
            select(ServiceRequest).where(ServiceRequest.service_request_id == "SR-10002")
        ).one()
        posted.reporter = {"phone": "555-0142", "client": "portal"}
    with office.town.database.read() as session:
        assert [each.id for each in disclosure.posted_for(session, NUMBER)] == [posted.id]
        known = contacts.at(session, f"tel:{PHONE}")
        assert known
    assert disclosure.erase(office.town, NUMBER) == [known.id]
    assert f"tel:{PHONE}" not in people(office)
    assert "Casey" not in dump(office.town.database)
    with office.town.database.read() as session:
        assert session.scalar(select(func.count(ServiceRequest.id))) == 2
        assert not any(case.reporter for case in session.scalars(select(ServiceRequest)))
        assert session.scalar(select(func.count(Photo.id))) == 1
    assert disclosure.erase(office.town, NUMBER) == []


def test_the_commands(open_office: OpenOffice, sqlite: Database) -> None:
    office = open_office(sqlite)
    report(office, PHONE, "pothole at 500 main st, ask for Casey")
    settings = {name.upper(): str(value) for name, value in vars(office.town.config.settings).items()}
    environment = settings | {"TOWNLINE_CONFIG": str(office.town.config.config_file), "REDIS_URL": ""}

    def run(*arguments: str) -> str:
        group = privacy_commands.privacy if arguments[0] != "backup" else privacy_commands.backup
        given = arguments if arguments[0] != "backup" else arguments[1:]
        result = CliRunner().invoke(group, given, env=environment)
        assert result.exit_code == 0, (result.output, result.exception)
        return result.stdout

    assert json.loads(run("export", PHONE))["contacts"]
    archive = office.town.config.photos.parent / "held.zip"
    run("export", PHONE, "--out", str(archive))
    assert archive.stat().st_mode & 0o077 == 0
    run("erase", PHONE, "--yes")
    run("purge", "--dry-run")
    run("backup", str(archive.with_name("saved.tar.gz")))
    environment["TOWNLINE_ENCRYPTION_KEYS"] = f"{run('new-key').strip()},{KEYS}"
    run("rotate")
    assert archive.with_name("saved.tar.gz").is_file()
    with sqlite.read() as session:
        actions = list(session.scalars(select(AuditEntry.action).order_by(AuditEntry.id)))
        assert session.scalars(select(Message.text).where(Message.text.contains("Casey"))).first() is None
    assert actions == ["data_exported", "data_exported", "data_erased"]
