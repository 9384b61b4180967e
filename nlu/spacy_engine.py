"""The default engine: one spaCy pipeline in this process."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from nlu.classifier import FORMAT, Classifier
from nlu.emergencies import Thresholds
from nlu.interpreter import Lexicon, ModelMissing, Understanding
from nlu.reading import Reader

FOLDER = "spacy"
PIPE = "townline_classifier"
META = "townline"


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


class SpacyInterpreter:
    """Understands text with the trained pipeline; keeps `nlu.interpreter.Interpreter`."""

    def __init__(self, nlp: Language, lexicon: Lexicon) -> None:
        meta = nlp.meta[META]
        if meta["format"] != FORMAT:
            raise ValueError(f"it is of format {meta['format']}, not {FORMAT}")
        self._nlp = nlp
        self._reader = Reader(
            lexicon, thresholds=Thresholds(**meta["emergency"]), languages=tuple(meta["languages"])
        )
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
        return self._reader.understand(text, self._judge)

    def _judge(self, text: str) -> Mapping[str, float]:
        # spaCy keeps every new word for good unless told to forget, and forgets for all threads at once.
        with self._one_at_a_time, self._nlp.memory_zone():
            return dict(self._nlp(text.encode("utf-8", "replace").decode()).cats)
