"""A conversation's state as JSON and back. An older shape is read as far as it fits; never refused."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import TypeAdapter, ValidationError

from dialogues.types import State

_ADAPTER = TypeAdapter(State)


def dump(state: State) -> dict[str, Any]:
    """Return the state as JSON-ready data, without what is at its default."""
    return _ADAPTER.dump_python(state, mode="json", exclude_defaults=True)  # type: ignore[no-any-return]


def restore(data: Mapping[str, Any]) -> State:
    """Return the state that `data` holds; a fresh one where it can't be read (after a change of shape)."""
    try:
        return _ADAPTER.validate_python(dict(data))
    except ValidationError:
        return State()
