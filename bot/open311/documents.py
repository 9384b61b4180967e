"""One document, two formats: XML, and JSON by the specification's "Spark" mapping.

A document is built as for JSON: the outermost element is dropped, a container of one repeated child is a list
even of one item, and what is empty is None.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any
from xml.etree import ElementTree

MIME_TYPES = {"xml": "text/xml; charset=utf-8", "json": "application/json; charset=utf-8"}

ITEMS = {
    "services": "service",
    "service_requests": "request",
    "service_request_updates": "request_update",
    "errors": "error",
    "endpoints": "endpoint",
    "formats": "format",
    "attributes": "attribute",
    "values": "value",
    "notes": "note",
    "photos": "photo",
}
"""What an item of each container is called in XML."""

NOT_XML = re.compile(r"[^\t\n\r\x20-\uD7FF\uE000-\uFFFD\U00010000-\U0010FFFF]")
"""Characters that no XML 1.0 document may hold, not even escaped."""


def write(name: str, document: Any, form: str) -> bytes:
    """Return a document whose outermost element is `name`, in UTF-8. `form` is "xml" or "json"."""
    if form == "json":
        return json.dumps(document, ensure_ascii=False, indent=1).encode()
    root = _element(name, document)
    ElementTree.indent(root)
    text: str = ElementTree.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{text}\n'.encode()


def _element(name: str, value: Any) -> ElementTree.Element:
    element = ElementTree.Element(name)
    if isinstance(value, Mapping):
        element.extend(_element(key, inner) for key, inner in value.items())
    elif isinstance(value, list):
        element.extend(_element(ITEMS[name], item) for item in value)
    elif value is not None:
        element.text = _text(value)
    return element


def _text(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else NOT_XML.sub("", str(value))
