"""How well an engine understands: real texts in CSV files, figures out."""

from __future__ import annotations

import csv
import re
import resource
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from nlu.interpreter import Interpreter, PlaceMention, Understanding
from nlu.street_words import SUFFIXES

Row = Mapping[str, str]

# The names of other people's data sets to ours; what stands under no name of ours is left out.
INTENTS = {
    "greeting": "greet",
    "cancel": "never_mind",
    "human_handoff": "human",
    "status_followup": "status",
    "status_check_other_domain": "status",
    "goodbye": None,
    "repeat": None,
}
NOT_NAMES = {
    "the",
    "at",
    "on",
    "of",
    "and",
    "corner",
    "between",
    "in",
    "front",
    "near",
    "across",
    "from",
    "to",
    "a",
}


@dataclass
class Score:
    """So many right out of so many."""

    right: int = 0
    of: int = 0

    def add(self, right: bool) -> None:
        """Count one more."""
        self.right += right
        self.of += 1

    @property
    def share(self) -> float:
        """The share that was right, 0 where nothing was counted."""
        return self.right / self.of if self.of else 0.0


@dataclass
class Report:
    """What the evaluation found; `nlu.evaluation_report` puts it into words and pictures."""

    strict: Score = field(default_factory=Score)
    lenient: Score = field(default_factory=Score)
    top_three: Score = field(default_factory=Score)
    labels: dict[str, Score] = field(default_factory=lambda: defaultdict(Score))
    regions: dict[str, Score] = field(default_factory=lambda: defaultdict(Score))
    confusions: Counter[tuple[str, str]] = field(default_factory=Counter)
    calibration: dict[float, Score] = field(default_factory=lambda: defaultdict(Score))
    heard_as_report: Score = field(default_factory=Score)
    alarms: Counter[str] = field(default_factory=Counter)
    spans: dict[str, Score] = field(default_factory=lambda: defaultdict(Score))
    exact_spans: Score = field(default_factory=Score)
    no_place: Score = field(default_factory=Score)
    intents: dict[str, Score] = field(default_factory=lambda: defaultdict(Score))
    intent_confusions: Counter[tuple[str, str]] = field(default_factory=Counter)
    milliseconds: list[float] = field(default_factory=list)
    memory: int = 0  # peak of this process so far, MiB

    @property
    def all_intents(self) -> Score:
        """All sentences that are no report, together."""
        return _sum(self.intents.values())

    @property
    def all_spans(self) -> Score:
        """All texts that name a place, together."""
        return _sum(self.spans.values())

    def percentile(self, share: float) -> float:
        """Return the time within which this share of the texts was understood, in milliseconds."""
        ranked = sorted(self.milliseconds)
        return ranked[min(len(ranked) - 1, int(len(ranked) * share))] if ranked else 0.0


def evaluate(
    interpreter: Interpreter,
    issue_types: Iterable[Row] = (),
    addresses: Iterable[Row] = (),
    other_intents: Iterable[Row] = (),
) -> Report:
    """Measure `interpreter` on rows like those of issue_types.csv, addresses.csv and other_intents.csv."""
    report = Report()
    for row in issue_types:
        _issue(report, row, _timed(report, interpreter, row["text"]))
    for row in addresses:
        _address(report, row, _timed(report, interpreter, row["text"]).places)
    for row in other_intents:
        wanted = INTENTS.get(row["intent"], row["intent"])
        if wanted:
            heard = _timed(report, interpreter, row["text"])
            right = heard.intent == wanted or (wanted == "emergency" and heard.emergency in ("911", "likely"))
            report.intents[wanted].add(right)
            if not right:
                report.intent_confusions[wanted, heard.intent] += 1
    report.memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return report


def _timed(report: Report, interpreter: Interpreter, text: str) -> Understanding:
    start = time.perf_counter()
    heard = interpreter.understand(text)
    report.milliseconds.append((time.perf_counter() - start) * 1_000)
    return heard


def _issue(report: Report, row: Row, heard: Understanding) -> None:
    accepted = {row["label"], *row.get("alt_labels", "").split("|")}
    codes = [guess.service_code for guess in heard.services]
    best = codes[0] if codes else heard.intent
    right = best in accepted
    report.strict.add(best == row["label"])
    report.lenient.add(right)
    report.top_three.add(not accepted.isdisjoint(codes))
    report.labels[row["label"]].add(right)
    report.regions[row.get("region", "")].add(right)
    report.heard_as_report.add(heard.intent in ("report", "emergency"))
    report.alarms[heard.emergency or ""] += 1
    confidence = heard.services[0].confidence if codes else 0.0
    report.calibration[min(int(confidence * 10), 9) / 10].add(right)
    if not right:
        report.confusions[row["label"], best] += 1


def _address(report: Report, row: Row, places: Sequence[PlaceMention]) -> None:
    expected = [text for text in (row["expected_address"], *row.get("alt_addresses", "").split("|")) if text]
    if not expected:
        report.no_place.add(not places)
        return
    found = [_names(place.text) for place in places]
    holds = [any(_names(text) <= names for names in found) for text in expected]
    report.spans[row["kind"]].add(any(holds))
    report.exact_spans.add(holds[0])


def _names(text: str) -> set[str]:
    """Return the numbers and street names of a place, in one spelling."""
    words = re.findall(r"\w+", text.lower())
    return {SUFFIXES.get(word, word) for word in words if word not in NOT_NAMES}


def _sum(scores: Iterable[Score]) -> Score:
    scores = list(scores)
    return Score(right=sum(s.right for s in scores), of=sum(s.of for s in scores))


def _rows(path: Path) -> list[Row]:
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


@dataclass(frozen=True, kw_only=True)
class Sets:
    """The rows to measure on, by kind, and the street names that the places in them are written with."""

    issue_types: Sequence[Row] = ()
    addresses: Sequence[Row] = ()
    other_intents: Sequence[Row] = ()
    streets: tuple[str, ...] = ()


def read_sets(paths: Iterable[Path]) -> Sets:
    """Read CSV files, telling their kind by their columns; a folder stands for the files in it.

    `label`: issue types; `expected_address`: places; `intent`: other intents; `street`: names of
    streets. Raises `ValueError` on a file that is none of these.
    """
    found: dict[str, list[Row]] = {"label": [], "expected_address": [], "intent": [], "street": []}
    for path in _files(paths):
        rows = _rows(path)
        kind = next((column for column in found if rows and column in rows[0]), None)
        if kind:
            found[kind] += rows
        elif path in paths:
            raise ValueError(f"{path}: expected a column named one of {', '.join(found)}")
    streets = {row["street"] for row in found["street"]}
    bare = {name.rsplit(" ", 1)[0] for name in streets if name.rsplit(" ", 1)[-1].lower() in SUFFIXES}
    return Sets(
        issue_types=found["label"],
        addresses=found["expected_address"],
        other_intents=found["intent"],
        streets=tuple(sorted(streets | bare)),
    )


def _files(paths: Iterable[Path]) -> Iterable[Path]:
    for path in paths:
        yield from sorted(path.glob("*.csv")) if path.is_dir() else [path]
