"""What holds for every talk, whatever is sent: properties over made-up conversations."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.statuses import STATUSES
from dialogues import cases, duplicates, which
from dialogues.announcing import announced
from dialogues.manager import MAY_REPEAT, take_turn
from dialogues.prompts import describe, prompt
from dialogues.rendering import day, render, shorten
from dialogues.state import dump, restore
from dialogues.talk import agrees, apart
from dialogues.types import (
    AddToRequest,
    Alert,
    Described,
    Draft,
    Effect,
    FileRequest,
    HandOff,
    Heard,
    OpenRequest,
    Option,
    Param,
    Photo,
    Place,
    Reopen,
    Say,
    State,
    Turn,
    Utterance,
)
from dialogues.wording import again
from tests.talks import BEGIN, CITY, Step, Talk, bursts, details, play, rambles, reports, talks
from webhooks.gsm7 import is_gsm7

TWO_TEXTS = 320
LONGEST_CALLBACK = 64  # bytes, Telegram's limit

many = settings(
    max_examples=250,
    deadline=None,
    derandomize=True,  # the same talks on every machine: a red run can be had again
    suppress_health_check=[HealthCheck.too_slow],
)


def said_in(turn: Turn) -> list[Say]:
    return [effect for effect in turn.effects if isinstance(effect, Say)]


def options(turn: Turn) -> Iterator[Option]:
    for say in said_in(turn):
        yield from say.options


# Properties


@given(talk=talks)
@many
def test_every_turn_speaks_hands_off_or_files(talk: Talk) -> None:
    for step in play(talk):
        answers = (Say, FileRequest, HandOff)
        assert any(isinstance(effect, answers) for effect in step.turn.effects), step


@given(talk=talks)
@many
def test_a_turn_is_a_function_of_its_arguments_and_leaves_them_alone(talk: Talk) -> None:
    for step in play(talk):
        before, heard = copy.deepcopy(step.before), copy.deepcopy(step.heard)
        assert take_turn(step.before, step.heard, CITY) == step.turn
        assert (step.before, step.heard) == (before, heard)


@given(talk=talks)
@many
def test_a_state_survives_being_saved(talk: Talk) -> None:
    for step in play(talk):
        assert restore(json.loads(json.dumps(dump(step.turn.state)))) == step.turn.state


@given(talk=talks)
@many
def test_of_the_cases_nearby_a_turn_needs_those_alone_that_are_sought_for_it(talk: Talk) -> None:
    for step in play(talk):
        heard = step.heard
        sought = duplicates.sought(step.before, heard.utterances, heard.contact_requests, CITY)
        fewer = tuple(case for case in heard.nearby if case.service_code in sought)
        assert take_turn(step.before, replace(heard, nearby=fewer), CITY) == step.turn


def read_backs(step: Step) -> set[tuple[str, Param, Param]]:
    """What this turn read back, in the resident's eyes: the type with its answers, and the place."""
    return {pair for say in said_in(step.turn) if say.sentence.startswith("confirm") for pair in pairs_in(say)}


def pairs_in(say: Say, place: Param = "") -> Iterator[tuple[str, Param, Param]]:
    """What a sentence reads back, and the sentences within it."""
    where = say.params.get("place", place)
    if "service" in say.params:
        yield "read", say.params["service"], where
    for within in say.params.values():
        if isinstance(within, Say):
            yield from pairs_in(within, where)


@given(talk=talks)
@many
def test_nothing_is_filed_that_was_not_read_back_and_agreed_to(talk: Talk) -> None:
    read: set[tuple[str, Param, Param]] = set()
    for step in play(talk):
        for effect in step.turn.effects:
            if isinstance(effect, FileRequest):
                assert effect.draft.place is not None
                assert ("read", describe(effect.draft, CITY), effect.draft.place.address_string) in read
                assert effect.draft.essence in [
                    each.essence for each in apart(step.before.read_back or Draft())
                ]
                assert any(map(agrees, step.heard.utterances))
        read = (set() if step.turn.state.draft is None else read) | read_backs(step)


