"""A rule: what the specification says, how grave a breach is, and the function that looks for one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from bot.open311.check.endpoint import Endpoint

Severity = Literal["must", "should", "note"]
"""`must`: the specification demands it. `should`: clients count on it. `note`: a convention beyond it."""

Look = Callable[[Endpoint], Iterator[str]]
"""Yields what was seen of each breach; raises `Nothing` where the server has nothing to judge by."""


@dataclass(frozen=True)
class Rule:
    """One line of the table. `says` completes "the specification says that ..."; `do` mends a breach."""

    id: str
    severity: Severity
    section: str
    says: str
    do: str
    look: Look

    @property
    def group(self) -> str:
        """What it is about: the id up to its dot."""
        return self.id.partition(".")[0]


def rule(id: str, severity: Severity, section: str, says: str, do: str) -> Callable[[Look], Rule]:
    """Make a rule of the function that looks for its breaches."""
    return lambda look: Rule(id, severity, section, says, do, look)


def rules_of(namespace: dict[str, object]) -> list[Rule]:
    """Return the rules of a module, in the order they stand in it."""
    found: list[Rule] = []
    for value in namespace.values():
        found += [value] if isinstance(value, Rule) else []
        if isinstance(value, list):
            found += [each for each in value if isinstance(each, Rule)]
    return found
