"""The demo as a newcomer meets it: `townline demo` in its own process, the phone page in a real Chromium."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from chromium import opened, picture, skip_without
from playwright.sync_api import Browser, Page, expect

from bot.bench.deployment import free_port

DESKTOP, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}

skip_without()


def two_free_ports() -> int:
    """Return a port that is free and whose next one is free too."""
    while True:
        port = free_port()
        with socket.socket() as following, suppress(OSError):
            following.bind(("127.0.0.1", port + 1))
            return port


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory, interpreter: object) -> Iterator[str]:
    """A running demo with a database of its own; yields the phone page's address."""
    folder, port = tmp_path_factory.mktemp("demo"), two_free_ports()
    environment = {
        **os.environ,
        "TOWNLINE_CONFIG": str(Path(__file__).parent.parent / "config.yml"),
        "DATABASE_URL": f"sqlite:///{folder / 'townline.db'}",
        "PHOTOS_URL": str(folder / "photos"),
        "SMTP_URL": (folder / "mail").as_uri(),
    }
    command = [sys.executable, "-c", "from bot.cli import main; main()", "demo", "--empty", "--port", str(port)]
    with (folder / "log").open("w") as log:
        process = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
    try:
        yield wait_until_up(f"http://127.0.0.1:{port + 1}", process, folder / "log")
    finally:
        process.terminate()
        process.wait(30)


def wait_until_up(url: str, process: subprocess.Popen[bytes], log: Path) -> str:
    for _ in range(300):
        assert process.poll() is None, log.read_text()
        if "The phones" in log.read_text():
            with urllib.request.urlopen(url) as answer:
                assert answer.status == 200
            return url
        time.sleep(0.1)
    raise AssertionError(log.read_text())


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with opened() as chromium:
        yield chromium


@pytest.fixture
def page(demo: str, browser: Browser) -> Iterator[Page]:
    page = browser.new_page(viewport=DESKTOP)  # type: ignore[arg-type]
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on("console", lambda line: problems.append(line.text) if line.type == "error" else None)
    refused = "Failed to load resource: the server responded with a status of 400 (BAD REQUEST)"
    page.goto(demo)
    yield page
    page.close()
    assert [problem for problem in problems if problem != refused] == []


def say(page: Page, phone: str, text: str) -> None:
    page.fill(f"#panel-{phone} textarea", text)
    page.click(f"#panel-{phone} .send")


def hears(page: Page, phone: str, text: str) -> None:
    expect(page.locator(f"#panel-{phone} .thread")).to_contain_text(text)


def move(page: Page, what: str, status: str, note: str = "") -> None:
    """Move the case that names `what` at the city desk."""
    card = page.locator("#panel-desk .case", has_text=what)
    if note:
        card.locator("textarea").fill(note)
    card.locator(f"button[data-status={status}]").click()


def moved(page: Page, what: str, status: str) -> None:
    card = page.locator("#panel-desk .case", has_text=what)
    expect(card.locator(f".status[data-status={status}]")).to_be_visible(timeout=10_000)


def test_a_pothole_by_sms_and_a_street_light_by_pin_to_the_end(page: Page) -> None:
    say(page, "sms", "theres a huge pothole at 5th and main")
    hears(page, "sms", "Pothole or road damage at 5th St & Main St. Which part of the street?")
    page.click("#panel-sms .attach")
    page.click("#panel-sms [data-sample=pothole]")
    page.click("#panel-sms .send")
    hears(page, "sms", "with your photo. Reply YES")
    say(page, "sms", "yes")
    hears(page, "sms", "is SR-10001, sent to Streets")

    say(page, "telegram", "the street light is out")
    hears(page, "telegram", "where is it?")
    page.click("#panel-telegram .attach")
    page.click("#panel-telegram [data-do=pin]")
    page.click("#map svg.map")
    page.click("#map button[value=send]")
    hears(page, "telegram", "reply YES")
    page.click("#panel-telegram .thread button:has-text('Yes, send it') >> nth=-1")
    hears(page, "telegram", "is SR-10002, sent to Lights and Utilities")

    expect(page.locator("#panel-desk .case")).to_have_count(2)
    for number, phone, done in (
        ("SR-10001", "sms", "Filled by crew 7."),
        ("SR-10002", "telegram", "New lamp."),
    ):
        move(page, number, "assigned")
        moved(page, number, "assigned")
        hears(page, phone, f"{number}: A ")
        move(page, number, "on_site")
        moved(page, number, "on_site")
        hears(page, phone, f"{number}: The crew is at")
        if number == "SR-10001":
            picture(page, "phones", colours=256)
        move(page, number, "completed", done)
        hears(page, phone, f"is done. {done}")

    say(page, "sms", "status")
    hears(page, "sms", "Done ")


def test_a_closing_without_a_reason_is_refused_in_words(page: Page) -> None:
    say(page, "sms", "graffiti at Riverside Park")
    hears(page, "sms", "Graffiti at Riverside Park. Add a photo")
    say(page, "sms", "yes")
    hears(page, "sms", "sent to Code Enforcement")
    expect(page.locator("#panel-desk .case", has_text="Graffiti")).to_be_visible(timeout=10_000)
    move(page, "Graffiti", "no_action")
    expect(page.locator("#panel-desk .case", has_text="Graffiti").locator(".problem")).to_contain_text(
        "Say why"
    )
    move(page, "Graffiti", "no_action", "The owner painted it over.")
    hears(page, "sms", "The owner painted it over.")


def test_on_a_phone_the_panels_are_tabs(page: Page) -> None:
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    expect(page.locator("#panel-sms")).to_be_visible()
    expect(page.locator("#panel-telegram")).to_be_hidden()
    page.click(".tabs [data-panel=telegram]")
    expect(page.locator("#panel-telegram")).to_be_visible()
    page.click(".tabs [data-panel=desk]")
    expect(page.locator("#panel-desk")).to_be_visible()
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= PHONE["width"]
