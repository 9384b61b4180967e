"""Anger and impatience: tests/data/moods.yml, by exact rule."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from nlu import mood

MOODS = yaml.safe_load((Path(__file__).parent / "data" / "moods.yml").read_text(encoding="utf-8"))
UPSET = MOODS["upset"]


@pytest.mark.parametrize("text", UPSET["alone"])
def test_venting_is_upset_and_says_no_more(text: str) -> None:
    assert mood.of(text) == "upset"
    assert mood.says_no_more(text)


@pytest.mark.parametrize("text", UPSET["with_more"])
def test_an_angry_report_says_more(text: str) -> None:
    assert mood.of(text) == "upset"
    assert not mood.says_no_more(text)


@pytest.mark.parametrize("text", MOODS["nudge"])
def test_a_nudge_wants_a_sign_of_life(text: str) -> None:
    assert mood.of(text) == "nudge"


@pytest.mark.parametrize("text", MOODS["content"])
def test_what_is_right_now_is_heard_as_that(text: str) -> None:
    assert mood.of(text) == "content"


@pytest.mark.parametrize("text", MOODS["not_content"])
def test_what_is_doubted_or_asked_or_missing_is_not(text: str) -> None:
    assert mood.of(text) != "content"


@pytest.mark.parametrize("text", [*MOODS["neither"], "", "   "])
def test_anything_else_has_no_mood(text: str) -> None:
    assert mood.of(text) == ""
