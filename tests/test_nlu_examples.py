"""Reading the training data: what it holds, what is refused and where, what is set aside."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from nlu import examples, language
from nlu.keywords import Keywords
from tests.nlu_fixture import TRAINING

GOOD = """\
version: "3.1"
nlu:
# a comment
- intent: pothole
  examples: |
    - hole on [Main St](place) by [5th](place)
    - hole on [Main St](place) by [5th](place)

    - crater
- lookup: street
  examples: |
    - Main
"""


def written(folder: Path, text: str) -> Path:
    (folder / "bad.yml").write_text(text, encoding="utf-8")
    return folder


def test_examples_carry_their_places_and_where_they_stand(tmp_path: Path) -> None:
    first, second = examples.read(written(tmp_path, GOOD))
    assert first.text == "hole on Main St by 5th"
    assert [first.text[start:end] for start, end in first.places] == ["Main St", "5th"]
    assert (first.source, second.source) == ("bad.yml:6", "bad.yml:9")


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("nlu:\n- intent: x\n  examples: |\n    - fine\n    no dash\n", 5, 'starts with "- "'),
        ("nlu:\n- intent: x\n  examples: |\n    - hole on [Main](street)\n", 4, r"only \(place\)"),
        ("nlu:\n- intent: x\n  examples: |\n    - hole on ](place)\n", 4, "a mark is written"),
        ("nlu:\n- intent: x\n", 2, "needs an intent and examples"),
        ("nlu:\n- intent: x\n  examples: [a, b]\n", 3, "examples: |"),
        ("nlu: text\n", 1, "has to be a list"),
        ("nlu:\n- just words\n", 2, "names and values"),
        ("nlu:\n  - a: [\n", 3, "expected"),
    ],
)
def test_bad_data_is_refused_with_file_and_line(tmp_path: Path, text: str, line: int, says: str) -> None:
    with pytest.raises(examples.BadExample, match=says.replace("|", r"\|")) as refused:
        examples.read(written(tmp_path, text))
    assert f"bad.yml:{line}:" in str(refused.value)


def test_a_folder_without_examples_is_refused(tmp_path: Path) -> None:
    with pytest.raises(examples.BadExample, match="no examples here"):
        examples.read(tmp_path)


def test_the_same_share_of_every_intent_is_set_aside_and_the_same_each_time() -> None:
    found = [examples.Example(text=f"text {n}", intent="ab"[n % 2]) for n in range(200)]
    kept, aside = examples.split(found, held_out=0.2, seed=3)
    assert Counter(e.intent for e in aside) == {"a": 20, "b": 20}
    assert len(kept) + len(aside) == 200
    assert {e.text for e in kept}.isdisjoint(e.text for e in aside)
    assert (kept, aside) == examples.split(reversed(found), held_out=0.2, seed=3)
    assert aside != examples.split(found, held_out=0.2, seed=4)[1]


def test_a_text_under_two_intents_is_told() -> None:
    found = [examples.parse("same", "a", source="a.yml:1"), examples.parse("Same", "b", source="b.yml:2")]
    assert examples.conflicts(found) == ["b.yml:2: 'Same' is b here, a at a.yml:1"]


def test_the_projects_own_data_can_be_read() -> None:
    counts = Counter(example.intent for example in examples.read(TRAINING))
    assert len(counts) >= 47
    assert min(counts.values()) >= 60


def test_keywords_are_whole_words_in_either_number() -> None:
    keywords = Keywords({"tree": ("tree", "fallen branch"), "bus": ("bus stop",), "pests": ("rat",)})
    assert set(keywords.find("two TREES and fallen branches")) == {"tree"}
    assert set(keywords.find("the bus-stop is full of rats")) == {"bus", "pests"}
    assert keywords.find("street rating") == {}
    assert Keywords({}).find("tree") == {}


def test_keywords_are_found_in_spanish_plurals_and_without_accents() -> None:
    keywords = Keywords({"pothole": ("bache",), "light": ("luz", "poste de luz"), "tree": ("árbol caído",)})
    assert set(keywords.find("hay dos BACHES y unos postes de luz")) == {"pothole", "light"}
    assert set(keywords.find("no sirven las luces")) == {"light"}
    assert set(keywords.find("arboles caidos en la calle")) == {"tree"}
    assert keywords.find("un bachillerato") == {}


TEXTS = {
    "en": ["there is a huge hole in the street", "the street light is out", "thank you so much"],
    "es": ["hay un bache enorme en la calle", "la luz de la calle no prende", "muchas gracias"],
    "zh": ["路灯坏了请尽快修理", "街上有一个大坑", "非常感谢你"],
}


def test_language_is_told_among_those_served(tmp_path: Path) -> None:
    told = language.learn({name: texts * 5 for name, texts in TEXTS.items()})
    assert told.detect("hay un bache en la calle principal") == "es"
    assert told.detect("there is a hole in the street") == "en"
    assert told.detect("路灯坏了请修理", known="en") == "zh"
    assert told.detect("hay un bache \ud800 en la calle") == "es"
    assert told.only(("en", "zh")).detect("hay un bache enorme en la calle") == "en"
    assert told.only(("es", "fr")).names == ("es",)
    told.save(tmp_path)
    assert language.Languages.open(tmp_path) == told


@pytest.mark.parametrize(
    ("text", "known", "expected"),
    [
        ("gracias", None, "es"),  # a first message may be a word
        ("gracias", "en", "en"),  # later ones of a word or two leave the language in place
        ("muchas gracias", "en", "en"),
        ("la luz de la calle no prende", "en", "es"),
        ("5 5 5", "es", "es"),
        ("", None, "en"),
        ("qwxz", "es", "es"),
        ("anything", "xx", "en"),
    ],
)
def test_few_words_leave_the_language_in_place(text: str, known: str | None, expected: str) -> None:
    assert language.learn({name: texts * 5 for name, texts in TEXTS.items()}).detect(text, known) == expected


@pytest.mark.parametrize(
    ("text", "written", "expected"),
    [
        ("english please", "es", "en"),
        ("en español por favor", "en", "es"),
        ("puede hablar inglés", "es", "en"),
        ("no hablo ingles", "es", "es"),
        ("i don't speak spanish", "en", "en"),
        ("i don't speak english", "en", ""),
        ("no ingles, español", "es", "es"),
        ("english or spanish?", "en", ""),
        ("do you speak french", "en", ""),
        ("another language", "en", ""),
    ],
)
def test_the_language_that_is_asked_for(text: str, written: str, expected: str) -> None:
    assert language.Languages(("en", "es"), {}).asked(text, written) == expected
