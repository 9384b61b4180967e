"""Sends real texts as first messages through the Twilio webhook and tells how each was answered.

    python scripts/first_messages.py FILE.csv [--show 20]

FILE has a column `text`, and `label` if the right type is known. Every text comes from a phone of its
own, over real HTTP, to a fresh Townline on this machine. Nothing of the file is kept.
"""

from __future__ import annotations

import argparse
import csv
import random
from collections import Counter
from dataclasses import replace
from pathlib import Path

from rich.console import Console
from rich.progress import track
from rich.table import Table
from sqlalchemy import func, select

from bot.config import load
from bot.models import Conversation, Message
from bot.rehearsal import Rehearsal
from webhooks.simulator.threads import Entry

# The beginnings of what may be said first, and what saying it means.
MEANINGS = (
    ("This may be an EMERGENCY", "911 line"),
    ("If anyone is hurt", "danger question"),
    ("Which of these is closest", "offers three types"),
    ("Which one do you mean", "offers places"),
    ("where is it?", "asks where"),
    ("Where is it", "asks where"),
    ("Where on", "asks where on the street"),
    ("I could not find", "place not found, asks again"),
    ("What is the problem", "asks what"),
    ("Got it,", "asks what, knows where"),
    ("Reply YES to send", "reads back"),
    ("reply YES to send", "reads back"),
    ("I can help with", "out of scope"),
    ("Sorry, I did not get", "not understood"),
    ("outside", "outside the city"),
    ("Hello, this is", "greets"),
    ("passing this on", "hands over"),
    ("your cases", "case talk"),
    ("no case of yours", "case talk"),
    ("something went wrong", "BROKE"),
)


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    arguments.add_argument("file", type=Path)
    arguments.add_argument("--show", type=int, default=0, help="print as many texts with their answers")
    options = arguments.parse_args()
    console = Console()
    with options.file.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    config = load({})
    quick = config.file.conversation.model_copy(update={"settle_seconds": 0.0})
    config = replace(config, file=config.file.model_copy(update={"conversation": quick}))
    with Rehearsal(config, "sms") as stage:
        phones = [f"+1555{n:07d}" for n in range(len(rows))]
        for phone, row in track(list(zip(phones, rows, strict=True)), "Texting", console=console):
            stage.simulator.sms(phone, row["text"])
            stage.bell.answer(stage.town, 0.0)
        replies = [
            [entry for entry in stage.simulator.thread(phone) if entry.author == "bot"] for phone in phones
        ]
        report(stage, rows, replies, console)
    for row, said in random.Random(1).sample(list(zip(rows, replies, strict=True)), options.show):
        console.print(f"[bold]{row['text']}[/]", highlight=False)
        for entry in said:
            console.print(f"   {entry.text}", style="cyan", highlight=False)


def report(stage: Rehearsal, rows: list[dict[str, str]], replies: list[list[Entry]], console: Console) -> None:
    """Print the counts that matter: who got no answer, whose turn broke, what was said."""
    with stage.town.database.read() as session:
        broken = session.scalar(select(func.count(Message.id)).where(Message.failures > 0))
        states = session.scalars(select(Conversation).order_by(Conversation.id)).all()
    table = Table("first answer", "texts", "share")
    for meaning, count in Counter(meaning_of(said) for said in replies).most_common():
        table.add_row(meaning, str(count), f"{count / len(rows):.1%}")
    console.print(table)
    silent = sum(1 for said in replies if not said)
    console.print(f"{len(rows)} texts, {silent} without an answer, {broken} turns that broke")
    if "label" in rows[0]:
        drafts = [(state.state.get("draft") or {}) for state in states]
        taken = [(draft.get("service_code"), row) for draft, row in zip(drafts, rows, strict=True)]
        right = sum(
            1 for code, row in taken if code == row["label"] or (code and code in row["alt_labels"].split("|"))
        )
        sure = sum(1 for code, _ in taken if code)
        offered = sum(
            1
            for draft, row in zip(drafts, rows, strict=True)
            if row["label"] in draft.get("service_options", ())
        )
        asked = sum(1 for draft in drafts if draft.get("service_options"))
        console.print(
            f"type taken at once: {sure}, right {right / max(sure, 1):.1%}; offered: {asked}, held {offered}"
        )


def meaning_of(said: list[Entry]) -> str:
    """Return what the first answer comes to."""
    if not said:
        return "NO ANSWER"
    return next((meaning for words, meaning in MEANINGS if words in said[0].text), "other")


if __name__ == "__main__":
    main()
