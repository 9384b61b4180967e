"""One model for all tests, trained from the project's own examples by the code as it is."""

from __future__ import annotations

import fcntl
from dataclasses import dataclass
from pathlib import Path

import pytest

from nlu.interpreter import Interpreter, Lexicon, load
from nlu.train import stale, train

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


def train_where_outdated(models: Path) -> None:
    """Train on data/training where no model is newer than that and the code."""
    models.mkdir(parents=True, exist_ok=True)
    with (models / ".training.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # tests may run in several processes
        if outdated(models):
            train(TRAINING, models, progress=lambda done, total, label: None)


def outdated(models: Path) -> bool:
    """Tell whether a model is missing, of other examples, or older than the code that makes it."""
    if stale(TRAINING, models):
        return True
    code = max(path.stat().st_mtime for path in (ROOT / "nlu").rglob("*.py"))
    return (models / "spacy" / "meta.json").stat().st_mtime < code


@pytest.fixture(scope="session")
def trained() -> Trained:
    """Return the engine trained on data/training by the code as it is."""
    train_where_outdated(MODELS)
    return Trained(MODELS, load("spacy", models=MODELS, lexicon=LEXICON))


@pytest.fixture
def interpreter(trained: Trained) -> Interpreter:
    """Return the trained engine."""
    return trained.interpreter
