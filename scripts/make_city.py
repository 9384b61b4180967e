"""Draws the made-up city of Riverton into data/city, the same to the byte on every run.

    python scripts/make_city.py write
    python scripts/make_city.py preview riverton.png

Plans are in metres, x to the east and y to the north of Main St and the river, and are turned by a few
degrees before they become WGS84. House numbers rise by 100 a block and count on over gaps.
"""

from __future__ import annotations

import csv
import itertools
import json
import math
import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import click
from PIL import Image, ImageDraw

SEED = 311
ORIGIN = (41.6, -91.0)  # latitude, longitude of x = y = 0
TURN = math.radians(6)
METRES_PER_DEGREE = 111_320.0

Point = tuple[float, float]
Line = list[Point]


@dataclass(frozen=True)
class Street:
    """A centreline in parts; `start` is the house number at its beginning, `block` metres hold 100 numbers."""

    name: str
    suffix: str
    lines: list[Line]
    directional: str = ""
    start: int = 0
    block: float = 110.0
    homes: int = 5  # built lots on a block of 100 numbers, of 26 possible ones
    aliases: tuple[str, ...] = ()

    @property
    def full_name(self) -> str:
        return " ".join(part for part in (self.directional, self.name, self.suffix) if part)


@dataclass(frozen=True)
class Landmark:
    name: str
    kind: str
    at: Point
    aliases: tuple[str, ...] = ()
    radius: int = 40  # metres within which one is "at" it


@dataclass
class Address:
    number: int
    street: str
    at: Point
    unit: str = ""
    neighbourhood: str = field(default="")
    zip: str = field(default="")


# --- the plan ---------------------------------------------------------------------------------------

ACROSS = (  # east-west streets from south to north, 100 m apart; Main St is y = 0
    "Quarry", "Tanner", "Foundry", "Walnut", "Hickory", "Sycamore", "Birch", "Cedar", "Maple", "Oak",
    "Elm", "Market", "Main", "Church", "Court", "Washington", "Adams", "Madison", "Monroe", "Jefferson",
    "Park", "Spruce", "Pine", "Chestnut", "Prospect",
)  # fmt: skip
LAST_NUMBERED = 24
LONG_ACROSS = {"Walnut", "Birch", "Oak", "Main", "Washington", "Jefferson", "Pine"}
SOUTH_END = -1700.0  # where the numbered streets count from

# No street runs through these: (west, south, east, north).
OPEN_LAND = {
    "Riverside Park": (5.0, -950.0, 75.0, -330.0),
    "Switchyard": (-1205.0, -590.0, -885.0, -410.0),  # Cedar, 9th and 10th St stop and start again
    "Washington Park": (-1865.0, 310.0, -1655.0, 490.0),  # 16th St and Adams St
}

NEIGHBOURHOODS: dict[str, tuple[str, Line]] = {
    "Downtown": ("52700", [(-1320, -450), (150, -450), (150, 450), (-1320, 450)]),
    "Riverside": ("52703", [(-1320, -1250), (150, -1250), (150, -450), (-1320, -450)]),
    "Northside": ("52704", [(-1320, 450), (150, 450), (150, 1250), (-1320, 1250)]),
    "Midtown": ("52700", [(-2705, -1250), (-1320, -1250), (-1320, 1250), (-2705, 1250)]),
    "Westgate": ("52705", [(-3560, -1250), (-2705, -1250), (-2705, 1250), (-3560, 1250)]),
    "Hillcrest": ("52705", [(-4500, -1250), (-3560, -1250), (-3560, 1250), (-4500, 900)]),
    "Maple Heights": ("52704", [(-4100, 1120), (-3560, 1250), (150, 1250), (150, 2200), (-500, 2700),
                                (-2600, 2700)]),
    "Southfield": ("52703", [(-4500, -1250), (-4200, -2300), (-2900, -2750), (-300, -2750),
                            (150, -2300), (150, -1250)]),
    "Eastbank": ("52706", [(150, -1300), (900, -900), (1700, -700), (1800, 1200), (1100, 1700), (150, 1700)]),
}  # fmt: skip
BOUNDARY: Line = [
    (-4500, -1250), (-4200, -2300), (-2900, -2750), (-300, -2750), (150, -2300), (150, -1300), (900, -900),
    (1700, -700), (1800, 1200), (1100, 1700), (150, 1700), (150, 2200), (-500, 2700), (-2600, 2700),
    (-4100, 1120), (-4500, 900),
]  # fmt: skip

