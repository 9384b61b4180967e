"""Goes through the table of rules."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Literal

from bot.open311.check.asking import Unreachable
from bot.open311.check.endpoint import Endpoint, Nothing
from bot.open311.check.reading import Unreadable
from bot.open311.check.rule import Rule

SHOWN = 3  # breaches that are told of each rule


@dataclass(frozen=True)
class Verdict:
    """How a rule fared, and what was seen: breaches, or why there was nothing to judge."""

    rule: Rule
    outcome: Literal["holds", "fails", "skipped"]
    seen: tuple[str, ...] = ()


def judge(endpoint: Endpoint, rules: Iterable[Rule]) -> Iterator[Verdict]:
    """Yield a verdict on each rule, in order."""
    for rule in rules:
        yield _verdict(endpoint, rule)


def _verdict(endpoint: Endpoint, rule: Rule) -> Verdict:
    try:
        seen = tuple(islice(rule.look(endpoint), SHOWN))
    except Nothing as nothing:
        return Verdict(rule, "skipped", (str(nothing),))
    except (Unreachable, Unreadable) as error:
        return Verdict(rule, "fails", (str(error),))
    except (LookupError, TypeError, ValueError, AttributeError):
        # A server may send anything: no shape of it may end the check.
        return Verdict(
            rule, "skipped", ("the documents are built too differently; see the rules on their shape",)
        )
    return Verdict(rule, "fails" if seen else "holds", seen)
