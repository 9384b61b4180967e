"""The real browser that pages are tested in."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
PATIENT = 30_000  # milliseconds until what is expected has to be there; a busy machine's browser is not broken
PICTURES = os.environ.get("TOWNLINE_PICTURES", "")  # a folder: the screenshots for the documentation go there


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
