"""How the city keeps a conversation, in config.yml: how long to wait for more, for an answer, for day."""

from __future__ import annotations

from datetime import time

from pydantic import BaseModel, ConfigDict, Field

from nlu.commands import says_all


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

    def settles_after(self, text: str, *, album: str, shows: bool, pressed: bool) -> float:
        """Return for how many seconds more of the same is waited for; a button and a plain yes say it all.

        `album`: that its pictures are of; "": of none. `shows`: it comes with pictures.
        """
        if pressed or (not (album or shows) and says_all(text)):
            return 0.0
        return self.settle_album_seconds if album else self.settle_seconds
