"""`townline nlu`: train the ear, try it, measure it, teach it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import click
from rich.progress import DownloadColumn, Progress, track

from bot import teaching
from bot.config import Config, load
from bot.first_run import CONSOLE, train_model, with_town
from bot.teaching import Lesson
from bot.terminal import console, example, fail
from bot.town import Town
from nlu import rasa_training
from nlu.evaluate import Report, Row, Sets, evaluate, read_sets
from nlu.evaluation_report import page, show
from nlu.examples import BadExample
from nlu.interpreter import ENGINES, Interpreter, Lexicon, Understanding
from nlu.interpreter import load as load_engine
from nlu.published_encoder import (
    HUB,
    VARIANTS,
    FetchRefused,
    fetch,
    published,
    variant_for_this_machine,
)
from nlu.rasa_engine import RasaInterpreter


@click.group()
def nlu() -> None:
    """The ear: what residents mean."""


@nlu.command()
@click.option("--engine", type=click.Choice(ENGINES), default="spacy", show_default=True)
@example("townline nlu train")
def train(engine: str) -> None:
    """Train an engine from data/training into models/. Reproducible, under a minute.

    Rasa trains in an environment of its own, with config.yml's pipeline: `make rasa` makes it.
    """
    config = load()
    if engine == "rasa":
        _train_rasa(config)
        return
    for language, report in train_model(config).items():
        without = f", {report.without.accuracy:.0%} without the encoder" if report.helped else ""
        console.print(
            f"Trained on {report.examples} examples of {report.intents} intents in {language}; "
            f"{report.accuracy:.0%} right on the fifth held out{without}."
        )


def _train_rasa(config: Config) -> None:
    try:
        with CONSOLE.status("Training Rasa") as status:
            model = rasa_training.train(
                config.training,
                config.config_file,
                config.models,
                progress=lambda now: status.update(f"Rasa: {now}"),
            )
    except (rasa_training.RasaFailed, BadExample) as error:
        fail(str(error))
    console.print(f"Trained {model}. Rasa serves it once it is started anew: see docs/nlu-rasa.md.")


@nlu.group()
def encoder() -> None:
    """The sentence encoder, which helps the ear where there is one."""


@encoder.command("fetch")
@click.option("--to", "folder", type=click.Path(path_type=Path), help="Where to; default: models/encoder.")
@click.option("--variant", type=click.Choice(VARIANTS), help="Default: the smallest this processor runs.")
@click.option("--base-url", default=HUB, show_default=True, help="A mirror of the hub.")
@click.option("--revision", default="", help="Another one than the pinned; needs --sha256 for both files.")
@click.option("--sha256", "checksums", multiple=True, metavar="FILE=HEX", help="In place of the pinned one.")
@example("townline nlu encoder fetch")
def fetch_encoder(
    folder: Path | None, variant: str | None, base_url: str, revision: str, checksums: Sequence[str]
) -> None:
    """Fetch all-MiniLM-L6-v2 (English, Apache-2.0) and its tokenizer: 23 MB, or 91 MB as fp32."""
    config = load()
    folder = folder or config.models / "encoder"
    given = dict(each.partition("=")[::2] for each in checksums)
    try:
        files = published(variant or variant_for_this_machine(), revision=revision, checksums=given)
        with Progress(*Progress.get_default_columns(), DownloadColumn(), console=CONSOLE) as bar:
            tasks = {file.name: bar.add_task(file.name, total=file.size) for file in files}

            def show_bytes(name: str, done: int, total: int) -> None:
                bar.update(tasks[name], completed=done, total=total)

            fetch(files, folder, progress=show_bytes, base_url=base_url)
    except (FetchRefused, OSError) as error:
        fail(str(error))
    console.print(f"The encoder is in {folder}. Set NLU_ENCODER to that, then run `townline nlu train`.")


@nlu.command("parse")
@click.option("--engine", help="Another engine than NLU_ENGINE.")
@click.argument("lines", type=click.File(), default="-")
@example("""echo '{"id": "1", "text": "pothole at 5th and main"}' | townline nlu parse""")
def parse(engine: str | None, lines: Iterable[str]) -> None:
    """Say what texts mean: JSON lines in ({"id", "text"}), JSON lines out."""
    interpreter = _engine(engine)
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            asked = json.loads(line)
            text = asked["text"]
        except (ValueError, KeyError, TypeError):
            fail(f'line {number}: expected {{"id": ..., "text": ...}}')
        click.echo(json.dumps(_as_dict(asked.get("id"), interpreter.understand(str(text))), ensure_ascii=False))


def _as_dict(identity: Any, meant: Understanding) -> dict[str, Any]:
    best = meant.services[0] if meant.services else None
    return {
        "id": identity,
        "intent": meant.intent,
        "service_code": best.service_code if best else None,
        "confidence": round(best.confidence if best else meant.confidence, 4),
        "services": [
            {"service_code": guess.service_code, "confidence": round(guess.confidence, 4)}
            for guess in meant.services
        ],
        "places": [
            {"text": place.text, "kind": place.kind, "start": place.start, "end": place.end}
            for place in meant.places
        ],
        "emergency": meant.emergency,
    }


def _engine(name: str | None) -> Interpreter:
    """Return the engine of that name, or the settings' own, knowing this city's words."""
    config = load()
    if name:
        config = replace(config, settings=replace(config.settings, nlu_engine=name))
    return with_town(config).interpreter


@nlu.command("evaluate")
@click.option("--engine", "engines", multiple=True, help="May be given several times; default: NLU_ENGINE.")
@click.option("--save", type=click.Path(path_type=Path), default=Path("var/evaluation.html"), show_default=True)
@click.argument("files", nargs=-1, type=click.Path(exists=True, path_type=Path))
@example("townline nlu evaluate reports.csv places.csv --engine spacy --engine rasa")
def evaluate_engines(engines: Sequence[str], save: Path, files: Sequence[Path]) -> None:
    """Measure engines on CSV files of real texts (columns: text and label, expected_address or intent).

    A file with a column `street` gives the street names of the city that the texts come from. Without
    files, the default engine is measured on the fifth of data/training that is held out.
    """
    config = load()
    if not files:
        for language, report in train_model(config).items():
            console.print(f"Held-out fifth of {config.training}/{language}: {report.accuracy:.1%} right.")
        return
    try:
        sets = read_sets(files)
    except ValueError as error:
        fail(str(error))
    names = engines or (config.settings.nlu_engine,)
    reports = {name: _measured(name, sets) for name in names}
    show(reports, console)
    save.parent.mkdir(parents=True, exist_ok=True)
    save.write_text(page(reports), encoding="utf-8")
    console.print(f"With a confusion matrix in {save}")


def _measured(name: str, sets: Sets) -> Report:
    config = load()
    keywords = {code: service.keywords for code, service in config.city.services.items()}
    lexicon = Lexicon(keywords=keywords, streets=sets.streets)
    interpreter = load_engine(
        name,
        models=config.models,
        lexicon=lexicon,
        encoder=config.encoder,
        rasa_url=config.settings.rasa_url,
    )
    # The default engine stands by for Rasa, and its figures are not what was asked for.
    if isinstance(interpreter, RasaInterpreter) and (trouble := interpreter.server.health()):
        fail(f"Rasa {trouble}")

    def watched(rows: Sequence[Row], what: str) -> Iterable[Row]:
        return track(rows, f"{name}: {what}", console=console, transient=True)

    report = evaluate(
        interpreter,
        watched(sets.issue_types, "issue types"),
        watched(sets.addresses, "places"),
        watched(sets.other_intents, "other intents"),
    )
    if isinstance(interpreter, RasaInterpreter) and interpreter.server.failures:
        fail("Rasa failed on the way. Measure again when it is at rest.")
    return report


@nlu.command("review")
@click.option("--most", default=50, show_default=True, help="How many to look at.")
@example("townline nlu review --most 20")
def review(most: int) -> None:
    """Look at what was misheard and add what is worth it to data/training.

    Each text can be edited before it is added: take names, numbers and house numbers out, mark a place as
    [Main St](place). What you have looked at is forgotten.
    """
    town = with_town(load())
    found = teaching.lessons(town, most)
    if not found:
        console.print("Nothing to review.")
        return
    added = 0
    for number, lesson in enumerate(found, start=1):
        console.rule(f"{number} of {len(found)}")
        answer = _ask(town, lesson)
        if answer == "q":
            break
        added += answer == "a"
    console.print(f"{added} added. Run `townline nlu train` to learn them." if added else "Nothing added.")


def _ask(town: Town, lesson: Lesson) -> str:
    """Show one lesson and do as told; returns the answer: a(dd), d(rop), l(ater), q(uit)."""
    console.print(lesson.text, style="bold", markup=False, highlight=False)
    console.print(f"heard as {lesson.heard} ({lesson.confidence:.2f}), meant: {lesson.meant or 'nobody knows'}")
    answer: str = click.prompt(
        "a = add, d = drop, l = later, q = quit", type=click.Choice(["a", "d", "l", "q"]), default="l"
    )
    if answer == "d":
        teaching.close(town, lesson, "dropped")
    if answer == "a":
        label = click.prompt("It means", default=lesson.meant or lesson.heard)
        text = click.prompt("As an example", default=lesson.text)
        try:
            console.print(f"Added to {teaching.add(town, lesson, text, label)}")
        except ValueError as error:
            console.print(f"Not added: {error}. Known: {', '.join(teaching.labels(town))}")
            return "l"
    return answer