# The cities around it, on the other side of the boundary: "city.neighbours" of config.yml names them.
NEIGHBOURS: dict[str, Line] = {
    "Eastport": [(900, -900), (1700, -700), (1800, 1200), (1100, 1700), (1900, 2500), (4200, 1900),
                 (4400, -900), (2000, -2100)],
    "Millbrook": [(-4500, -1250), (-4200, -2300), (-2900, -2750), (-3100, -4600), (-6200, -4300),
                  (-6600, -1400)],
}  # fmt: skip

MUST_EXIST = {
    "Main St": (120, 500, 512),
    "Elm St": (12,),
    "Oak St": (40, 412),
    "Oak Ave": (40, 1418),
    "N Grant Ave": (210,),
    "S Grant Ave": (210,),
    "Maple St": (210,),
    "Maple Ave": (210,),
}


def river() -> Line:
    return [(150 + 55 * math.sin(y / 700), y) for y in range(-2600, 2601, 50)]


def grid() -> Iterator[Street]:
    """Downtown: named streets west from the river, numbered streets across them."""
    for row, name in enumerate(ACROSS):
        y = 100.0 * (row - ACROSS.index("Main"))
        west = -3450.0 if name in LONG_ACROSS else -110.0 * LAST_NUMBERED
        aliases = ("State Route 9", "Route 9", "Highway 9") if name == "Jefferson" else ()
        yield Street(name, "St", cut([(0, y), (west, y)]), aliases=aliases)
    for number in range(1, LAST_NUMBERED + 1):
        x = -110.0 * number
        south = SOUTH_END if number in (1, 5, 8, 12, 16, 20, 24) else -1200.0
        line = cut([(x, south), (x, 1200)])
        yield Street(ordinal(number), "St", line, start=round(south - SOUTH_END), block=100)
    yield Street("Front", "St", [[(0, -1200), (0, 1200)]], start=500, block=100, homes=3)


def avenues() -> Iterator[Street]:
    """What cuts across the grid: a diagonal, a renamed boulevard, halves north and south of Main St."""
    yield Street("Lincoln", "Ave", [[(0, -100), (-2500, 1230), (-3300, 1330)]], homes=3)
    king: Line = [(-x, -1330 - 60 * math.sin(x / 520)) for x in range(0, 3451, 50)]
    aliases = ("Martin Luther King Jr Blvd", "MLK Blvd", "MLK Jr Blvd", "Depot St")
    yield Street("King", "Blvd", [king], aliases=aliases, homes=4)
    for i, name in enumerate(("Grant", "Sherman", "Hayes", "Logan")):
        x = -2770.0 - 130 * i
        yield Street(name, "Ave", [[(x, 0), (x, 1100)]], directional="N", block=100, homes=6)
        yield Street(name, "Ave", [[(x, 0), (x, -1330)]], directional="S", block=100, homes=6)
    yield Street("Oak", "Ave", [[(-3290, -1380), (-3290, 1250)]], block=100, homes=6)
    yield Street("Maple", "Ave", [[(-3420, -1380), (-3420, 1180)]], block=100, homes=6)


def east_bank() -> Iterator[Street]:
    yield Street("Main", "St", [[(0, 0), (1600, 0)]], directional="E", homes=4)
    yield Street("Jefferson", "St", [[(0, 700), (1600, 700)]], directional="E", homes=4)
    for i, name in enumerate(("Harbor", "Mill", "Cooper", "Orchard", "Vine", "Park", "Laurel", "Hazel")):
        x = 400.0 + 150 * i
        yield Street(name, "Ave", [[(x, -420), (x, 1150 - 40 * i)]], start=100, block=100)
    across = (("Clay", -250), ("Ferry", 150), ("Boat", 300), ("Canal", 450), ("Wharf", 575), ("Garnet", 850))
    for name, y in across:
        yield Street(name, "St", [[(330, y), (1450, y)]], start=300)
    bank = [(x + 110, y) for x, y in river() if -900 <= y <= 1500]
    yield Street("River", "Rd", [bank], start=100, homes=2)