@given(talk=talks)
@many
def test_a_turn_asks_once_at_most_and_last(talk: Talk) -> None:
    for step in play(talk):
        asked = [say.prompt for say in said_in(step.turn)]
        assert True not in asked[:-1], step.turn.effects


@given(talk=talks)
@many
def test_cases_are_only_touched_if_they_are_the_residents_own(talk: Talk) -> None:
    for step in play(talk):
        own = {case.service_request_id: case for case in step.heard.contact_requests}
        for effect in step.turn.effects:
            if isinstance(effect, AddToRequest | Reopen):
                assert effect.service_request_id in own
            if isinstance(effect, Reopen):
                assert own[effect.service_request_id].closed
            if isinstance(effect, FileRequest):
                assert effect.service_request_id in step.heard.references


@given(talk=talks)
@many
def test_every_button_fits_telegram(talk: Talk) -> None:
    for step in play(talk):
        for option in options(step.turn):
            assert option.label
            assert 0 < len(option.value.encode()) <= LONGEST_CALLBACK


@given(talk=talks)
@many
def test_the_open_question_stays_the_same_when_it_is_asked_again(talk: Talk) -> None:
    for step in play(talk):
        # A notice is told once in a talk.
        asked = [say for say in said_in(step.turn) if say.prompt and not say.sentence.startswith("notice_")]
        if asked:
            state = step.turn.state
            once_more = (announced(state, step.heard) or prompt(state, CITY, step.heard))[1]
            first = asked[0]
            while first.shorter:  # what was asked beside the read-back is asked only once
                first = first.shorter
            picks = once_more.sentence.removesuffix("_again")  # "Please pick one."
            same = {once_more.sentence, again(once_more.sentence), picks, again(picks)}
            assert first.sentence in same
            assert (once_more.params, once_more.options) == (first.params, first.options)


@given(talk=talks)
@many
def test_nobody_reads_the_same_words_twice_in_a_row(talk: Talk) -> None:
    before: list[str] = []
    for step in play(talk):
        if any(say.sentence in MAY_REPEAT for say in said_in(step.turn)):
            before = []
            continue
        words = spoken(step.turn)
        assert not words or words != before
        before = words


@given(talk=talks)
@many
def test_two_turns_in_a_row_that_brought_nothing_give_the_choice_of_a_person(talk: Talk) -> None:
    for step in play(talk):
        if step.turn.state.misses > max(1, step.before.misses) and not alarmed(step.turn):
            assert offers_a_person(step.turn), (step.before, step.turn)


def alarmed(turn: Turn) -> bool:
    """Tell whether this turn gave the 911 line or asks of danger: then nothing else matters."""
    return any(say.sentence.startswith("emergency") for say in said_in(turn))


def written(say: Say) -> Iterator[str]:
    """Return the words that came from outside: places, notes, names."""
    for value in say.params.values():
        if isinstance(value, Say):
            yield from written(value)
        elif isinstance(value, Described):
            yield from value.answers
        elif isinstance(value, str):
            yield value


@given(talk=talks)
@many
def test_no_report_is_asked_its_optional_questions_twice(talk: Talk) -> None:
    asked = ""
    for step in play(talk):
        draft = step.turn.state.draft
        if draft is None or draft.service_code != asked:
            asked = ""
        if any(say.prompt and say.shorter for say in said_in(step.turn)):
            assert draft is not None
            assert asked == ""
            asked = draft.service_code


@given(talk=talks)
@many
def test_every_sentence_fits_a_text_or_two(talk: Talk) -> None:
    for step in play(talk):
        for say in said_in(step.turn):
            text = render(say, CITY, channel="sms", language="en").text
            assert text.strip()
            words = "".join([*written(say), *(option.label for option in say.options)])
            if is_gsm7(words):
                assert is_gsm7(text)
                assert len(text) <= TWO_TEXTS, text


