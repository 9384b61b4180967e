"""What came of a crowd: a table by persona, and the talks that went wrong as transcripts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from statistics import median

from rich.table import Table

from residents.encounter import PERSON, RIGHT, Encounter


def share_well(talks: Sequence[Encounter]) -> float:
    """Return the share that ended right or with a person."""
    return sum(talk.outcome in (RIGHT, PERSON) for talk in talks) / len(talks)


def median_to_file(talks: Iterable[Encounter]) -> float:
    """Return how many messages of their own it took residents to have their (first) case filed."""
    return median(talk.to_file for talk in talks if talk.to_file is not None)


def table(talks: Sequence[Encounter]) -> Table:
    """Return the figures of each persona and of all."""
    shown = Table(
        "persona", "talks", "right", "person", "wrong", "gave up", "to file", "faults", "detours", box=None
    )
    for persona in sorted({talk.persona for talk in talks}):
        shown.add_row(persona, *_figures([talk for talk in talks if talk.persona == persona]))
    shown.add_row("all", *_figures(talks), style="bold")
    return shown


def _figures(talks: Sequence[Encounter]) -> list[str]:
    outcomes = Counter(talk.outcome for talk in talks)
    shares = [f"{outcomes[outcome] / len(talks):.1%}" for outcome in (RIGHT, PERSON, "wrong", "gave up")]
    filed = [talk for talk in talks if talk.to_file is not None]
    faults = _counted(fault for talk in talks for fault in talk.faults)
    detours = _counted(detour for talk in talks for detour in talk.detours)
    return [str(len(talks)), *shares, f"{median_to_file(filed):g}" if filed else "-", faults, detours]


def _counted(names: Iterable[str]) -> str:
    return ", ".join(f"{count} {name}" for name, count in Counter(names).most_common())


def transcript(talk: Encounter) -> str:
    """Return a talk in the format of tests/transcripts."""
    why = ", ".join([talk.outcome, *dict.fromkeys(talk.faults + talk.detours)])
    return "\n".join(
        (f"# {talk.persona} ({talk.language}): {why}", f"channel: {talk.channel}", "", *talk.transcript, "")
    )


def failures(talks: Iterable[Encounter]) -> str:
    return "\n".join(transcript(talk) for talk in talks if not talk.is_well)