def maple_heights() -> Iterator[Street]:
    """Crescents about a green, with drives running out of it like spokes."""
    centre = (-1400.0, 1200.0)
    crescents = (("Heather", "Cres"), ("Juniper", "Dr"), ("Larkspur", "Ln"), ("Primrose", "Way"),
                 ("Fern Hill", "Dr"), ("Wren", "Ter"), ("Bluebird", "Ln"))  # fmt: skip
    for i, (name, suffix) in enumerate(crescents):
        radius = 260 + 150 * i
        yield Street(name, suffix, [arc(centre, radius, 165, 15)], start=100, homes=7)
    spokes = (("Meadow", "Ln", 30), ("Clover", "Dr", 60), ("Summit", "Blvd", 90), ("Thistle", "Dr", 120),
              ("Aspen", "Way", 150))  # fmt: skip
    for name, suffix, angle in spokes:
        inner = 0 if angle == 90 else 200
        line = [polar(centre, r, angle) for r in (inner, 700, 1240)]
        yield Street(name, suffix, [line], start=100, homes=3)
    courts = ("Acorn", "Robin", "Finch", "Sparrow", "Poppy", "Violet", "Daisy", "Clematis", "Ivy", "Sorrel")
    for i, name in enumerate(courts):
        radius, angle = 410 + 150 * (i % 5), 40 + 11 * i
        line = [polar(centre, radius, angle), polar(centre, radius + 80, angle + 1)]
        yield Street(name, "Ct", [line], homes=10)


