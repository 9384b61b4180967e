"""Which of the questions that the city has answered a text asks: by likeness to examples, without training."""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from operator import itemgetter
from typing import Any

import numpy as np
import numpy.typing as npt

from nlu.interpreter import Understanding

SENTENCE = re.compile(r"[^.?!\n]+")
WORD = re.compile(r"\w+")
ACCENTS = re.compile(r"[\u0300-\u036f]")

LETTERS = 4  # the length of the pieces of a word
PIECE = 0.35  # what a piece of a word weighs beside a whole word, so that a slip of the thumb costs little
PAIR = 0.5  # what two words in a row weigh
VERBATIM = 0.9  # how like one example a text must be to be taken for that very question
# The likeness from which a text is taken for a question; tests/test_questions.py measures it. Who wants help
# wants an answer anyway; where the ear heard something to be done, a question has to be plainer.
ASKED, ASKED_FOR_HELP, SURELY_ASKED = 0.36, 0.3, 0.55
OPEN = {"help": ASKED_FOR_HELP, "out_of_scope": ASKED, "status": ASKED}
ACTS = frozenset(
    {"affirm", "deny", "skip", "never_mind", "start_over"}
)  # "no photo" skips, "wrong address" corrects
REPORTED = 0.6  # how sure an issue type is, from which only a question word for word is no report
LONGEST = 20  # words: whoever writes more than that tells of something

Vector = Mapping[str, float]
Array = npt.NDArray[Any]


class Questions:
    """Example questions by topic, ready to be compared with. It is only read, so threads may share it.

    A text is a vector of its words, pairs of words and pieces of words, weighed by how few topics have
    them (TF-IDF). It is as like a topic as it is like the closest example and like all of the topic's
    examples together, half and half, each by the cosine between the vectors; the example alone counts
    where it says the same.
    """

    def __init__(self, examples: Mapping[str, Sequence[str]]) -> None:
        self._topics = tuple(topic for topic, texts in examples.items() if texts)
        counted = [[Counter(features(text)) for text in examples[topic]] for topic in self._topics]
        having = Counter(feature for texts in counted for feature in set().union(*texts))
        self._weights = {feature: _weight(feature, len(counted), count) for feature, count in having.items()}
        vectors = [[self._vector(counts) for counts in texts] for texts in counted]
        sizes = [len(texts) for texts in vectors]
        self._starts = np.cumsum([0, *sizes])[:-1]  # where each topic's examples begin among all
        self._examples = sum(sizes)
        self._found_in = _index([*(vector for texts in vectors for vector in texts), *map(_together, vectors)])

    def topic(self, text: str, heard: Understanding) -> str:
        """Return the topic that `text`, of which this much was heard, asks about; "" where it asks nothing."""
        if heard.emergency:
            return ""
        # A report may end with "when will you come?"; it is none only where all of it asks.
        asked = [text] if _is_reported(heard) else [text, *SENTENCE.findall(text)]
        topic, likeness = max(map(self.closest, asked), key=itemgetter(1))
        return topic if likeness >= _enough(heard) else ""

    def closest(self, text: str) -> tuple[str, float]:
        """Return the topic that `text` is most like, and how like it is, 0 to 1; ("", 0.0) if like none."""
        if len(WORD.findall(text)) > LONGEST:
            return "", 0.0
        vector = self._vector(Counter(features(text)))
        known = [(*self._found_in[each], weight) for each, weight in vector.items() if each in self._found_in]
        if not known:
            return "", 0.0
        rows = np.concatenate([rows for rows, _, _ in known])
        products = np.concatenate([weights * weight for _, weights, weight in known])
        cosines = np.bincount(rows, products, minlength=self._examples + len(self._topics))
        closest = np.maximum.reduceat(cosines[: self._examples], self._starts)
        likeness = np.where(closest >= VERBATIM, closest, (closest + cosines[self._examples :]) / 2)
        best = int(likeness.argmax())
        return self._topics[best], float(likeness[best])

    def _vector(self, counts: Mapping[str, int]) -> Vector:
        unknown = len(
            self._topics
        )  # a word of no topic weighs as if one had it: it makes the text less like any
        return _of_length_one(
            {
                feature: count * (self._weights.get(feature) or _weight(feature, unknown, 1))
                for feature, count in counts.items()
            }
        )


def _is_reported(heard: Understanding) -> bool:
    return heard.intent == "report" and any(each.confidence >= REPORTED for each in heard.services)


def _enough(heard: Understanding) -> float:
    """Return how like a question a text must be, of which this much was heard."""
    if _is_reported(heard) or heard.intent in ACTS:
        return VERBATIM
    return OPEN.get(heard.intent, SURELY_ASKED)


def features(text: str) -> Iterator[str]:
    """Yield the words of a text without case and accents, the pairs of them, and their pieces."""
    plain = ACCENTS.sub("", unicodedata.normalize("NFD", text.casefold().replace("'", "").replace("’", "")))
    words = WORD.findall(plain)
    yield from words
    yield from (f"{first} {second}" for first, second in pairwise(words))
    for word in words:
        ringed = f"<{word}>"
        yield from (f"/{ringed[at : at + LETTERS]}" for at in range(len(ringed) - LETTERS + 1))


def _weight(feature: str, topics: int, having: int) -> float:
    share = PIECE if feature[0] == "/" else PAIR if " " in feature else 1.0
    return share * math.log(1 + topics / having)


def _of_length_one(vector: Vector) -> Vector:
    length = math.sqrt(sum(weight * weight for weight in vector.values())) or 1.0
    return {feature: weight / length for feature, weight in vector.items()}


def _together(vectors: Sequence[Vector]) -> Vector:
    whole: dict[str, float] = defaultdict(float)
    for vector in vectors:
        for feature, weight in vector.items():
            whole[feature] += weight
    return _of_length_one(whole)


def _index(vectors: Sequence[Vector]) -> dict[str, tuple[Array, Array]]:
    """Return, for each feature, the numbers of the vectors that have it, and its weights there."""
    found: dict[str, tuple[list[int], list[float]]] = defaultdict(lambda: ([], []))
    for number, vector in enumerate(vectors):
        for feature, weight in vector.items():
            found[feature][0].append(number)
            found[feature][1].append(weight)
    return {feature: (np.array(rows), np.array(weights)) for feature, (rows, weights) in found.items()}
