"""Pictures: whatever comes, what is kept is an upright JPEG with nothing else in it."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest
import requests
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from servers import PHONE, Office, OpenOffice
from sqlalchemy import select

from bot import jobs, photos
from bot.database import Database
from bot.models import Photo
from bot.photos import NotAPhoto, develop

HTML = b"<html><script>alert(document.domain)</script></html>"
SIDE = 400  # pixels, for the tests' longest side


@pytest.fixture
def desk(open_office: OpenOffice, sqlite: Database) -> Office:
    return open_office(sqlite)


def picture(size: tuple[int, int] = (60, 40)) -> Image.Image:
    """Return a picture that is red on the left and blue on the right."""
    made = Image.new("RGB", size, "red")
    made.paste("blue", (size[0] // 2, 0, *size))
    return made


def encoded(image: Image.Image, kind: str = "JPEG", **options: object) -> bytes:
    file = io.BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


def exif(**tags: object) -> Image.Exif:
    """Return EXIF data: `orientation`, `gps` (the directory's own tags), `make`."""
    made = Image.Exif()
    made[0x010F] = tags.get("make", "Phone of Pat Example")
    made[0x0112] = tags.get("orientation", 1)
    if "gps" in tags:
        made.get_ifd(0x8825).update(tags["gps"])
    return made


def kept(data: bytes) -> Image.Image:
    """Return the picture that is kept of some bytes; it is a JPEG."""
    return Image.open(io.BytesIO(develop(data, longest_side=SIDE).jpeg), formats=["JPEG"])


def looks(image: Image.Image, x: float, y: float) -> str:
    """Say whether a picture is red or blue at a point, given as fractions of its sides."""
    red, _, blue = image.convert("RGB").getpixel((int(x * image.width), int(y * image.height)))
    return "red" if red > 200 > 60 > blue else "blue" if blue > 200 > 60 > red else f"{red}, {blue}"


# Kept -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("mode", "kind"),
    [
        ("RGB", "JPEG"),
        ("CMYK", "JPEG"),
        ("RGB", "PNG"),
        ("RGBA", "PNG"),
        ("P", "PNG"),
        ("P", "GIF"),
        ("RGB", "WEBP"),
        ("RGBA", "WEBP"),
        ("RGB", "AVIF"),
    ],
)
def test_pictures_of_every_kind_are_kept_as_jpeg(mode: str, kind: str) -> None:
    shown = kept(encoded(picture().convert(mode), kind))
    assert (shown.format, shown.mode, shown.size) == ("JPEG", "RGB", (60, 40))
    assert (looks(shown, 0.2, 0.5), looks(shown, 0.8, 0.5)) == ("red", "blue")


@pytest.mark.parametrize("mode", ["L", "1", "LA", "I;16"])
def test_gray_pictures_are_kept(mode: str) -> None:
    gray = picture().convert("L")
    image = gray.point(lambda level: level * 256).convert("I;16") if mode == "I;16" else gray.convert(mode)
    assert kept(encoded(image, "PNG")).size == (60, 40)


def test_of_an_animation_the_first_frame_is_kept() -> None:
    frames = [picture(), Image.new("RGB", (60, 40), "green")]
    shown = kept(encoded(frames[0], "GIF", save_all=True, append_images=frames[1:]))
    assert looks(shown, 0.2, 0.5) == "red"


@pytest.mark.parametrize(
    ("size", "expected"), [((800, 200), (400, 100)), ((200, 800), (100, 400)), ((3, 9), (3, 9))]
)
def test_large_pictures_are_made_smaller(size: tuple[int, int], expected: tuple[int, int]) -> None:
    developed = develop(encoded(picture(size)), longest_side=SIDE)
    assert (developed.width, developed.height) == expected
    assert kept(developed.jpeg).size == expected


def test_a_picture_taken_sideways_is_kept_upright() -> None:
    turned = picture().transpose(Image.Transpose.ROTATE_90)  # as the sensor saw it
    shown = kept(encoded(turned, exif=exif(orientation=6)))
    assert shown.size == (60, 40)
    assert (looks(shown, 0.2, 0.5), looks(shown, 0.8, 0.5)) == ("red", "blue")


GPS = {1: "N", 2: (41.0, 39.0, 36.0), 3: "W", 4: (91.0, 31.0, 48.0)}


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_where_a_picture_was_taken_is_a_hint_and_not_in_the_file(kind: str) -> None:
    data = encoded(picture(), kind, exif=exif(gps=GPS))
    developed = develop(data, longest_side=SIDE)
    assert (developed.lat, developed.long) == pytest.approx((41.66, -91.53))
    assert b"Pat Example" in data
    assert b"Pat Example" not in developed.jpeg
    assert not kept(data).getexif()


