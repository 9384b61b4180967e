"""How long personal data is kept, in config.yml's `privacy`: in days; without a number, for ever."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

Days = Annotated[int, Field(ge=1, le=36500)] | None


class Privacy(BaseModel):
    """What is older goes at night; an open case keeps what is about it. docs/privacy.md says what goes."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    messages_days: Days = 365
    photos_days: Days = 730
    contacts_days: Days = 730
    quarantine_days: Days = 30
    audit_days: Days = 1825
