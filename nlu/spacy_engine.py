"""The default engine: one spaCy pipeline in this process."""

from __future__ import annotations

import json
import logging
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from nlu.classifier import FORMAT, Classifier
from nlu.emergencies import Thresholds
from nlu.encoder import Encoder, EncoderMissing
from nlu.interpreter import Lexicon, ModelMissing, Understanding
from nlu.reading import Reader

log = logging.getLogger(__name__)

FOLDER = "spacy"
PIPE = "townline_classifier"
META = "townline"


class ClassifierPipe:
    """The classifier as a spaCy component: writes `doc.cats`. It hears better with its `encoder`."""

    def __init__(self, classifier: Classifier | None = None, encoder: Encoder | None = None) -> None:
        self.classifier = classifier
        self.encoder = encoder

    def __call__(self, doc: Doc) -> Doc:
        """Set how likely each label is."""
        if self.classifier is not None:
            vector = self.encoder.encode([doc.text])[0] if self.encoder else None
            doc.cats = self.classifier.probabilities(doc.text, vector)
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


def open_encoder(meta: Mapping[str, Any], folder: Path | None) -> tuple[Encoder | None, str]:
    """Return the encoder in `folder` if the model with this `meta` knows it, and otherwise why not."""
    made = meta.get("encoder")
    if folder is None:
        return None, "the model was trained with one, but NLU_ENCODER names no folder" if made else ""
    try:
        encoder = Encoder.open(folder)
    except EncoderMissing as error:
        return None, str(error)
    if made and made["fingerprint"] == encoder.fingerprint:
        return encoder, ""
    trouble = "the model was trained with another one" if made else "no model was trained with it yet"
    return None, f"{trouble}: run `townline nlu train`"


def read_meta(models: Path) -> Mapping[str, Any]:
    """Return what training noted of the model in `models`; raises OSError, ValueError or KeyError."""
    meta: Mapping[str, Any] = json.loads((models / FOLDER / "meta.json").read_text(encoding="utf-8"))[META]
    return meta


class SpacyInterpreter:
    """Understands text with the trained pipeline; keeps `nlu.interpreter.Interpreter`."""

    def __init__(self, nlp: Language, lexicon: Lexicon, encoder: Encoder | None = None) -> None:
        meta = nlp.meta[META]
        if meta["format"] != FORMAT:
            raise ValueError(f"it is of format {meta['format']}, not {FORMAT}")
        nlp.get_pipe(PIPE).encoder = encoder  # type: ignore[attr-defined]
        thresholds = Thresholds(**(meta["encoder"] if encoder else meta)["emergency"])
        self._nlp = nlp
        self.labels: tuple[str, ...] = nlp.get_pipe(PIPE).classifier.labels  # type: ignore[attr-defined]
        self.reader = Reader(lexicon, thresholds=thresholds, languages=tuple(meta["languages"]))
        self._one_at_a_time = threading.Lock()

    @classmethod
    def load(cls, models: Path, lexicon: Lexicon, encoder: Path | None = None) -> SpacyInterpreter:
        """Return the engine trained into `models`; raises `ModelMissing` where there is none.

        Without the encoder that it was trained with it hears worse, and a warning says so.
        """
        folder = models / FOLDER
        if not (folder / "meta.json").is_file():
            raise ModelMissing(f"{folder}: no trained model here")
        try:
            nlp = spacy.load(folder)
            matching, trouble = open_encoder(nlp.meta[META], encoder)
            if trouble:
                log.warning("going on without a sentence encoder: %s", trouble)
            return cls(nlp, lexicon, matching)
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise ModelMissing(f"{folder}: this model can't be read ({error})") from error

    def understand(self, text: str) -> Understanding:
        """Return what `text` means, whatever it holds."""
        return self.reader.understand(text, self._judge)

    def _judge(self, text: str) -> Mapping[str, float]:
        # spaCy keeps every new word for good unless told to forget, and forgets for all threads at once.
        with self._one_at_a_time, self._nlp.memory_zone():
            return dict(self._nlp(text.encode("utf-8", "replace").decode()).cats)
