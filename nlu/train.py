"""Trains the default engine from the training data, measures it, and puts it in place at once."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from nlu import classifier, examples
from nlu.emergencies import Thresholds
from nlu.examples import Example

if TYPE_CHECKING:
    from spacy.language import Language

SEED = 20240607
STEPS = ("Reading the examples", "Measuring on a held-out fifth", "Training on everything", "Saving")
# Shares of the held-out messages that are no emergency; they are hard ones, one in 25 a written look-alike.
# Of real ordinary reports a tenth as many pass (measured: 0 and 5 in 1,000).
QUIET = 0.005  # may be given the 911 line by the model alone
ASKING = 0.03  # may be asked whether anybody is in danger

Progress = Callable[[int, int, str], None]


@dataclass(frozen=True, kw_only=True)
class TrainingReport:
    """What training came to. `accuracy` is that on held-out examples, all intents counted alike."""

    examples: int
    intents: int
    held_out: int
    accuracy: float
    temperature: float
    thresholds: Thresholds
    conflicts: tuple[str, ...]


def train(training: Path, models: Path, *, progress: Progress) -> TrainingReport:
    """Train on `training` (one folder a language) and put the model into `models`/spacy.

    `progress` is told (steps done, of how many, what comes next). A model in use stays whole until
    the new one takes its place. Raises `examples.BadExample` on data that can't be read.
    """
    from nlu import spacy_engine  # Rasa trains with this module too, where there is no spaCy

    progress(0, len(STEPS), STEPS[0])
    found = examples.read(training)
    if len({example.intent for example in found}) < 2:
        raise examples.BadExample(f"{training}: there is only one intent, and nothing to tell apart")
    progress(1, len(STEPS), STEPS[1])
    report, trial = measure(found)
    progress(2, len(STEPS), STEPS[2])
    final = fit(found, temperature=trial.temperature)
    progress(3, len(STEPS), STEPS[3])
    meta = {
        "format": classifier.FORMAT,
        "fingerprint": examples.fingerprint(training),
        "languages": _languages(training),
        "emergency": {"sure": report.thresholds.sure, "likely": report.thresholds.likely},
    }
    _put(spacy_engine.pipeline(final, meta), models / spacy_engine.FOLDER)
    progress(4, len(STEPS), "Done")
    return report


def stale(training: Path, models: Path) -> bool:
    """Tell whether `models` lacks a model made from `training` by this code."""
    from nlu import spacy_engine

    try:
        meta = json.loads((models / spacy_engine.FOLDER / "meta.json").read_text(encoding="utf-8"))
        made = meta[spacy_engine.META]
        return bool(
            made["format"] != classifier.FORMAT or made["fingerprint"] != examples.fingerprint(training)
        )
    except (OSError, ValueError, KeyError, TypeError):
        return True


def measure(found: Sequence[Example]) -> tuple[TrainingReport, classifier.Classifier]:
    """Train on four fifths, and return what the rest says of it, with the calibrated classifier."""
    kept, aside = examples.split(found, seed=SEED)
    trial = fit(kept)
    texts, intents = [e.text for e in aside], [e.intent for e in aside]
    trial = replace(trial, temperature=classifier.calibrate(trial, texts, intents))
    judged = [trial.probabilities(text) for text in texts]
    right = [
        max(shares, key=lambda label: shares[label]) == intent
        for shares, intent in zip(judged, intents, strict=True)
    ]
    ordinary = [s.get("emergency", 0.0) for s, i in zip(judged, intents, strict=True) if i != "emergency"]
    report = TrainingReport(
        examples=len(found),
        intents=len({e.intent for e in found}),
        held_out=len(aside),
        accuracy=sum(right) / len(right) if right else 0.0,
        temperature=trial.temperature,
        thresholds=Thresholds(sure=_above(ordinary, QUIET, 0.5), likely=_above(ordinary, ASKING, 0.15)),
        conflicts=tuple(examples.conflicts(found)),
    )
    return report, trial


def fit(found: Sequence[Example], *, temperature: float = 1.0) -> classifier.Classifier:
    """Return a classifier of the examples, always the same one."""
    fitted = classifier.fit([e.text for e in found], [e.intent for e in found], seed=SEED)
    return replace(fitted, temperature=temperature)


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
