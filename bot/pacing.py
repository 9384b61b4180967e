"""How fast we may send, by whom, and who goes first: replies before whatever nobody asked for.

Twilio takes texts faster than a number may send them and keeps the rest for up to ten hours, first come
first served: a thousand pushes handed over at once would keep a reply waiting behind them. So replies go at
once and are only counted, and pushes wait here until the number is free. Telegram keeps nothing and answers
429: there replies wait, too. (Twilio: "Understanding Twilio Rate Limits and Message Queues"; Telegram: "Bots
FAQ", broadcasting.)
"""

from __future__ import annotations

import hashlib
import re
import threading
from dataclasses import dataclass
from typing import Protocol

import redis
from pydantic import BaseModel, ConfigDict, Field

TOLL_FREE = re.compile(r"tel:\+18(00|33|44|55|66|77|88)\d{7}")
SHORT_CODE = re.compile(r"tel:\d{3,8}")

BURST = 3.0
"""Seconds' worth of sending that may go at once after a rest: both providers tolerate bursts."""


class Pacing(BaseModel):
    """What the providers let through, in config.yml: segments a second by SMS, messages otherwise."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    long_code: float = Field(1, gt=0)  # with an A2P campaign: what the carriers granted
    toll_free: float = Field(3, gt=0)
    short_code: float = Field(10, gt=0)  # up to 100, by contract
    whatsapp: float = Field(80, gt=0)
    telegram: float = Field(30, gt=0)
    telegram_chat: float = Field(1, gt=0)

    def lanes(self, channel: str, sender: str, recipient: str, segments: int) -> tuple[Lane, ...]:
        """Return what a message from `sender` has to pass, each with the seconds that it takes there."""
        if channel == "telegram":
            return (Lane(recipient, 1 / self.telegram_chat), Lane("telegram", 1 / self.telegram))
        if channel == "whatsapp":
            return (Lane(sender, 1 / self.whatsapp, keeps=True),)
        return (Lane(sender, max(segments, 1) / self._of_number(sender), keeps=True),)

    def _of_number(self, sender: str) -> float:
        if TOLL_FREE.fullmatch(sender):
            return self.toll_free
        return self.short_code if SHORT_CODE.fullmatch(sender) else self.long_code


@dataclass(frozen=True)
class Lane:
    """What is sent through one door. `keeps`: the provider keeps what comes too fast, so replies may go."""

    name: str
    seconds: float
    keeps: bool = False


class Pacer(Protocol):
    """Keeps count of what goes through each lane, for all who send."""

    def wait(self, lane: Lane, now: float, *, reply: bool, returning: bool) -> float:
        """Return the seconds to wait; at 0.0 the message counts as sent.

        `now` is in seconds since 1970. Who waits comes back after that, as `returning`: it does not have to
        queue up again behind those who came later.
        """
        ...


@dataclass
class _Count:
    busy: float = 0.0  # until when what was let through takes
    queued: float = 0.0  # until when the pushes that wait take


class LocalPacer:
    """Counts in this process: enough where one process sends."""

    def __init__(self) -> None:
        self._counts: dict[str, _Count] = {}
        self._lock = threading.Lock()

    def wait(self, lane: Lane, now: float, *, reply: bool, returning: bool) -> float:
        """See `Pacer`."""
        if reply and returning:
            return 0.0  # its place was kept
        with self._lock:
            count = self._counts.setdefault(lane.name, _Count())
            busy = max(count.busy, now)
            free = max(busy - BURST, now)
            if reply:
                count.busy = busy + lane.seconds
                return 0.0 if lane.keeps else free - now
            slot = free if returning else max(free, count.queued)
            if slot <= now:
                count.busy = busy + lane.seconds
                return 0.0
            slot = max(slot, count.queued)
            count.queued = slot + lane.seconds
            return slot - now


SCRIPT = """
local now, seconds, burst = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local reply, keeps, returning = ARGV[4] == '1', ARGV[5] == '1', ARGV[6] == '1'
local busy = math.max(tonumber(redis.call('HGET', KEYS[1], 'busy') or '0'), now)
local queued = tonumber(redis.call('HGET', KEYS[1], 'queued') or '0')
local free, slot = math.max(busy - burst, now), now
if reply then
  busy = busy + seconds
  if not keeps then slot = free end
else
  slot = returning and free or math.max(free, queued)
  if slot <= now then
    busy = busy + seconds
  else
    slot = math.max(slot, queued)
    queued = slot + seconds
  end
end
redis.call('HSET', KEYS[1], 'busy', string.format('%.6f', busy), 'queued', string.format('%.6f', queued))
redis.call('EXPIRE', KEYS[1], 86400)
return string.format('%.6f', slot - now)
"""
"""`LocalPacer.wait`, run within Redis, where no two workers are at it at once."""


class RedisPacer:
    """Counts for all workers together; while Redis is away, each for itself."""

    def __init__(self, client: redis.Redis) -> None:
        self._script = client.register_script(SCRIPT)
        self._alone = LocalPacer()

    def wait(self, lane: Lane, now: float, *, reply: bool, returning: bool) -> float:
        """See `Pacer`."""
        if reply and returning:
            return 0.0
        # A number is personal: in Redis a lane goes by its digest.
        name = hashlib.sha256(lane.name.encode()).hexdigest()[:16]
        flags = (int(reply), int(lane.keeps), int(returning))
        try:
            answer = self._script(keys=[f"townline:lane:{name}"], args=[now, lane.seconds, BURST, *flags])
        except redis.RedisError:
            return self._alone.wait(lane, now, reply=reply, returning=returning)
        return float(answer)
