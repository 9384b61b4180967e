"""Pictures: fetched from the provider, judged by their bytes, stripped of EXIF, kept in a folder."""

from __future__ import annotations

import io
import logging
import math
import secrets
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from PIL import Image, ImageDraw, ImageOps
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.models import Photo
from bot.town import Town
from webhooks.channel import FetchError, Media

log = logging.getLogger(__name__)

FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "AVIF")
MOST_PIXELS = 60_000_000
"""A phone's largest pictures have about 50 million; beyond it is a bomb."""

BACK_OFF = (2.0, 10.0, 60.0, 600.0, 3600.0)
"""Seconds between tries to fetch; after the last one the picture is given up as missing."""

GPS = 0x8825  # the EXIF directory of positions


class NotAPhoto(Exception):
    """These bytes are no picture we can open. `problem` is "not_a_photo" or "too_big"."""

    def __init__(self, problem: str) -> None:
        super().__init__(problem)
        self.problem = problem


@dataclass(frozen=True, kw_only=True)
class Developed:
    """A picture fit to keep: JPEG bytes without metadata, and where its EXIF said it was taken."""

    jpeg: bytes
    width: int
    height: int
    lat: float | None
    long: float | None


def develop(data: bytes, *, longest_side: int) -> Developed:
    """Return the picture re-encoded, upright, at most `longest_side` pixels long; raises `NotAPhoto`."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # broken EXIF is common and harmless: it is thrown away
            picture = Image.open(io.BytesIO(data), formats=FORMATS)
            if picture.width * picture.height > MOST_PIXELS:
                raise NotAPhoto("too_big")
            lat, long = _position(picture)
            upright = ImageOps.exif_transpose(picture).convert("RGB")
            upright.thumbnail((longest_side, longest_side))
    except Image.DecompressionBombError as error:
        raise NotAPhoto("too_big") from error
    except NotAPhoto:
        raise
    except Exception as error:  # (made for the purpose, a file has Pillow raise almost anything)
        raise NotAPhoto("not_a_photo") from error
    return Developed(jpeg=_jpeg(upright), width=upright.width, height=upright.height, lat=lat, long=long)


def _jpeg(picture: Image.Image) -> bytes:
    picture.info.clear()  # or else Pillow would hand on a JPEG's comment
    kept = io.BytesIO()
    picture.save(kept, "JPEG", quality=85, optimize=True)
    return kept.getvalue()


def _position(picture: Image.Image) -> tuple[float | None, float | None]:
    """Return the EXIF position in degrees, or (None, None) where there is none or it makes no sense."""
    try:
        gps = picture.getexif().get_ifd(GPS)
        lat = _degrees(gps[2], gps[1] == "S")
        long = _degrees(gps[4], gps[3] == "W")
    except Exception:  # noqa: BLE001  (as above: no position is no harm)
        return None, None
    return (lat, long) if abs(lat) <= 90 and abs(long) <= 180 and (lat or long) else (None, None)


def _degrees(parts: tuple[float, float, float], negative: bool) -> float:
    degrees = float(parts[0]) + float(parts[1]) / 60 + float(parts[2]) / 3600
    return -degrees if negative else degrees


Settled = Callable[[Town, Session, Photo], None]
"""Told within the transaction that notes a picture as kept or refused."""


def fetch(town: Town, photo_id: int, settled: Settled | None = None) -> Photo:
    """Bring a pending picture in, or note why not. Returns it as it now is; never raises `FetchError`."""
    with town.database.read() as session:
        photo = session.get_one(Photo, photo_id)
    channel = town.channels.get(photo.channel)
    if photo.state != "pending" or channel is None:
        return photo
    limit = int(town.config.file.photos.max_megabytes * 1_000_000)
    try:
        data = channel.fetch(Media(ref=photo.ref), limit)
        developed = develop(data, longest_side=town.config.file.photos.longest_side)
    except FetchError as error:
        return _not_fetched(town, photo, error, settled)
    except NotAPhoto as error:
        return _note(town, photo.id, settled, state="refused", problem=error.problem)
    try:
        _keep(town.config.photos, photo.token, developed.jpeg)
    except OSError as error:  # ours to mend: the provider still has it, and it is never given up for that
        log.error("photo %s can't be stored: %s", photo.id, error.strerror)
        return _put_off(town, photo, min(photo.attempts, len(BACK_OFF) - 2))
    return _note(
        town,
        photo.id,
        settled,
        state="kept",
        problem="",
        width=developed.width,
        height=developed.height,
        lat=developed.lat,
        long=developed.long,
    )


def _not_fetched(town: Town, photo: Photo, error: FetchError, settled: Settled | None) -> Photo:
    log.warning("photo %s not fetched: %s", photo.id, error.reason)
    if error.reason == "too_big":
        return _note(town, photo.id, settled, state="refused", problem="too_big")
    if not error.retryable or photo.attempts >= len(BACK_OFF):
        return _note(town, photo.id, settled, state="refused", problem="missing")
    return _put_off(town, photo, photo.attempts)


def _put_off(town: Town, photo: Photo, attempts: int) -> Photo:
    wait = BACK_OFF[attempts]
    due = town.now() + timedelta(seconds=wait)
    noted = _note(town, photo.id, None, attempts=attempts + 1, due_at=due, problem="unavailable")
    town.bell.ring("fetch_photo", str(photo.id), after=wait)
    return noted


def _note(town: Town, photo_id: int, settled: Settled | None, **values: object) -> Photo:
    with town.database.write.begin() as session:
        photo = session.get_one(Photo, photo_id, with_for_update=True)
        if photo.state == "pending":  # else another worker was quicker
            for name, value in values.items():
                setattr(photo, name, value)
            session.flush()
            if settled is not None:
                settled(town, session, photo)
        session.flush()
        session.expunge(photo)
        return photo


def path(folder: Path, token: str) -> Path:
    """Return where a picture lies: two letters of its token make a subfolder."""
    return folder / token[:2] / f"{token}.jpg"


def _keep(folder: Path, token: str, jpeg: bytes) -> None:
    target = path(folder, token)
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_suffix(f".{secrets.token_hex(4)}.part")  # two workers may fetch at the same time
    try:
        part.write_bytes(jpeg)
        part.replace(target)
    except OSError:
        part.unlink(missing_ok=True)  # half a file would fill what little room there is
        raise


def read(folder: Path, token: str) -> bytes | None:
    """Return a kept picture's JPEG bytes; None where somebody has removed the file."""
    try:
        return path(folder, token).read_bytes()
    except FileNotFoundError:
        return None


