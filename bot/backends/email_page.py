"""A department's mail as HTML: a table, dark on light, styled in place, for mail programs know little else."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from html import escape
from zoneinfo import ZoneInfo

from bot.backends import HEADLINES, Notice

INK, QUIET, LINE, PAPER, LINK = "#1b1f24", "#57606a", "#d0d7de", "#ffffff", "#0b57a4"
ALARM = "#a40e26"
FONT = "font-family:Arial,Helvetica,sans-serif"
ALARMING = frozenset({"reopened", "due_soon", "overdue"})

LOOKS = {
    "headline": f"{FONT};font-size:20px;line-height:28px;font-weight:bold;padding:0 0 4px 0",
    "where": f"{FONT};font-size:16px;line-height:24px;color:{INK};padding:0 0 16px 0",
    "label": f"{FONT};font-size:14px;line-height:20px;color:{QUIET};padding:8px 16px 8px 0",
    "value": f"{FONT};font-size:14px;line-height:20px;color:{INK};padding:8px 0",
    "words": f"{FONT};font-size:16px;line-height:24px;color:{INK};padding:16px 0 0 0",
    "button": f"{FONT};font-size:16px;line-height:24px;color:#ffffff;font-weight:bold;text-decoration:none",
}


def page(notice: Notice, zone: ZoneInfo) -> str:
    """Return the mail's HTML part: no pictures to load, no script, nothing that phones home."""
    rows = "".join(_row(label, value) for label, value in _facts(notice, zone) if value)
    words = "".join(_paragraph(each) for each in (notice.note, notice.description) if each)
    return (
        '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="color-scheme" content="light"><meta name="supported-color-schemes" content="light">'
        f"<title>{escape(notice.service_request_id)}</title></head>"
        f'<body style="margin:0;padding:0;background-color:{PAPER};color:{INK}">'
        f"{_table('width:100%;max-width:640px', '24px')}"
        f"{_headline(notice)}"
        f'<tr><td style="{LOOKS["where"]}">{_lines(notice.address_string)}</td></tr>'
        f"<tr><td>{_table('width:100%', '0')}{rows}</table></td></tr>"
        f"{words}{_pictures(notice)}{_button(notice)}"
        "</table></body></html>"
    )


def _table(style: str, padding: str) -> str:
    """Open a table for layout, which screen readers skip, within a margin."""
    return (
        f'<table role="presentation" cellpadding="0" cellspacing="0" border="0" bgcolor="{PAPER}" '
        f'style="{style};padding:{padding};border-collapse:separate;background-color:{PAPER}">'
    )


def _headline(notice: Notice) -> str:
    urgent = notice.priority == "urgent"
    color = ALARM if urgent or notice.event in ALARMING else INK
    words = f"{'URGENT: ' if urgent else ''}{HEADLINES[notice.event]} {notice.service_request_id}"
    text = escape(f"{words}: {notice.service_name}")
    return f'<tr><td><h1 style="margin:0;color:{color};{LOOKS["headline"]}">{text}</h1></td></tr>'


def _facts(notice: Notice, zone: ZoneInfo) -> Iterable[tuple[str, str]]:
    unsure = not notice.location_confirmed or notice.lat is None
    yield "Location", "TO BE CONFIRMED: not found on the map" if unsure else ""
    point = notice.lat is not None and notice.long is not None
    yield "On the map", f"{notice.lat:.6f}, {notice.long:.6f} ({notice.precision})" if point else ""
    yield "Reported", _time(notice.requested_datetime, zone)
    yield "Due", _time(notice.expected_datetime, zone)
    yield "Status", notice.status.replace("_", " ") if notice.event != "filed" else ""
    yield from notice.answers
    yield "Picture", notice.media_url


def _time(moment: datetime | None, zone: ZoneInfo) -> str:
    return f"{moment.astimezone(zone):%a %b %d, %Y %H:%M}" if moment else ""


def _lines(text: str) -> str:
    """Return text as HTML, its line breaks kept."""
    return "<br>".join(escape(line) for line in text.splitlines())


def _row(label: str, value: str) -> str:
    rule = f"border-top:1px solid {LINE}"
    return (
        f'<tr><td valign="top" width="34%" style="{rule};{LOOKS["label"]}">{escape(label)}</td>'
        f'<td valign="top" style="{rule};{LOOKS["value"]}">{_lines(value)}</td></tr>'
    )


def _paragraph(text: str) -> str:
    return f'<tr><td style="{LOOKS["words"]}">{_lines(text)}</td></tr>'


def _pictures(notice: Notice) -> str:
    count = len(notice.photos)
    text = f"{count} {'picture is' if count == 1 else 'pictures are'} attached."
    return f'<tr><td style="{LOOKS["words"]};color:{QUIET}">{text}</td></tr>' if count else ""


def _button(notice: Notice) -> str:
    if not notice.case_url:
        return ""
    link = escape(notice.case_url, quote=True)
    cell = f"background-color:{LINK};border-radius:6px;padding:12px 20px"
    return (
        f'<tr><td style="padding:24px 0 0 0">{_table("width:auto", "0")}'
        f'<tr><td bgcolor="{LINK}" style="{cell}">'
        f'<a href="{link}" style="{LOOKS["button"]}">Open the case</a></td></tr></table></td></tr>'
    )
