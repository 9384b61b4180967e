"""The Census Bureau's geocoder: its wire as recorded, what it can't do, and its place in the chain."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from geopy.exc import (
    ConfigurationError,
    GeocoderParseError,
    GeocoderRateLimited,
    GeocoderServiceError,
    GeocoderTimedOut,
    GeocoderUnavailable,
)
from provider_stub import DROP, Answer, Provider, answer_json, provider
from sqlalchemy.orm import Session, sessionmaker
from test_places_outside import sessions  # noqa: F401  (a fixture)

from bot.bench.deployment import free_port
from bot.places.census import LONGEST, Census
from bot.places.geocoder import GeocoderDown, Places
from bot.places.outside import Outside
from bot.places.wire import OneTry

ANSWERS: dict[str, Any] = yaml.safe_load(
    (Path(__file__).parent / "data" / "places_census.yml").read_text("utf-8")
)["search"]
NOTHING = {"result": {"addressMatches": []}}


@pytest.fixture
def bureau() -> Iterator[Provider]:
    with provider(lambda seen: answer_json(ANSWERS.get(seen.query["address"][0], NOTHING))) as stub:
        yield stub


def matches(*found: object) -> Answer:
    return answer_json({"result": {"addressMatches": found}})


def census(stub: Provider, **options: Any) -> Census:
    domain = stub.url.removeprefix("http://")
    return Census(domain=domain, scheme="http", timeout=3, adapter_factory=OneTry, **options)


def test_an_address(bureau: Provider) -> None:
    found = census(bureau, user_agent="Riverton 311").geocode("9 Lantern Wharf, Riverton, IA")
    assert found is not None
    assert (found.address, found.latitude, found.longitude) == (
        "9 LANTERN WHARF, RIVERTON, IA, 52706",
        41.6012,
        -90.9951,
    )
    asked = bureau.seen[0]
    assert asked.path == "/geocoder/locations/onelineaddress"
    assert asked.query == {
        "address": ["9 Lantern Wharf, Riverton, IA"],
        "benchmark": ["Public_AR_Current"],
        "format": ["json"],
    }
    assert asked.headers["User-Agent"] == "Riverton 311"


def test_several_and_none(bureau: Provider) -> None:
    both = census(bureau).geocode("12 NW Gullwing St, Riverton, IA", exactly_one=False)
    assert [one.address[:5] for one in both] == ["12 NW", "12 SW"]
    assert census(bureau).geocode("1 Nowhere St, Riverton, IA", exactly_one=False) is None


def test_what_it_can_not_know_is_not_asked(bureau: Provider) -> None:
    assert census(bureau).geocode("5th and Main, Riverton, IA") is None is census(bureau).geocode("Pier 9")
    assert census(bureau).geocode("  ") is None
    assert census(bureau).reverse((41.6, -91.0)) is None
    assert bureau.seen == []


def test_a_long_address_is_cut_to_what_it_takes(bureau: Provider) -> None:
    census(bureau, benchmark="Public_AR_ACS2024").geocode("9 " + "x" * 200)
    assert len(bureau.seen[0].query["address"][0]) == LONGEST
    assert bureau.seen[0].query["benchmark"] == ["Public_AR_ACS2024"]


def test_a_400_means_that_it_is_no_address(bureau: Provider) -> None:
    refusal = {"errors": ["Address cannot be empty and cannot exceed 100 characters"], "status": "400"}
    bureau.answer = lambda seen: answer_json(refusal, 400)
    assert census(bureau).geocode("9 9 9") is None


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (Answer(200, b"<html>busy"), GeocoderParseError),
        (Answer(200, b"\xff\xfe"), GeocoderParseError),
        (answer_json([]), GeocoderParseError),
        (answer_json({}), GeocoderParseError),
        (answer_json({"result": None}), GeocoderParseError),
        (matches({}), GeocoderParseError),
        (matches("9 LANTERN WHARF"), GeocoderParseError),
        (matches({"coordinates": {"x": "west", "y": 1}, "matchedAddress": ""}), GeocoderParseError),
        (matches({"coordinates": {"x": 1, "y": 1}, "matchedAddress": 9}), GeocoderParseError),
        (matches({"coordinates": {"x": 1, "y": "nan"}, "matchedAddress": ""}), GeocoderParseError),
        (Answer(429, b"slow down", {"Retry-After": "7"}), GeocoderRateLimited),
        (Answer(500, b"9 Lantern Wharf is too much for me"), GeocoderServiceError),
        (Answer(503), GeocoderTimedOut),
        (DROP, GeocoderUnavailable),
    ],
)
def test_junk_and_refusals(bureau: Provider, answer: Answer, error: type[Exception]) -> None:
    bureau.answer = lambda seen: answer
    with pytest.raises(error) as raised:
        census(bureau).geocode("9 Lantern Wharf, Riverton, IA")
    assert "Lantern" not in str(raised.value), "what was answered may quote a resident"
    assert len(bureau.seen) == 1
    assert getattr(raised.value, "retry_after", 7) == 7


@pytest.mark.parametrize("answer", [Answer(200, b"{", hang=True), Answer(200, b"{", length=False, drip=True)])
def test_slow_and_endless(bureau: Provider, answer: Answer) -> None:
    bureau.answer = lambda seen: answer
    with pytest.raises((GeocoderTimedOut, GeocoderUnavailable)):
        census(bureau).geocode("9 Lantern Wharf", timeout=0.2)


def test_a_scheme_that_geopy_does_not_know() -> None:
    with pytest.raises(ConfigurationError):
        Census(scheme="gopher")


# In the chain


def chained(sessions: sessionmaker[Session], domain: str) -> Places:  # noqa: F811
    return Places(sessions, [Outside("census", {"domain": domain, "scheme": "http"})])


def test_in_the_chain_it_is_interpolated_and_bounded(
    sessions: sessionmaker[Session],  # noqa: F811
    bureau: Provider,
) -> None:
    places = chained(sessions, bureau.url.removeprefix("http://"))

    def found(text: str) -> list[tuple[str, str]]:
        return [(place.address_string, place.precision) for place in places.find_places(text)]

    assert found("9 Lantern Wharf") == [("9 Lantern Wharf", "interpolated")]
    assert found("12 NW Gullwing St") == [
        ("12 NW Gullwing St", "interpolated"),
        ("12 SW Gullwing St", "interpolated"),
    ]
    assert found("8 Far Ln") == [], "the Riverton of another state"
    assert found("Lantern and Gullwing") == []
    assert len(bureau.seen) == 3
    pin = places.place_at(41.584, -91.045)
    assert pin is not None
    assert pin.address_string == "Southfield"


def test_down_in_the_chain(sessions: sessionmaker[Session]) -> None:  # noqa: F811
    with pytest.raises(GeocoderDown):
        chained(sessions, f"127.0.0.1:{free_port()}").find_places("9 Lantern Wharf")
