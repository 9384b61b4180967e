"""Places in Spanish text: what a message mentions, and what the gazetteer makes of the mention."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import create_engine
from sqlalchemy.orm import sessionmaker

from bot.base import Base
from bot.places.geocoder import Places
from bot.places.importers import load_city
from nlu.addresses import find_mentions
from nlu.interpreter import Lexicon
from nlu.place_languages import LANGUAGES, folded, in_english
from nlu.place_words import PlaceWords

ROOT = Path(__file__).parent.parent
CASES: list[dict[str, Any]] = yaml.safe_load((ROOT / "tests" / "data" / "places_es.yml").read_text("utf-8"))
ENGLISH = ["La Salle St", "Los Altos Ave and Main", "Van Ness & 5th", "A pole at the corner of Del Mar and Oak"]
LOCATED = [case for case in CASES if "is" in case]
WORDS = [
    "la",
    "5",
    "quinta",
    "Main",
    "Oak",
    "y",
    "con",
    "entre",
    "esquina",
    "de",
    "calle",
    "500",
    "parque",
    "#",
]
WORDS += ["frente al", "cuadra", "Peña", "ESQ.", "é", "à", "İ", "ß", "escuela", "primaria", "numero", ","]


@pytest.fixture(scope="module")
def places(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Places]:
    engine = create_engine(f"sqlite:///{tmp_path_factory.mktemp('database') / 'city.db'}")
    Base.metadata.create_all(engine)
    sessions = sessionmaker(engine)
    with sessions.begin() as session:
        load_city(session, ROOT / "data" / "city")
    yield Places(sessions)
    engine.dispose()


@pytest.fixture(scope="module")
def lexicon(places: Places) -> Lexicon:
    return Lexicon(streets=tuple(places.streets()), landmarks=tuple(places.landmarks()))


def test_the_table_is_as_large_as_it_should_be() -> None:
    assert len(CASES) >= 120
    assert sum(not case["places"] for case in CASES) >= 40
    assert len(LOCATED) >= 40
    assert {case.get("kind") for case in CASES} == {
        *("address", "intersection", "between", "block", "street", "landmark", None)
    }


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"])
def test_places_are_found_as_written(lexicon: Lexicon, case: dict[str, Any]) -> None:
    found = find_mentions(case["text"], lexicon)
    assert [place.text for place in found] == case["places"]
    assert [case["text"][place.start : place.end] for place in found] == case["places"]
    assert {place.kind for place in found} == ({case["kind"]} if case["places"] else set())


@pytest.mark.parametrize("case", LOCATED, ids=lambda case: case["text"])
def test_the_city_knows_what_was_mentioned(places: Places, case: dict[str, Any]) -> None:
    found = [places.find_places(mention) for mention in case["places"]]
    assert [[place.address_string for place in one] for one in found] == [[name] for name in case["is"]]


def test_a_park_without_a_name_is_no_street(places: Places) -> None:
    assert places.find_places("en el parque") == []
    assert places.find_places("parque Riverside")[0].address_string == "Riverside Park"


@pytest.mark.parametrize("case", [c for c in CASES if c["places"]], ids=lambda case: case["text"])
def test_missing_accents_change_nothing(lexicon: Lexicon, case: dict[str, Any]) -> None:
    plain = folded(case["text"])
    assert [place.text for place in find_mentions(plain, lexicon)] == [folded(p) for p in case["places"]]


@given(st.one_of(st.text(), st.lists(st.sampled_from(WORDS), max_size=14).map(" ".join)))
def test_a_slice_of_the_english_stands_somewhere_in_the_original(text: str) -> None:
    english = in_english(text)
    for place in find_mentions(text, Lexicon(streets=("Main St", "Main", "Oak"))):
        assert place.text == text[place.start : place.end] != ""
    if english.text:
        assert english.original(0, len(english.text))[0] <= len(text)


@pytest.mark.parametrize("text", ENGLISH)
def test_english_stays_as_it_is(text: str) -> None:
    assert in_english(text).text == text


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_is_written_in_lower_case_without_accents(language: PlaceWords) -> None:
    said = [*language.phrases, *language.ranks, *language.types, *language.landmarks, *language.counted]
    said += [*language.no_names, *language.articles, *language.no_name_endings]
    assert [words for words in said if folded(words).lower() != words] == []
