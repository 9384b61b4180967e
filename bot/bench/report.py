"""What a benchmark measured, for people and for the next run to be compared with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from rich.table import Table

from bot.bench import like_work, rasa_bot
from bot.bench.crowd import Night
from bot.bench.deployment import Part

Figures = dict[str, Any]

MOST_SHOWN = 10
"""Mistakes that are written out."""


def percentile(values: Sequence[float], share: float) -> float:
    """Return the value that `share` (0 to 1) of the values do not exceed; 0.0 of none at all."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else 0.0


def figures(
    night: Night, before: Mapping[str, Part], after: Mapping[str, Part], left: Mapping[str, int]
) -> Figures:
    """Return a run's figures: latencies in milliseconds, CPU in milliseconds a turn, memory in MiB.

    `left` is what is still undone, in the database or on its way there.
    """
    turns = max(1, len(night.replies))
    cost = {
        name: round(1000 * (part.cpu - before[name].cpu) / turns, 2)
        for name, part in after.items()
        if name in before
    }
    return {
        "texts": night.texts,
        "texts_per_second": round(night.texts / max(night.seconds, 1e-9), 1),
        "ack_ms": _percentiles(night.acks),
        "reply_ms": _percentiles(night.replies),
        "refused": night.refused,
        "lost": night.lost,
        "twice": night.twice,
        "wrong": len(night.mistakes),
        "mistakes": list(night.mistakes[:MOST_SHOWN]),
        "filed": night.filed,
        "held": night.held,
        "left": dict(left),
        "cpu_ms_per_turn": cost,
        "memory_mib": {name: round(part.memory) for name, part in after.items()},
    }


def _percentiles(values: Sequence[float]) -> dict[str, int]:
    return {f"p{share:g}": round(1000 * percentile(values, share / 100)) for share in (50, 95, 99)}


def beside(pipeline: str, ours: Sequence[like_work.Figures], rasas: Sequence[rasa_bot.Figures]) -> Figures:
    """Return what the same work cost in as many rounds of both: processor time in milliseconds a turn."""
    own, theirs = (
        1000 * sum(each.cpu_seconds for each in rounds) / sum(each.turns for each in rounds)
        for rounds in (ours, rasas)
    )
    times = [their.cpu_ms_per_turn / our.cpu_ms_per_turn for our, their in zip(ours, rasas, strict=True)]
    understood = sum(each.understood_seconds for each in ours) / sum(each.turns for each in ours)
    return {
        "pipeline": pipeline,
        "ours_ms": round(own, 2),
        "understood_ms": round(1000 * understood, 2),
        "rasa_ms": round(theirs, 2),
        "times": round(theirs / own, 2),
        "least": round(min(times), 2),
        "most": round(max(times), 2),
        "rasa_memory_mib": round(max(each.peak_mb for each in rasas)),
    }


def is_whole(found: Figures) -> bool:
    """Say whether everything was answered once, in order, and nothing was left lying."""
    faults = ("refused", "lost", "twice", "wrong")
    return not any(found[name] for name in faults) and not any(found["left"].values())


def table(found: Figures) -> Table:
    """Return the figures as a table."""
    shown = Table(box=None, pad_edge=False, show_header=False)
    shown.add_row("texts", f"{found['texts']} at {found['texts_per_second']:g} a second")
    for name, key in (("webhook acknowledged", "ack_ms"), ("reply at the phone", "reply_ms")):
        shown.add_row(name, ", ".join(f"{share} {value} ms" for share, value in found[key].items()))
    held = f", {found['held']} left to a person: many alike" if found["held"] else ""
    shown.add_row("cases filed", f"{found['filed']}{held}")
    outcome = ", ".join(f"{found[name]} {name}" for name in ("refused", "lost", "twice", "wrong"))
    shown.add_row("not answered once", outcome)
    shown.add_row("left undone", ", ".join(f"{count} {name}" for name, count in found["left"].items()))
    cost = found["cpu_ms_per_turn"]
    parts = ", ".join(f"{name} {value:g}" for name, value in cost.items())
    ours = sum(value for name, value in cost.items() if name != "residents")
    shown.add_row("CPU, ms a turn", f"{ours:.1f} without the residents: {parts}")
    if rasa := found.get("rasa"):
        words = f"{rasa['ours_ms']:g} ms a turn; Rasa's form bot ({rasa['pipeline']}) {rasa['rasa_ms']:g}: "
        words += f"{rasa['times']:g} times that, in the rounds {rasa['least']:g} to {rasa['most']:g}"
        shown.add_row("like work (docs/nlu-rasa.md)", words)
    memory = ", ".join(f"{name} {value}" for name, value in found["memory_mib"].items())
    shown.add_row("memory at most, MiB", memory)
    return shown
