"""One model for all processes of a test run, trained from the project's own examples."""

from __future__ import annotations

import fcntl
import os
import pickle
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from nlu.interpreter import Interpreter, Lexicon, load
from nlu.train import TrainingReport, train

TRAINING = Path(__file__).parent.parent / "data" / "training"

LEXICON = Lexicon(
    keywords={
        "pothole_road_damage": ("pothole", "sinkhole"),
        "street_light": ("street light", "streetlight"),
        "graffiti": ("graffiti",),
        "tree": ("fallen tree",),
    },
    streets=(
        *("Main St", "Main", "Oak Ave", "Oak", "Park St", "Park", "5th St", "5th", "6th St", "6th"),
        *("Channing Ave", "Channing", "School St", "School", "Maple Ct", "Maple"),
        *("Martin Luther King Blvd", "Martin Luther King", "Thornbury Rd", "Thornbury"),
    ),
    landmarks=("Riverside Park", "City Hall", "Central Library", "the Old Mill"),
)


@dataclass(frozen=True)
class Trained:
    """A model folder and what training said of it."""

    models: Path
    reports: dict[str, TrainingReport]
    steps: list[tuple[int, int, str]]
    interpreter: Interpreter


@contextmanager
def one_at_a_time(folder: Path) -> Iterator[None]:
    """Keep the run's other processes out meanwhile."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / ".training.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@cache
def train_once(models: Path) -> Trained:
    """Train into `models`, or wait until another process of this run has; again only in another run."""
    told = models / "told.pickle"
    with one_at_a_time(models):
        if not told.is_file():
            steps: list[tuple[int, int, str]] = []
            reports = train(TRAINING, models, progress=lambda *step: steps.append(step))
            told.write_bytes(pickle.dumps((reports, steps)))
    reports, steps = pickle.loads(told.read_bytes())
    return Trained(models, reports, steps, load("spacy", models=models, lexicon=LEXICON))


@pytest.fixture(scope="session")
def trained(tmp_path_factory: pytest.TempPathFactory) -> Trained:
    """Return the engine trained on data/training, once a session however many modules ask."""
    folder = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        folder = folder.parent  # the run's, where each process has one of its own within
    return train_once(folder / "nlu-models")


@pytest.fixture
def interpreter(trained: Trained) -> Interpreter:
    """Return the trained engine."""
    return trained.interpreter
