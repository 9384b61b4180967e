"""The chain behind the gazetteer: a Nominatim on this machine, answering, empty, slow and down."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from provider_stub import DROP, Answer, Provider, Seen, answer_json, provider
from sqlalchemy import create_engine
from sqlalchemy.orm import Session, sessionmaker

from bot.base import Base
from bot.bench.deployment import free_port
from bot.places import outside
from bot.places.geocoder import GeocoderDown, Places
from bot.places.importers import load_city
from bot.places.outside import Outside

HERE = Path(__file__).parent
ANSWERS: dict[str, Any] = yaml.safe_load((HERE / "data" / "places_nominatim.yml").read_text("utf-8"))


@pytest.fixture(scope="module")
def sessions(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sessionmaker[Session]]:
    engine = create_engine(f"sqlite:///{tmp_path_factory.mktemp('city') / 'city.db'}")
    Base.metadata.create_all(engine)
    made = sessionmaker(engine)
    with made.begin() as session:
        load_city(session, HERE.parent / "data" / "city")
    yield made
    engine.dispose()


def says(value: object) -> Answer:
    """A JSON answer that ends the connection: geopy would keep it open beyond the test."""
    answer = answer_json(value)
    answer.headers["Connection"] = "close"
    return answer


@pytest.fixture
def nominatim() -> Iterator[Provider]:
    def answer(seen: Seen) -> Answer:
        if seen.path == "/reverse":
            return says(ANSWERS["reverse"])
        asked = seen.query["q"][0].removesuffix(", Riverton, IA")
        return says(ANSWERS["search"].get(asked, []))

    with provider(answer) as stub:
        yield stub


def chained(sessions: sessionmaker[Session], domain: str, **options: Any) -> Places:
    settings = {"domain": domain, "scheme": "http", **options}
    return Places(sessions, [Outside("nominatim", settings)])


@pytest.fixture
def places(sessions: sessionmaker[Session], nominatim: Provider) -> Places:
    return chained(sessions, nominatim.url.removeprefix("http://"))


def test_what_the_gazetteer_knows_is_not_asked_outside(places: Places, nominatim: Provider) -> None:
    assert places.find_places("500 main st")[0].address_string == "500 Main St"
    assert places.place_at(41.6, -91.0) is not None
    assert nominatim.seen == []


@pytest.mark.parametrize("text", [text for text, found in ANSWERS["places"].items() if found])
def test_what_it_does_not_know_is(places: Places, text: str) -> None:
    found = [[place.address_string, place.precision, place.in_city] for place in places.find_places(text)]
    assert found == ANSWERS["places"][text]


@pytest.mark.parametrize("text", [text for text, found in ANSWERS["places"].items() if not found])
def test_what_lies_elsewhere_or_is_another_door_is_no_answer(
    places: Places, nominatim: Provider, text: str
) -> None:
    assert ANSWERS["search"][text], "it did answer"
    assert places.find_places(text) == []
    assert len(nominatim.seen) == 1


def test_it_is_asked_for_the_city_alone(places: Places, nominatim: Provider) -> None:
    places.find_places("9 Lantern Wharf")
    asked = nominatim.seen[0].query
    assert asked["q"] == ["9 Lantern Wharf, Riverton, IA"]
    assert asked["bounded"] == ["1"]
    west, south, east, north = (float(degrees) for degrees in asked["viewbox"][0].split(","))
    assert west < -91.0 < east
    assert south < 41.6 < north
    assert north - south < 0.1
    places.find_places("9 Lantern Wharf riverton 52799 zz")
    assert nominatim.seen[1].query["q"] == ["9 Lantern Wharf riverton 52799 zz"]


def test_a_pin_far_from_any_door_is_named_outside(places: Places) -> None:
    pin = places.place_at(41.584, -91.045)
    assert pin is not None
    assert (pin.address_string, pin.lat, pin.long, pin.in_city) == ("9 Lantern Wharf", 41.584, -91.045, True)


@pytest.mark.parametrize(
    "answer",
    [
        DROP,
        Answer(500, length=False),
        Answer(503, b"busy", length=False),
        Answer(429, b"slow down", length=False),
        Answer(403, length=False),
        Answer(200, b"<html>", length=False),
        says([{"lat": "north"}]),
        says(["what"]),
        says({"error": "no"}),
    ],
)
def test_down_or_talking_nonsense(
    places: Places, nominatim: Provider, answer: Answer, caplog: pytest.LogCaptureFixture
) -> None:
    nominatim.answer = lambda seen: answer
    with caplog.at_level(logging.INFO), pytest.raises(GeocoderDown):
        places.find_places("9 Lantern Wharf")
    assert "geocoder nominatim failed" in caplog.text
    assert "Lantern" not in caplog.text
    pin = places.place_at(41.584, -91.045)
    assert pin is not None
    assert pin.address_string == "Southfield", "the pin itself is enough"


def test_nobody_there(sessions: sessionmaker[Session]) -> None:
    with pytest.raises(GeocoderDown):
        chained(sessions, f"127.0.0.1:{free_port()}").find_places("9 Lantern Wharf")


@pytest.mark.parametrize("answer", [Answer(200, b"", hang=True), Answer(200, b"[", hang=True)])
def test_too_slow(sessions: sessionmaker[Session], nominatim: Provider, answer: Answer) -> None:
    nominatim.answer = lambda seen: answer
    slow = chained(sessions, nominatim.url.removeprefix("http://"), timeout=0.2)
    with pytest.raises(GeocoderDown):
        slow.find_places("9 Lantern Wharf")


def test_three_seconds_and_one_attempt_unless_told_otherwise(
    sessions: sessionmaker[Session], nominatim: Provider
) -> None:
    assert outside.TIMEOUT == 3.0
    nominatim.answer = lambda seen: DROP
    with pytest.raises(GeocoderDown):
        chained(sessions, nominatim.url.removeprefix("http://")).find_places("9 Lantern Wharf")
    assert len(nominatim.seen) == 1


def test_the_next_in_the_chain_makes_up_for_one_that_is_down(
    sessions: sessionmaker[Session], nominatim: Provider
) -> None:
    photon = {"domain": f"127.0.0.1:{free_port()}", "scheme": "http"}
    there = {"domain": nominatim.url.removeprefix("http://"), "scheme": "http"}
    chain = Places(sessions, [Outside("photon", photon), Outside("nominatim", there)])
    assert chain.find_places("9 Lantern Wharf")[0].address_string == "9 Lantern Wharf"
    with pytest.raises(GeocoderDown):
        chain.find_places("somewhere else entirely")


@pytest.mark.parametrize(
    ("name", "options", "says"),
    [
        ("mapquest", {}, "none of: gazetteer, arcgis"),
        ("nominatim", {"colour": "red"}, "colour"),
        ("pelias", {}, "domain"),
    ],
)
def test_a_geocoder_that_can_not_be(name: str, options: dict[str, Any], says: str) -> None:
    with pytest.raises(ValueError, match=says):
        Outside(name, options)


@pytest.mark.parametrize("case", ANSWERS["kinds"], ids=lambda case: f"{case['of']}: {case['kind']}")
def test_the_five_say_precision_in_their_own_words(case: dict[str, Any]) -> None:
    assert outside.precision(case["raw"]) == case["kind"]
