"""One model for all tests, trained from the project's own examples by the code as it is."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from nlu.interpreter import Interpreter, Lexicon, load
from nlu.train import train

ROOT = Path(__file__).parent.parent
TRAINING, MODELS = ROOT / "data" / "training", ROOT / "models"

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
    """A model folder and the engine that hears with it."""

    models: Path
    interpreter: Interpreter


@contextmanager
def one_at_a_time(folder: Path) -> Iterator[None]:
    """Keep the run's other processes out meanwhile."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / ".training.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def outdated(models: Path) -> bool:
    """Tell whether a model is missing or older than what it is made by, as make would."""
    made = models / "spacy" / "meta.json"
    sources = [path for path in (*(ROOT / "nlu").rglob("*.py"), *TRAINING.rglob("*")) if path.is_file()]
    return not made.is_file() or made.stat().st_mtime < max(path.stat().st_mtime for path in sources)


@pytest.fixture(scope="session")
def trained() -> Trained:
    """Return the engine trained on data/training, anew where that or the code changed since."""
    with one_at_a_time(MODELS):
        if outdated(MODELS):
            train(TRAINING, MODELS, progress=lambda done, total, label: None)
    return Trained(MODELS, load("spacy", models=MODELS, lexicon=LEXICON))


@pytest.fixture
def interpreter(trained: Trained) -> Interpreter:
    """Return the trained engine."""
    return trained.interpreter