@pytest.mark.parametrize(
    "gps",
    [
        {},
        {1: "N", 2: (41.0, 39.0, 36.0)},
        GPS | {2: (941.0, 0.0, 0.0)},
        GPS | {2: (0.0, 0.0, 0.0), 4: (0.0, 0.0, 0.0)},
        GPS | {2: (41.0,)},
    ],
)
def test_a_position_that_makes_no_sense_is_none(gps: dict[int, object]) -> None:
    developed = develop(encoded(picture(), exif=exif(gps=gps)), longest_side=SIDE)
    assert (developed.lat, developed.long) == (None, None)


@pytest.mark.parametrize(
    "data",
    [
        encoded(picture()) + HTML,
        encoded(picture(), comment=HTML),
        encoded(picture(), icc_profile=HTML),
        encoded(picture(), exif=exif(make=HTML.decode())),
    ],
    ids=["appended", "comment", "profile", "exif"],
)
def test_what_rides_in_a_picture_is_left_behind(data: bytes) -> None:
    assert HTML in data
    developed = develop(data, longest_side=SIDE)
    assert b"script" not in developed.jpeg


# Refused --------------------------------------------------------------------------------------------


def chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def bomb(width: int, height: int) -> bytes:
    """Return a small PNG that claims to be a large one."""
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", zlib.compress(bytes(1000))) + chunk(b"IEND", b"")


@pytest.mark.parametrize("size", [(50_000, 50_000), (10_000, 10_000), (60_000_001, 1)])
def test_a_picture_that_would_fill_the_memory_is_too_big(size: tuple[int, int]) -> None:
    with pytest.raises(NotAPhoto) as refusal:
        develop(bomb(*size), longest_side=SIDE)
    assert refusal.value.problem == "too_big"


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xff\xd8\xff",
        b"The minutes of the last meeting.",
        HTML,
        b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
        b"%PDF-1.7\n1 0 obj << /OpenAction << /S /JavaScript >> >>",
        b"GIF89a" + HTML,
        encoded(picture(), "BMP"),
        encoded(picture(), "TIFF"),
        encoded(picture((300, 300)))[:700],
        encoded(picture((300, 300)), "PNG")[:200],
        bomb(100, 100),  # of which most is missing
    ],
)
def test_what_is_no_picture_is_refused(data: bytes) -> None:
    with pytest.raises(NotAPhoto) as refusal:
        develop(data, longest_side=SIDE)
    assert refusal.value.problem == "not_a_photo"


SAMPLES = [
    encoded(picture((8, 8)), kind, exif=exif(gps=GPS, orientation=6)) for kind in ("JPEG", "PNG", "WEBP")
] + [encoded(picture((8, 8)), "GIF")]


@given(
    st.sampled_from(SAMPLES), st.lists(st.tuples(st.integers(0), st.integers(0, 255)), max_size=8), st.data()
)
def test_damage_makes_a_picture_or_none_but_never_an_error(
    sample: bytes, flips: list[tuple[int, int]], data: st.DataObject
) -> None:
    damaged = bytearray(sample)
    for position, value in flips:
        damaged[position % len(damaged)] = value
    del damaged[data.draw(st.integers(0, len(damaged))) or len(damaged) :]
    try:
        developed = develop(bytes(damaged), longest_side=SIDE)
    except NotAPhoto:
        return
    assert kept(developed.jpeg).format == "JPEG"


# Fetched --------------------------------------------------------------------------------------------


def stored(office: Office) -> Photo:
    with office.town.database.read() as session:
        return session.scalars(select(Photo)).one()


def send(office: Office, data: bytes) -> None:
    office.simulator.sms(PHONE, "pothole at 500 main st", [data])
    office.bustle(0)


def test_a_picture_that_twilio_does_not_have_yet_is_fetched_later(desk: Office) -> None:
    desk.simulator.twilio_delivery.media_misses = 2
    send(desk, encoded(picture()))
    assert (stored(desk).state, stored(desk).problem) == ("pending", "unavailable")
    assert len(desk.heard()) == 1  # the resident is not kept waiting for it
    desk.bustle(60)
    assert (stored(desk).state, stored(desk).problem, stored(desk).width) == ("kept", "", 60)


def test_a_picture_that_never_comes_is_given_up(desk: Office) -> None:
    desk.simulator.twilio_delivery.media_misses = 100
    send(desk, encoded(picture()))
    desk.bustle(24 * 3600)
    assert (stored(desk).state, stored(desk).problem) == ("refused", "missing")
    assert 100 - desk.simulator.twilio_delivery.media_misses == 1 + len(photos.BACK_OFF)


