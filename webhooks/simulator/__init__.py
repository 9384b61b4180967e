"""A Twilio and a Telegram that run on this machine, with two phones to use them: for demo, tests and load."""

from __future__ import annotations

from webhooks.simulator.calling import WebhookFailed
from webhooks.simulator.faults import Delivery, Fault, Faults
from webhooks.simulator.phones import City, Desk
from webhooks.simulator.server import Simulator
from webhooks.simulator.telegram import Venue
from webhooks.simulator.threads import Button, Entry

__all__ = [
    "Button",
    "City",
    "Delivery",
    "Desk",
    "Entry",
    "Fault",
    "Faults",
    "Simulator",
    "Venue",
    "WebhookFailed",
]