def keep_after(town: Town, session: Session, case_id: int, taken: Developed) -> Photo:
    """Keep a crew's picture of the work done, in the caller's transaction; the public sees it once cleared."""
    photo = Photo(
        service_request_id=case_id,
        kind="after",
        channel="console",
        ref="",
        state="kept",
        width=taken.width,
        height=taken.height,
    )
    session.add(photo)
    session.flush()
    _keep(town.config.photos, photo.token, taken.jpeg)
    return photo


@dataclass(frozen=True)
class Box:
    """A part of a picture, as shares (0 to 1) of its width and height; raises `ValueError` where it is none."""

    left: float
    top: float
    width: float
    height: float

    def __post_init__(self) -> None:
        inside = 0 <= self.left < 1 and 0 <= self.top < 1
        if not (inside and 0 < self.width <= 1 and 0 < self.height <= 1):  # (NaN is refused, too)
            raise ValueError("A box begins within the picture and has a width and a height.")

    def pixels(self, width: int, height: int) -> tuple[int, int, int, int]:
        """Return the corners in a picture of this size, the last row and column included, rounded outwards."""
        right, bottom = min(self.left + self.width, 1.0), min(self.top + self.height, 1.0)
        return (
            math.floor(self.left * width),
            math.floor(self.top * height),
            math.ceil(right * width) - 1,
            math.ceil(bottom * height) - 1,
        )


def redact(town: Town, photo_id: int, boxes: Sequence[Box], also: Callable[[Session], object]) -> None:
    """Black out parts of a kept picture for good: its file is written over, no other copy of it is ours.

    `also` is done in the transaction that locks it. Raises `LookupError` where the picture is gone.
    """
    folder = town.config.photos
    with town.database.write.begin() as session:
        photo = session.get(Photo, photo_id, with_for_update=True)
        jpeg = read(folder, photo.token) if photo and photo.state == "kept" else None
        if photo is None or jpeg is None:
            raise LookupError(f"the picture {photo_id} is gone")
        picture = Image.open(io.BytesIO(jpeg), formats=["JPEG"]).convert("RGB")
        brush = ImageDraw.Draw(picture)
        for box in boxes:
            brush.rectangle(box.pixels(*picture.size), fill="black")
        also(session)
        session.flush()
        _keep(folder, photo.token, _jpeg(picture))


def due(town: Town) -> list[int]:
    """Return the pictures whose next try is due."""
    with town.database.read() as session:
        query = select(Photo.id).where(Photo.state == "pending", Photo.due_at <= town.now())
        return list(session.scalars(query))
