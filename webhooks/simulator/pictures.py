"""Sample photos to send, drawn when asked for: a pothole, a dark street light, trash, graffiti."""

from __future__ import annotations

import functools
import io
import math
import random
from collections.abc import Callable

from PIL import ExifTags, Image, ImageChops, ImageDraw, ImageFilter

Color = tuple[int, int, int]
Point = tuple[float, float]
_SIZE = (1024, 768)


@functools.cache
def draw(name: str, taken_at: tuple[float, float] | None = None) -> bytes:
    """Return one of `PICTURES` as a JPEG; the same bytes every time.

    `taken_at` (latitude, longitude) goes into its EXIF, as a phone's camera writes it.
    """
    image = PICTURES[name](random.Random(name))
    content = io.BytesIO()
    image.save(content, "JPEG", quality=86, exif=_exif(*taken_at) if taken_at else b"")
    return content.getvalue()


def _exif(lat: float, long: float) -> Image.Exif:
    exif = Image.Exif()
    position = {1: "N" if lat >= 0 else "S", 2: _degrees(lat), 3: "E" if long >= 0 else "W", 4: _degrees(long)}
    exif.get_ifd(ExifTags.IFD.GPSInfo).update(position)
    return exif


def _degrees(angle: float) -> tuple[float, float, float]:
    """Return degrees, minutes and seconds."""
    minutes, seconds = divmod(abs(angle) * 3600, 60)
    degrees, minutes = divmod(minutes, 60)
    return degrees, minutes, round(seconds, 3)


def _pothole(dice: random.Random) -> Image.Image:
    image = _grain(_gradient((118, 120, 124), (78, 80, 84)), dice, 34)
    pen = ImageDraw.Draw(image)
    pen.polygon([(0, 0), (1024, 0), (1024, 120), (0, 170)], fill=(150, 148, 142))  # the kerb
    pen.polygon([(0, 170), (1024, 120), (1024, 140), (0, 196)], fill=(104, 102, 98))
    for left in (-60, 300, 660, 1020):
        pen.polygon([(left, 690), (left + 200, 668), (left + 206, 700), (left + 4, 724)], fill=(222, 190, 84))
    for scale, color in ((1.0, (92, 90, 88)), (0.9, (62, 58, 54)), (0.74, (44, 40, 37)), (0.5, (30, 27, 25))):
        pen.polygon(_blob(dice, (520, 430), (300 * scale, 150 * scale)), fill=color)
    pen.polygon(_blob(dice, (545, 470), (120, 44)), fill=(88, 104, 116))  # water, with the sky in it
    pen.polygon(_blob(dice, (528, 462), (66, 18)), fill=(136, 154, 166))
    for _ in range(90):
        x, y, size = dice.gauss(520, 210), dice.gauss(440, 110), dice.randint(3, 11)
        shade = dice.randint(70, 130)
        pen.ellipse((x, y, x + size * 1.4, y + size), fill=(shade, shade - 2, shade - 6))
    for start in ((240, 420), (800, 400), (520, 590)):
        pen.line(_crack(dice, start), fill=(48, 46, 44), width=5)
    return _grain(image.filter(ImageFilter.GaussianBlur(1.2)), dice, 16)


def _street_light(dice: random.Random) -> Image.Image:
    image = _gradient((16, 22, 44), (52, 52, 82))
    pen = ImageDraw.Draw(image)
    for _ in range(70):
        x, y = dice.randrange(1024), dice.randrange(330)
        pen.point((x, y), fill=(200, 205, 230))
    left = -40
    while left < 1024:
        width, height = dice.randint(130, 220), dice.randint(150, 300)
        pen.rectangle((left, 640 - height, left + width, 640), fill=(18, 20, 34))
        roof = [(left - 8, 640 - height), (left + width / 2, 590 - height), (left + width + 8, 640 - height)]
        pen.polygon(roof, fill=(14, 16, 28))
        for column in range(left + 24, left + width - 40, 52):
            if dice.random() < 0.35:
                pen.rectangle((column, 670 - height, column + 26, 706 - height), fill=(236, 190, 110))
        left += width + dice.randint(4, 26)
    pen.rectangle((0, 640, 1024, 768), fill=(24, 25, 34))
    pen.polygon([(0, 690), (1024, 664), (1024, 768), (0, 768)], fill=(32, 33, 42))
    pen.line([(690, 700), (690, 190)], fill=(8, 9, 14), width=16)
    pen.line([(690, 196), (660, 150), (560, 132)], fill=(8, 9, 14), width=12, joint="curve")
    pen.polygon([(580, 120), (470, 128), (452, 148), (580, 148)], fill=(8, 9, 14))
    pen.ellipse((468, 140, 560, 162), fill=(64, 66, 78))  # the lamp, out
    return _grain(image.filter(ImageFilter.GaussianBlur(1.4)), dice, 18)


