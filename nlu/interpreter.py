"""The contract every engine keeps, and which engine serves it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, Protocol

Emergency = Literal["911", "likely", "urgent"]
"""911: life or property now. likely: ask one question. urgent: a city hazard that wants a person now."""

Mood = Literal["", "upset", "nudge", "content"]
"""upset: angry, whatever else it says. nudge: only asks for a sign of life, like "hello??"."""

MentionKind = Literal["address", "intersection", "between", "block", "street", "landmark"]

INTENTS = (
    "report",  # names a problem, with or without a place
    "inform",  # gives something without a problem: a place, a number, a detail
    "greet", "thanks", "affirm", "deny", "skip", "never_mind", "start_over", "help", "status",
    "human", "not_fixed", "follow", "mute", "unmute", "delete_data",
    "change_language", "bot_identity", "emergency", "out_of_scope",
)  # fmt: skip

ENGINES = ("spacy", "rasa")
RASA_URL = "http://127.0.0.1:5005"


@dataclass(frozen=True, kw_only=True)
class ServiceGuess:
    """An issue type and how likely it is, 0 to 1."""

    service_code: str
    confidence: float


@dataclass(frozen=True, kw_only=True)
class PlaceMention:
    """Words of the text that name a place: `text == message[start:end]`."""

    text: str
    kind: MentionKind
    start: int
    end: int


@dataclass(frozen=True, kw_only=True)
class Problem:
    """One of several problems that a message tells of, and its words."""

    service_code: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Understanding:
    """What one message means.

    `services` holds the three likeliest issue types, best first, whatever the intent; it is empty
    where the text says nothing of a problem. `polarity` is how the message opens ("yes, ...",
    "no, it's 6th street"), beside the intent of the rest. `wrong` is what a correction is about
    ("wrong address", "not a pothole"); `number` is a choice ("2", "the second one"), one-based.
    `asked_language` is a language served that they wish to be spoken with. `problems` are two or three,
    where the message tells of as many. `again`: it is what they reported last, elsewhere. `suspected`: that
    an emergency is likely is a model's guess, and no words say so.
    `topic` is the question of the city's answers that the text asks, beside whatever else it says.
    """

    intent: str
    confidence: float
    services: tuple[ServiceGuess, ...] = ()
    places: tuple[PlaceMention, ...] = ()
    emergency: Emergency | None = None
    polarity: Literal["yes", "no"] | None = None
    wrong: Literal["place", "service", "photo"] | None = None
    number: int | None = None
    language: str = "en"
    asked_language: str = ""
    problems: tuple[Problem, ...] = ()
    again: bool = False
    suspected: bool = False
    topic: str = ""
    mood: Mood = ""


@dataclass(frozen=True, kw_only=True)
class Lexicon:
    """What the engines know of this city before any training.

    `keywords` maps a service_code to words that name it outright. `streets` are names with and
    without their suffix ("Main St", "Main"), `landmarks` names as people say them.
    `languages` are those the city serves, its own first; none means all that the engine was trained for.
    without their suffix ("Main St", "Main"), `landmarks` names as people say them. `questions` maps
    a topic of the city's answers to ways of asking it, in every language.
    """

    keywords: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    streets: tuple[str, ...] = ()
    landmarks: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    questions: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


class Interpreter(Protocol):
    """An engine: stateless, thread-safe, never raising on any text."""

    def understand(self, text: str, language: str | None = None) -> Understanding:
        """Return what `text` means, whatever it holds.

        `language` is the one that the conversation has been in; a few words leave it in place.
        """
        ...


class ModelMissing(Exception):
    """There is no trained model here: run `townline nlu train`."""


def load(
    engine: str,
    *,
    models: Path,
    lexicon: Lexicon,
    encoder: Path | None = None,
    rasa_url: str = RASA_URL,
) -> Interpreter:
    """Return the engine of that name ("spacy", "rasa"); raises ValueError on an unknown one.

    `encoder` is the folder of the sentence encoder that the model was trained with, where there is one.
    Rasa is asked at `rasa_url`, and the default engine stands by for it. Raises `ModelMissing` where
    `models` holds no trained model of the default engine.
    """
    if engine not in ENGINES:
        raise ValueError(f"NLU_ENGINE is {engine!r}; this build serves: {', '.join(ENGINES)}")
    from nlu.spacy_engine import SpacyInterpreter

    default = SpacyInterpreter.load(models, lexicon, encoder)
    if engine == "rasa":
        from nlu.rasa_engine import RasaInterpreter, RasaServer

        return RasaInterpreter(RasaServer(rasa_url, default.labels), default)
    return default
