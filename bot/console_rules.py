"""The `console` of config.yml: when there is somebody to talk to."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict

from bot.routing_rules import SomeHours


class ConsoleRules(BaseModel):
    """`hours` are when agents are there, by the city's clock and not on its holidays; none: nothing is said."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    hours: SomeHours = []
