"""The default engine: one spaCy pipeline in this process, and the rules around it."""

from __future__ import annotations

import re
import threading
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from nlu import commands, emergencies, language
from nlu.addresses import find_mentions
from nlu.classifier import FORMAT, Classifier
from nlu.interpreter import (
    INTENTS,
    Emergency,
    Lexicon,
    ModelMissing,
    ServiceGuess,
    Understanding,
)
from nlu.keywords import Keywords

FOLDER = "spacy"
PIPE = "townline_classifier"
META = "townline"
READ_AT_MOST = 2_000  # characters; the emergency check reads as far
REPORT_AT_LEAST = 0.15  # the share of all issue types together, below which a text tells of no problem
LIFT = 4.0  # how much likelier a keyword makes its issue type; best or near it on real and held-out text
UNTRAINED = 0.5  # what a keyword alone gives an issue type that has no examples yet
POLARITY: dict[str, commands.Polarity] = {"affirm": "yes", "deny": "no"}
TALK = frozenset(INTENTS) - {"report"}


class ClassifierPipe:
    """The classifier as a spaCy component: writes `doc.cats`."""

    def __init__(self, classifier: Classifier | None = None) -> None:
        self.classifier = classifier

    def __call__(self, doc: Doc) -> Doc:
        """Set how likely each label is."""
        if self.classifier is not None:
            doc.cats = self.classifier.probabilities(doc.text)
        return doc

    def to_disk(self, path: Path, exclude: Any = ()) -> None:
        """Write the classifier into the folder `path`."""
        if self.classifier is not None:
            self.classifier.save(path)

    def from_disk(self, path: Path, exclude: Any = ()) -> ClassifierPipe:
        """Read the classifier from the folder `path`."""
        self.classifier = Classifier.open(path)
        return self


@Language.factory(PIPE)
def create_pipe(nlp: Language, name: str) -> ClassifierPipe:  # noqa: ARG001 (spaCy's signature)
    """Return an empty component: `to_disk` and `from_disk` do the rest."""
    return ClassifierPipe()


def pipeline(classifier: Classifier, meta: dict[str, Any]) -> Language:
    """Return a spaCy pipeline around `classifier`, carrying `meta`."""
    nlp = spacy.blank("en")
    nlp.add_pipe(PIPE)
    nlp.get_pipe(PIPE).classifier = classifier  # type: ignore[attr-defined]
    nlp.meta[META] = meta
    return nlp


@dataclass(frozen=True, kw_only=True)
class Reading:
    """What the model made of a text: the intent, how sure, and the issue types it may mean."""

    intent: str
    confidence: float
    services: tuple[ServiceGuess, ...] = ()
    emergency: float = 0.0