def southfield() -> Iterator[Street]:
    """Winding subdivision streets, the odd one with the name of a street downtown."""
    rows = (("Willow", "Dr"), ("Brookside", "Dr"), ("Walnut", "Ln"), ("Stone Creek", "Rd"), ("Pheasant", "Run"),
            ("Harvest", "Way"), ("Cottonwood", "Dr"))  # fmt: skip
    for i, (name, suffix) in enumerate(rows):
        reach = range(200 + 60 * i, 2851 - 90 * i, 50)
        row: Line = [(-x, -1620 - 135 * i + 38 * math.sin(x / 260 + i)) for x in reach]
        yield Street(name, suffix, [row], start=100 * (2 + i // 2), homes=6)
    lanes = (("Partridge", "Ln"), ("Barley", "Ln"), ("Hawthorne", "Dr"), ("Mulberry", "Ln"), ("Sunset", "Blvd"),
             ("Rosewood", "Dr"), ("Tamarack", "Trl"))  # fmt: skip
    for i, (name, suffix) in enumerate(lanes):
        x0 = -420.0 - 360 * i
        reach = range(0, 901 - 60 * abs(i - 3), 50)
        line: Line = [(x0 + 28 * math.sin(y / 170 + i), -1560.0 - y) for y in reach]
        yield Street(name, suffix, [line], start=1600, block=100, homes=5)
    for i, name in enumerate(("Badger", "Otter", "Heron", "Kestrel", "Lark", "Plover")):
        x0 = -560.0 - 360 * i
        yield Street(name, "Cir", [[(x0, -1800), (x0 + 15, -1695), (x0 + 60, -1680)]], homes=10)


def hillcrest() -> Iterator[Street]:
    roads: tuple[tuple[str, str, Line], ...] = (
        ("Old Mill", "Rd", [(-3420, 0), (-3600, 60), (-3850, -40), (-4100, 60), (-4300, 300), (-4320, 600)]),
        (
            "Ridge",
            "Rd",
            [(-3600, -1000), (-3700, -700), (-3620, -400), (-3720, -100), (-3650, 300), (-3750, 700)],
        ),
        ("Hilltop", "Dr", [(-3680, -850), (-3900, -800), (-4100, -900), (-4250, -750), (-4300, -500)]),
        ("Overlook", "Dr", [(-3650, -520), (-3850, -450), (-4050, -520), (-4200, -400)]),
        ("Quail", "Ln", [(-3630, -220), (-3900, -250), (-4150, -180)]),
        ("Deer Path", "Rd", [(-3600, 390), (-3850, 300), (-4050, 380), (-4280, 430)]),
        ("Fox Hollow", "Ln", [(-3750, 650), (-3950, 600), (-4150, 680)]),
        ("Larch", "Pl", [(-4050, -520), (-4080, -650), (-4050, -760)]),
        ("Vista", "Pl", [(-3900, -800), (-3880, -650), (-3900, -470)]),
        ("Canyon", "Ter", [(-3950, 600), (-3960, 480), (-3930, 340)]),
        ("Bell", "Ct", [(-3850, -40), (-3850, 70), (-3830, 120)]),
    )
    for i, (name, suffix, points) in enumerate(roads):
        yield Street(name, suffix, [smooth(points)], start=100 * (1 + i % 4), homes=6)


def streets() -> list[Street]:
    parts = (grid, avenues, east_bank, maple_heights, southfield, hillcrest)
    return [street for part in parts for street in part()]


LANDMARKS = (
    Landmark("Riverside Park", "park", (40, -640), ("Riverside",), 300),
    Landmark("Washington Park", "park", (-1760, 400), ("Wash Park",), 110),
    Landmark("Union Square", "park", (-605, 45), ("the Square",), 40),
    Landmark("Heights Green", "park", (-1400, 1330), ("Maple Heights Green",), 100),
    Landmark("Southfield Commons", "park", (-1600, -2050), ("the Commons",), 100),
    Landmark("Hillcrest Overlook", "park", (-4230, -330), ("the Overlook",), 80),
    Landmark("Ferry Landing Park", "park", (300, 210), ("Ferry Landing",), 70),
    Landmark("Otter Creek Trail", "trail", (-2500, -1500), ("the creek trail", "Otter Trail"), 150),
    Landmark("Riverton Dog Park", "park", (-2850, -1150), ("the dog park",), 60),
    Landmark("Foundry Skate Park", "park", (-940, -960), ("the skate park", "skatepark"), 40),
    Landmark("Riverton City Hall", "government", (-490, 130), ("City Hall", "Town Hall")),
    Landmark("Riverton Public Library", "library", (-730, -60), ("the library", "Main Library")),
    Landmark("Eastbank Branch Library", "library", (720, 480), ("Eastbank Library",)),
    Landmark("Riverton County Courthouse", "government", (-380, 230), ("the courthouse", "County Courthouse")),
    Landmark("Riverton Police Headquarters", "government", (-270, 330), ("the police station", "Police HQ")),
    Landmark("Fire Station 1", "government", (-870, 160), ("Station 1", "Firehouse 1")),
    Landmark("Fire Station 2", "government", (-2920, 330), ("Station 2", "Firehouse 2")),
    Landmark("Main Street Post Office", "government", (-1140, 40), ("the post office",)),
    Landmark(
        "Mercy River Hospital",
        "hospital",
        (-1980, -330),
        ("the hospital", "Mercy Hospital", "Mercy River"),
        110,
    ),
    Landmark("Eastbank Clinic", "hospital", (1010, 120), ()),
    Landmark("Lincoln Elementary School", "school", (-1550, 620), ("Lincoln Elementary",), 70),
    Landmark("Oakdale Elementary School", "school", (-3200, -520), ("Oakdale Elementary",), 70),
    Landmark("Southfield Middle School", "school", (-1250, -1880), ("Southfield Middle",), 80),
    Landmark("Riverton High School", "school", (-2300, 830), ("the high school", "Riverton High", "RHS"), 120),
    Landmark("Eastbank Academy", "school", (1180, 620), ("the academy",), 60),
    Landmark("St Brendan Church", "church", (-820, 130), ("St Brendans", "Saint Brendan")),
    Landmark("First Light Chapel", "church", (-1700, -830), ("First Light",)),
    Landmark("Riverton Union Station", "station", (-1040, -380), ("Union Station", "the train station"), 70),
    Landmark("Front Street Bus Station", "station", (-40, -220), ("the bus station", "Bus Depot")),
    Landmark("Westgate Transit Center", "station", (-2990, 50), ("Westgate Transit", "Transit Center")),
    Landmark("Main Street Bridge", "bridge", (150, 0), ("Main St Bridge", "the old bridge"), 90),
    Landmark("Jefferson Street Bridge", "bridge", (196, 700), ("Jefferson Bridge", "Jefferson St Bridge"), 90),
    Landmark("Riverton Farmers Market", "market", (-330, -130), ("the farmers market",)),
    Landmark("Pelican Grocery", "shop", (-1300, -120), ("Pelican",)),
    Landmark("Pelican Grocery West", "shop", (-3080, 120), ()),
    Landmark("Brightwater Hardware", "shop", (-660, 220), ("Brightwater", "the hardware store")),
    Landmark("Blue Kettle Diner", "shop", (-550, -30), ("Blue Kettle", "the diner")),
    Landmark("Moon and Anchor Tavern", "shop", (-120, 30), ("Moon & Anchor", "Moon and Anchor")),
    Landmark("Corner Cup Coffee", "shop", (-560, 25), ("Corner Cup",)),
    Landmark("First Riverton Bank", "shop", (-530, -25), ("the bank", "Riverton Bank")),
    Landmark("Sprocket Bike Shop", "shop", (-960, 330), ("Sprocket",)),
    Landmark("Hillcrest Pharmacy", "shop", (-3640, 110), ()),
    Landmark("Westgate Plaza", "shop", (-2900, -60), ("the plaza", "Westgate Mall", "the mall"), 100),
    Landmark("Lantern Theater", "venue", (-700, 130), ("the Lantern",)),
    Landmark("Riverton Museum", "venue", (-200, 130), ("the museum",)),
    Landmark("Kingfisher Stadium", "venue", (-2450, -1180), ("the stadium", "Kingfisher Field"), 120),
    Landmark("Riverton Community Pool", "venue", (-1900, 930), ("the pool", "Community Pool"), 50),
    Landmark("Prospect Hill Cemetery", "cemetery", (-2550, 1150), ("Prospect Cemetery", "the cemetery"), 90),
    Landmark("Riverton Water Works", "utility", (330, 1180), ("the water works", "Water Plant"), 90),
    Landmark("Riverton Recycling Center", "utility", (-2200, -1420), ("the recycling center", "the dump"), 70),
)


# --- geometry ---------------------------------------------------------------------------------------


def ordinal(number: int) -> str:
    ending = "th" if 10 <= number % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def polar(centre: Point, radius: float, degrees: float) -> Point:
    angle = math.radians(degrees)
    return centre[0] + radius * math.cos(angle), centre[1] + radius * math.sin(angle)


def arc(centre: Point, radius: float, first: float, last: float) -> Line:
    steps = max(8, round(radius * math.radians(abs(last - first)) / 60))
    return [polar(centre, radius, first + (last - first) * i / steps) for i in range(steps + 1)]


def smooth(points: Line, steps: int = 6) -> Line:
    """Return a Catmull-Rom curve through the points."""
    padded = [points[0], *points, points[-1]]
    curve = [points[0]]
    for a, b, c, d in zip(padded, padded[1:], padded[2:], padded[3:], strict=False):
        curve += [catmull_rom(a, b, c, d, i / steps) for i in range(1, steps + 1)]
    return curve


def catmull_rom(a: Point, b: Point, c: Point, d: Point, t: float) -> Point:
    def blend(p: float, q: float, r: float, s: float) -> float:
        return (2 * q + (r - p) * t + (2 * p - 5 * q + 4 * r - s) * t**2 + (3 * q - p - 3 * r + s) * t**3) / 2

    return blend(a[0], b[0], c[0], d[0]), blend(a[1], b[1], c[1], d[1])


def cut(line: Line) -> list[Line]:
    """Return what is left of a straight grid street outside the open land."""
    (x0, y0), (x1, y1) = line
    upright = x0 == x1
    pieces = [(y0, y1) if upright else (x0, x1)]
    for west, south, east, north in OPEN_LAND.values():
        low, high, crossed = (south, north, west < x0 < east) if upright else (west, east, south < y0 < north)
        if crossed:
            pieces = [part for piece in pieces for part in without(piece, low, high)]
    return [[(x0, a), (x0, b)] if upright else [(a, y0), (b, y0)] for a, b in pieces]


def without(piece: tuple[float, float], low: float, high: float) -> list[tuple[float, float]]:
    a, b = piece
    if not min(a, b) < low < high < max(a, b):
        return [piece]
    return [(a, low), (high, b)] if a < b else [(a, high), (low, b)]


def along(line: Line, distance: float) -> tuple[Point, float] | None:
    """Return the point that far along the line and the heading there, or None beyond its end."""
    for (x0, y0), (x1, y1) in itertools.pairwise(line):
        length = math.hypot(x1 - x0, y1 - y0)
        if distance <= length:
            share = distance / length
            return (x0 + (x1 - x0) * share, y0 + (y1 - y0) * share), math.atan2(y1 - y0, x1 - x0)
        distance -= length
    return None


def length_of(line: Line) -> float:
    return sum(math.dist(a, b) for a, b in itertools.pairwise(line))


def inside(point: Point, ring: Line) -> bool:
    x, y = point
    odd = False
    for (x0, y0), (x1, y1) in zip(ring, ring[1:] + ring[:1], strict=True):
        if (y0 > y) != (y1 > y) and x < (x1 - x0) * (y - y0) / (y1 - y0) + x0:
            odd = not odd
    return odd


def degrees(point: Point) -> Point:
    """Return (latitude, longitude) of a point of the plan, to 6 decimals (0.1 m)."""
    x = point[0] * math.cos(TURN) - point[1] * math.sin(TURN)
    y = point[0] * math.sin(TURN) + point[1] * math.cos(TURN)
    lat = ORIGIN[0] + y / METRES_PER_DEGREE
    long = ORIGIN[1] + x / (METRES_PER_DEGREE * math.cos(math.radians(ORIGIN[0])))
    return round(lat, 6), round(long, 6)


# --- addresses --------------------------------------------------------------------------------------


def addresses(plan: Iterable[Street]) -> list[Address]:
    dice = random.Random(SEED)
    found: list[Address] = []
    for street in plan:
        for address in lots(street, dice):
            area = next((name for name, (_, ring) in NEIGHBOURHOODS.items() if inside(address.at, ring)), "")
            if area and not on_open_land(address.at):
                address.neighbourhood, address.zip = area, NEIGHBOURHOODS[area][0]
                found += apartments(address, dice)
    return found


def lots(street: Street, dice: random.Random) -> Iterator[Address]:
    """Yield the built lots: even numbers on one side, odd on the other, eight numbers wide or more."""
    wanted = MUST_EXIST.get(street.full_name, ())
    gone = 0.0  # metres of the street before this part, gaps included
    for i, line in enumerate(street.lines):
        if i:
            gone += math.dist(street.lines[i - 1][-1], line[0])
        first = street.start + round(gone / street.block * 100)
        last = first + int(length_of(line) / street.block * 100)
        for number in range(first + 2, last):
            lot_starts = number % 100 % 8 < 2  # 500, 501, 508, 509, ...
            built = dice.random() * 26 < street.homes
            if (lot_starts and built) or number in wanted:
                spot = beside(line, number, street, gone, dice.random())
                if spot:
                    yield Address(number, street.full_name, spot)
        gone += length_of(line)


def beside(line: Line, number: int, street: Street, gone: float, chance: float) -> Point | None:
    """Return the door's place: past the corner by 26 m at least, 12 to 18 m off the centreline."""
    blocks, rest = divmod(number - street.start, 100)
    corner = 26.0
    distance = blocks * street.block + corner + rest / 100 * (street.block - 2 * corner) - gone
    place = along(line, distance) if distance > 0 else None
    if place is None:
        return None
    (x, y), heading = place
    off = (12 + 6 * chance) * (1 if number % 2 else -1)
    return x - off * math.sin(heading), y + off * math.cos(heading)


def on_open_land(point: Point) -> bool:
    x, y = point
    return any(w < x < e and s < y < n for w, s, e, n in OPEN_LAND.values())


def apartments(address: Address, dice: random.Random) -> list[Address]:
    """Return the address alone, or, for one in seventy, with its units."""
    homes = [address]
    if dice.random() < 1 / 70:
        for unit in range(1, 3 + int(dice.random() * 5)):
            label = str(unit) if address.number % 4 else "ABCDEFGH"[unit - 1]
            homes.append(
                Address(address.number, address.street, address.at, label, address.neighbourhood, address.zip)
            )
    return homes


# --- files ------------------------------------------------------------------------------------------


def write_city(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    plan = streets()
    write_features(folder / "streets.geojson", [street_feature(street) for street in plan])
    rings = [(name, zip_code, ring) for name, (zip_code, ring) in NEIGHBOURHOODS.items()]
    areas = [area_feature({"name": name, "zip": zip_code}, ring) for name, zip_code, ring in rings]
    write_features(folder / "neighbourhoods.geojson", areas)
    city = {"name": "Riverton", "state": "IA"}
    write_features(folder / "boundary.geojson", [area_feature(city, BOUNDARY)])
    around = [area_feature({"name": name}, ring) for name, ring in NEIGHBOURS.items()]
    write_features(folder / "neighbours.geojson", around)
    rows = [[a.number, a.street, a.unit, a.neighbourhood, a.zip, *degrees(a.at)] for a in addresses(plan)]
    write_csv(folder / "addresses.csv", "number street unit neighbourhood zip lat long", rows)
    marks = [[m.name, m.kind, "|".join(m.aliases), *degrees(m.at), m.radius] for m in LANDMARKS]
    write_csv(folder / "landmarks.csv", "name kind aliases lat long radius", marks)


def street_feature(street: Street) -> dict[str, object]:
    properties = {
        "name": street.name,
        "suffix": street.suffix,
        "directional": street.directional,
        "aliases": list(street.aliases),
    }
    lines = [[list(reversed(degrees(point))) for point in line] for line in street.lines]
    geometry = {"type": "MultiLineString", "coordinates": lines}
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def area_feature(properties: dict[str, str], ring: Line) -> dict[str, object]:
    closed = [list(reversed(degrees(point))) for point in [*ring, ring[0]]]
    geometry = {"type": "Polygon", "coordinates": [closed]}
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def write_features(path: Path, features: list[dict[str, object]]) -> None:
    """Write a GeoJSON feature collection, one feature a line, so that a diff can be read."""
    lines = ",\n".join(json.dumps(feature, separators=(",", ":")) for feature in features)
    text = '{"type":"FeatureCollection","features":[\n' + lines + "\n]}\n"
    path.write_text(text, encoding="utf-8", newline="\n")


def write_csv(path: Path, header: str, rows: Iterable[Iterable[object]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header.split())
        writer.writerows(rows)


# --- the map to look at -----------------------------------------------------------------------------


def draw(path: Path, scale: float = 0.32) -> None:
    west, north = -4700.0, 2850.0
    image = Image.new("RGB", (round(6700 * scale), round(5800 * scale)), "#f4f1ea")
    pen = ImageDraw.Draw(image)

    def at(point: Point) -> Point:
        return (point[0] - west) * scale, (north - point[1]) * scale

    pen.polygon([at(p) for p in BOUNDARY], fill="#fbfaf6", outline="#b58900", width=3)
    pen.line([at(p) for p in river()], fill="#9cc9e8", width=round(110 * scale))
    for x0, y0, x1, y1 in OPEN_LAND.values():
        pen.rectangle([at((x0, y1)), at((x1, y0))], fill="#cfe5bd")
    plan = streets()
    for street in plan:
        for line in street.lines:
            pen.line([at(p) for p in line], fill="#8a8a8a", width=4 if street.suffix in ("Blvd", "Ave") else 3)
    for address in addresses(plan):
        x, y = at(address.at)
        pen.point([(x, y), (x + 1, y), (x, y + 1), (x + 1, y + 1)], fill="#c0392b")
    for street in plan:
        pen.text(at(street.lines[0][len(street.lines[0]) // 2]), street.full_name, fill="#222222")
    for mark in LANDMARKS:
        x, y = at(mark.at)
        pen.ellipse([x - 4, y - 4, x + 4, y + 4], fill="#2e7d32")
        pen.text((x + 6, y - 6), mark.name, fill="#1b5e20")
    image.save(path)


@click.group(help=__doc__)
def main() -> None:
    pass


@main.command()
@click.argument("folder", type=click.Path(path_type=Path), default=Path("data/city"))
def write(folder: Path) -> None:
    """Write the city's files into FOLDER (data/city)."""
    write_city(folder)


@main.command()
@click.argument("path", type=click.Path(path_type=Path))
def preview(path: Path) -> None:
    """Draw the city into the picture at PATH."""
    draw(path)


if __name__ == "__main__":
    main()