@given(talk=talks)
@many
def test_every_sentence_can_be_said_on_every_channel(talk: Talk) -> None:
    for step in play(talk):
        for say in said_in(step.turn):
            for channel in ("sms", "whatsapp", "telegram"):
                text = render(say, CITY, channel=channel, language="en").text
                assert "{" not in text or "{" in "".join(written(say))


@given(talk=talks, burst=bursts, position=st.integers(0, 3), alarm=rambles)
@many
def test_an_emergency_comes_before_everything_and_no_question_after_it(
    talk: Talk, burst: tuple[Utterance, ...], position: int, alarm: Utterance
) -> None:
    alarmed = (*burst[:position], replace(alarm, emergency="911"), *burst[position:])
    *_, last = play(replace(talk, turns=(*talk.turns, alarmed)))
    said = said_in(last.turn)
    assert said[0].sentence == "emergency", last.turn.effects
    assert [say.sentence for say in said].count("emergency") == 1
    assert not [say for say in said if say.prompt or say.sentence == "emergency_question"]
    assert Alert(kind="emergency") in last.turn.effects


@given(talk=talks, more=st.lists(st.one_of(reports, details), max_size=2), likely=rambles)
@many
def test_the_question_of_danger_stays_open_until_it_is_answered(
    talk: Talk, more: list[Utterance], likely: Utterance
) -> None:
    asked = (replace(likely, emergency="likely", suspected=False), *more)
    *_, last = play(replace(talk, turns=(*talk.turns, asked)))
    said = [say.sentence for say in said_in(last.turn)]
    if said[0] != "emergency":
        assert said[-1] == "emergency_question"
        assert last.turn.state.awaiting == "danger"


# By example


def hear(*utterances: Utterance, **known: Any) -> Heard:
    return Heard(at=BEGIN, utterances=utterances, **known)


def case(number: int, *, days: int, closed: bool = False, status: str = "") -> OpenRequest:
    return OpenRequest(
        service_request_id=f"SR-{number}",
        service_code="graffiti",
        address_string=f"{number} Elm St",
        status=status or ("completed" if closed else "received"),
        requested_datetime=BEGIN - timedelta(days=days + 1),
        status_datetime=BEGIN - timedelta(days=days),
        closed=closed,
    )


def numbers(effects: Sequence[Effect]) -> list[Param]:
    return [
        effect.params["number"] for effect in effects if isinstance(effect, Say) and "number" in effect.params
    ]


def test_status_shows_what_is_open_or_lately_closed_three_at_most() -> None:
    kept = case(1, days=2), case(2, days=3, closed=True), case(3, days=40, closed=True), case(4, days=40)
    assert numbers(cases.status(Utterance(text="status"), hear(contact_requests=kept), CITY)) == [
        "SR-1",
        "SR-2",
        "SR-4",
    ]
    many_cases = tuple(case(number, days=1) for number in range(10, 20))
    assert numbers(cases.status(Utterance(text="status"), hear(contact_requests=many_cases), CITY)) == [
        "SR-10",
        "SR-11",
        "SR-12",
    ]


def test_status_of_one_case_by_its_number() -> None:
    kept = case(10001, days=2), case(10002, days=40, closed=True)
    for text in ("status SR-10002", "whats up with 10002?", "status of sr-10002 please"):
        assert numbers(cases.status(Utterance(text=text), hear(contact_requests=kept), CITY)) == ["SR-10002"]
    assert not which.mentions("it is at 110002 main st", kept[1])


def test_status_tells_of_an_old_case_where_there_is_no_other() -> None:
    assert numbers(
        cases.status(Utterance(text="status"), hear(contact_requests=(case(7, days=90, closed=True),)), CITY)
    ) == ["SR-7"]


