"""A linear text classifier: TF-IDF of words and of letters, then logistic regression and naive Bayes.

Where a sentence encoder is used, a second regression on its vectors votes with as much weight.
The trained model is three arrays and a list of features, kept as JSON and npz: so loading runs no
code, outlives all libraries' versions, and scoring is a few sums.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import sparse  # type: ignore[import-untyped]

from nlu.bayes import complement
from nlu.regression import Floats, regress

READ_AT_MOST = 1_000  # characters; a text message seldom holds more, and the problem comes first
WORD = re.compile(r"[^\W_]+(?:['’][^\W\d_]+)?|[^\w\s]")
DIGITS = re.compile(r"\d")
FORMAT = 4  # to be raised with any change to `features` or to what is saved: older models are stale then
BLOCKS = ("word", "char")  # each is scaled to length 1 by itself, so that neither drowns the other


Features = tuple[list[str], list[str]]


def features(text: str) -> Features:
    """Return (words and pairs of words, 2 to 5 letters inside words), digits made alike."""
    words = [DIGITS.sub("0", word).replace("’", "'") for word in WORD.findall(text[:READ_AT_MOST].lower())]
    pairs = [f"{a} {b}" for a, b in pairwise(words)]
    return words + pairs, [gram for word in words for gram in _letters(word)]


def _letters(word: str) -> Iterator[str]:
    padded = f" {word[:40]} "
    for size in range(2, 6):
        for start in range(max(1, len(padded) - size + 1)):
            yield padded[start : start + size]


@dataclass(frozen=True, kw_only=True)
class SentenceWeights:
    """What an encoder's vector of the text says of the same labels."""

    weights: Floats  # (dimensions, labels)
    bias: Floats  # (labels,)
    temperature: float = 1.0  # of both halves together


@dataclass(frozen=True, kw_only=True)
class Classifier:
    """Labels and the weight of every feature for each. `temperature` flattens (>1) or sharpens."""

    labels: tuple[str, ...]
    vocabularies: tuple[dict[str, int], dict[str, int]]
    idf: Floats  # (features,)
    weights: Floats  # (features, labels)
    bias: Floats  # (labels,)
    temperature: float = 1.0
    sentences: SentenceWeights | None = None

    def scores(self, text: str, vector: Floats | None = None) -> Floats:
        """Return a score for every label, before they are made into probabilities.

        The mean of two scores is the geometric mean of the probabilities, once these sum to 1.
        """
        indices, values = self._vector(features(text))
        weights = self.weights[indices].astype(np.float32, copy=False)  # kept as saved, in half the memory
        scores: Floats = values @ weights + self.bias
        if self.sentences is None or vector is None:
            return scores
        second: Floats = vector @ self.sentences.weights + self.sentences.bias
        return (scores + second) * np.float32(0.5)

    def probabilities(self, text: str, vector: Floats | None = None) -> dict[str, float]:
        """Return how likely each label is; they sum to 1. `vector` is the encoder's, where it is used."""
        judge = self if vector is None else self.sentences or self
        scores = self.scores(text, vector) / judge.temperature
        odds = np.exp(scores - scores.max())
        return dict(zip(self.labels, (odds / odds.sum()).tolist(), strict=True))

    def _vector(self, seen: Features) -> tuple[npt.NDArray[np.int64], Floats]:
        indices: list[npt.NDArray[np.int64]] = []
        values: list[Floats] = []
        for vocabulary, grams in zip(self.vocabularies, seen, strict=True):
            counts = Counter(i for gram in grams if (i := vocabulary.get(gram)) is not None)
            index = np.fromiter(counts, dtype=np.int64, count=len(counts))
            value = np.fromiter(counts.values(), dtype=np.float32, count=len(counts))
            value = (1 + np.log(value)) * self.idf[index]
            indices.append(index)
            values.append(value / (np.linalg.norm(value) or 1.0))
        return np.concatenate(indices), np.concatenate(values)

    def matrix(self, read: Sequence[Features]) -> sparse.csr_matrix:
        """Return what many texts hold, one row each."""
        rows = [self._vector(seen) for seen in read]
        ends = np.cumsum([0] + [len(index) for index, _ in rows])
        data = np.concatenate([value for _, value in rows])
        index = np.concatenate([index for index, _ in rows])
        return sparse.csr_matrix((data, index, ends), shape=(len(read), len(self.idf)))

    def save(self, folder: Path) -> None:
        """Write the model into `folder`."""
        folder.mkdir(parents=True, exist_ok=True)
        head = {
            "labels": self.labels,
            "temperature": self.temperature,
            "sentences": self.sentences and {"temperature": self.sentences.temperature},
            "features": {name: list(words) for name, words in zip(BLOCKS, self.vocabularies, strict=True)},
        }
        (folder / "classifier.json").write_text(json.dumps(head, ensure_ascii=False), encoding="utf-8")
        arrays: dict[str, npt.NDArray[Any]] = {
            "idf": self.idf,
            "weights": self.weights.astype(np.float16),
            "bias": self.bias,
        }
        if self.sentences is not None:
            arrays |= {"sentence_weights": self.sentences.weights, "sentence_bias": self.sentences.bias}
        with (folder / "classifier.npz").open("wb") as file:
            np.savez(file, **arrays)  # type: ignore[arg-type]  # its stubs take every name for allow_pickle

    @classmethod
    def open(cls, folder: Path) -> Classifier:
        """Read what `save` wrote; raises OSError, ValueError or KeyError on anything else."""
        head = json.loads((folder / "classifier.json").read_text(encoding="utf-8"))
        with np.load(folder / "classifier.npz", allow_pickle=False) as file:
            arrays = dict(file)
        words, letters = (head["features"][name] for name in BLOCKS)
        sentences = head["sentences"] and SentenceWeights(
            weights=arrays["sentence_weights"].astype(np.float32),
            bias=arrays["sentence_bias"].astype(np.float32),
            temperature=float(head["sentences"]["temperature"]),
        )
        return cls(
            labels=tuple(head["labels"]),
            vocabularies=(_numbered(words, 0), _numbered(letters, len(words))),
            idf=arrays["idf"].astype(np.float32),
            weights=arrays["weights"],
            bias=arrays["bias"].astype(np.float32),
            temperature=float(head["temperature"]),
            sentences=sentences,
        )


