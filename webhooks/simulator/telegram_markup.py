"""What the Bot API checks in a message before it sends it: the length, the HTML, the buttons."""

from __future__ import annotations

from collections.abc import Mapping
from html.parser import HTMLParser
from typing import Any

from webhooks.simulator.threads import Button, ButtonRows

TEXT_LIMIT = 4096
CAPTION_LIMIT = 1024

_TAGS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "code": "code",
    "pre": "pre",
    "a": "text_link",
    "blockquote": "blockquote",
    "tg-spoiler": "spoiler",
}
_INLINE_ACTIONS = ("callback_data", "url", "web_app", "login_url", "switch_inline_query", "copy_text", "pay")


class BotError(Exception):
    """A Bot API refusal: its HTTP status, its description, and its parameters if it has any."""

    def __init__(self, code: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters


def bad_request(what: str) -> BotError:
    """Return the 400 that says so."""
    return BotError(400, f"Bad Request: {what}")


def read_text(text: str, parse_mode: str) -> tuple[str, list[dict[str, Any]]]:
    """Return the plain text and its entities, their offsets in UTF-16 units; raises `BotError`."""
    if parse_mode == "":
        return text, []
    if parse_mode.lower() != "html":
        raise bad_request("unsupported parse_mode")  # Markdown is beyond this simulator
    parser = _Html()
    parser.feed(text)
    parser.close()
    if parser.stack:
        tag = parser.stack[-1][0]
        raise bad_request(f"can't parse entities: can't find end tag corresponding to start tag {tag}")
    return "".join(parser.text), parser.entities


class _Html(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.text: list[str] = []
        self.entities: list[dict[str, Any]] = []
        self.stack: list[tuple[str, int, dict[str, Any]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _TAGS:
            raise bad_request(f'can\'t parse entities: Unsupported start tag "{tag}"')
        link = {"url": dict(attrs).get("href")} if tag == "a" else {}
        self.stack.append((tag, self._offset(), link))

    def handle_endtag(self, tag: str) -> None:
        if not self.stack or self.stack[-1][0] != tag:
            raise bad_request(f'can\'t parse entities: unexpected end tag "{tag}"')
        _, start, link = self.stack.pop()
        if length := self._offset() - start:
            self.entities.append({"type": _TAGS[tag], "offset": start, "length": length} | link)

    def handle_data(self, data: str) -> None:
        self.text.append(data)

    def _offset(self) -> int:
        return len("".join(self.text).encode("utf-16-le", "surrogatepass")) // 2


def read_buttons(markup: Any, *, private: bool) -> tuple[ButtonRows, ButtonRows]:
    """Return the rows of inline buttons and of keyboard buttons; raises `BotError`."""
    if not isinstance(markup, Mapping):
        raise bad_request("object expected as reply markup")
    if "inline_keyboard" in markup:
        return _rows(markup["inline_keyboard"], _inline_button), ()
    if "keyboard" in markup:
        return (), _rows(markup["keyboard"], lambda button: _keyboard_button(button, private))
    if "remove_keyboard" in markup or "force_reply" in markup:
        return (), ()
    raise bad_request("object expected as reply markup")


def _rows(rows: Any, read: Any) -> ButtonRows:
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad_request('field "keyboard" of the reply markup must be an Array of Arrays')
    return tuple(tuple(read(button) for button in row) for row in rows)


def _inline_button(button: Any) -> Button:
    if not isinstance(button, Mapping) or not isinstance(button.get("text"), str) or not button["text"]:
        raise bad_request('can\'t parse inline keyboard button: Field "text" must be of type String')
    if sum(action in button for action in _INLINE_ACTIONS) != 1:
        raise bad_request(
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"
        )
    if "callback_data" not in button:
        return Button(button["text"], "url", str(button.get("url", "")))
    data = button["callback_data"]
    if not isinstance(data, str) or not 1 <= len(data.encode()) <= 64:
        raise bad_request("BUTTON_DATA_INVALID")
    return Button(button["text"], "callback", data)


def _keyboard_button(button: Any, private: bool) -> Button:
    if isinstance(button, str):
        return Button(button, "text")
    if not isinstance(button, Mapping) or not isinstance(button.get("text"), str) or not button["text"]:
        raise bad_request('can\'t parse keyboard button: Field "text" must be of type String')
    for ask in ("location", "contact"):
        if button.get(f"request_{ask}"):
            if not private:
                raise bad_request(f"{ask} can be requested in private chats only")
            return Button(button["text"], "location" if ask == "location" else "contact")
    return Button(button["text"], "text")
