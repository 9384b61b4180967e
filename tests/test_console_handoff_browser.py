"""The console and a resident's phone side by side in a real Chromium, of both sizes.

Every page moves by itself, as in the demo, and nothing is loaded again.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from case_desk import case, latest
from chromium import SIZES, Windows, fits, picture, skip_without, windows
from playwright.sync_api import Browser, Page, expect
from servers import PHONE, Office, OpenOffice, wait_until
from staff_desk import signed_in

from bot.database import Database
from bot.embedded import EmbeddedLoop
from bot.models import ServiceRequest
from bot.stage import Clock
from webhooks.simulator.pictures import draw

SOON = 20_000
"""Milliseconds in which what was said shows on a page: a page asks every second and a half, but the machine may
be busy."""

RESIDENT = 42  # PHONE's number on the phone page
NEIGHBOURS = {
    "+15550143": "the sidewalk is cracked and lifted in front of 40 Oak Ave",
    "+15550144": "pothole in the traffic lane at 120 Main St",
}

skip_without()


class RunningClock(Clock):
    """A clock that begins in the morning, when residents may be written to, and goes on."""

    def __init__(self) -> None:
        super().__init__()
        self._begun = time.monotonic()

    def __call__(self) -> datetime:
        return self.now + timedelta(seconds=time.monotonic() - self._begun)


@pytest.fixture
def office(open_office: OpenOffice, sqlite: Database) -> Iterator[Office]:
    """An office that answers by itself."""
    loop = EmbeddedLoop()
    office = open_office(sqlite, bell=loop, clock=RunningClock())
    loop.start(office.town)
    yield office
    loop.stop()


@pytest.fixture(params=SIZES)
def desks(request: pytest.FixtureRequest, chromium: Browser) -> Iterator[Windows]:
    """Windows of either size."""
    with windows(chromium, request.param) as found:
        yield found


def the_phone(office: Office, desks: Windows) -> Page:
    return desks.open(f"{office.simulator.phones_url}/?resident={RESIDENT}")


def say(phone: Page, text: str) -> None:
    phone.fill("#panel-sms textarea", text)
    phone.click("#panel-sms .send")


def hears(phone: Page, text: str) -> None:
    """Wait for the city's latest message to say something."""
    expect(phone.locator("#panel-sms .entry.bot").last).to_contain_text(text, timeout=SOON)


def reported(office: Office, by: str, words: str) -> None:
    """Have another resident report something of the same department."""
    for text, answer in ((words, "reply YES"), ("yes", "sent to Streets")):
        office.says(text, by=by)
        wait_until(lambda answer=answer: answer in "".join(office.heard(by)[-1:]), answer)


def the_case(office: Office) -> ServiceRequest:
    """Return the latest case, with its photos."""
    found = latest(office)
    assert found is not None
    return case(office, found.service_request_id)


def mark(page: Page) -> None:
    """Leave something in a page that is gone once it is loaded again."""
    page.evaluate("window.marked = true")


def is_marked(page: Page) -> bool:
    return bool(page.evaluate("window.marked === true"))


def test_a_person_takes_over_and_hands_back(office: Office, desks: Windows) -> None:
    agent = desks.open(f"{office.url}/console/conversations", signed_in(office, "agent", "ana"))
    phone = the_phone(office, desks)
    mark(agent)
    say(phone, "theres a huge pothole at 732 pine st")
    hears(phone, "Which part of the street?")
    say(phone, "agent")
    hears(phone, "passing this on to a person")
    waiting = agent.locator("section[aria-labelledby=waiting] .row")
    expect(waiting).to_have_count(1, timeout=SOON)
    assert is_marked(agent)
    assert fits(agent)

    waiting.click()
    agent.wait_for_url("**/conversations/1")
    mark(agent)
    expect(agent.locator("#state")).to_contain_text("Waits for a person")
    agent.click("#take")
    expect(agent.locator("#state")).to_contain_text("You have this conversation.")
    hears(phone, "A person of Riverton 311 is here now.")
    mark(agent)
    agent.fill("#reply-text", "Is water standing in it?")
    agent.click("#reply button")
    hears(phone, "Is water standing in it?")
    say(phone, "It is deep")
    expect(agent.locator(".entry.theirs").last).to_contain_text("It is deep", timeout=SOON)
    expect(agent.locator(".entry.agent .delivery")).to_have_text("delivered", timeout=SOON)
    assert is_marked(agent)
    assert fits(agent)

    agent.click("#hand-back")
    hears(phone, "assistant is back")
    say(phone, "the bike lane")
    hears(phone, "(Bike lane) at 732 Pine St.")
    say(phone, "yes")
    hears(phone, "(Bike lane) at 732 Pine St is SR-")
    expect(agent.locator("#state")).to_contain_text("The assistant has this conversation.")
    expect(agent.locator("#log")).to_contain_text("(Bike lane) at 732 Pine St is SR-", timeout=SOON)