def _trash(dice: random.Random) -> Image.Image:
    image = _bricks(dice, (150, 132, 120), (172, 160, 150))
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, 500, 1024, 768), fill=(158, 156, 150))
    for x in (140, 520, 900):
        pen.line([(x, 500), (x - 60, 768)], fill=(128, 126, 120), width=4)
    pen.rectangle((590, 330, 830, 560), fill=(176, 134, 88))  # a box
    pen.polygon([(590, 330), (640, 280), (880, 280), (830, 330)], fill=(200, 158, 110))
    pen.polygon([(830, 330), (880, 280), (880, 510), (830, 560)], fill=(146, 108, 68))
    for x, y, size in ((240, 480, 150), (420, 520, 170), (320, 590, 160), (560, 610, 130)):
        pen.polygon(_blob(dice, (x, y), (size, size * 0.82)), fill=(30, 32, 36))
        knot = [(x - 26, y - size * 0.72), (x + 26, y - size * 0.72), (x + 8, y - size)]
        pen.polygon(knot, fill=(30, 32, 36))
        pen.arc((x - size * 0.6, y - size * 0.55, x + size * 0.3, y + size * 0.3), 190, 280, (104, 110, 118), 7)
    for color in ((206, 62, 52), (240, 238, 230), (66, 118, 170), (228, 186, 70), (240, 238, 230)):
        x, y = dice.randint(120, 860), dice.randint(650, 710)
        pen.rounded_rectangle((x, y, x + dice.randint(46, 84), y + 28), 10, fill=color)
    return _grain(image.filter(ImageFilter.GaussianBlur(1.0)), dice, 20)


def _graffiti(dice: random.Random) -> Image.Image:
    image = _bricks(dice, (140, 76, 62), (170, 156, 146))
    pen = ImageDraw.Draw(image)
    for color, shift in (((24, 24, 30), 12), ((60, 196, 214), 0), ((240, 92, 160), -10)):
        for start in (150, 420, 690):
            steps = range(start, start + 36)
            wave = [(start + 6 * (n - start) + shift, 380 + shift + 130 * math.sin(n / 2.9)) for n in steps]
            pen.line(wave, fill=color, width=40 if color[0] == 24 else 26, joint="curve")
    for _ in range(9):
        x = dice.randint(150, 900)
        pen.line([(x, 470), (x, 470 + dice.randint(60, 170))], fill=(60, 196, 214), width=6)
    pen.rectangle((0, 690, 1024, 768), fill=(126, 124, 120))
    return _grain(image.filter(ImageFilter.GaussianBlur(1.2)), dice, 20)


PICTURES: dict[str, Callable[[random.Random], Image.Image]] = {
    "pothole": _pothole,
    "street-light": _street_light,
    "trash": _trash,
    "graffiti": _graffiti,
}


def _gradient(top: Color, bottom: Color) -> Image.Image:
    mask = Image.linear_gradient("L").resize(_SIZE)
    return Image.composite(Image.new("RGB", _SIZE, bottom), Image.new("RGB", _SIZE, top), mask)


def _grain(image: Image.Image, dice: random.Random, strength: int) -> Image.Image:
    """Add the noise of a phone's camera."""
    noise = Image.frombytes("L", (512, 384), dice.randbytes(512 * 384)).resize(_SIZE, Image.Resampling.BICUBIC)
    noise = noise.point([value * strength // 255 for value in range(256)])
    return ImageChops.subtract(image, Image.merge("RGB", (noise, noise, noise)), 1.0, strength // 2)


def _blob(dice: random.Random, center: Point, radii: Point) -> list[Point]:
    """Return an uneven ellipse of 40 corners."""
    corners = []
    for step in range(40):
        angle, reach = math.tau * step / 40, dice.uniform(0.9, 1.06)
        x, y = radii[0] * math.cos(angle), radii[1] * math.sin(angle)
        corners.append((center[0] + x * reach, center[1] + y * reach))
    return corners


def _crack(dice: random.Random, start: Point) -> list[Point]:
    points = [start]
    heading = (-1 if start[0] < 500 else 1) * 34
    for _ in range(7):
        points.append((points[-1][0] + heading + dice.randint(-8, 8), points[-1][1] + dice.randint(-22, 26)))
    return points


def _bricks(dice: random.Random, brick: Color, mortar: Color) -> Image.Image:
    image = Image.new("RGB", _SIZE, mortar)
    pen = ImageDraw.Draw(image)
    for row, top in enumerate(range(0, 768, 44)):
        for left in range(-60 * (row % 2), 1024, 120):
            tint = dice.randint(-14, 14)
            red, green, blue = (part + tint for part in brick)
            pen.rectangle((left + 3, top + 3, left + 116, top + 40), fill=(red, green, blue))
    return image
