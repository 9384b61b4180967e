"""YAML that people wrote: read and checked, with the file and the line in every complaint."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml
from pydantic import TypeAdapter, ValidationError


class ConfigError(Exception):
    """The configuration can't be used; the message names the file, the line and what to do."""


def read(path: Path, ignoring: frozenset[str] = frozenset()) -> dict[str, Any]:
    """Return the keys of a file but for those `ignoring` names; raises `ConfigError`."""
    try:
        found = yaml.safe_load(path.read_text(encoding="utf-8"))
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise ConfigError(f"{path}:{line}: {error.problem}") from None
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        reason = error.strerror if isinstance(error, OSError) else "is no text in UTF-8"
        raise ConfigError(f"{path}:1: {reason}") from None
    if not isinstance(found, dict):
        raise ConfigError(f"{path}:1: expected 'key: value' lines")
    return {key: value for key, value in found.items() if key not in ignoring}


def validated(adapter: TypeAdapter[Any], values: dict[str, Any], path: Path) -> Any:
    """Return what `adapter` makes of the keys of a file; raises `ConfigError` with a line for each mistake."""
    try:
        return adapter.validate_python(values)
    except ValidationError as error:
        problems = [
            f"{where(path, each['loc'])}: {'.'.join(map(str, each['loc']))}: {each['msg']}"
            for each in error.errors()
        ]
        raise ConfigError("\n".join(problems)) from None


def where(path: Path, location: tuple[int | str, ...]) -> str:
    """Return "file:line" of the deepest part of `location` that stands in the file."""
    node = yaml.compose(path.read_text(encoding="utf-8"))
    line = 1
    for step in location:
        found = _child(node, step)
        if found is None:
            break
        line, node = found
    return f"{path}:{line}"


def _child(node: yaml.Node | None, step: int | str) -> tuple[int, yaml.Node] | None:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value == str(step):
                return key.start_mark.line + 1, value
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        return node.value[step].start_mark.line + 1, node.value[step]
    return None
