"""The `limits` of config.yml: how much may come before a person has a look (docs/security.md)."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field


class Limits(BaseModel):
    """Messages are counted by thread, cases within the last `window_hours`. None: as many as come."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    messages_per_minute: int = Field(30, ge=5, le=1000)
    messages_per_hour: int = Field(200, ge=10, le=1000)
    messages_per_turn: int = Field(20, ge=1, le=100)
    window_hours: float = Field(24, gt=0, le=24 * 31)
    cases_of_one_sender: int | None = Field(20, ge=1)
    cases_at_one_place: int | None = Field(20, ge=1)
    cases_of_one_service: int | None = Field(5000, ge=1)
