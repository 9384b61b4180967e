"""How the city keeps a conversation, in config.yml: how long to wait for more, for an answer, for day."""

from __future__ import annotations

from datetime import time

from pydantic import BaseModel, ConfigDict, Field


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class QuietHours(_Strict):
    """From when until when, by the city's clock, nobody is written to unasked."""

    begin: time = time(21)
    end: time = time(8)


class Conversation(_Strict):
    settle_seconds: float = Field(0.5, ge=0, le=10)
    settle_album_seconds: float = Field(1.5, ge=0, le=10)
    incomplete_after_hours: float = Field(24, gt=0)
    quiet_hours: QuietHours = QuietHours()
    answer_within_days: float = Field(5, gt=0, le=60)

    def settles_after(self, album: str) -> float:
        """Return for how many seconds more of the same is waited for; "": it is of no album of pictures."""
        return self.settle_album_seconds if album else self.settle_seconds