@pytest.mark.parametrize("status", sorted(STATUSES))
def test_every_status_has_words_for_where_things_stand(status: str) -> None:
    text = render(cases.line(case(1, days=1, status=status), CITY), CITY, channel="sms", language="en").text
    assert text.startswith("SR-1: Graffiti at 1 Elm St.")
    assert len(text) > len("SR-1: Graffiti at 1 Elm St.")


def test_a_case_of_a_service_that_is_gone_can_still_be_told_of() -> None:
    gone = replace(case(1, days=1), service_code="gone")
    assert "gone at 1 Elm St" in render(cases.line(gone, CITY), CITY, channel="sms", language="en").text


@pytest.mark.parametrize(
    ("saved", "state"),
    [
        ({}, State()),
        ({"misses": 1, "mood": "sunny"}, State(misses=1)),  # a key of another version
        ({"awaiting": "the moon"}, State()),
        ({"draft": {"photos": 7}}, State()),
    ],
)
def test_a_state_of_another_shape_is_read_as_far_as_it_fits(saved: dict[str, Any], state: State) -> None:
    assert restore(saved) == state


def test_a_day_is_the_citys_own() -> None:
    late = datetime(2026, 6, 2, 4, 59, tzinfo=UTC)  # still Monday in Chicago
    assert day(late, CITY) == "Mon Jun 1"
    assert day(late + timedelta(minutes=1), CITY) == "Tue Jun 2"


@pytest.mark.parametrize(
    ("text", "limit", "shown"),
    [
        ("by the old oak", None, "by the old oak"),
        ("by the old oak", 14, "by the old oak"),
        ("by the old oak", 13, "by the..."),
        ("x" * 20, 10, "xxxxxxx..."),
    ],
)
def test_long_words_of_others_are_cut_at_a_word(text: str, limit: int | None, shown: str) -> None:
    assert shorten(text, limit) == shown


def test_quiet_options_are_buttons_only() -> None:
    say = Say(
        sentence="choose_place",
        options=(Option(label="Oak St", value="place:1"), Option(label="option_yes", value="yes", quiet=True)),
    )
    assert render(say, CITY, channel="sms", language="en").text == "Which one do you mean?\n1. Oak St"
    buttons = render(say, CITY, channel="telegram", language="en").options
    assert [button.label for button in buttons] == ["Oak St", "Yes, send it"]


def test_an_unsure_command_does_not_swallow_a_place() -> None:
    state = State(draft=Draft(service_code="graffiti"), awaiting="place")
    park = Place(address_string="Riverside Park", lat=41.6, long=-91.0, precision="landmark")
    unsure = Utterance(text="the person statue park", intent="human", confidence=0.3, places=(park,))
    turn = take_turn(state, hear(unsure), CITY)
    assert turn.state.draft is not None
    assert turn.state.draft.place == park


def test_every_answer_that_a_service_offers_fits_a_button_and_a_text() -> None:
    for service in CITY.services.values():
        for question in service.attributes:
            for value in question.values:
                assert len(f"answer:{question.code}:{value.key}".encode()) <= LONGEST_CALLBACK
            asked = State(
                draft=Draft(
                    service_code=service.service_code,
                    place=Place(address_string="12 Elm St"),
                    attributes={each.code: "x" for each in service.attributes if each is not question},
                )
            )
            if question.required:
                text = render(prompt(asked, CITY, hear())[1], CITY, channel="sms", language="en").text
                assert is_gsm7(text)
                assert len(text) <= TWO_TEXTS


# A resident who never says anything useful

