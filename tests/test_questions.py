"""Questions with a reviewed answer: which texts ask them, and that reports do not."""

from __future__ import annotations

import time
import unicodedata
from pathlib import Path
from random import Random

import pytest

from bot.config import Config
from dialogues.rendering import fill
from nlu import examples
from nlu.interpreter import INTENTS, Understanding
from nlu.questions import ASKED, VERBATIM, Questions
from webhooks.gsm7 import is_gsm7

TRAINING = Path(__file__).parent.parent / "data" / "training" / "en"
UNSURE = Understanding(intent="out_of_scope", confidence=0.3)


@pytest.fixture(scope="module")
def questions(config: Config) -> Questions:
    return Questions(config.questions)


def test_every_question_of_the_files_is_known_again(config: Config, questions: Questions) -> None:
    assert len(config.questions) >= 14
    for topic, asked in config.questions.items():
        assert len(asked) >= 24, topic
        for text in asked:
            assert questions.closest(text)[0] == topic, text
            assert questions.closest(text)[1] >= VERBATIM, text


def test_a_question_belongs_to_one_topic(config: Config) -> None:
    asked = [text.casefold().strip(" ?") for texts in config.questions.values() for text in texts]
    assert len(asked) == len(set(asked))


def test_a_question_left_out_is_still_heard_and_seldom_mistaken(config: Config) -> None:
    """Five times a fifth is left out. Run with -s for the figures."""
    every = [(topic, text) for topic, texts in config.questions.items() for text in texts]
    Random(1).shuffle(every)
    right = wrong = 0
    for fold in range(5):
        kept: dict[str, list[str]] = {}
        for number, (topic, text) in enumerate(every):
            if number % 5 != fold:
                kept.setdefault(topic, []).append(text)
        questions = Questions(kept)
        for topic, text in every[fold::5]:
            found = questions.topic(text, UNSURE)
            right += found == topic
            wrong += found not in ("", topic)
    print(f"left out: {right / len(every):.1%} heard, {wrong / len(every):.1%} mistaken")
    assert right / len(every) >= 0.4
    assert wrong / len(every) <= 0.05


def test_a_report_is_not_taken_for_a_question(questions: Questions) -> None:
    """Whatever the ear makes of it: even as if it had heard nothing in it."""
    reports = [each.text for each in examples.read(TRAINING) if each.intent not in INTENTS]
    taken = [text for text in reports if questions.closest(text)[1] >= ASKED]
    print(f"{len(taken)} of {len(reports)} reports are like a question")
    assert len(reports) > 5_000
    assert len(taken) / len(reports) < 0.003
    surely = [text for text in reports if questions.closest(text)[1] >= VERBATIM]
    assert len(surely) / len(reports) < 0.001


def test_a_question_inside_a_message_is_found(questions: Questions) -> None:
    assert questions.topic("ok. is this anonymous? dont want him to come after me", UNSURE) == "anonymous"


@pytest.mark.parametrize("text", ["", "?", "\0", "x" * 5_000, "a b " * 900, "\ud800"])
def test_any_text_may_come(text: str, questions: Questions) -> None:
    assert questions.topic(text, UNSURE) == ""


def test_a_city_without_answers_is_asked_nothing() -> None:
    assert Questions({}).topic("is this free", UNSURE) == ""


def test_it_takes_no_time(questions: Questions) -> None:
    texts = [each.text for each in examples.read(TRAINING)][:2_000]
    questions.closest(texts[0])
    start = time.process_time()
    for text in texts:
        questions.closest(text)
    assert (time.process_time() - start) / len(texts) < 0.001  # 0.15 ms on an idle machine


def test_answers_are_plain_and_in_every_language_of_the_questions(config: Config) -> None:
    for topic, written in config.city.answers.items():
        assert set(written) >= {"en", "es"}, topic
        for language, text in written.items():
            plain = "".join(each if is_gsm7(each) else unicodedata.normalize("NFD", each)[0] for each in text)
            assert is_gsm7(plain), topic
            assert len(fill(text, config.city, language)) <= 160, topic
