"""What the server answers where it can't do what was asked: GeoReport v2, "Errors"."""

from __future__ import annotations

from collections.abc import Sequence


class Refused(Exception):
    """A request that can't be met. `status` is HTTP's; the body has a code and a description per reason."""

    def __init__(self, status: int, *reasons: str) -> None:
        super().__init__(f"{status}: {len(reasons)} reasons")  # reasons may quote people: never for the log
        self.status = status
        self.reasons: Sequence[str] = reasons

    @property
    def errors(self) -> list[dict[str, str]]:
        """The body's errors[]."""
        return [{"code": str(self.status), "description": reason} for reason in self.reasons]
