"""One model for the whole test session, trained from the project's own examples."""

from __future__ import annotations

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


@cache
def train_once(models: Path) -> Trained:
    """Train into `models`; again only in another session."""
    steps: list[tuple[int, int, str]] = []
    reports = train(TRAINING, models, progress=lambda done, total, label: steps.append((done, total, label)))
    return Trained(models, reports, steps, load("spacy", models=models, lexicon=LEXICON))


@pytest.fixture(scope="session")
def trained(tmp_path_factory: pytest.TempPathFactory) -> Trained:
    """Return the engine trained on data/training, once a session however many modules ask."""
    return train_once(tmp_path_factory.getbasetemp() / "nlu-models")


@pytest.fixture
def interpreter(trained: Trained) -> Interpreter:
    """Return the trained engine."""
    return trained.interpreter
