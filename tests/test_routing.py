"""Who gets a report, how urgent and by when: rules in order, hours, areas, holidays, and who is turned away."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.config import Config, ConfigError, load
from bot.routing import Calendar, Routing, open_routing
from bot.routing_rules import Holidays, Hours
from dialogues.manager import take_turn
from dialogues.types import City, Draft, FileRequest, Heard, Photo, Place, Say, State, Utterance

CHICAGO = "America/Chicago"

CITY = """\
city: {name: Riverton, program: Riverton 311, phone: 555-0111, timezone: America/Chicago}
departments:
  streets: {name: Streets, email: streets@riverton.example}
  lights: {name: Lights, email: lights@riverton.example}
areas: [areas.geojson]
holidays: {country: US, days: {2026-07-06: Founders' Day}}
"""

SERVICE = """\
service_code: {code}
service_name: {code}
description: Something broken.
group: {group}
department: streets
due: 5 working days
keywords: [{code}]
attributes:
  - code: lane
    datatype: singlevaluelist
    required: false
    description: Which part of the street?
    values: [{{key: traffic, name: Traffic lane}}, {{key: bike, name: Bike lane}}]
"""

AREAS = """\
{"type": "FeatureCollection", "features": [
{"type": "Feature", "properties": {"name": "West"}, "geometry": {"type": "Polygon",
 "coordinates": [[[-91.1, 41.5], [-91.0, 41.5], [-91.0, 41.6], [-91.1, 41.6], [-91.1, 41.5]]]}},
{"type": "Feature", "properties": {"name": "East"}, "geometry": {"type": "Polygon",
 "coordinates": [[[-91.0, 41.5], [-90.9, 41.5], [-90.9, 41.6], [-91.0, 41.6], [-91.0, 41.5]]]}}
]}
"""

WEST, EAST, NOWHERE = ({"lat": 41.55, "long": long} for long in (-91.05, -90.95, -80.0))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A city with two services, two areas and no rules."""
    services = tmp_path / "data" / "services"
    services.mkdir(parents=True)
    for code, group in (("pothole", "Streets"), ("lamp", "Lights")):
        (services / f"{code}.yml").write_text(SERVICE.format(code=code, group=group), encoding="utf-8")
    (tmp_path / "areas.geojson").write_text(AREAS, encoding="utf-8")
    return tmp_path


def with_rules(folder: Path, *rules: str, city: str = CITY) -> Routing:
    lines = "".join(f"  - {rule}\n" for rule in rules)
    written = f"{city}routing:\n{lines}" if rules else city
    (folder / "config.yml").write_text(written, encoding="utf-8")
    return open_routing(load({"TOWNLINE_CONFIG": str(folder / "config.yml")}))


def report(code: str = "pothole", *, at: dict[str, float] | None = None, **known: Any) -> Draft:
    place = Place(address_string="1 Main St", **at) if at else None  # type: ignore[arg-type]
    return Draft(service_code=code, place=place, **known)


def local(text: str) -> datetime:
    """Return a moment of the city's clock, in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(CHICAGO)).astimezone(UTC)


NOON = local("2026-06-03 12:00")  # a Wednesday


# Which rule


@pytest.mark.parametrize(
    ("rule", "draft", "when", "applies", "reason"),
    [
        ("{service: pothole, department: lights}", report(), NOON, True, "the service is pothole"),
        ("{service: pothole, department: lights}", report("lamp"), NOON, False, "lamp, not pothole"),
        ("{service: [lamp, pothole], department: lights}", report(), NOON, True, "the service is pothole"),
        ("{group: Streets, department: lights}", report(), NOON, True, "the group is Streets"),
        ("{group: Streets, department: lights}", report("lamp"), NOON, False, "Lights, not Streets"),
        (
            "{attributes: {lane: bike}, department: lights}",
            report(attributes={"lane": "bike"}),
            NOON,
            True,
            "lane is bike",
        ),
        (
            "{attributes: {lane: bike}, department: lights}",
            report(attributes={"lane": "traffic"}),
            NOON,
            False,
            "lane is traffic, not bike",
        ),
        ("{attributes: {lane: bike}, department: lights}", report(), NOON, None, "lane is not answered"),
        ("{attributes: {lane: bike}, department: lights}", report(asked=True), NOON, False, "not answered"),
        ("{area: West, department: lights}", report(at=WEST), NOON, True, "the place is in West"),
        ("{area: West, department: lights}", report(at=EAST), NOON, False, "in East, not in West"),
        ("{area: [West, East], department: lights}", report(at=EAST), NOON, True, "the place is in East"),
        ("{area: West, department: lights}", report(at=NOWHERE), NOON, False, "in none of the areas"),
        ("{area: West, department: lights}", report(), NOON, None, "the place is not known"),
        ("{hours: Mon-Fri 08:00-17:00, department: lights}", report(), NOON, True, "Wed 12:00 is within"),
        ("{hours: [Sat, Sun], department: lights}", report(), NOON, False, "not within Sat or Sun"),
        (
            "{keywords: [rim, tire], department: lights}",
            report(description="It broke two TIRES"),
            NOON,
            True,
            "the words say 'tire'",
        ),
        ("{keywords: tire, department: lights}", report(description="I am tired"), NOON, False, "nothing of"),
        (
            "{keywords: tire, department: lights}",
            report(description="it's not my tire"),
            NOON,
            False,
            "nothing of",
        ),
        ("{department: lights}", report(), NOON, True, "every report"),
        # One condition that fails outweighs one that is open.
        ("{area: West, service: lamp, department: lights}", report(), NOON, False, "pothole, not lamp"),
    ],
)
def test_a_rule_applies_where_all_of_it_holds(
    folder: Path, rule: str, draft: Draft, when: datetime, applies: bool | None, reason: str
) -> None:
    fired, passed = with_rules(folder, rule).apply(draft, when)
    [finding] = [fired] if fired else passed
    assert finding.applies is applies
    assert reason in finding.reason


def test_the_first_that_applies_wins_and_those_before_it_say_why_not(folder: Path) -> None:
    rules = with_rules(
        folder,
        "{service: lamp, department: lights}",
        "{area: West, priority: high}",
        "{service: pothole, priority: low}",
        "{department: lights}",
    )
    fired, passed = rules.apply(report(at=EAST), NOON)
    assert fired is not None
    assert fired.number == 3
    assert [each.reason for each in passed] == [
        "the service is pothole, not lamp",
        "the place is in East, not in West",
    ]


# What it gives


@pytest.mark.parametrize(
    ("rules", "draft", "gives"),
    [
        ([], report(), ("streets", "normal", "2026-06-10 17:00")),
        (["{department: lights}"], report(), ("lights", "normal", "2026-06-10 17:00")),
        (["{priority: high}"], report(), ("streets", "high", "2026-06-10 17:00")),
        (["{priority: low, due: 3 days}"], report(), ("streets", "low", "2026-06-06 17:00")),
        (["{due: 1 working day}"], report(), ("streets", "normal", "2026-06-04 17:00")),
        # What a rule calls urgent is due within hours, unless it says otherwise.
        (["{priority: urgent}"], report(), ("streets", "urgent", "2026-06-03 16:00")),
        (["{priority: urgent, due: 24 hours}"], report(), ("streets", "urgent", "2026-06-04 12:00")),
        # What the resident's words make urgent stays so.
        ([], report(urgent=True), ("streets", "urgent", "2026-06-03 16:00")),
        (
            ["{department: lights, priority: low, due: 9 days}"],
            report(urgent=True),
            ("lights", "urgent", "2026-06-03 16:00"),
        ),
        (["{due: 1 hour}"], report(urgent=True), ("streets", "urgent", "2026-06-03 13:00")),
    ],
)
def test_what_a_rule_leaves_open_is_the_services(
    folder: Path, rules: Sequence[str], draft: Draft, gives: tuple[str, str, str]
) -> None:
    route = with_rules(folder, *rules).route(draft, NOON)
    assert (route.department, route.priority, route.due) == (*gives[:2], local(gives[2]))
    assert route.due.tzinfo is UTC


# Deadlines


@pytest.mark.parametrize(
    ("due", "begin", "end"),
    [
        ("4 hours", "2026-06-05 22:00", "2026-06-06 02:00"),
        ("2 days", "2026-06-05 22:00", "2026-06-07 17:00"),
        ("1 working day", "2026-06-05 22:00", "2026-06-08 17:00"),  # over a weekend
        ("1 working days", "2026-07-02 09:00", "2026-07-07 17:00"),  # the 3rd observed, the 6th the city's own
        ("1 days", "2026-07-02 09:00", "2026-07-03 17:00"),
        ("2 working days", "2026-12-30 09:00", "2027-01-04 17:00"),  # into the next year
        ("1 working days", "2026-03-06 09:00", "2026-03-09 17:00"),  # over the change to summer time
        ("24 hours", "2026-03-07 12:00", "2026-03-08 13:00"),  # 24 hours on any clock
    ],
)
def test_deadlines(due: str, begin: str, end: str) -> None:
    own = Holidays(country="US", days={datetime(2026, 7, 6).date(): "Founders' Day"})
    assert Calendar(timezone=CHICAGO, holidays=own).deadline(due, local(begin)) == local(end)


def test_without_holidays_only_weekends_are_skipped() -> None:
    found = Calendar(timezone=CHICAGO).deadline("1 working days", local("2026-07-02 09:00"))
    assert found == local("2026-07-03 17:00")


def test_holidays_of_a_subdivision() -> None:
    begin = local("2026-02-11 09:00")
    state = Calendar(timezone=CHICAGO, holidays=Holidays(country="US", subdivision="IL"))
    assert state.deadline("1 working days", begin) == local("2026-02-13 17:00")  # Lincoln's birthday


@pytest.mark.parametrize(
    ("hours", "inside", "outside"),
    [
        ("Mon-Fri 08:00-17:00", ["06-01 08:00", "06-05 16:59"], ["06-01 07:59", "06-01 17:00", "06-06 12:00"]),
        ("Sat, Sun", ["06-06 00:00", "06-07 23:59"], ["06-05 23:59", "06-08 00:00"]),
        ("Fri-Mon", ["06-05 00:00", "06-08 23:00"], ["06-04 23:59", "06-09 00:00"]),
        ("Fri 22:00-06:00", ["06-05 22:00", "06-06 05:59"], ["06-05 05:00", "06-06 06:00", "06-06 22:00"]),
        ("Sun 22:00-06:00", ["06-07 23:00", "06-08 05:00"], ["06-07 05:00"]),
        ("Wed 12:00-24:00", ["06-03 23:59"], ["06-03 11:59", "06-04 00:00"]),
    ],
)
def test_hours(hours: str, inside: Sequence[str], outside: Sequence[str]) -> None:
    known = Hours.parse(hours)
    held = {text: known.hold(datetime.fromisoformat(f"2026-{text}")) for text in (*inside, *outside)}
    assert held == dict.fromkeys(inside, True) | dict.fromkeys(outside, False)


def test_hours_are_the_citys(folder: Path) -> None:
    rules = with_rules(folder, "{hours: Mon 20:00-24:00, department: lights}")
    assert rules.apply(report(), datetime(2026, 6, 2, 3, 0, tzinfo=UTC))[0]  # Monday 22:00 in Chicago
    assert not rules.apply(report(), datetime(2026, 6, 1, 21, 0, tzinfo=UTC))[0]


# Who is turned away

WEST_ONLY = (
    "{name: The pilot, service: pothole, area: West, priority: high}",
    "{service: pothole, unserved: true, say: 'We try this out in the West only. Please call {phone}.'}",
)


@pytest.mark.parametrize(
    ("draft", "turned_away"),
    [
        (report(at=EAST), True),
        (report(at=WEST), False),
        (report(), False),  # nobody is turned away before they have said where
        (Draft(service_code="pothole", place=Place(address_string="by the old mill")), False),
        (report("lamp", at=EAST), False),
    ],
)
def test_a_pilot_serves_one_area(folder: Path, draft: Draft, turned_away: bool) -> None:
    rules = with_rules(folder, *WEST_ONLY)
    assert bool(rules.unserved(draft, NOON)) is turned_away


def test_a_place_nobody_knows_goes_to_the_services_department(folder: Path) -> None:
    rules = with_rules(folder, *WEST_ONLY)
    lost = Draft(service_code="pothole", place=Place(address_string="by the old mill"))
    assert rules.route(lost, NOON).department == "streets"
    assert [each.reason for each in rules.apply(lost, NOON)[1]] == [
        "the place is not known",
        "waits for rule 1 to be decided",
    ]


def hear(*utterances: Utterance) -> Heard:
    return Heard(at=NOON, utterances=utterances, references=("SR-1", "SR-2"))


def place_in(area: dict[str, float], **known: Any) -> Place:
    return Place(address_string="1 Main St", **area, **known)  # type: ignore[arg-type]


def told(text: str = "a pothole", code: str = "pothole", **known: Any) -> Utterance:
    return Utterance(text=text, intent="report", services=((code, 0.9),), **known)


YES_SEND = Utterance(text="yes", intent="affirm", polarity="yes")


def talked(city: City, *batches: Utterance) -> list[list[str]]:
    """Return the sentences and filings of each turn of a talk."""
    state, seen = State(), []
    for each in batches:
        turn = take_turn(state, hear(each), city)
        state = turn.state
        seen.append(
            [
                effect.sentence if isinstance(effect, Say) else f"files {effect.draft.service_code}"
                for effect in turn.effects
                if isinstance(effect, Say | FileRequest)
            ]
        )
    return seen


@pytest.fixture
def pilot(folder: Path) -> City:
    """A city that takes potholes in the West only."""
    rules = with_rules(folder, *WEST_ONLY)
    return replace(rules.city, unserved=rules.unserved)


def test_who_is_not_served_is_told_as_soon_as_the_place_is_known(pilot: City) -> None:
    here, there = place_in(EAST), place_in(WEST)
    assert talked(pilot, told(), Utterance(text="1 Main St", places=(here,), place_text="1 Main St")) == [
        ["ask_place"],
        ["stop"],
    ]
    talk = talked(pilot, told(places=(here,)), told(places=(there,)), YES_SEND)
    assert talk[0] == ["stop"]
    assert talk[2] == ["files pothole"]


def test_where_a_photo_was_taken_turns_nobody_away_before_they_agree(pilot: City) -> None:
    photo = Photo(photo_id="1", taken_at=place_in(EAST, hint=True))
    talk = talked(pilot, told(photos=(photo,)), YES_SEND)
    assert talk == [["confirm_photo_place"], ["stop"]]


def test_a_whole_street_turns_nobody_away(pilot: City) -> None:
    street = place_in(EAST, precision="street")
    assert "stop" not in talked(pilot, told(places=(street,)))[0]


def test_an_unanswered_question_turns_nobody_away_before_they_agree(folder: Path) -> None:
    rules = with_rules(folder, "{attributes: {lane: bike}, priority: high}", "{unserved: true, say: Not ours.}")
    city = replace(rules.city, unserved=rules.unserved)
    talk = talked(city, told(places=(place_in(EAST),)), YES_SEND)
    assert "stop" not in talk[0]
    assert talk[1] == ["stop"]
    served = told("a pothole in the bike lane", places=(place_in(EAST),))
    assert talked(city, served, YES_SEND)[1] == ["files pothole"]


def test_of_two_problems_the_one_that_is_served_goes_on(pilot: City) -> None:
    talk = talked(
        pilot, told(places=(place_in(EAST),)), told("a lamp is out", "lamp", places=(place_in(EAST),))
    )
    assert talk[0] == ["stop"]
    assert "stop" not in talk[1]
    assert talk[1]


def test_what_is_said_is_there_to_be_translated(pilot: City) -> None:
    assert pilot.turned_away == ("We try this out in the West only. Please call {phone}.",)


# What can be wrong


@pytest.mark.parametrize(
    ("rule", "message"),
    [
        ("{service: potholes, priority: high}", "9: there is no service 'potholes' in data/services"),
        ("{group: Roads, priority: high}", "9: no service is of the group 'Roads'; there are: Lights, Streets"),
        ("{group: Lights, service: lamp, priority: high}", "9: give a rule services or groups, not both"),
        ("{department: roads}", "9: there is no department 'roads' in config.yml"),
        (
            "{attributes: {depth: bike}, priority: high}",
            "9: none of these asks an attribute 'depth': lamp, pothole",
        ),
        (
            "{attributes: {lane: bus}, priority: high}",
            "9: lane has no value 'bus'; it has: bike, traffic",
        ),
        ("{area: North, priority: high}", "9: there is no area 'North'; there are: West, East"),
        ("{due: soon}", "9: write due as in '5 working days', '3 days' or '4 hours'"),
        ("{service: lamp}", "9: gives nothing: add department, priority, due or unserved"),
        ("{unserved: true}", "9: add say: where the resident can turn instead"),
        ("{priority: high, say: No.}", "9: is said only where unserved is true"),
        (
            "{unserved: true, say: No., due: 3 days}",
            "9: where nothing is filed there is no department, priority or due",
        ),
        (
            "{unserved: true, say: 'Call {mayor}.'}",
            "9: say may have {phone}, {city}, {program} and no other braces",
        ),
        (
            f"{{unserved: true, say: '{'No. ' * 41}'}}",
            "9: say takes more than one SMS: at most 160 characters, none of them typographic",
        ),
        (
            "{hours: Weekdays, priority: high}",
            "9: routing.1.hours: Value error, write hours as in 'Mon-Fri 17:00-08:00' or 'Sat, Sun'",
        ),
        (
            "{hours: Mon 09:00-09:00, priority: high}",
            "9: routing.1.hours: Value error, 09:00-09:00 is no span of time",
        ),
        (
            "{priority: asap}",
            "9: routing.1.priority: Input should be 'low', 'normal', 'high' or 'urgent'",
        ),
        ("{street: Main, priority: high}", "9: routing.1.street: Extra inputs are not permitted"),
    ],
)
def test_a_mistake_in_a_rule_is_named_with_its_line(folder: Path, rule: str, message: str) -> None:
    with pytest.raises(ConfigError) as error:
        with_rules(folder, "{service: lamp, priority: high}", rule)
    assert str(error.value) == f"{folder}/config.yml:{message}"


def test_a_rule_that_is_never_reached_is_a_mistake(folder: Path) -> None:
    with pytest.raises(ConfigError, match=r"config\.yml:9: is never reached: rule 1 applies to every report"):
        with_rules(folder, "{priority: high}", "{service: lamp, priority: low}")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("country: US", "country: Iowa", "6: the library holidays has no country 'Iowa'; write it as in US"),
        ("country: US", "country: US, subdivision: Cook", "6: US has no subdivision 'Cook'; it has: AK, "),
        ("areas.geojson", "zones.geojson", "5: zones.geojson can't be read (No such file or directory)"),
        ("areas.geojson", "config.yml", "5: config.yml is no GeoJSON of polygons with a name each"),
    ],
)
def test_a_mistake_in_holidays_or_areas_is_named_with_its_line(
    folder: Path, old: str, new: str, message: str
) -> None:
    assert CITY.count(old) == 1
    with pytest.raises(ConfigError) as error:
        with_rules(folder, "{area: West, priority: high}", city=CITY.replace(old, new))
    assert str(error.value).startswith(f"{folder}/config.yml:{message}")


# Riverton's own


def test_rivertons_rules_can_be_opened_and_each_is_met(config: Config) -> None:
    rules = open_routing(config)
    downtown = Place(address_string="500 Main St", lat=41.5995, long=-91.0066)
    rush = local("2026-06-03 16:30")
    reports = [
        Draft(service_code="tree", attributes={"blocked": "wires"}),
        Draft(service_code="graffiti", attributes={"content": "hate"}),
        Draft(service_code="traffic_signal", place=downtown),
        Draft(service_code="other", description="The bus shelter is smashed."),
    ]
    fired = [rules.apply(each, rush)[0] for each in reports]
    assert [each.number if each else 0 for each in fired] == [1, 2, 3, 4]
    assert len(rules.rules) == 4
