"""Segments as carriers count them."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webhooks.gsm7 import BASIC, EXTENSION, is_gsm7, normalise, segments


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("a", 1),
        ("a" * 160, 1),
        ("a" * 161, 2),
        ("a" * 306, 2),
        ("a" * 307, 3),
        ("€" * 80, 1),
        ("€" * 81, 2),
        ("a" * 158 + "€", 1),
        ("a" * 159 + "€", 2),
        ("a" * 152 + "€" + "a" * 151, 2),  # the escape and its character stay together
        ("a" * 152 + "€" + "a" * 152, 3),
        ("é" * 160, 1),
        ("á" * 70, 1),  # not every accent is in the alphabet
        ("á" * 71, 2),
        ("á" * 134, 2),
        ("á" * 135, 3),
        ("🌊" * 35, 1),
        ("🌊" * 36, 2),
        ("🌊" * 66, 2),  # 33 to a segment: half an emoji is never sent
        ("🌊" * 67, 3),
        ("🌊" * 1600, 49),
        ("’" + "a" * 100, 2),
    ],
)
def test_segments(text: str, count: int) -> None:
    assert segments(text) == count


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("It’s “fine” – really…", 'It\'s "fine" - really...'),
        ("5\u00a0Main\u202fSt\u200b", "5 Main St"),
        ("• one\tday", "* one day"),
        ("`code`", "'code'"),
        ("cafe\u0301", "café"),
        ("¿dónde está? 🌊", "¿dónde está? 🌊"),
        ("👩\u200d🚒", "👩\u200d🚒"),
    ],
)
def test_normalise(text: str, plain: str) -> None:
    assert normalise(text) == plain


def test_the_alphabet() -> None:
    assert len(BASIC) == 127  # 128 less the escape
    assert is_gsm7("".join(BASIC | EXTENSION))
    assert not is_gsm7("\t")
    assert not is_gsm7("`")


@given(st.text(alphabet=sorted(BASIC), min_size=161))
def test_long_plain_texts_take_153_to_a_segment(text: str) -> None:
    assert segments(text) == math.ceil(len(text) / 153)


@given(st.text())
def test_normalising_is_done_once_and_costs_no_more_than_the_dots_it_adds(text: str) -> None:
    plain = normalise(text)
    assert normalise(plain) == plain
    if is_gsm7(text):
        assert segments(plain) == segments(text)


@given(st.text(), st.text())
def test_more_text_never_takes_fewer_segments(text: str, more: str) -> None:
    assert segments(text + more) >= segments(text)
