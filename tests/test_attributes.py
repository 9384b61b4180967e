"""What a message answers of a service's questions, in passing and when asked; where the city says no."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.config import Config, ConfigError, load
from bot.service_mistakes import mistakes
from dialogues import attributes, catalogue, slots
from dialogues.manager import take_turn
from dialogues.prompts import prompt
from dialogues.rendering import render, unaccented
from dialogues.types import (
    Alert,
    Attribute,
    AttributeValue,
    City,
    Draft,
    FileRequest,
    Heard,
    Photo,
    Place,
    Say,
    Service,
    State,
    Turn,
    Utterance,
)
from webhooks.gsm7 import is_gsm7, segments

TABLE: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parent / "data" / "attributes.yml").read_text(encoding="utf-8")
)
SPANISH = ("ñ", " el ", " la ", " los ", " las ", " un ", " una ", " no se ", " en ", " esta ", " ya ", " de ")
PLACE = Place(address_string="12 Elm St", lat=41.6, long=-91.0)


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row["text"])
def test_what_a_message_answers_in_passing(row: dict[str, Any], config: Config) -> None:
    service = config.city.services[row["service"]]
    filled = {each.code: said for each in service.attributes if (said := attributes.read(each, row["text"]))}
    assert filled == row["fills"]


@pytest.mark.parametrize("language", catalogue.languages())
def test_the_name_of_every_answer_is_an_answer_in_every_language(language: str, config: Config) -> None:
    wrong = []
    for code, service in config.city.services.items():
        for asked in service.attributes:
            for value in asked.values:
                name = catalogue.translate("answer", value.name, language)
                for text in (name, name.upper(), unaccented(name), f"{name}."):
                    if (heard := attributes.read(asked, text)) != value.key:
                        wrong.append((code, asked.code, text, heard))
    assert not wrong


def test_the_table_holds_enough_of_everything(config: Config) -> None:
    nothing = [row for row in TABLE if not row["fills"]]
    spanish = [row for row in TABLE if any(word in f" {row['text'].lower()} " for word in SPANISH)]
    print(f"{len(TABLE)} rows, {len(nothing)} fill nothing, {len(spanish)} Spanish")
    assert len(TABLE) >= 80
    assert len(nothing) >= len(TABLE) / 4
    assert len(spanish) >= len(TABLE) / 3
    asking = {code for code, service in config.city.services.items() if service.attributes}
    assert len(asking - {row["service"] for row in TABLE}) <= 4


# Patterns


def question(*said_as: str, datatype: str = "string") -> Attribute:
    return Attribute(code="q", datatype=datatype, required=False, description="How?", said_as=said_as)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("pattern", "text", "said"),
    [
        ("{length} deep", "2-3 feet deep", "2-3 feet"),
        ("{length} deep", 'it is 6" deep', '6"'),
        ("{length} deep", "two weeks deep", ""),
        ("for {time}", "out for a few days now", "a few days"),
        ("desde hace {time}", "DESDE HACE DOS AÑOS", "DOS AÑOS"),
        ("pole {code}", "pole A-12 on Elm", "A-12"),
        ("pole {code}", "pole dancing", ""),
        ("plate {code}", "Plate: abc 123", "abc 123"),
        ("it says {words}", "it says Zippy Go on the side", "Zippy Go"),
        ("it says {words}", "it says on the side", ""),
    ],
)
def test_a_pattern_takes_what_its_braces_stand_for(pattern: str, text: str, said: str) -> None:
    assert attributes.read(question(pattern), text) == said


@pytest.mark.parametrize(
    ("text", "number"), [("3 lights", "3"), ("two lights", "2"), ("dos lights", "2"), ("no lights", "")]
)
def test_a_number_is_stored_as_digits(text: str, number: str) -> None:
    assert attributes.read(question("{number} lights", datatype="number"), text) == number


def test_the_first_pattern_that_fits_wins() -> None:
    two = question("{length} deep", "about {length}")
    assert attributes.read(two, "about 3 feet wide and a foot deep") == "a foot"
    assert attributes.read(two, "about 3 feet") == "3 feet"


# Files


def service(*questions: Attribute) -> Service:
    return Service(
        service_code="x", service_name="X", description="X.", group="X", department="streets",
        due="5 working days", keywords=("x",), attributes=questions,
    )  # fmt: skip


def listed(*values: AttributeValue, required: bool = False) -> Attribute:
    return Attribute(
        code="q", datatype="singlevaluelist", required=required, description="Which?", values=values
    )


def other(**known: Any) -> AttributeValue:
    return AttributeValue(key="other", name="Other", **known)


BIKE = AttributeValue(key="bike", name="Bike lane", said_as=("ciclovía",))
CITY_WORDS = {"phone": "555-0111", "city": "Riverton", "program": "Riverton 311"}


@pytest.mark.parametrize(
    ("asked", "where", "reason"),
    [
        (listed(BIKE, other(said_as=("Ciclovia",))), ("values", 1, "said_as", 0), "under bike"),
        (listed(BIKE, other(said_as=("bike lane",))), ("values", 1, "said_as", 0), "under bike"),
        (listed(other(said_as=("{length} deep",))), ("values", 0, "said_as", 0), "no word"),
        (listed(other(stop="Call {mayor}.")), ("values", 0, "stop"), "no other braces"),
        (listed(other(stop="Call {")), ("values", 0, "stop"), "no other braces"),
        (listed(other(stop="No. " * 41)), ("values", 0, "stop"), "one SMS"),
        (listed(other(stop="Thät’s not ours.")), ("values", 0, "stop"), "one SMS"),
        (listed(AttributeValue(key="y", name="Yes")), ("values",), "YES sends"),
        (replace(listed(BIKE), said_as=("{length} deep",)), ("said_as",), "each value"),
        (question("{depth} deep"), ("said_as", 0), "needs one of"),
        (question("deep"), ("said_as", 0), "needs one of"),
        (question("{length} by {length}"), ("said_as", 0), "needs one of"),
        (question("{length}"), ("said_as", 0), "beside the braces"),
    ],
)  # fmt: skip
def test_a_mistake_in_a_file_is_named(asked: Attribute, where: tuple[object, ...], reason: str) -> None:
    [(found, why)] = mistakes(service(asked), {"streets"}, {}, CITY_WORDS)
    assert found == ("attributes", 0, *where)
    assert reason in why


def test_the_error_names_the_line(tmp_path: Path, config: Config) -> None:
    (tmp_path / "data" / "services").mkdir(parents=True)
    (tmp_path / "config.yml").write_text(config.config_file.read_text(encoding="utf-8"), encoding="utf-8")
    written = (config.root / "data" / "services" / "graffiti.yml").read_text(encoding="utf-8")
    (tmp_path / "data" / "services" / "graffiti.yml").write_text(
        written.replace("name: Picture, said_as: [", "name: Picture, said_as: [tagging, "), encoding="utf-8"
    )
    line = next(n for n, text in enumerate(written.splitlines(), start=1) if "name: Picture" in text)
    with pytest.raises(ConfigError, match=rf"graffiti\.yml:{line}: 'tagging' stands under tag already"):
        load({"TOWNLINE_CONFIG": str(tmp_path / "config.yml")})


def test_the_citys_own_questions_read_well_in_one_text(config: Config) -> None:
    stops = set()
    for code, each in config.city.services.items():
        required = [asked for asked in each.attributes if asked.required]
        assert len(required) <= 1, code
        assert len(each.attributes) - len(required) <= 3, code
        for asked in each.attributes:
            assert is_gsm7(asked.description), code
            assert asked.required or len(asked.description) <= 40, (code, asked.description)
            stops |= {code for value in asked.values if value.stop}
    assert len(stops) >= 5


def test_every_optional_question_can_be_put_beside_a_read_back(config: Config) -> None:
    for code, each in config.city.services.items():
        if slots.optional_questions(Draft(), each):
            place = Place(address_string="1432 Washington Ave")
            required = {asked.code: "Blue Honda" for asked in each.attributes if asked.required}
            text = read_back(config.city, Draft(service_code=code, place=place, attributes=required))[1]
            assert "?" in text, text
            assert segments(text) == 1, text


# The read-back


def hear(*utterances: Utterance) -> Heard:
    return Heard(at=datetime(2026, 6, 1, 15, tzinfo=UTC), utterances=utterances, references=("SR-1",))


def draft(code: str = "pothole_road_damage", **known: Any) -> Draft:
    return Draft(service_code=code, place=PLACE, **known)


def read_back(city: City, report: Draft, channel: str = "sms") -> tuple[State, str]:
    state, say = prompt(State(draft=report), city, hear())
    return state, render(say, city, channel=channel, language="en").text


def turn(city: City, state: State, *texts: str, **known: Any) -> Turn:
    return take_turn(state, hear(*(Utterance(text=text, **known) for text in texts)), city)


def said(effects: Sequence[object]) -> list[str]:
    return [each.sentence for each in effects if isinstance(each, Say)]


def test_optional_questions_are_asked_once_and_in_no_message_of_their_own(config: Config) -> None:
    state, text = read_back(config.city, draft())
    assert text == (
        "Pothole or road damage at 12 Elm St. Which part of the street? How deep? "
        "A photo helps too. Or reply YES to send it as it is."
    )
    again = prompt(state, config.city, hear())[1]
    assert again.sentence == "confirm_ask_photo"


def test_where_the_text_is_long_only_the_first_is_asked_and_then_none(config: Config) -> None:
    street = replace(PLACE, address_string="1432 Martin Luther King Junior Memorial Boulevard")
    first = read_back(config.city, replace(draft(), place=street))[1]
    assert "Which part of the street?" in first
    assert "How deep?" not in first
    corner = replace(PLACE, address_string="Martin Luther King Jr Boulevard & Old Mill Road East Side")
    known = draft("drain_flooding_sewer", attributes={"deep": "3 or 4 inches"})
    none = read_back(config.city, replace(known, place=corner))[1]
    assert "Where is the water?" not in none
    assert all(segments(text) == 1 for text in (first, none))
    assert "How deep?" in read_back(config.city, replace(draft(), place=street), channel="telegram")[1]


@pytest.mark.parametrize(
    ("text", "intent", "filled"),
    [
        ("bike lane", "inform", {"lane": "bike"}),
        ("the bike lane, maybe a foot", "inform", {"lane": "bike"}),
        ("a foot", "inform", {"depth": "a foot"}),
        ("6 inches or so", "out_of_scope", {"depth": "6 inches"}),
        ("no, right lane", "deny", {"lane": "traffic"}),
        ("no idea", "deny", {}),
        ("ni idea", "inform", {}),
    ],
)
def test_an_answer_to_the_read_back_fills_and_nothing_is_asked_again(
    text: str, intent: str, filled: dict[str, str], config: Config
) -> None:
    state = read_back(config.city, draft())[0]
    then = turn(config.city, state, text, intent=intent)
    assert then.state.draft is not None
    assert then.state.draft.attributes == filled
    assert said(then.effects) == ["confirm_ask_photo"]


def test_words_answer_the_one_question_that_is_answered_in_words(config: Config) -> None:
    known = draft("illegal_parking", attributes={"blocked": "hydrant"})
    state = read_back(config.city, known)[0]
    then = turn(config.city, state, "a red pickup, no plate", intent="out_of_scope")
    assert then.state.draft is not None
    assert then.state.draft.attributes["vehicle"] == "a red pickup, no plate"


def test_yes_skips_the_questions(config: Config) -> None:
    state = read_back(config.city, draft())[0]
    then = turn(config.city, state, "yes", intent="affirm", polarity="yes")
    assert [each for each in then.effects if isinstance(each, FileRequest)]


def test_the_latest_word_at_the_read_back_counts(config: Config) -> None:
    state = read_back(config.city, draft(attributes={"lane": "bike"}))[0]
    then = turn(config.city, state, "actually the crosswalk")
    assert then.state.draft is not None
    assert then.state.draft.attributes["lane"] == "crosswalk"


def test_what_was_said_before_the_type_was_chosen_counts(config: Config) -> None:
    unsure = Draft(description="hole in the bike lane", service_options=("pothole_road_damage", "sidewalk"))
    state = State(draft=unsure, awaiting="service_options")
    then = turn(config.city, state, "1", number=1)
    assert then.state.draft is not None
    assert then.state.draft.attributes == {"lane": "bike"}


# Where the city says no


def spoken(city: City, then: Turn) -> list[str]:
    says = [each for each in then.effects if isinstance(each, Say)]
    return [render(each, city, channel="sms", language="en").text for each in says]


def report(text: str, code: str, **known: Any) -> Utterance:
    return Utterance(text=text, intent="report", services=((code, 0.9),), **known)


def test_a_stop_says_what_to_do_and_drops_the_report(config: Config) -> None:
    photo = Photo(photo_id="1")
    then = take_turn(State(), hear(report("mice in my apartment", "rodent_pest", photos=(photo,))), config.city)
    assert said(then.effects) == ["stop"]
    assert then.state.draft is None
    [text] = spoken(config.city, then)
    assert (
        text
        == "Inside a building that is your landlord's job, or the owner's. If they don't act, call 555-0111."
    )


def test_after_a_stop_the_next_report_starts_afresh(config: Config) -> None:
    first, second = (
        report("mice in my apartment", "rodent_pest"),
        report("and a pothole", "pothole_road_damage"),
    )
    then = take_turn(State(), hear(first, second), config.city)
    assert said(then.effects) == ["stop", "ask_place"]
    assert then.state.draft is not None
    assert then.state.draft.description == "and a pothole"


def test_a_stop_at_the_read_back_files_nothing(config: Config) -> None:
    state = read_back(config.city, draft("rodent_pest"))[0]
    then = turn(config.city, state, "yes its inside my house", intent="affirm", polarity="yes")
    assert said(then.effects) == ["stop"]
    assert not [each for each in then.effects if isinstance(each, FileRequest)]


def test_an_emergency_comes_before_a_stop(config: Config) -> None:
    alarm = report("gas and mice in my apartment", "rodent_pest", emergency="911")
    then = take_turn(State(), hear(alarm), config.city)
    assert said(then.effects) == ["emergency"]
    assert Alert(kind="emergency") in then.effects
    assert said(turn(config.city, then.state, "311").effects) == ["stop"]
