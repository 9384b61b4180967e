"""Notices for an area and storm mode: who is told what and when, at which rate, and what staff type for it."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from servers import KEYS, PHONE, Office, OpenOffice
from sqlalchemy import func, insert, select, update

from bot import area_notices, jobs, storms
from bot.announcement_rules import Storm
from bot.announcement_tables import AreaNotice, NoticeFollower
from bot.area_notices import BATCH, NoSuchNotice
from bot.cli import townline
from bot.config import Config, ConfigError, load
from bot.database import Database
from bot.models import Contact, Conversation, Message, OutboxEntry, ServiceRequest
from bot.routing import Routing, open_routing
from bot.routing_rules import Rule
from bot.town import Town
from dialogues.types import Draft
from nlu.interpreter import Interpreter

NEIGHBOUR = "+15550143"
BREAK = {"en": "Main break on Elm St, water back by 6 pm.", "es": "Se rompio un tubo en Elm St."}
SQUARE = {
    "type": "MultiPolygon",
    "coordinates": [[[[-91.1, 41.5], [-90.9, 41.5], [-90.9, 41.7], [-91.1, 41.7], [-91.1, 41.5]]]],
}
DAY = timedelta(days=1)


def announce(town: Town, **known: Any) -> int:
    given: dict[str, Any] = {"text": BREAK, "area": SQUARE, "area_name": "Elm", "services": ["water_leak"]}
    given |= {"expires": town.now() + DAY} | known
    return area_notices.add(town, **given).id


def follow(town: Town, notice_id: int, count: int, **contact: Any) -> None:
    """Let `count` new threads follow a notice, every second of them in Spanish, every third on Telegram."""
    now = town.now()
    with town.database.write.begin() as session:
        first = (session.scalar(select(func.max(Contact.id))) or 0) + 1
        channels = [("telegram" if n % 3 == 2 else "sms") for n in range(count)]
        contacts = [
            dict.fromkeys(("address", "address_hash", "address_tail"), f"{channel}:{first + n}")
            | {"language": ("en", "es")[n % 2], "created_at": now}
            | contact
            for n, channel in enumerate(channels)
        ]
        kinds = insert(Contact).returning(Contact.id, sort_by_parameter_order=True)
        known = session.scalars(kinds, contacts).all()
        threads = insert(Conversation).returning(Conversation.id, sort_by_parameter_order=True)
        conversations = session.scalars(
            threads,
            [
                {
                    "contact_id": contact_id,
                    "channel": channel,
                    "our_address": "x",
                    "owner": "bot",
                    "waiting_reason": "",
                    "state": {},
                    "touched_at": now,
                    "version": 1,
                }
                for contact_id, channel in zip(known, channels, strict=True)
            ],
        ).all()
        session.execute(
            insert(NoticeFollower),
            [
                {"notice_id": notice_id, "conversation_id": each, "created_at": now, "told": 0}
                for each in conversations
            ],
        )


def news(town: Town) -> list[tuple[Message, OutboxEntry]]:
    """Return what followers are told and is not taken back."""
    query = (
        select(Message, OutboxEntry)
        .join(OutboxEntry, OutboxEntry.message_id == Message.id)
        .where(Message.notice_id.is_not(None), OutboxEntry.outcome != "superseded")
        .order_by(Message.id)
    )
    with town.database.read() as session:
        return [(row[0], row[1]) for row in session.execute(query)]


@pytest.fixture
def desk(open_office: OpenOffice, sqlite: Database) -> Office:
    """An office, where the kind of database makes no difference."""
    return open_office(sqlite)


# Telling


def test_five_thousand_followers_are_told_in_seconds_and_no_turn_waits_for_it(office: Office) -> None:
    """Run with -s for the figures."""
    town = office.town
    notice = announce(town)
    follow(town, notice, 5000)
    area_notices.change(town, notice, {"en": "Water back by 9 pm."})
    batches, last = [], time.monotonic()

    def passed(count: int) -> None:
        nonlocal last
        batches.append((count, time.monotonic() - last))
        last = time.monotonic()

    assert area_notices.tell_followers(town, notice, passed) == 5000
    longest = max(seconds for _, seconds in batches)
    whole = sum(seconds for _, seconds in batches)
    print(f"{town.database.engine.name}: {whole:.2f} s, a batch {longest:.2f} s at most")
    assert sum(count for count, _ in batches) == 5000
    assert max(count for count, _ in batches) <= BATCH
    assert longest < 30  # as long as SQLite lets another writer wait
    told = news(town)
    assert len({message.conversation_id for message, _ in told}) == len(told) == 5000
    assert {message.text for message, _ in told} == {"Riverton 311: Water back by 9 pm."}
    assert {message.gloss for message, _ in told} == {"", "Riverton 311: Water back by 9 pm."}  # for staff


def test_every_channel_is_given_its_rate(desk: Office) -> None:
    town = desk.town
    notice = announce(town)
    follow(town, notice, 90)
    area_notices.change(town, notice, {"en": "Water back by 9 pm."})
    area_notices.tell_followers(town, notice)
    waits = {
        channel: sorted(
            (entry.due_at - town.now()).total_seconds()
            for message, entry in news(town)
            if message.channel == channel
        )
        for channel in ("sms", "telegram")
    }
    rates = town.config.file.notices.per_second
    assert waits["sms"] == pytest.approx([n / rates.sms for n in range(60)])
    assert waits["telegram"] == pytest.approx([n / rates.telegram for n in range(30)])


@pytest.mark.parametrize(("safety", "tonight"), [(False, 2), (True, 5)])
def test_what_the_night_overtakes_goes_on_in_the_morning_but_for_safety(
    desk: Office, safety: bool, tonight: int
) -> None:
    desk.clock.now = datetime(2026, 6, 2, 1, 59, 58, tzinfo=UTC)  # two seconds before nine in the evening
    town = desk.town
    notice = announce(town, safety=safety)
    for _ in range(5):
        follow(town, notice, 1)  # the first of many is an SMS
    area_notices.change(town, notice, {"en": "Water back by midnight."})
    area_notices.tell_followers(town, notice)
    due = [entry.due_at for _, entry in news(town)]
    morning = datetime(2026, 6, 2, 13, 0, tzinfo=UTC)
    expected = [town.now() + timedelta(seconds=n) for n in range(tonight)]
    assert due == [*expected, *(morning + timedelta(seconds=n) for n in range(5 - tonight))]


def test_an_update_that_breaks_off_is_taken_up_by_the_sweeper_once(office: Office) -> None:
    town = office.town
    notice = announce(town)
    follow(town, notice, BATCH + 20)
    area_notices.change(town, notice, {"en": "Water back by 9 pm."})

    def dies(_: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        area_notices.tell_followers(town, notice, dies)
    assert len(news(town)) == BATCH
    jobs.sweep(town)
    jobs.sweep(town)
    told = [message.conversation_id for message, _ in news(town)]
    assert len(told) == len(set(told)) == BATCH + 20


def test_a_newer_word_takes_back_the_older_that_was_not_sent(office: Office) -> None:
    town = office.town
    notice = announce(town)
    follow(town, notice, 7)
    for words in ("Water back by 9 pm.", "Water back by 10 pm."):  # the clock stands still between the two
        area_notices.change(town, notice, {"en": words})
        area_notices.tell_followers(town, notice)
    assert [message.text for message, _ in news(town)] == ["Riverton 311: Water back by 10 pm."] * 7
    area_notices.end(town, notice)
    area_notices.tell_followers(town, notice)
    (over,) = {message.text for message, _ in news(town) if not message.gloss}
    assert over == "Riverton 311: This is over: Water back by 10 pm. Still a problem? Tell us what and where."
    assert len(news(town)) == 7


@pytest.mark.parametrize("column", ["opted_out_at", "unreachable_at"])
def test_who_wants_no_texts_or_has_blocked_us_is_told_nothing(desk: Office, column: str) -> None:
    town = desk.town
    notice = announce(town)
    follow(town, notice, 2, **{column: town.now()})
    follow(town, notice, 1)
    area_notices.change(town, notice, {"en": "Water back by 9 pm."})
    assert area_notices.tell_followers(town, notice) == 1


def test_a_flood_of_news_does_not_stand_before_an_answer(desk: Office) -> None:
    desk.says("no water at 500 main st")
    town = desk.town
    notice = announce(town)
    desk.bustle()
    desk.says("follow")
    desk.bustle()
    follow(town, notice, 30)
    with town.database.write.begin() as session:  # this thread is the last to be told
        session.execute(update(NoticeFollower).where(NoticeFollower.id == 1).values(id=999))
    area_notices.change(town, notice, {"en": "Water back by 9 pm."})
    area_notices.tell_followers(town, notice)
    desk.says("status")
    desk.bustle(3)
    assert desk.heard()[-1] == "You follow: Water back by 9 pm."
    desk.bustle(60)
    assert desk.simulator.thread(PHONE)[-1].text == "Riverton 311: Water back by 9 pm."


# Following


def followers(town: Town) -> list[NoticeFollower]:
    with town.database.read() as session:
        return list(session.scalars(select(NoticeFollower)))


def cases(town: Town) -> list[ServiceRequest]:
    with town.database.read() as session:
        return list(session.scalars(select(ServiceRequest).order_by(ServiceRequest.id)))


def test_follow_files_nothing_and_delete_my_data_ends_it(office: Office) -> None:
    announce(office.town)
    for words in ("no water at 500 main st", "follow"):
        office.says(words)
        office.bustle()
    assert [each.muted_at for each in followers(office.town)] == [None]
    assert cases(office.town) == []
    for words in ("delete my data", "yes"):
        office.says(words)
        office.bustle()
    assert followers(office.town) == []


@pytest.mark.parametrize(
    "known",
    [
        {"services": ["graffiti"]},
        {"area": {"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1], [0, 1], [0, 0]]]}},
        {"starts": datetime(2026, 6, 2, tzinfo=UTC)},
        {"expires": datetime(2026, 6, 1, 15, 0, tzinfo=UTC)},
    ],
    ids=["another service", "another place", "to come", "expired"],
)
def test_a_notice_that_does_not_cover_a_report_is_not_told(desk: Office, known: dict[str, Any]) -> None:
    announce(desk.town, **known)
    desk.says("no water at 500 main st")
    desk.bustle()
    assert "Main break" not in desk.heard()[-1]
    announce(desk.town)
    desk.says("no water at 500 main st", by=NEIGHBOUR)
    desk.bustle()
    assert "Main break" in desk.heard(NEIGHBOUR)[-1]


def test_one_that_ends_before_the_answer_comes_is_followed_by_nobody(desk: Office) -> None:
    notice = announce(desk.town)
    desk.says("no water at 500 main st")
    desk.bustle()
    area_notices.end(desk.town, notice)
    desk.says("follow")
    desk.bustle()
    assert desk.heard()[-1].startswith("That notice does not hold any more.\nWater leak or no water")
    assert followers(desk.town) == []


@pytest.mark.parametrize("action", [area_notices.change, area_notices.end])
def test_what_is_over_or_never_was_says_so(desk: Office, action: Callable[..., object]) -> None:
    notice = announce(desk.town)
    area_notices.end(desk.town, notice)
    with pytest.raises(NoSuchNotice, match=rf"Notice {notice} is over\. Announce a new one"):
        action(desk.town, notice, BREAK)
    with pytest.raises(NoSuchNotice, match=r"There is no notice 77\. `townline notice list` shows them\."):
        action(desk.town, 77, BREAK)


# Storms


def test_a_storm_lasts_from_its_begin_until_its_end(office: Office) -> None:
    town = office.town

    def lasts(moment: datetime) -> bool:
        with town.database.read() as session:
            return storms.current(session, moment) is not None

    now = town.now()
    assert not lasts(now)
    storms.begin(town, now + timedelta(hours=2))
    assert [lasts(now + timedelta(hours=hours)) for hours in (-1, 0, 1, 2)] == [False, True, True, False]
    storms.begin(town, None)
    assert lasts(now + timedelta(days=30))
    assert storms.end(town)
    assert not storms.end(town)
    assert not lasts(now)


STORM = Storm(services=["tree"], groups=["Traffic"], priority="high", due="24 hours", say="Danger only.")
NOW = datetime(2026, 6, 1, 15, 0, tzinfo=UTC)


def routing(config: Config, *rules: Rule) -> Routing:
    return replace(open_routing(config), storm=STORM, rules=rules)


@pytest.mark.parametrize(
    ("draft", "rule", "storm", "priority", "within"),
    [
        (Draft(service_code="tree"), Rule(), True, "high", "24 hours"),
        (Draft(service_code="tree"), Rule(), False, "normal", "10 working days"),
        (Draft(service_code="tree"), Rule(priority="urgent", due="2 hours"), True, "urgent", "2 hours"),
        (Draft(service_code="tree"), Rule(priority="low"), True, "high", "24 hours"),
        (Draft(service_code="tree", urgent=True), Rule(), True, "urgent", "4 hours"),
        (Draft(service_code="graffiti"), Rule(), True, "normal", "5 working days"),
        (Draft(service_code="graffiti", later=True), Rule(priority="high"), True, "low", "20 working days"),
        (Draft(service_code="graffiti", later=True), Rule(), False, "low", "20 working days"),
        (Draft(service_code="graffiti", later=True, urgent=True), Rule(), True, "urgent", "4 hours"),
    ],
)
def test_in_a_storm_danger_goes_first_and_the_rest_is_due_later(
    config: Config, draft: Draft, rule: Rule, storm: bool, priority: str, within: str
) -> None:
    route = routing(config, rule).route(draft, NOW, storm=storm)
    assert (route.priority, route.within) == (priority, within)


def test_groups_are_taken_as_a_whole(config: Config) -> None:
    services = config.city.services
    taken = STORM.model_copy(update={"groups": [services["water_leak"].group]}).taken(services)
    assert taken == {"tree"} | {
        code for code, each in services.items() if each.group == services["water_leak"].group
    }
    assert len(taken) > 2


def test_what_is_filed_in_a_storm_is_due_as_the_storm_says(desk: Office) -> None:
    storms.begin(desk.town, None)
    for words in ("a tree fell on the road at 500 main st", "yes"):
        desk.says(words)
        desk.bustle()
    for words in ("graffiti at 12 elm st", "yes", "yes"):
        desk.says(words, by=NEIGHBOUR)
        desk.bustle()
    danger, later = cases(desk.town)
    assert danger.expected_datetime is not None
    assert later.expected_datetime is not None
    assert (danger.priority, later.priority) == ("high", "low")
    assert danger.expected_datetime - danger.requested_datetime == timedelta(hours=24)
    assert later.expected_datetime - later.requested_datetime > timedelta(days=25)
    rest = [message.author for message in desk.messages() if message.author == "city"]
    assert len(rest) == 2  # the two cases' own: a storm is announced to nobody


CITY = """\
city: {name: Riverton, program: Riverton 311, phone: 555-0111, timezone: America/Chicago}
departments: {streets: {name: Streets, email: streets@riverton.example}}
"""
SERVICE = """\
service_code: pothole
service_name: Pothole
description: A hole.
group: Streets
department: streets
due: 5 working days
keywords: [pothole]
"""


@pytest.mark.parametrize(
    ("section", "message"),
    [
        ("storm: {services: [potholes], say: Danger.}", "3: there is no service 'potholes' in data/services"),
        ("storm: {groups: Roads, say: Danger.}", "3: no service is of the group 'Roads'; there are: Streets"),
        ("storm: {say: Danger.}", "3: takes nothing: add services or groups"),
        ("storm: {services: pothole}", "3: storm.say: Field required"),
        (
            "storm: {services: pothole, say: Danger., later: {due: soon}}",
            "3: write due as in '5 working days', '3 days' or '4 hours'",
        ),
        (
            "storm: {services: pothole, say: Danger., due: soon}",
            "3: write due as in '5 working days', '3 days' or '4 hours'",
        ),
        (
            "storm: {services: pothole, say: 'Call {mayor}.'}",
            "3: say may have {phone}, {city}, {program} and no other braces",
        ),
        (
            f"storm: {{services: pothole, say: '{'Danger. ' * 12}'}}",
            "3: say has 95 characters; 90 at most, for what to do follows it",
        ),
        (
            "notices: {per_second: {sms: 0}}",
            "3: notices.per_second.sms: Input should be greater than 0",
        ),
    ],
)
def test_a_mistake_in_what_is_announced_is_named_with_its_line(
    tmp_path: Path, section: str, message: str
) -> None:
    (tmp_path / "data" / "services").mkdir(parents=True)
    (tmp_path / "data" / "services" / "pothole.yml").write_text(SERVICE, encoding="utf-8")
    (tmp_path / "config.yml").write_text(f"{CITY}{section}\n", encoding="utf-8")
    with pytest.raises(ConfigError) as error:
        load({"TOWNLINE_CONFIG": str(tmp_path / "config.yml")})
    assert str(error.value) == f"{tmp_path}/config.yml:{message}"


# The commands

Command = Callable[..., Result]


@pytest.fixture
def command(
    config: Config, interpreter: Interpreter, sqlite: Database, monkeypatch: pytest.MonkeyPatch
) -> Command:
    """Run `townline` on a database of its own."""
    monkeypatch.setenv("COLUMNS", "400")
    database = sqlite.engine.url.render_as_string(hide_password=False)

    def run(*arguments: str) -> Result:
        here = {"TOWNLINE_CONFIG": str(config.config_file), "DATABASE_URL": database}
        runner = CliRunner(env=here | {"TOWNLINE_ENCRYPTION_KEYS": KEYS})
        return runner.invoke(townline, arguments)

    return run


ADD = ("notice", "add", "--text", BREAK["en"], "--until", "2099-06-01 18:00")
DOWNTOWN = (*ADD, "--area-name", "Downtown", "--service", "water_leak")


def test_a_notice_from_its_begin_to_its_end(command: Command, sqlite: Database) -> None:
    added = command(*DOWNTOWN, "--text-es", BREAK["es"], "--safety", "--author", "Water desk")
    assert added.output == "Notice 1 holds until Mon Jun 1, 2099 18:00.\n"
    (listed,) = json.loads(command("notice", "list", "--json").output)
    assert listed["text"] == BREAK
    assert listed | {"starts": ""} == {
        "id": 1,
        "state": "holds",
        "text": BREAK,
        "area_name": "Downtown",
        "services": ["water_leak"],
        "starts": "",
        "expires": "2099-06-01T23:00:00+00:00",
        "safety": True,
        "author": "Water desk",
        "ended": None,
        "followers": 0,
    }
    assert "Main break" in command("notice", "list").output
    assert json.loads(command("notice", "show", "1").output)["area"]["type"] == "MultiPolygon"
    told = command("notice", "update", "1", "--text", "Back by 9 pm.", "--until", "2099-06-01 21:00")
    assert told.output.endswith("Told 0 followers of notice 1.\n")
    with sqlite.read() as session:
        notice = session.get_one(AreaNotice, 1)
    assert notice.text == {"en": "Back by 9 pm."}  # what was said in Spanish holds no more
    assert notice.expires == datetime(2099, 6, 2, 2, 0, tzinfo=UTC)
    assert command("notice", "end", "1").output.endswith("Told 0 followers of notice 1.\n")
    assert json.loads(command("notice", "list", "--json").output) == []
    assert json.loads(command("notice", "list", "--all", "--json").output)[0]["state"] == "over"


def test_an_area_drawn_in_a_file(command: Command, sqlite: Database, tmp_path: Path) -> None:
    drawn = tmp_path / "elm.geojson"
    feature = {"type": "Feature", "properties": {}, "geometry": SQUARE}
    drawn.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}), encoding="utf-8")
    command(*ADD, "--area", str(drawn), "--group", "Water and sewer")
    with sqlite.read() as session:
        notice = session.get_one(AreaNotice, 1)
    assert notice.area == SQUARE
    assert (notice.area_name, notice.services) == ("elm", ["drain_flooding_sewer", "water_leak"])


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (
            (*ADD, "--service", "water_leak", "--area-name", "Uptown"),
            "--area-name Uptown: there is no such area;",
        ),
        ((*ADD, "--area-name", "Downtown"), "say what it is about: --service CODE or --group NAME,"),
        ((*ADD, "--area-name", "Downtown", "--service", "water"), "--service water: there is no such service;"),
        ((*ADD, "--area-name", "Downtown", "--group", "Wet"), "--group Wet: no service is of that group;"),
        (
            (*DOWNTOWN, "--until", "2001-01-01 10:00"),
            "--until 2001-01-01 10:00: that is over before it begins;",
        ),
        ((*DOWNTOWN, "--until", "tonight"), "--until tonight: write it as '2026-06-01 18:00',"),
        ((*DOWNTOWN, "--text", "x" * 161), "the text in 'en' has 161 characters; 160 at most,"),
        ((*DOWNTOWN, "--text", "Water \N{DROPLET}"), "the text in 'en' has '\N{DROPLET}', which SMS lacks:"),
        ((*ADD, "--area", __file__, "--service", "water_leak"), "no GeoJSON of polygons in degrees."),
        (("notice", "update", "9", "--text", "x"), "There is no notice 9."),
        (("notice", "end", "9"), "There is no notice 9."),
        (("notice", "end", "9", "--text-es", "x"), "--text: what is to be said in 'en',"),
        (("notice", "show", "9"), "there is no notice 9."),
        (("storm", "on", "--until", "2001-01-01 10:00"), "--until 2001-01-01 10:00: that is over already;"),
    ],
)
def test_a_mistake_is_one_sentence_that_says_what_to_do(
    command: Command, arguments: Sequence[str], message: str
) -> None:
    result = command(*arguments)
    assert result.exit_code == 1
    assert message in result.output
    assert "Traceback" not in result.output


def test_storm_mode_is_switched_without_a_restart(command: Command, desk: Office) -> None:
    assert command("storm", "show").output == "Storm mode is off.\n"
    assert " ".join(command("storm", "on", "--until", "2099-06-02 08:00").output.split()).startswith(
        "Storm mode is on until Tue Jun 2, 2099 08:00. Taken: drain_flooding_sewer, public_safety, road_obst"
    )
    desk.clock.now = datetime(2099, 6, 1, 15, 0, tzinfo=UTC)  # the office has been running all the while
    desk.says("graffiti at 12 elm st")
    desk.bustle()
    assert "Yours can wait" in desk.heard()[-1]
    assert command("storm", "show").output == "Storm mode is on until Tue Jun 2, 2099 08:00.\n"
    assert command("storm", "off").output == "Storm mode is off.\n"
    assert command("storm", "off").output == "Storm mode was off already.\n"
    desk.says("graffiti at 12 elm st")
    desk.bustle()
    assert desk.heard()[-1].startswith("Graffiti at 12 Elm St.")
