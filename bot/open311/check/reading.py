"""Reads a document out of an answer: XML and JSON end up as the same values, whatever is wrong with them.

Reading is lenient where a rule of its own does the complaining: a namespace, an outer JSON element that should
be dropped, a number written as a text. So one mistake does not hide the others.
"""

from __future__ import annotations

import json
import re
from typing import Any, NoReturn
from xml.etree import ElementTree

from bot.open311.check.asking import Answer
from bot.open311.schemas import Schema, schema, typed

NAMESPACE = re.compile(r"^\{[^}]*\}")


class Unreadable(Exception):
    """An answer that is not the document it should be; the message says why."""


def read(answer: Answer, form: str, name: str) -> Any:
    """Return the document `name`, typed as its schema says; raises `Unreadable`."""
    if form == "xml":
        return typed(schema(name), _spark(element(answer), schema(name)))
    return typed(schema(name), unwrapped(parsed(answer), name))


def element(answer: Answer) -> ElementTree.Element:
    """Return the outermost XML element; raises `Unreadable`."""
    if b"<!DOCTYPE" in answer.body or b"\0" in answer.body:
        raise Unreadable(f"{answer.asked}: has a document type declaration, or is no UTF-8; neither is read")
    try:
        return ElementTree.fromstring(answer.body)  # noqa: S314 - with no entities declared nothing can expand
    except (ElementTree.ParseError, LookupError, ValueError) as error:
        raise Unreadable(f"{answer.asked}: no well-formed XML ({error})") from None


def parsed(answer: Answer) -> Any:
    """Return a JSON body as it is; raises `Unreadable`."""
    try:
        return json.loads(answer.body, parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        raise Unreadable(f"{answer.asked}: no valid JSON ({error})") from None


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON")


def unwrapped(document: Any, name: str) -> Any:
    """Return a JSON document without an outer element that should have been dropped."""
    root = schema(name)["xml"]["name"]
    wrapped = isinstance(document, dict) and len(document) == 1
    return document[root] if wrapped and root in document else document


def wrapper(answer: Answer, name: str) -> str:
    """Return the outer element that a JSON document should have dropped; "" where there is none."""
    found, root = parsed(answer), str(schema(name)["xml"]["name"])
    return root if isinstance(found, dict) and list(found) == [root] else ""


def tag(found: ElementTree.Element) -> str:
    """Return an element's name without its namespace."""
    return NAMESPACE.sub("", str(found.tag))


def _spark(found: ElementTree.Element, described: Schema) -> Any:
    """Return an element as the specification's JSON has it; every value still a text."""
    if "items" in described:
        return [_spark(child, described["items"]) for child in found]
    if len(found) == 0:
        return found.text
    names = [tag(child) for child in found]
    if "properties" not in described and len(set(names)) < len(names):
        return [_spark(child, {}) for child in found]
    inner = described.get("properties", {})
    return {tag(child): _spark(child, inner.get(tag(child), {})) for child in found}
