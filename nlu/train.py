"""Trains the default engine from the training data, each language by itself, and puts it in place at once."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass, replace
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from nlu import classifier, examples, language
from nlu.emergencies import Thresholds, suspicion
from nlu.examples import Example
from nlu.interpreter import INTENTS
from nlu.language import Languages
from nlu.regression import Floats

if TYPE_CHECKING:
    from spacy.language import Language

    from nlu.encoder import Encoder

SEED = 20240607
READING, ENCODING = "Reading the examples", "Turning the examples into vectors"
TRAINING, SAVING = "Training, and measuring on a held-out fifth", "Saving"
# Shares of the held-out reports and look-alikes: small talk would only thin them out. They are hard ones,
# one in ten a written look-alike; of real ordinary reports far fewer pass.
LOOKALIKES = "emergency_lookalikes.yml"
QUIET = 0.01  # may be given the 911 line by the model alone
ASKING = 0.12  # may be asked whether anybody is in danger

Progress = Callable[[int, int, str], None]
Vectors = Mapping[str, Floats]  # an encoder's, of every text
Found = Mapping[str, Sequence[Example]]  # by language


@dataclass(frozen=True, kw_only=True)
class Judgement:
    """What held-out examples say of a classifier. `accuracy` counts all intents alike."""

    accuracy: float
    thresholds: Thresholds


@dataclass(frozen=True, kw_only=True)
class TrainingReport:
    """What training a language came to, without the encoder and, where there is one, with it."""

    examples: int
    intents: int
    held_out: int
    conflicts: tuple[str, ...]
    without: Judgement
    encoded: Judgement | None

    @property
    def accuracy(self) -> float:
        """The share of held-out examples heard right, at the best this model can."""
        return self.encoded.accuracy if self.encoded and self.helped else self.without.accuracy

    @property
    def helped(self) -> bool:
        """Whether the encoder knows this language: with it no less is heard right."""
        return self.encoded is not None and self.encoded.accuracy >= self.without.accuracy


Trained = tuple[str, TrainingReport, classifier.Classifier]
"""A language, what its held-out examples say, and what was learnt from all."""


def train(
    training: Path, models: Path, *, progress: Progress, encoder: Encoder | None = None
) -> dict[str, TrainingReport]:
    """Train on `training` (one folder a language), put the models into `models`/spacy, report on each language.

    With an `encoder` a model learns from its vectors too, where it hears better for them; without it, it
    hears as well as if there had been none. `progress` is told (steps done, of how many, what comes next).
    Models in use stay whole until the new ones take their place. Raises `examples.BadExample` on data that
    can't be read.
    """
    from nlu import spacy_engine  # Rasa trains with this module too, where there is no spaCy

    progress(0, 1, READING)
    found = {name: _read(folder) for name, folder in languages_in(training).items()}
    steps = len(found) + 2
    if encoder is not None:
        progress(1, steps, ENCODING)
    vectors = {name: encode(known, encoder) if encoder else None for name, known in found.items()}
    progress(1, steps, TRAINING)
    reports, pipelines = {}, {}
    for done, (name, report, made) in enumerate(_train_each(found, vectors), start=2):
        progress(done, steps, TRAINING if done <= len(found) else SAVING)
        reports[name] = report
        pipelines[name] = spacy_engine.pipeline(made, name, _meta(report, encoder))
    served = language.learn({name: [example.text for example in known] for name, known in found.items()})
    head = {
        "format": classifier.FORMAT,
        "fingerprint": examples.fingerprint(training),
        "held_out": {name: {"examples": r.held_out, "accuracy": r.accuracy} for name, r in reports.items()},
    }
    _put(models / spacy_engine.FOLDER, head, served, pipelines)
    progress(steps, steps, "Done")
    return reports


def _read(folder: Path) -> tuple[Example, ...]:
    found = examples.read(folder)
    if len({example.intent for example in found}) < 2:
        raise examples.BadExample(f"{folder}: there is only one intent, and nothing to tell apart")
    return found


def _train_each(found: Found, vectors: Mapping[str, Vectors | None]) -> Iterator[Trained]:
    """Yield each language's report and classifier, trained side by side where there is more than one."""
    if len(found) == 1:
        yield from (_train_one(name, known, vectors[name]) for name, known in found.items())
        return
    # Threads would wait for one another; a forked process would inherit locks that others hold.
    with ProcessPoolExecutor(mp_context=get_context("spawn")) as pool:
        names, texts = tuple(found), tuple(found.values())
        yield from pool.map(_train_one, names, texts, [vectors[name] for name in names])


def _train_one(name: str, found: Sequence[Example], vectors: Vectors | None) -> Trained:
    """Return what the held-out examples of one language say, and a classifier of all of them."""
    report, trial = measure(found, vectors)
    together = trial.sentences.temperature if trial.sentences else 1.0
    helpful = vectors if report.helped else None
    made = fit(found, helpful, temperature=trial.temperature, together=together, start=trial)
    return name, report, made


def _meta(report: TrainingReport, encoder: Encoder | None) -> dict[str, Any]:
    meta: dict[str, Any] = {"emergency": asdict(report.without.thresholds)}
    if encoder is not None and report.encoded is not None and report.helped:
        thresholds = asdict(report.encoded.thresholds)
        meta["encoder"] = {"fingerprint": encoder.fingerprint, "emergency": thresholds}
    return meta


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


def languages_in(training: Path) -> dict[str, Path]:
    """Return the folder of each language, "en" first; all of `training` where it has no folders."""
    within = [path.relative_to(training).parts for path in examples.files(training)]
    names = {parts[0] for parts in within if len(parts) > 1}
    ordered = sorted(names, key=lambda name: (name != "en", name))
    return {name: training / name for name in ordered} or {"en": training}


def _put(folder: Path, head: Mapping[str, Any], served: Languages, pipelines: Mapping[str, Language]) -> None:
    """Write the models beside their place, then swap: a reader finds the old or the new, never half."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".training-") as scratch:
        new = Path(scratch) / "new"
        new.mkdir()
        for name, nlp in pipelines.items():
            nlp.to_disk(new / name)
        served.save(new)
        (new / "meta.json").write_text(json.dumps(head), encoding="utf-8")
        if folder.exists():
            folder.rename(Path(scratch) / "old")
        new.rename(folder)
        shutil.rmtree(Path(scratch) / "old", ignore_errors=True)