class SpacyInterpreter:
    """Understands text with the trained pipeline; keeps `nlu.interpreter.Interpreter`."""

    def __init__(self, nlp: Language, lexicon: Lexicon) -> None:
        meta = nlp.meta[META]
        if meta["format"] != FORMAT:
            raise ValueError(f"it is of format {meta['format']}, not {FORMAT}")
        self._nlp = nlp
        self._lexicon = lexicon
        self._keywords = Keywords(lexicon.keywords)
        self._thresholds = emergencies.Thresholds(**meta["emergency"])
        self._languages = tuple(meta["languages"])
        self._one_at_a_time = threading.Lock()

    @classmethod
    def load(cls, models: Path, lexicon: Lexicon) -> SpacyInterpreter:
        """Return the engine trained into `models`; raises `ModelMissing` where there is none."""
        folder = models / FOLDER
        if not (folder / "meta.json").is_file():
            raise ModelMissing(f"{folder}: no trained model here")
        try:
            return cls(spacy.load(folder), lexicon)
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise ModelMissing(f"{folder}: this model can't be read ({error})") from error

    def understand(self, text: str) -> Understanding:
        """Return what `text` means, whatever it holds."""
        said = Understanding(
            intent="out_of_scope",
            confidence=1.0,
            emergency=emergencies.check(text),
            language=language.detect(text, self._languages) or self._languages[0],
        )
        text = text[:READ_AT_MOST]
        if not text.strip(" \0\t\r\n"):
            return replace(said, intent="inform", confidence=0.0)
        if intent := commands.command(text):
            return replace(said, intent=intent, polarity=POLARITY.get(intent))
        if number := commands.choice(text):
            return replace(said, intent="inform", number=number)
        return self._sentence(text, said)

    def _sentence(self, text: str, said: Understanding) -> Understanding:
        start = commands.opening(text)
        mentions = find_mentions(text, self._lexicon)
        wrong = commands.wrong(text, mentions)
        places = tuple(place for place in mentions if not commands.is_denied(text, place))
        said = replace(said, places=places, polarity=start.polarity, wrong=wrong)
        if start.rest != text and commands.says_no_more(start.rest):
            intent = "deny" if start.polarity == "no" else "affirm"
            return replace(said, intent=intent, polarity=start.polarity)
        if commands.is_only_a_place(text, mentions):
            return replace(said, intent="inform" if places else "deny")
        return self._judged(text, start.rest, said)

    def _judged(self, text: str, rest: str, said: Understanding) -> Understanding:
        """Return the understanding completed by the model, which reads what is left after "yes" or "no"."""
        rest, denied = self._without_denied(rest)
        wrong = said.wrong or ("service" if denied else None)
        if not re.search(r"\w", rest):
            return replace(
                said, intent="deny" if wrong or said.polarity else "inform", wrong=wrong, confidence=0.0
            )
        reading = self._read(rest, places=bool(said.places))
        second = self._second_ear(reading.emergency, said.emergency)
        said = replace(said, wrong=wrong, emergency=second)
        if wrong and not said.places and not (denied and reading.services):
            return replace(said, intent="deny")
        return replace(said, intent=reading.intent, confidence=reading.confidence, services=reading.services)

    def _without_denied(self, text: str) -> tuple[str, bool]:
        """Return the text without what it says the problem is not, and whether there was such a thing."""
        match = commands.denied_thing(text)
        if match is None or not (
            self._keywords.find(match["what"]) or match[0].lower().split()[1:2] in (["a"], ["an"])
        ):
            return text, False
        return text[: match.start()] + " " + text[match.end() :], True

    def _second_ear(self, likely: float, found: Emergency | None) -> Emergency | None:
        if likely >= self._thresholds.sure:
            return "911"
        return emergencies.gravest(found, "likely" if likely >= self._thresholds.likely else None)

    def _read(self, text: str, *, places: bool) -> Reading:
        # spaCy keeps every new word for good unless told to forget, and forgets for all threads at once.
        with self._one_at_a_time, self._nlp.memory_zone():
            cats = dict(self._nlp(text.encode("utf-8", "replace").decode()).cats)
        named = self._keywords.find(text)
        odds = {code: share for code, share in cats.items() if code not in TALK}
        talk = {intent: share for intent, share in cats.items() if intent in TALK}
        for code in named:
            odds[code] = LIFT * max(odds.get(code, 0.0), 0.0 if code in cats else UNTRAINED)
        total = sum(odds.values()) + sum(talk.values()) or 1.0
        odds = {code: share / total for code, share in odds.items()}
        report = sum(odds.values())
        intents = {intent: share / total for intent, share in talk.items()} | {"report": report}
        if commands.NEGATES.search(text):
            intents.pop("affirm", None)  # a yes files the case: never on "not" or "wrong"
        best = max(intents, key=lambda intent: intents[intent])
        likeliest = sorted(odds, key=lambda code: -odds[code])[:3] if report >= REPORT_AT_LEAST else []
        return Reading(
            intent=best,
            confidence=min(1.0, intents[best]),
            services=tuple(ServiceGuess(service_code=c, confidence=min(1.0, odds[c])) for c in likeliest),
            emergency=cats.get("emergency", 0.0),
        )