def test_the_sweep_fetches_what_is_due(desk: Office) -> None:
    desk.simulator.twilio_delivery.media_misses = 1
    send(desk, encoded(picture()))
    desk.bell.rings.clear()  # as when the process that had the timer died
    assert photos.due(desk.town) == []
    desk.clock.pass_by(2)
    assert photos.due(desk.town) == [stored(desk).id]


@pytest.mark.parametrize("target", ["http://10.0.0.1/secret", "http://169.254.169.254/", "file:///etc/passwd"])
def test_a_redirect_into_the_dark_is_not_followed(desk: Office, target: str) -> None:
    desk.simulator.twilio_delivery.media_redirect = target
    send(desk, encoded(picture()))
    assert (stored(desk).state, stored(desk).problem) == ("refused", "missing")
    assert len(desk.heard()) == 1


def test_a_file_that_is_too_big_is_not_read_to_its_end(desk: Office) -> None:
    send(desk, encoded(picture()) + bytes(10_000_000))
    assert (stored(desk).state, stored(desk).problem) == ("refused", "too_big")


def test_workers_that_fetch_the_same_picture_keep_one(desk: Office) -> None:
    desk.simulator.twilio_delivery.media_misses = 1
    send(desk, encoded(picture()))
    fetch = partial(photos.fetch, desk.town)
    with ThreadPoolExecutor(4) as pool:
        assert {photo.state for photo in pool.map(fetch, [stored(desk).id] * 4)} == {"kept"}
        keep = partial(photos._keep, desk.town.config.photos, stored(desk).token)
        list(pool.map(keep, [encoded(picture())] * 400))  # often enough for two to meet
    files = [path.name for path in desk.town.config.photos.rglob("*") if path.is_file()]
    assert files == [f"{stored(desk).token}.jpg"]


# Served ---------------------------------------------------------------------------------------------


def test_a_kept_picture_is_served_as_nothing_but_a_picture(desk: Office) -> None:
    send(desk, encoded(picture()))
    answer = requests.get(f"{desk.url}/photos/{stored(desk).token}.jpg", timeout=20)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "image/jpeg"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["X-Robots-Tag"] == "noindex"
    assert Image.open(io.BytesIO(answer.content)).size == (60, 40)


@pytest.mark.parametrize(
    "make",
    [
        pytest.param(lambda desk: send(desk, HTML), id="refused"),
        pytest.param(lambda desk: desk.simulator.sms(PHONE, "", [encoded(picture())]), id="pending"),
    ],
)
def test_a_picture_that_is_not_kept_is_not_there(desk: Office, make: Callable[[Office], object]) -> None:
    make(desk)
    assert requests.get(f"{desk.url}/photos/{stored(desk).token}.jpg", timeout=20).status_code == 404


def test_a_picture_whose_file_was_removed_is_not_there(desk: Office) -> None:
    send(desk, encoded(picture()))
    photos.path(desk.town.config.photos, stored(desk).token).unlink()
    assert requests.get(f"{desk.url}/photos/{stored(desk).token}.jpg", timeout=20).status_code == 404


GUESSES = [
    "unknown.jpg",
    ".jpg",
    "%00.jpg",
    "%2e%2e%2f%2e%2e%2fetc%2fpasswd",
    "..%2f..%2ftownline.db",
    "..%5c..%5ctownline.db",
    "%2fetc%2fpasswd.jpg",
    "%ff%fe.jpg",
    "a" * 5000 + ".jpg",
    "' OR 1=1 --.jpg",
]


def test_guesses_and_tricks_find_nothing(office: Office) -> None:
    send(office, encoded(picture()))
    found = {path: requests.get(f"{office.url}/photos/{path}", timeout=20).status_code for path in GUESSES}
    assert found == dict.fromkeys(GUESSES, 404)


def test_a_full_disk_costs_no_picture_and_stops_no_talk(desk: Office) -> None:
    folder = desk.town.config.photos
    folder.write_text("in the way")  # there is no storing anything here, whoever tries
    desk.simulator.sms(PHONE, "pothole at 500 main st", [encoded(picture())])
    desk.bustle(1)
    assert "500 Main St" in desk.heard()[-1]
    for _ in range(len(photos.BACK_OFF) + 2):  # however long it stays full
        desk.clock.pass_by(max(photos.BACK_OFF))
        jobs.sweep(desk.town)
        desk.bustle(1)
    folder.unlink()
    desk.clock.pass_by(max(photos.BACK_OFF))
    jobs.sweep(desk.town)
    desk.bustle(1)
    with desk.town.database.read() as session:
        stored = session.scalars(select(Photo)).one()
    assert stored.state == "kept"
    assert photos.read(folder, stored.token)
    assert not list(folder.rglob("*.part"))
