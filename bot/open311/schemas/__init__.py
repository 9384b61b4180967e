"""GeoReport v2's documents as JSON Schemas (draft 2020-12), written for this project, one file a document.

They describe the JSON; `xml.name`, in OpenAPI's words, says what an element is called in XML. The server's
OpenAPI description, its tests and the conformance checker read the same files.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

FOLDER = Path(__file__).parent

Schema = Mapping[str, Any]


@dataclass(frozen=True)
class Mistake:
    """What a document has wrong. `field` leaves out list positions ("attributes.code"), `where` has them.

    `wants` is the type that was expected, where that is what is wrong.
    """

    field: str
    where: str
    text: str
    wants: str = ""


@cache
def schema(name: str) -> dict[str, Any]:
    """Return the schema of a document: of `FOLDER`, without ".json"."""
    read: dict[str, Any] = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    return read


def names() -> list[str]:
    """Return the documents that have a schema."""
    return sorted(path.stem for path in FOLDER.glob("*.json"))


@cache
def _validator(name: str) -> Draft202012Validator:
    return Draft202012Validator(schema(name))


def mistakes(name: str, document: Any) -> Iterator[Mistake]:
    """Yield where a document departs from its schema."""
    for error in _validator(name).iter_errors(document):
        yield _mistake(error)


def _mistake(error: ValidationError) -> Mistake:
    path = list(error.absolute_path)
    text = error.message.replace(repr(error.instance), short(error.instance))
    if error.validator == "required":
        path.append(text.split("'")[1])
        text = "is missing"
    field = ".".join(step for step in path if isinstance(step, str))
    wants = str(error.validator_value) if error.validator == "type" else ""
    return Mistake(field, "/".join(map(str, path)), cut(text, 100), wants)


def short(value: Any) -> str:
    """Return what Python calls a value, in few characters."""
    return cut(repr(value), 50)


def cut(text: str, most: int) -> str:
    """Return a text of `most` characters at most."""
    return text if len(text) <= most else f"{text[: most - 3]}..."


def typed(schema: Schema, value: Any) -> Any:
    """Return a value with the types its schema asks for where a text says the same, and what is empty as None.

    So that content can be judged apart from how it is written: "true" for true, 7 for "7", "" for null.
    """
    kinds = schema.get("type", [])
    kinds = [kinds] if isinstance(kinds, str) else kinds
    if isinstance(value, dict):
        inner = schema.get("properties", {})
        return {key: typed(inner.get(key, {}), each) for key, each in value.items()} or None
    if isinstance(value, list):
        items = [typed(schema.get("items", {}), each) for each in value]
        return items or (None if "null" in kinds else [])
    if value is None or value == "":
        return [] if "array" in kinds and "null" not in kinds else None
    return _scalar(kinds, value)


def _scalar(kinds: list[str], value: Any) -> Any:
    if isinstance(value, bool):
        return value
    if isinstance(value, int | float):
        return value if {"number", "integer"} & set(kinds) else str(value)
    text = "\n".join(str(value).splitlines()).strip()
    if "boolean" in kinds and text in ("true", "false"):
        return text == "true"
    return _number(kinds, text) if {"number", "integer"} & set(kinds) else text


def _number(kinds: list[str], text: str) -> Any:
    try:
        return int(text) if "integer" in kinds else float(text)
    except ValueError:
        return text
