"""What happens to a case after it was filed: statuses, reasons, followers, quiet hours, forgetting."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from itertools import product
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from servers import PHONE, Office, OpenOffice
from sqlalchemy import select, text

from bot import contacts, jobs, photos, service_requests
from bot.cases import NotAllowed, ReasonMissing, Repeated, UnknownCase
from bot.config import Config
from bot.database import Database
from bot.models import Contact, Photo, ServiceRequest, StatusUpdate
from bot.reasons import read_reasons
from bot.service_requests import update_status
from bot.statuses import CLOSED, FROM_EXTENDED, STATUSES, open311_status
from bot.telling import after_quiet_hours
from bot.yaml_files import ConfigError
from webhooks.simulator.pictures import draw

NEIGHBOUR = "+15550143"


@pytest.fixture
def desk(open_office: OpenOffice, database: Database) -> Office:
    """An office where somebody has reported a pothole, with a photo."""
    office = open_office(database)
    office.simulator.sms(PHONE, "pothole at 500 main st, ask for Casey", [draw("pothole")])
    office.bustle()
    office.says("yes")
    office.bustle()
    return office


def case(office: Office) -> ServiceRequest:
    with office.town.database.read() as session:
        return session.scalars(select(ServiceRequest).order_by(ServiceRequest.id)).first()  # type: ignore[return-value]


def history(office: Office) -> list[tuple[str, str]]:
    with office.town.database.read() as session:
        updates = session.scalars(select(StatusUpdate).order_by(StatusUpdate.id))
        return [(update.status, update.status_notes) for update in updates]


def sweep(office: Office, **later: float) -> None:
    office.clock.now += timedelta(**later)
    jobs.sweep(office.town)
    office.bustle()


# The table of statuses ------------------------------------------------------------------------------


def test_every_change_the_table_allows_is_made_and_no_other(open_office: OpenOffice, sqlite: Database) -> None:
    office = open_office(sqlite)
    office.says("pothole at 500 main st")
    office.bustle()
    office.says("yes")
    office.bustle()
    number = case(office).service_request_id
    for before, after in product(STATUSES, STATUSES):
        with office.town.database.write.begin() as session:
            session.scalars(select(ServiceRequest)).one().status = before
        if after in STATUSES[before].may_become:
            assert update_status(office.town, number, after, "Because of the frost.").status == after
        else:
            with pytest.raises(NotAllowed, match=f"{number} is {before}; from there it can become: "):
                update_status(office.town, number, after, "Because of the frost.")
            assert case(office).status == before


def test_the_table_is_sound() -> None:
    assert {"received", "under_review", "scheduled", "assigned", "on_site", "need_info"} | {
        "completed",
        "no_action",
        "referred",
        "duplicate",
        "reopened",
    } == set(STATUSES)
    for name, status in STATUSES.items():
        assert set(status.may_become) <= set(STATUSES) - {"received"}
        assert status.closed == (status.may_become == ("reopened",))
        assert status.asks or not status.closed, f"{name} closes a case without a word"
        assert FROM_EXTENDED[status.extended] in STATUSES
        assert open311_status(FROM_EXTENDED[status.extended]) == open311_status(name)


@pytest.mark.parametrize("status", [*sorted(CLOSED), "need_info"])
def test_nothing_is_closed_or_asked_without_a_word(desk: Office, status: str) -> None:
    for note in ("", "   ", "\n"):
        with pytest.raises(ReasonMissing, match="Say why"):
            update_status(desk.town, "SR-10001", status, note)
    assert history(desk) == [("received", "")]


# Changes from elsewhere -----------------------------------------------------------------------------


def test_an_older_change_never_overtakes_a_newer_one(desk: Office) -> None:
    begun = desk.clock.now
    desk.clock.now += timedelta(hours=3)
    update_status(desk.town, "SR-10001", "on_site", at=begun + timedelta(hours=2))
    desk.bustle()
    heard = desk.heard()
    late = update_status(desk.town, "SR-10001", "assigned", at=begun + timedelta(hours=1))
    desk.bustle()
    assert (late.status, late.status_datetime) == ("on_site", begun + timedelta(hours=2))
    assert ("assigned", "") in history(desk)
    assert desk.heard() == heard


def test_an_update_is_taken_once(desk: Office) -> None:
    update_status(desk.town, "SR-10001", "assigned", update_id="7")
    with pytest.raises(Repeated):
        update_status(desk.town, "SR-10001", "on_site", update_id="7")
    update_status(desk.town, "SR-10001", "on_site", update_id="8")
    assert [status for status, _ in history(desk)] == ["received", "assigned", "on_site"]


def test_a_change_from_the_future_happened_now(desk: Office) -> None:
    ahead = desk.clock.now + timedelta(days=1)
    assert update_status(desk.town, "SR-10001", "assigned", at=ahead).status_datetime == desk.clock.now


def test_an_unknown_case_says_so(desk: Office) -> None:
    with pytest.raises(UnknownCase, match="There is no case SR-4711"):
        update_status(desk.town, "SR-4711", "assigned")


def test_a_new_day_is_told(desk: Office) -> None:
    update_status(desk.town, "SR-10001", "scheduled", expected=datetime(2026, 6, 19, 22, 0, tzinfo=UTC))
    desk.bustle()
    assert "by Fri Jun 19" in desk.heard()[-1]


# Reasons --------------------------------------------------------------------------------------------


def test_a_reason_is_said_in_each_ones_language(desk: Office) -> None:
    desk.says("hay un bache en 500 main st", by=NEIGHBOUR)
    desk.bustle()
    desk.says("si", by=NEIGHBOUR)
    desk.bustle()
    update_status(desk.town, "SR-10001", "completed", reason="repaired")
    desk.bustle()
    reasons = desk.town.city.reasons["repaired"].text
    assert reasons["en"] in desk.heard()[-1]
    assert reasons["es"].replace("ó", "o") in desk.heard(NEIGHBOUR)[-1]
    assert case(desk).status_notes == reasons["en"]


def test_a_reason_fits_its_status(desk: Office) -> None:
    with pytest.raises(NotAllowed, match="'repaired' is no reason for 'no_action'"):
        update_status(desk.town, "SR-10001", "no_action", reason="repaired")


@pytest.mark.parametrize(
    ("written", "line", "complaint"),
    [
        ("a:\n  status: on_site\n  text: {en: Yes.}\n", 2, "'on_site' takes no reason"),
        ("a:\n  status: completed\n  text:\n    es: Si.\n", 3, "no text in 'en'"),
        ("a:\n  status: completed\n  text:\n    en: Call {fone}.\n", 4, "no placeholder"),
        (f"a:\n  status: completed\n  text:\n    en: {'x' * 91}\n", 4, "91 characters"),
    ],
)
def test_a_mistake_in_the_reasons_is_named_with_its_line(
    config: Config, tmp_path: Path, written: str, line: int, complaint: str
) -> None:
    path = tmp_path / "reasons.yml"
    path.write_text(written, "utf-8")
    with pytest.raises(ConfigError, match=complaint) as raised:
        read_reasons(path, config.city)
    assert str(raised.value).startswith(f"{path}:{line}:")


# Quiet hours ----------------------------------------------------------------------------------------

ZONES = ("America/Chicago", "America/Puerto_Rico", "Asia/Kolkata", "Pacific/Auckland")


@given(
    now=st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC)),
    zone=st.sampled_from(ZONES),
    hours=st.sampled_from(((time(21), time(8)), (time(0), time(6)), (time(22, 30), time(7, 15)))),
)
def test_nobody_is_woken_and_nobody_waits_longer_than_the_night(
    now: datetime, zone: str, hours: tuple[time, time]
) -> None:
    begin, end = hours
    sent = after_quiet_hours(now, begin, end, zone)
    clock = sent.astimezone(ZoneInfo(zone)).time()
    assert (end <= clock < begin) if begin > end else not (begin <= clock < end)
    assert timedelta(0) <= sent - now <= timedelta(hours=13)
    assert sent == now or clock == end
    assert sent.utcoffset() == timedelta(0)


def test_a_night_without_an_end_is_no_night() -> None:
    now = datetime(2026, 6, 1, 3, 0, tzinfo=UTC)
    assert after_quiet_hours(now, time(0), time(0), "America/Chicago") == now


def test_an_answer_is_not_held_up_by_news_that_wait_for_the_morning(desk: Office) -> None:
    desk.clock.now = datetime(2026, 6, 2, 4, 0, tzinfo=UTC)  # 23:00 in Riverton
    update_status(desk.town, "SR-10001", "assigned")
    desk.bustle()
    assert "A Streets crew" not in desk.heard()[-1]
    desk.says("status")
    desk.bustle()
    assert "A crew has it" in desk.heard()[-1]
    sweep(desk, hours=9, minutes=1)
    assert "A Streets crew" in desk.heard()[-1]


# Followers ------------------------------------------------------------------------------------------


def test_who_follows_a_duplicate_follows_the_original(desk: Office) -> None:
    desk.says("sidewalk is broken at 500 main st", by=NEIGHBOUR)
    desk.bustle()
    desk.says("yes", by=NEIGHBOUR)
    desk.bustle()
    update_status(desk.town, "SR-10002", "duplicate", original="SR-10001")
    desk.bustle()
    assert "Already reported as SR-10001" in desk.heard(NEIGHBOUR)[-1]
    update_status(desk.town, "SR-10001", "completed", reason="repaired")
    desk.bustle()
    assert desk.heard(NEIGHBOUR)[-1].startswith("SR-10001: Pothole")
    update_status(desk.town, "SR-10001", "reopened")
    for original in ("SR-10002", "SR-10001"):  # closed, and itself
        with pytest.raises(NotAllowed, match="can't be the original"):
            update_status(desk.town, "SR-10001", "duplicate", original=original)


def test_the_department_hears_how_many_have_seen_it(desk: Office) -> None:
    desk.says("big pothole at 500 main st", by=NEIGHBOUR)
    desk.bustle()
    desk.says("yes", by=NEIGHBOUR)
    desk.bustle()
    folder = Path(desk.town.config.settings.smtp_url.removeprefix("file://"))
    newest = max(folder.glob("*.eml")).read_text("utf-8")
    assert "Seen by 2 residents. big pothole at 500 main st" in newest


# Forgetting -----------------------------------------------------------------------------------------


def dump(database: Database) -> str:
    """Return everything that stands in the tables, as one text."""
    with database.read() as session:
        tables = session.connection().engine.dialect.get_table_names(session.connection())
        rows = [row for table in tables for row in session.execute(text(f'SELECT * FROM "{table}"'))]
    return "\n".join(map(repr, rows))


def test_who_asks_to_be_forgotten_is_nowhere_to_be_found(desk: Office) -> None:
    database = desk.town.database
    with database.read() as session:
        picture = photos.path(desk.town.config.photos, session.scalars(select(Photo.token)).one())
    assert picture.is_file()
    with database.read() as session:
        assert contacts.at(session, "tel:+15550142")
    assert "Casey" in dump(database)
    desk.says("delete my data")
    desk.bustle()
    desk.says("yes")
    desk.bustle()
    assert desk.heard()[-1].startswith("Done.")
    sweep(desk, minutes=1)
    left = dump(database)
    for private in ("5550142", "Casey", "pothole at 500"):
        assert private not in left
    assert not picture.exists()
    kept = case(desk)
    assert (kept.service_code, kept.address_string, kept.contact_id) == (
        "pothole_road_damage",
        "500 Main St",
        None,
    )
    update_status(desk.town, "SR-10001", "completed", reason="repaired")
    desk.bustle()
    assert desk.heard()[-1].startswith("Done.")


def test_the_number_stays_until_the_last_word_is_out(desk: Office) -> None:
    channels = desk.town.channels
    desk.says("delete my data")
    desk.bustle()
    desk.says("yes")
    silent = replace(desk, town=replace(desk.town, channels={}))
    service_requests.close_unanswered(silent.town)
    jobs.run(silent.town, "take_turns", "1")
    jobs.sweep(silent.town)
    with desk.town.database.read() as session:
        assert session.scalars(select(Contact.address)).one() == "tel:+15550142"
    assert channels
    desk.bustle()
    sweep(desk, minutes=1)
    with desk.town.database.read() as session:
        assert session.scalars(select(Contact.address)).one() == ""


def test_who_writes_again_starts_afresh(desk: Office) -> None:
    for words in ("delete my data", "yes"):
        desk.says(words)
        desk.bustle()
    sweep(desk, minutes=1)
    desk.says("status")
    desk.bustle()
    assert "I find no case of yours" in desk.heard()[-1]
    with desk.town.database.read() as session:
        assert len(session.scalars(select(Contact)).all()) == 2
