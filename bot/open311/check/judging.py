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
from bot.open311.schemas import cut

SHOWN = 3  # breaches that are told of each rule
LONGEST = 240  # characters of each


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
        seen = tuple(_shown(text, endpoint.key) for text in islice(rule.look(endpoint), SHOWN))
    except Nothing as nothing:
        return Verdict(rule, "skipped", (_shown(str(nothing), endpoint.key),))
    except (Unreachable, Unreadable) as error:
        return Verdict(rule, "fails", (_shown(str(error), endpoint.key),))
    except (LookupError, TypeError, ValueError, AttributeError):
        # A server may send anything: no shape of it may end the check.
        return Verdict(
            rule, "skipped", ("the documents are built too differently; see the rules on their shape",)
        )
    return Verdict(rule, "fails" if seen else "holds", seen)


def _shown(text: str, key: str) -> str:
    """Return what a server had us say, fit for a terminal: short, with no control characters and no key."""
    kept = "".join(sign if sign.isprintable() else "?" for sign in text)
    return cut(kept.replace(key, "(key)") if key else kept, LONGEST)
