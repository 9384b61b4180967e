"""Opens the deployment, making what a first run lacks: SQLite's tables, the city's map, a trained model."""

from __future__ import annotations

import gc

from rich.console import Console
from rich.progress import Progress

from bot import rotation, schema
from bot.app import open_town
from bot.config import Config, ConfigError
from bot.database import Database, open_database
from bot.town import Town
from nlu.encoder import Encoder, EncoderMissing
from nlu.interpreter import ModelMissing
from nlu.train import TrainingReport, train

CONSOLE = Console(stderr=True)


def with_database(config: Config) -> Database:
    """Return the database, with SQLite's tables made where they lack; raises `schema.OutOfDate`.

    Raises `ConfigError` where the key lacks with which residents' numbers are encrypted.
    """
    database = open_database(config.database_url, config.settings.townline_encryption_keys)
    if not schema.is_current(database):
        if config.settings.database_url and not config.settings.database_url.startswith("sqlite"):
            database.close()
            raise schema.OutOfDate
        with CONSOLE.status("Preparing the database"):
            schema.migrate(config, database)
    try:
        rotation.need_keys(database)
    except ConfigError:
        database.close()
        raise
    return database


def with_town(config: Config) -> Town:
    """Return the deployment, with what a first run lacks made: SQLite's tables, a trained model."""
    database = with_database(config)
    try:
        return open_town(config, database=database)
    except ModelMissing:
        train_model(config)
        return open_town(config, database=database)


def to_stay(config: Config) -> Town:
    """Return the deployment, as `with_town`, for a process that runs on.

    What is loaded stays: else the collector walks over the model now and then, and all stand for half a second
    meanwhile.
    """
    town = with_town(config)
    gc.collect()
    gc.freeze()
    return town


def train_model(config: Config) -> dict[str, TrainingReport]:
    """Train with a progress bar; raises `ConfigError` where NLU_ENCODER names what can't be used."""
    try:
        encoder = Encoder.open(config.encoder) if config.encoder else None
    except EncoderMissing as error:
        raise ConfigError(f"NLU_ENCODER: {error}") from None
    with Progress(console=CONSOLE, transient=True) as progress:
        task = progress.add_task("Training")

        def show(done: int, total: int, label: str) -> None:
            progress.update(task, completed=done, total=total, description=label)

        return train(config.training, config.models, progress=show, encoder=encoder)