def fit(
    texts: Sequence[str],
    labels: Sequence[str],
    *,
    vectors: Floats | None = None,
    strength: float = 10.0,
    vector_strength: float = 5.0,
    bayes: float = 1.7,
    bayes_not_for: str = "",
    start: Classifier | None = None,
) -> Classifier:
    """Return a classifier of `texts`, and of an encoder's `vectors` (texts, dimensions) of them.

    A strength is C, the inverse of regularisation. `bayes` is how much naive Bayes has to say: at 1.7 its
    scores vary a third as much as those of the regression; it has nothing to say of one label. `start` is
    a classifier of some of these texts, which makes learning quicker.
    """
    read = [_shared(features(text)) for text in texts]
    empty = _vectoriser(read)
    rows = empty.matrix(read)
    known = start and start.labels == tuple(sorted(set(labels)))
    names, weights, bias = regress(
        rows, labels, strength=strength, start=_carried(start, empty) if start and known else None
    )
    weights += bayes * complement(rows, labels, names) * [name != bayes_not_for for name in names]
    sentences = None
    if vectors is not None:
        _, *half = regress(vectors, labels, strength=vector_strength)
        sentences = SentenceWeights(weights=half[0], bias=half[1])
    return replace(empty, labels=names, weights=weights, bias=bias, sentences=sentences)


def _carried(start: Classifier, empty: Classifier) -> Floats:
    """Return the weights of `start` in the order of the features of `empty`, and its bias under them."""
    carried = np.zeros((len(empty.idf) + 1, len(start.labels)), dtype=np.float32)
    carried[-1] = start.bias
    for ours, theirs in zip(empty.vocabularies, start.vocabularies, strict=True):
        both = [(number, theirs[gram]) for gram, number in ours.items() if gram in theirs]
        to, of = np.array(both, dtype=np.int64).reshape(-1, 2).T
        carried[to] = start.weights[of]
    return carried


def _shared(seen: Features) -> Features:
    """Return the features with each word in memory once, however many texts hold it."""
    words, letters = seen
    return list(map(sys.intern, words)), list(map(sys.intern, letters))


def _vectoriser(read: Sequence[Features], least: int = 2) -> Classifier:
    """Return a classifier with features and no labels: those in at least `least` texts."""
    seen: tuple[Counter[str], Counter[str]] = (Counter(), Counter())
    for each in read:
        for counter, grams in zip(seen, each, strict=True):
            counter.update(set(grams))
    kept = [sorted(gram for gram, count in counter.items() if count >= least) for counter in seen]
    often = np.array([counter[gram] for counter, grams in zip(seen, kept, strict=True) for gram in grams])
    return Classifier(
        labels=(),
        vocabularies=(_numbered(kept[0], 0), _numbered(kept[1], len(kept[0]))),
        idf=(np.log((1 + len(read)) / (1 + often)) + 1).astype(np.float32),
        weights=np.zeros((len(often), 0), dtype=np.float32),
        bias=np.zeros(0, dtype=np.float32),
    )


def _numbered(words: Sequence[str], first: int) -> dict[str, int]:
    return {word: number for number, word in enumerate(words, start=first)}


def calibrated(
    classifier: Classifier, texts: Sequence[str], labels: Sequence[str], vectors: Floats | None = None
) -> Classifier:
    """Return `classifier` as sure of unseen `texts` as it is right: with their `vectors`, or without any."""
    if not texts:
        return classifier
    known = vectors if vectors is not None else [None] * len(texts)
    scores = np.stack([classifier.scores(*given) for given in zip(texts, known, strict=True)])
    place = {label: number for number, label in enumerate(classifier.labels)}
    truth = np.array([place[label] for label in labels])

    def loss(temperature: float) -> float:
        scaled = scores / temperature
        scaled = scaled - scaled.max(axis=1, keepdims=True)
        likely = scaled[np.arange(len(truth)), truth] - np.log(np.exp(scaled).sum(axis=1))
        return float(-likely.mean())

    temperature = float(min(np.geomspace(0.25, 4.0, 81), key=loss))
    if vectors is not None and classifier.sentences is not None:
        return replace(classifier, sentences=replace(classifier.sentences, temperature=temperature))
    return replace(classifier, temperature=temperature)
