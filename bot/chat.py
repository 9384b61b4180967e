"""Talk to the bot in a terminal; what is printed is a transcript that the tests can play."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import TextIO

import click
from prompt_toolkit import PromptSession
from prompt_toolkit.history import InMemoryHistory

from bot.config import Config
from bot.rehearsal import Rehearsal
from bot.script import LINE, ScriptError

HINT = """\
# Type as the resident. Also: [photo pothole.jpg] words, [pin 500 Main St], [press Yes, send it],
# clock> 2 days, city> completed: Filled by crew 7., agent> Hello. Ctrl-D ends."""


def run(config: Config, channel: str, script: TextIO | None) -> None:
    """Play a script, or what is typed until Ctrl-D, printing the whole conversation."""
    interactive = script is None and sys.stdin.isatty()
    lines: Iterable[str] = _typed() if interactive else (script or sys.stdin)
    if interactive:
        click.echo(HINT)
    with Rehearsal(config, channel) as stage:
        click.echo(f"channel: {channel}\n")
        for line in lines:
            spoken = line.rstrip("\n")
            if spoken.strip() and not spoken.startswith(("#", "channel:", "    ")):
                _play(stage, spoken if LINE.match(spoken) else f"resident> {spoken}", echo=not interactive)


def _play(stage: Rehearsal, line: str, *, echo: bool) -> None:
    try:
        for number, shown in enumerate(stage.play([line])):
            if echo or number:
                click.echo(shown)
    except (ScriptError, ValueError) as error:
        click.echo(f"# {error}")


def _typed() -> Iterable[str]:
    session: PromptSession[str] = PromptSession(history=InMemoryHistory())
    while True:
        try:
            line = session.prompt("resident> ")
        except (EOFError, KeyboardInterrupt):
            return
        if line.strip():
            yield line
