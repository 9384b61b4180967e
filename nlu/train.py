"""Trains the default engine from the training data, measures it, and puts it in place at once."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from nlu import classifier, examples
from nlu.emergencies import Thresholds, suspicion
from nlu.examples import Example
from nlu.interpreter import INTENTS
from nlu.regression import Floats

if TYPE_CHECKING:
    from spacy.language import Language

    from nlu.encoder import Encoder

SEED = 20240607
STEPS = ("Reading the examples", "Measuring on a held-out fifth", "Training on everything", "Saving")
ENCODING = "Turning the examples into vectors"
# Shares of the held-out reports and look-alikes: small talk would only thin them out. They are hard ones,
# one in ten a written look-alike; of real ordinary reports far fewer pass.
LOOKALIKES = "emergency_lookalikes.yml"
QUIET = 0.01  # may be given the 911 line by the model alone
ASKING = 0.12  # may be asked whether anybody is in danger

Progress = Callable[[int, int, str], None]
Vectors = Mapping[str, Floats]  # an encoder's, of every text


@dataclass(frozen=True, kw_only=True)
class Judgement:
    """What held-out examples say of a classifier. `accuracy` counts all intents alike."""

    accuracy: float
    thresholds: Thresholds


@dataclass(frozen=True, kw_only=True)
class TrainingReport:
    """What training came to, without the encoder and, where there is one, with it."""

    examples: int
    intents: int
    held_out: int
    conflicts: tuple[str, ...]
    without: Judgement
    encoded: Judgement | None

    @property
    def accuracy(self) -> float:
        """The share of held-out examples heard right, at the best this model can."""
        return (self.encoded or self.without).accuracy


def train(
    training: Path, models: Path, *, progress: Progress, encoder: Encoder | None = None
) -> TrainingReport:
    """Train on `training` (one folder a language) and put the model into `models`/spacy.

    With an `encoder` the model learns from its vectors too: it then hears best beside that encoder, and
    without it as well as if there had been none. `progress` is told (steps done, of how many, what comes
    next). A model in use stays whole until the new one takes its place. Raises `examples.BadExample` on
    data that can't be read.
    """
    from nlu import spacy_engine  # Rasa trains with this module too, where there is no spaCy

    progress(0, len(STEPS), STEPS[0])
    found = examples.read(training)
    if len({example.intent for example in found}) < 2:
        raise examples.BadExample(f"{training}: there is only one intent, and nothing to tell apart")
    vectors = None
    if encoder is not None:
        progress(0, len(STEPS), ENCODING)
        vectors = encode(found, encoder)
    progress(1, len(STEPS), STEPS[1])
    report, trial = measure(found, vectors)
    progress(2, len(STEPS), STEPS[2])
    together = trial.sentences.temperature if trial.sentences else 1.0
    final = fit(found, vectors, temperature=trial.temperature, together=together, start=trial)
    progress(3, len(STEPS), STEPS[3])
    meta: dict[str, Any] = {
        "format": classifier.FORMAT,
        "fingerprint": examples.fingerprint(training),
        "languages": _languages(training),
        "emergency": asdict(report.without.thresholds),
    }
    if encoder is not None and report.encoded is not None:
        thresholds = asdict(report.encoded.thresholds)
        meta["encoder"] = {"fingerprint": encoder.fingerprint, "emergency": thresholds}
    _put(spacy_engine.pipeline(final, meta), models / spacy_engine.FOLDER)
    progress(4, len(STEPS), "Done")
    return report


def stale(training: Path, models: Path) -> bool:
    """Tell whether `models` lacks a model made from `training` by this code."""
    from nlu import spacy_engine

    try:
        made = spacy_engine.read_meta(models)
        return bool(
            made["format"] != classifier.FORMAT or made["fingerprint"] != examples.fingerprint(training)
        )
    except (OSError, ValueError, KeyError, TypeError):
        return True


def encode(found: Sequence[Example], encoder: Encoder) -> Vectors:
    """Return the encoder's vector of every example's text."""
    texts = sorted({example.text for example in found})
    return dict(zip(texts, encoder.encode(texts), strict=True))


def measure(
    found: Sequence[Example], vectors: Vectors | None = None
) -> tuple[TrainingReport, classifier.Classifier]:
    """Train on four fifths, and return what the rest says of it, with the calibrated classifier."""
    kept, aside = examples.split(found, seed=SEED)
    texts, intents = [e.text for e in aside], [e.intent for e in aside]
    trial = classifier.calibrated(fit(kept, vectors), texts, intents)
    if vectors is not None:
        trial = classifier.calibrated(trial, texts, intents, _stacked(texts, vectors))
    report = TrainingReport(
        examples=len(found),
        intents=len({e.intent for e in found}),
        held_out=len(aside),
        conflicts=tuple(examples.conflicts(found)),
        without=_judge(trial, aside),
        encoded=_judge(trial, aside, vectors) if vectors else None,
    )
    return report, trial


def fit(
    found: Sequence[Example],
    vectors: Vectors | None = None,
    *,
    temperature: float = 1.0,
    together: float = 1.0,
    start: classifier.Classifier | None = None,
) -> classifier.Classifier:
    """Return a classifier of the examples, always the same one; `together` is the temperature with vectors."""
    texts, intents = [e.text for e in found], [e.intent for e in found]
    # Naive Bayes made ordinary reports sound like danger.
    fitted = classifier.fit(
        texts, intents, vectors=_stacked(texts, vectors), bayes_not_for="emergency", start=start
    )
    sentences = fitted.sentences and replace(fitted.sentences, temperature=together)
    return replace(fitted, temperature=temperature, sentences=sentences)


def _stacked(texts: Sequence[str], vectors: Vectors | None) -> Floats | None:
    return np.stack([vectors[text] for text in texts]) if vectors and texts else None


def _judge(trial: classifier.Classifier, aside: Sequence[Example], vectors: Vectors | None = None) -> Judgement:
    """Return what examples that `trial` has not seen say of it."""
    given = [(e.text, vectors[e.text] if vectors else None) for e in aside]
    judged = [trial.probabilities(text, vector) for text, vector in given]
    right = [max(s, key=lambda label: s[label]) == e.intent for s, e in zip(judged, aside, strict=True)]
    ordinary = [suspicion(s) for s, e in zip(judged, aside, strict=True) if _is_report(e)]
    return Judgement(
        accuracy=sum(right) / len(right) if right else 0.0,
        thresholds=Thresholds(sure=_above(ordinary, QUIET, 0.5), likely=_above(ordinary, ASKING, 0.01)),
    )


def _is_report(example: Example) -> bool:
    """Tell whether this is an ordinary report, or looks like an emergency and is none."""
    return example.intent not in INTENTS or example.source.startswith(LOOKALIKES)


def _above(ordinary: Sequence[float], share: float, least: float) -> float:
    """Return the threshold that at most this share of ordinary messages passes, at least `least`."""
    ranked = sorted(ordinary, reverse=True)
    return max(least, ranked[int(len(ranked) * share)]) if ranked else 1.0


def _languages(training: Path) -> list[str]:
    """Return the languages that have a folder of their own, "en" first."""
    folders = {path.parent.name for path in examples.files(training) if path.parent != training}
    return sorted(folders, key=lambda language: (language != "en", language)) or ["en"]


def _put(nlp: Language, folder: Path) -> None:
    """Write the pipeline beside its place, then swap: a reader finds the old or the new, never half."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".training-") as scratch:
        nlp.to_disk(Path(scratch) / "new")
        if folder.exists():
            folder.rename(Path(scratch) / "old")
        (Path(scratch) / "new").rename(folder)
        shutil.rmtree(Path(scratch) / "old", ignore_errors=True)