def test_a_crew_closes_a_case_and_the_resident_hears(office: Office, desks: Windows, tmp_path: Path) -> None:
    for neighbour, words in NEIGHBOURS.items():
        reported(office, neighbour, words)
    phone = the_phone(office, desks)
    say(phone, "huge pothole at 732 Pine St in the traffic lane")
    hears(phone, "reply YES")
    say(phone, "yes")
    hears(phone, "at 732 Pine St is SR-")
    number = the_case(office).service_request_id
    (tmp_path / "after.jpg").write_bytes(draw("pothole"))

    crew = desks.open(f"{office.url}/console/crew", signed_in(office, "crew", "casey"))
    expect(crew.locator("a.stop")).to_have_count(1 + len(NEIGHBOURS))
    assert fits(crew)
    if desks.size == "phone":
        picture(crew, "crew-list")
    crew.click(f"a.stop:has-text('{number}')")
    crew.wait_for_url(f"**/crew/{number}")
    crew.click("text=I have it")
    hears(phone, "has your report")
    crew.click("text=I am there")
    hears(phone, "at 732 Pine St now")
    crew.click("summary:has-text('Done')")
    crew.select_option("#reason", label="In my own words")
    crew.set_input_files("#photo", tmp_path / "after.jpg")
    crew.fill("#note", "Filled by crew 7.")
    assert fits(crew)
    if desks.size == "phone":
        picture(crew, "crew-case")
    crew.click("text=Send: it is done")
    expect(crew.locator("[role=status]").first).to_contain_text(f"{number} is done.")
    hears(phone, "Filled by crew 7.")

    crew.goto(f"{office.url}/console/crew/{number}")
    after = crew.locator("img[alt*='after the work']")
    after.scroll_into_view_if_needed()
    expect(after).to_have_js_property("complete", True)
    assert after.evaluate("image => image.naturalWidth") > 0
    closed = the_case(office)
    assert (closed.status, closed.status_notes) == ("completed", "Filled by crew 7.")
    assert [photo.kind for photo in closed.photos] == ["after"]


def test_a_call_goes_on_by_text(office: Office, desks: Windows) -> None:
    phone = the_phone(office, desks)
    agent = desks.open(f"{office.url}/console/conversations", signed_in(office, "agent", "ana"))
    agent.click("text=From a phone call")
    agent.wait_for_url("**/calls/new")
    assert fits(agent)
    agent.fill("#number", PHONE)
    agent.select_option("#service_code", "pothole_road_damage")
    agent.fill("#place", "732 Pine St")
    agent.fill("#description", "deep, in front of the bakery")
    agent.check("[name=consent]")
    if desks.size == "desktop":
        picture(agent, "console-call")
    agent.click("text=Text them")
    agent.wait_for_url("**/conversations/1")
    mark(agent)
    hears(phone, "Thanks for calling")
    expect(agent.locator("#log")).to_contain_text("Thanks for calling", timeout=SOON)
    say(phone, "bike lane")
    hears(phone, "(Bike lane) at 732 Pine St.")
    phone.click("#panel-sms .attach")
    phone.click("#panel-sms [data-sample=pothole]")
    phone.click("#panel-sms .send")
    expect(agent.locator(".entry.theirs img")).to_be_visible(timeout=SOON)
    hears(phone, "with your photo")
    say(phone, "yes")
    hears(phone, "at 732 Pine St is SR-")
    expect(agent.locator("#log")).to_contain_text("at 732 Pine St is SR-", timeout=SOON)
    assert is_marked(agent)
    filed = the_case(office)
    assert (filed.address_string, len(filed.photos)) == ("732 Pine St", 1)
    assert "deep, in front of the bakery" in filed.description
    assert PHONE[1:] not in agent.content()
