"""The main suite: conversations as text, played through the real webhooks and simulated providers.

`pytest tests/test_transcripts.py --update` rewrites what was answered; read the difference before committing.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.config import Config
from bot.rehearsal import Rehearsal
from nlu.interpreter import Interpreter

FOLDER = Path(__file__).parent / "transcripts"
FILES = sorted(FOLDER.rglob("*.txt"))


def name_of(path: Path) -> str:
    return str(path.relative_to(FOLDER).with_suffix(""))


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_transcript(
    path: Path, config: Config, city_database: Path, interpreter: Interpreter, request: pytest.FixtureRequest
) -> None:
    expected = path.read_text(encoding="utf-8").splitlines()
    channel = next(line.removeprefix("channel:").strip() for line in expected if line.startswith("channel:"))
    with Rehearsal(config, channel, database=city_database, interpreter=interpreter) as stage:
        played = list(stage.play(expected))
    if request.config.getoption("--update"):
        path.write_text("\n".join(played) + "\n", encoding="utf-8")
    else:
        assert played == expected


def test_there_are_transcripts_enough() -> None:
    assert len(FILES) >= 30