STATES = {
    "fresh": (),
    "type": (Utterance(text="hi there", intent="inform", place_text="500 Main", places=()),),
    "types": (Utterance(text="it is bad", intent="report", services=(("tree", 0.3), ("other", 0.2))),),
    "place": (Utterance(text="pothole", intent="report", services=(("pothole_road_damage", 0.9),)),),
    "places": (
        Utterance(
            text="pothole at 40 oak",
            intent="report",
            services=(("pothole_road_damage", 0.9),),
            place_text="40 oak",
            places=(
                Place(address_string="40 Oak St", lat=41.6, long=-91.0, score=0.9),
                Place(address_string="40 Oak Ave", lat=41.6, long=-91.1, score=0.9),
            ),
        ),
    ),
    "street": (
        Utterance(
            text="pothole on main st",
            intent="report",
            services=(("pothole_road_damage", 0.9),),
            places=(Place(address_string="Main St", lat=41.6, long=-91.0, precision="street"),),
        ),
    ),
    "question": (
        Utterance(
            text="missed pickup at 12 elm st",
            intent="report",
            services=(("missed_trash", 0.9),),
            places=(Place(address_string="12 Elm St", lat=41.6, long=-91.0),),
        ),
    ),
    "confirm": (
        Utterance(
            text="pothole at 12 elm st",
            intent="report",
            services=(("pothole_road_damage", 0.9),),
            places=(Place(address_string="12 Elm St", lat=41.6, long=-91.0),),
        ),
    ),
    "danger": (Utterance(text="someone is yelling", intent="report", emergency="likely"),),
}
STATES["change"] = (*STATES["confirm"], Utterance(text="no", intent="deny", polarity="no"))

USELESS = {
    "nonsense": Utterance(text="blorf blarf", intent="inform", confidence=0.2),
    "off topic": Utterance(text="whats the weather", intent="out_of_scope"),
    "no": Utterance(text="no", intent="deny", polarity="no"),
    "skip": Utterance(text="skip", intent="skip"),
    "number": Utterance(text="7", intent="inform", number=7),
    "unknown place": Utterance(text="by the barn", intent="inform", place_text="by the barn"),
    "hello": Utterance(text="hello??", intent="greet"),
    "nudge": Utterance(text="hello??", intent="greet", mood="nudge"),
    "anger": Utterance(text="you people are useless", intent="out_of_scope", mood="upset"),
    "the same question": Utterance(text="is this free", intent="help", topic="cost"),
    "outside": Utterance(
        text="",
        places=(Place(address_string="42.5, -95.0", lat=42.5, long=-95.0, in_city=False),),
        pin=True,
    ),
    "no picture": Utterance(photos=(Photo(photo_id="1", problem="not_a_photo"),)),
}


@pytest.mark.parametrize("useless", USELESS)
@pytest.mark.parametrize("start", STATES)
def test_nobody_hears_the_very_same_answer_twice_in_a_row(start: str, useless: str) -> None:
    talk = Talk(turns=(*((utterance,) for utterance in STATES[start]), *((USELESS[useless],),) * 12))
    before = ""
    for step in play(talk):
        said = "\n".join(spoken(step.turn))
        assert said != before or any(say.sentence in MAY_REPEAT for say in said_in(step.turn))
        before = said
        if ended(step.turn):
            break


@pytest.mark.parametrize("useless", USELESS)
@pytest.mark.parametrize("start", STATES)
def test_nobody_is_left_alone_with_the_bot(start: str, useless: str) -> None:
    talk = Talk(turns=(*((utterance,) for utterance in STATES[start]), *((USELESS[useless],),) * 30))
    turns = [step.turn for step in play(talk)]
    assert any(ended(turn) or offers_a_person(turn) for turn in turns), spoken(turns[-1])


def ended(turn: Turn) -> bool:
    """Tell whether the talk has come to a case or to a person."""
    return any(isinstance(effect, FileRequest | HandOff) for effect in turn.effects)


def offers_a_person(turn: Turn) -> bool:
    """Tell whether the resident now knows how to reach somebody."""
    return any("AGENT" in text or CITY.phone in text for text in spoken(turn))


def spoken(turn: Turn) -> list[str]:
    return [render(say, CITY, channel="sms", language="en").text for say in said_in(turn)]
