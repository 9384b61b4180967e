"""The table of rules, group by group, in the order they are judged and shown."""

from __future__ import annotations

from bot.open311.check.rule import Rule, rules_of
from bot.open311.check.rules import (
    beyond,
    discovery,
    errors,
    filters,
    formats,
    listing,
    posting,
    services,
    updates,
)

MODULES = (discovery, formats, services, listing, filters, errors, beyond, updates, posting)

RULES: tuple[Rule, ...] = tuple(rule for module in MODULES for rule in rules_of(vars(module)))
