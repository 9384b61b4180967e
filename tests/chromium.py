"""The real browser that pages are tested in: desktop and phone, whose pages may not complain."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright
from staff_desk import Browser as StaffBrowser

from bot.console.access import COOKIE, PATH

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
PATIENT = 30_000  # milliseconds until what is expected has to be there; a busy machine's browser is not broken
PICTURES = os.environ.get("TOWNLINE_PICTURES", "")  # a folder: the screenshots for the documentation go there
SIZES = {"desktop": (1280, 900), "phone": (390, 844)}
COLOURS = 64
"""In a picture for the documentation: enough for the console's flat pages, and half the size."""


def skip_without(*, module: bool = True) -> None:
    """Skip the module, or the test, where there is no Chromium; in CI there has to be one."""
    if CHROMIUM is None and not os.environ.get("TOWNLINE_CI"):
        pytest.skip("no Chromium here: apt-get install chromium", allow_module_level=module)


@contextmanager
def opened() -> Iterator[Browser]:
    """A running browser."""
    expect.set_options(timeout=PATIENT)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """One browser for all tests of a module; skips where there is none."""
    skip_without(module=False)
    with opened() as browser:
        yield browser


class Windows:
    """The windows of several people, all of one size. `problems` is what their pages complained about."""

    def __init__(self, browser: Browser, size: str) -> None:
        width, height = SIZES[size]
        self._browser, self._viewport, self.size = browser, {"width": width, "height": height}, size
        self._contexts: list[BrowserContext] = []
        self.problems: list[str] = []

    def open(self, url: str, mine: StaffBrowser | None = None) -> Page:
        """Open a page in a window of its own, of somebody who is signed in to the console or of anybody."""
        context = self._browser.new_context(viewport=self._viewport)  # type: ignore[arg-type]
        self._contexts.append(context)
        if mine is not None:
            where = {"domain": "127.0.0.1", "path": PATH}
            tokens = [each.value or "" for each in mine.session.cookies if each.name == COOKIE]
            context.add_cookies([{"name": COOKIE, "value": tokens[0], **where}])  # type: ignore[typeddict-item]
        page = context.new_page()
        page.on("pageerror", lambda error: self.problems.append(str(error)))
        page.on("console", lambda line: self.problems.append(line.text) if line.type == "error" else None)
        page.goto(url)
        return page

    def close(self) -> None:
        for context in self._contexts:
            context.close()


@contextmanager
def windows(browser: Browser, size: str) -> Iterator[Windows]:
    """Windows that are closed afterwards; fails where a page complained."""
    opened = Windows(browser, size)
    yield opened
    opened.close()
    assert opened.problems == []


def fits(page: Page) -> bool:
    """Tell whether nothing has to be scrolled sideways."""
    over: int = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return over <= 0


def picture(page: Page, name: str, *, whole: bool = False, colours: int = COLOURS) -> None:
    """Take a picture for the documentation, where a folder for them is named."""
    if not PICTURES:
        return
    page.wait_for_timeout(700)  # what slides in has come to rest
    path = Path(PICTURES) / f"{name}.png"
    page.screenshot(path=str(path), full_page=whole)
    few = Image.open(path).convert("RGB").quantize(colours, dither=Image.Dither.NONE)
    few.save(path, optimize=True)
