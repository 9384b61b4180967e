"""Agents in a real Chromium: a queue and a thread that move by themselves while phones are in use."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from chromium import picture, skip_without
from playwright.sync_api import Browser, BrowserContext, Page, expect
from servers import PHONE, Office, OpenOffice
from staff_desk import signed_in

from bot.console.access import COOKIE
from bot.database import Database

DESKTOP, PHONE_SIZE = {"width": 1280, "height": 900}, {"width": 320, "height": 700}
HELLO = (
    "Hello, this is Ana. I see the graffiti at 500 Main St and will ask the crew whether they can come by "
    "before the weekend. Is it on the wall or on the fence, and about how large is it?"
)
AT_ONCE = 10_000
"""Milliseconds within which a page shows what is new: it asks every 1.5 s, and a busy machine answers late."""

skip_without()


@pytest.fixture
def office(open_office: OpenOffice, sqlite: Database) -> Office:
    return open_office(sqlite)


@pytest.fixture
def agent(office: Office, chromium: Browser) -> Iterator[Page]:
    """The browser of an agent, signed in; no page of theirs may complain."""
    context = context_of(office, chromium, "ana")
    page = context.new_page()
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on("console", lambda line: problems.append(line.text) if line.type == "error" else None)
    yield page
    context.close()
    assert [problem for problem in problems if "409" not in problem] == []


def context_of(office: Office, chromium: Browser, name: str) -> BrowserContext:
    cookies = signed_in(office, "agent", name).session.cookies
    token = next(cookie.value for cookie in cookies if cookie.name == COOKIE)
    context = chromium.new_context(viewport=DESKTOP)  # type: ignore[arg-type]
    where = {"domain": "127.0.0.1", "path": "/console"}
    context.add_cookies([{"name": COOKIE, "value": token or "", **where}])  # type: ignore[typeddict-item]
    return context


def says(office: Office, text: str) -> None:
    """Have a resident text, and be answered, while the page goes on. The clock of the office stands still."""
    worker = threading.Thread(target=lambda: (office.says(text), office.bustle()))
    worker.start()
    worker.join()


def test_from_the_queue_to_a_reply_and_back_to_the_bot(office: Office, agent: Page) -> None:
    agent.goto(f"{office.url}/console/conversations")
    expect(agent.locator("#live")).to_contain_text("Nobody waits.")
    says(office, "graffiti at 500 main st")
    says(office, "agent")
    waiting = agent.locator("section[aria-labelledby=waiting] .row")
    expect(waiting).to_have_count(1, timeout=AT_ONCE)
    expect(agent).to_have_title("(1) Conversations · Riverton 311")
    expect(agent.locator("#news")).to_have_text("1 waiting for a person")
    picture(agent, "console-queue", whole=True)
    agent.keyboard.press("j")
    expect(waiting).to_be_focused()
    agent.keyboard.press("Enter")
    agent.wait_for_url("**/conversations/1")

    agent.keyboard.press("r")
    agent.keyboard.type(HELLO)
    expect(agent.locator("#cost")).to_have_text("2 texts")
    agent.keyboard.press("Control+Enter")
    expect(agent.locator(".entry.agent")).to_contain_text(HELLO)
    expect(agent.locator("#reply-text")).to_have_value("")
    expect(agent.locator("#state")).to_contain_text("You have this conversation.")
    office.bustle()
    expect(agent.locator(".entry.agent .delivery")).to_have_text("delivered", timeout=AT_ONCE)
    assert office.heard()[-1] == HELLO

    says(office, "On the wall <b>and</b> the fence")
    said = agent.locator(".entry.theirs").last
    expect(said).to_contain_text("On the wall <b>and</b> the fence", timeout=AT_ONCE)
    agent.keyboard.press("Escape")
    agent.keyboard.press("n")
    agent.keyboard.type("They want a call back.")
    agent.click("#note button")
    expect(agent.locator(".entry.note")).to_contain_text("They want a call back.")
    picture(agent, "console-thread", whole=True)
    agent.click("#hand-back")
    expect(agent.locator("#state")).to_contain_text("The assistant has this conversation.")
    office.bustle()
    assert "assistant is back" in office.heard()[-1]
    assert not any("call back" in text for text in office.heard())


def test_two_agents_see_one_another(office: Office, agent: Page, chromium: Browser) -> None:
    says(office, "agent")
    agent.goto(f"{office.url}/console/conversations/1")
    other = context_of(office, chromium, "ben")
    theirs = other.new_page()
    theirs.goto(f"{office.url}/console/conversations/1")
    expect(agent.locator(".collision")).to_contain_text("ben is looking at this, too", timeout=AT_ONCE)
    theirs.fill("#reply-text", "Hi")
    expect(agent.locator(".collision")).to_contain_text("ben is typing", timeout=2 * AT_ONCE)
    agent.fill("#reply-text", "Mine is later")
    theirs.click("#reply button")
    expect(agent.locator("#state")).to_contain_text("ben has this conversation.", timeout=AT_ONCE)
    expect(agent.locator("#reply-text")).to_be_disabled()
    expect(agent.locator("#reply-text")).to_have_value("Mine is later")
    other.close()


def test_the_number_is_there_when_asked_for(office: Office, agent: Page) -> None:
    says(office, "agent")
    agent.goto(f"{office.url}/console/conversations/1")
    agent.fill("#reply-text", "half a sentence")
    agent.click("#number button")
    expect(agent.locator("#number output")).to_have_text(PHONE)
    expect(agent.locator("#reply-text")).to_have_value("half a sentence")


def test_without_scripts_it_works_as_well(office: Office, chromium: Browser) -> None:
    says(office, "agent")
    context = context_of(office, chromium, "ana")
    plain = chromium.new_context(java_script_enabled=False, storage_state=context.storage_state())
    page = plain.new_page()
    page.goto(f"{office.url}/console/conversations/1")
    page.fill("#reply-text", "Hello!")
    page.click("#reply button")
    expect(page.locator(".entry.agent")).to_contain_text("Hello!")
    page.click("#hand-back")
    expect(page.locator("#state")).to_contain_text("The assistant has this conversation.")
    context.close()
    plain.close()


@pytest.mark.parametrize("path", ["/conversations", "/conversations/1", "/calls/new"])
def test_pages_fit_a_small_phone(office: Office, agent: Page, path: str) -> None:
    says(office, "there is a pothole at 500 main st")
    agent.set_viewport_size(PHONE_SIZE)  # type: ignore[arg-type]
    agent.goto(f"{office.url}/console{path}")
    assert agent.evaluate("document.documentElement.scrollWidth") <= PHONE_SIZE["width"]


def test_single_keys_can_be_switched_off(office: Office, agent: Page) -> None:
    says(office, "agent")
    agent.goto(f"{office.url}/console/conversations")
    agent.keyboard.press("?")
    expect(agent.locator("#keys dl")).to_be_visible()
    agent.uncheck("#keys-on")
    agent.keyboard.press("j")
    expect(agent.locator(".row")).not_to_be_focused()
