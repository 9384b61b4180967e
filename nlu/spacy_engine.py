"""The default engine: a spaCy pipeline for each language, in this process."""

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
from spacy.util import get_lang_class

from nlu.classifier import FORMAT, Classifier
from nlu.emergencies import Thresholds
from nlu.encoder import Encoder, EncoderMissing
from nlu.interpreter import Lexicon, ModelMissing, Understanding
from nlu.language import Languages
from nlu.reading import Ear, Reader

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


def pipeline(classifier: Classifier, language: str, meta: dict[str, Any]) -> Language:
    """Return a spaCy pipeline of `language` around `classifier`, carrying `meta`."""
    nlp = spacy.blank(language if has_language(language) else "xx")
    nlp.add_pipe(PIPE)
    nlp.get_pipe(PIPE).classifier = classifier  # type: ignore[attr-defined]
    nlp.meta[META] = meta
    return nlp


def has_language(name: str) -> bool:
    """Tell whether spaCy has rules for a language; any other one is split at spaces and punctuation."""
    try:
        get_lang_class(name)
    except ImportError:
        return False
    return True


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
    """Return what training noted of the models in `models`; raises OSError or ValueError."""
    meta: Mapping[str, Any] = json.loads((models / FOLDER / "meta.json").read_text(encoding="utf-8"))
    return meta


def encoder_meta(models: Path) -> Mapping[str, Any]:
    """Return the meta of a language that an encoder helps, if any; raises OSError, ValueError or KeyError."""
    served = Languages.open(models / FOLDER).names
    folders = [models / FOLDER / name / "meta.json" for name in served]
    metas: list[Mapping[str, Any]] = [json.loads(path.read_text(encoding="utf-8"))[META] for path in folders]
    return next((meta for meta in metas if "encoder" in meta), {})


class SpacyInterpreter:
    """Understands text with the trained pipelines; keeps `nlu.interpreter.Interpreter`."""

    def __init__(
        self, pipelines: Mapping[str, Language], languages: Languages, lexicon: Lexicon, encoder: Encoder | None
    ) -> None:
        self.ears = {name: _ear(nlp, encoder) for name, nlp in pipelines.items()}
        first = pipelines[languages.names[0]]
        self.labels: tuple[str, ...] = first.get_pipe(PIPE).classifier.labels  # type: ignore[attr-defined]
        self.reader = Reader(lexicon, languages)

    @classmethod
    def load(cls, models: Path, lexicon: Lexicon, encoder: Path | None = None) -> SpacyInterpreter:
        """Return the engine trained into `models`, in the city's languages; raises `ModelMissing` without one.

        Without the encoder that it was trained with it hears worse, and a warning says so.
        """
        folder = models / FOLDER
        if not (folder / "meta.json").is_file():
            raise ModelMissing(f"{folder}: no trained model here")
        try:
            made = read_meta(models)["format"]
            if made != FORMAT:
                raise ValueError(f"it is of format {made}, not {FORMAT}")
            served = Languages.open(folder).only(lexicon.languages)
            matching, trouble = open_encoder(encoder_meta(models), encoder)
            if trouble:
                log.warning("going on without a sentence encoder: %s", trouble)
            pipelines = {name: spacy.load(folder / name) for name in served.names}
            return cls(pipelines, served, lexicon, matching)
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise ModelMissing(f"{folder}: this model can't be read ({error})") from error

    def understand(self, text: str, language: str | None = None) -> Understanding:
        """Return what `text` means, whatever it holds; `language` is that of the conversation."""
        return self.reader.understand(text, self.ears, language)


def _ear(nlp: Language, encoder: Encoder | None) -> Ear:
    meta = nlp.meta[META]
    if encoder and "encoder" in meta:
        nlp.get_pipe(PIPE).encoder = encoder  # type: ignore[attr-defined]
        meta = meta["encoder"]
    one_at_a_time = threading.Lock()

    def judge(text: str) -> Mapping[str, float]:
        # spaCy keeps every new word for good unless told to forget, and forgets for all threads at once.
        with one_at_a_time, nlp.memory_zone():
            return dict(nlp(text.encode("utf-8", "replace").decode()).cats)

    return Ear(judge, Thresholds(**meta["emergency"]))
