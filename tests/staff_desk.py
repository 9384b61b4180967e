"""An office with staff: their browsers as `requests` sessions, signed in through the real pages."""

from __future__ import annotations

import re
from dataclasses import dataclass

import requests
from servers import Office

from bot.console import accounts

PASSWORD = "correct horse battery"
DEPARTMENTS = {"crew": "streets"}


@dataclass
class Browser:
    """Somebody's browser. `csrf` is what the pages of their session carry."""

    office: Office
    session: requests.Session
    csrf: str = ""

    def get(self, path: str, **options: object) -> requests.Response:
        return self.session.get(f"{self.office.url}/console{path}", timeout=20, **options)  # type: ignore[arg-type]

    def post(self, path: str, **fields: object) -> requests.Response:
        """Send a form of ours."""
        answer = self.session.post(
            f"{self.office.url}/console{path}",
            data={"csrf": self.csrf, **fields},
            headers={"Origin": self.office.url},
            allow_redirects=False,
            timeout=20,
        )
        # The cookie is for https only; the tests' own server is reached without.
        for cookie in answer.cookies:
            self.session.cookies.set(cookie.name, cookie.value, path="/console", secure=False)
        return answer

    def open(self, path: str) -> str:
        """Return a page's HTML; it has to open."""
        answer = self.get(path)
        assert answer.status_code == 200, (path, answer.status_code)
        return answer.text


def browser(office: Office) -> Browser:
    """Return a browser that nobody has signed in with."""
    return Browser(office, requests.Session())


def hire(office: Office, name: str, role: str) -> None:
    """Make an account."""
    department = DEPARTMENTS.get(role, "")
    accounts.add(office.town, name, role, password=PASSWORD, department=department)


def signed_in(office: Office, role: str, name: str = "") -> Browser:
    """Return the browser of somebody who has just been hired and has signed in."""
    hire(office, name or role, role)
    return sign_in(office, name or role)


def sign_in(office: Office, name: str) -> Browser:
    """Sign in by the page, as a browser does."""
    mine = browser(office)
    answer = mine.post("/sign-in", name=name, password=PASSWORD)
    assert answer.status_code == 303, answer.text
    page = mine.get("/account").text
    found = re.search(r'data-csrf="([\w-]+)"', page)
    assert found, page
    mine.csrf = found.group(1)
    return mine
