"""Which column says what: guessed from the names that cities' exports are known to use."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Literal, TypeAlias

from bot.places.records import CityDataError

Kind = Literal["addresses", "streets", "intersections", "landmarks", "boundary", "neighbourhoods", "osm"]
Mapped: TypeAlias = dict[str, tuple[str, ...]]
"""A field of ours and the columns it is read from, joined by blanks."""

# Written as letters and digits only, small. The likelier name comes first.
NUMBER = (
    "number housenumber houseno housenum hsenum hseno addrnum addrnumber addnumber addressnumber "
    "addressno addno addrno stnum stnumber streetnum streetnumber streetno stno addrhousenumber "
    "civicnumber civicno hnum hno addhouse addressnum premisenumber sitenum bldgnum num no"
)
STREET = (
    "street fullname fullstreet fullstreetname fullstname fullstname1 stnamefull stfullname "
    "streetfullname completestreetname addrstreet streetlabel labelname lstname compname roadname road "
    "thoroughfare fename"
)
STREET_1 = (
    "street1 streetname1 street1name stname1 st1name st1 strname1 fullname1 streeta road1 roadname1 "
    "rdname1 rd1 primary primarystreet primaryst primaryroad mainstreet mainroad majorstreet majorroad "
    "onstreet onstreetname onst firststreet crossstreet1 crossst1 cross1 xstreet1 xst1"
)
STREET_2 = (
    "street2 streetname2 street2name stname2 st2name st2 strname2 fullname2 streetb road2 roadname2 "
    "rdname2 rd2 secondary secondarystreet secondaryst secondaryroad cross crossstreet crossstreetname crossst "
    "crossroad xstreet xst minorstreet minorroad sidestreet intersectingstreet intersectingroad secondstreet "
    "atstreet crossstreet2 crossst2 cross2 xstreet2 xst2"
)
INTERSECTION = (
    "intersection intersectionname intersectname intname intersectiondescription crossstreets streets "
    "streetnames corner cornername name fullname label title description location locationdescription address"
)
NAME = "streetname stname strname strtname basename stnam namestreet rdname nameroad stname1"
PREDIRECTION = (
    "predir predirection predirectional stpredir prefixdirection prefixdir prefixdirectional "
    "directionalprefix dirprefix dirpre stdir streetdir streetdirection direction directional dir fedirp "
    "predirabr prefix pd"
)
PRETYPE = "pretype stpretyp stpretype prefixtype streettypeprefix"
TYPE = (
    "type sttype streettype suffix stsuffix streetsuffix posttype stpostyp stpostype streettypesuffix "
    "suffixtype suftype sttyp strtype roadtype fetype typesuffix"
)
POSTDIRECTION = (
    "sufdir postdir suffixdir stposdir stpostdir suffixdirection suffixdirectional postdirection "
    "postdirectional sufdirection dirsuffix directionalsuffix fedirs sd"
)
UNIT = (
    "unit unitnumber unitno unitnum addrunit apt aptno aptnum apartment apartmentnumber suite unitid "
    "subaddress unitdesignator occupancyid"
)
ADDRESS = (
    "fulladdress fulladdr address addressfull fulladd siteaddress siteaddr siteadd situsaddress "
    "streetaddress addressline1 address1 locationaddress propertyaddress addrfull saddr location addr "
    "stnaddr addresslabel"
)
COMMUNITY = (
    "city town community muni municipality postalcity postcity postcomm postalcommunity addrcity "
    "placename incmuni inccity locality township village jurisdiction mailcity zipcity msagcomm cityname "
    "postaltown leftcity lcity cityl cityleft munil lmuni incmunil incmunileft lpostcity postcomml "
    "citycodel uninccomm nbrhdcomm borough district neighbourhood neighborhood"
)
ZIPCODE = "zip zipcode postcode postalcode zip5 addrpostcode zipcd zippostal zipcode5 postal pcode"
LAT = (
    "lat latitude y ycoord pointy ypoint latdd latdec declat ycoordinate gpsy gpslat ylat northing coordy "
    "addressy"
)
LONG = (
    "lon long lng longitude x xcoord pointx xpoint longdd lngdd londd longdec declong xcoordinate gpsx "
    "gpslong xlong easting coordx addressx"
)
SHAPE = (
    "thegeom wkt geom geometry shape wktgeom georeference geocodedcolumn point geopoint location1 "
    "multiline line"
)
ALIASES = (
    "aliases alias altname alternatename alternativename oldname aliasname altstname altname1 akaname aka "
    "altstreet"
)
PLACE = (
    "name title landmark facility facilityname placename parkname schoolname park school poi poiname "
    "sitename commonname fullname label library librarname hospital building buildingname station "
    "stationname stopname branch neighborhood neighbourhood nhname nbhdname nhood hood ntaname district "
    "districtname ward areaname community prineigh secneigh city cityname muni municipality municipal "
    "town"
)
KIND = (
    "kind type category class facilitytype facilitycategory placetype parktype subtype fclass amenity "
    "poitype group"
)

ROLES: Mapping[Kind, Mapping[str, str]] = {
    "addresses": {
        "number": NUMBER, "street": STREET, "address": ADDRESS, "unit": UNIT, "community": COMMUNITY,
        "zipcode": ZIPCODE, "lat": LAT, "long": LONG, "shape": SHAPE,
    },
    "streets": {
        "street": STREET, "aliases": ALIASES, "community": COMMUNITY, "shape": SHAPE, "lat": LAT, "long": LONG,
        "segment": "segment segmentid segid partid part way wayid objectid lineid featureid id fid",
        "order": "seq sequence order vertex vertexindex vertexid pointorder pointindex",
    },
    "intersections": {
        "street_1": STREET_1 + " street", "street_2": STREET_2, "intersection": INTERSECTION,
        "community": COMMUNITY, "lat": LAT, "long": LONG, "shape": SHAPE,
    },
    "landmarks": {
        "name": PLACE, "kind": KIND, "aliases": ALIASES, "radius": "radius", "lat": LAT, "long": LONG,
        "shape": SHAPE,
    },
    "boundary": {"name": "city cityname muni municipality municipal town " + PLACE,
                 "state": "state region statecode stateabbr st stusps", "shape": SHAPE},
    "neighbourhoods": {"name": "neighborhood neighbourhood nhname nbhdname nhood hood ntaname " + PLACE,
                       "shape": SHAPE},
    "osm": {},
}  # fmt: skip
"""Our fields for each kind of file, and the names of the columns that they are found under."""


INSTEAD: Mapping[str, Sequence[str]] = {
    "intersection": ("street_1", "street_2"),
    "street_1": ("intersection",),
    "street_2": ("intersection",),
}
"""Two columns name the streets of a corner, or one names both."""


def guess(kind: Kind, columns: Sequence[str]) -> Mapped:
    """Return what each field of a file of this kind is likely read from."""
    mapped: Mapped = {
        role: (column,) for role, names in ROLES[kind].items() if (column := find(names, columns))
    }
    if kind in ("addresses", "streets") and "street" not in mapped and (parts := _street_parts(kind, columns)):
        mapped["street"] = parts
    if "intersection" in mapped:
        two = {"street_1", "street_2"} <= set(mapped)
        _without(mapped, INSTEAD["street_1" if two else "intersection"])
    return mapped


def _without(mapped: Mapped, roles: Sequence[str]) -> None:
    for role in roles:
        mapped.pop(role, None)


def find(names: str, columns: Sequence[str]) -> str:
    """Return the first column of one of these names, "" if there is none."""
    plain: dict[str, str] = {}
    for column in columns:
        plain.setdefault(re.sub(r"[^a-z0-9]", "", column.lower()), column)
    return next((plain[name] for name in names.split() if name in plain), "")


def _street_parts(kind: Kind, columns: Sequence[str]) -> tuple[str, ...]:
    """Return the columns that make up a name: direction, type before, name, type behind, direction."""
    name = find(NAME + " name" * (kind == "streets"), columns)
    if not name:
        return ()
    before = [find(names, columns) for names in (PREDIRECTION, PRETYPE)]
    behind = [find(names, columns) for names in (TYPE, POSTDIRECTION)]
    parts = [*before, name, *behind]
    return tuple(dict.fromkeys(part for part in parts if part))


def overruled(mapped: Mapped, kind: Kind, columns: Sequence[str], orders: Mapping[str, str]) -> Mapped:
    """Return the mapping with the user's orders in it: {"street": "PREDIR+NAME+TYPE"}.

    An order that names columns of another file is left out. Raises `CityDataError` on an unknown field.
    """
    known = {role for roles in ROLES.values() for role in roles}
    result = dict(mapped)
    for role, text in orders.items():
        if role not in known:
            raise CityDataError(
                f"--map {role}=...: there is no such field. There are: {', '.join(sorted(known))}."
            )
        wanted = tuple(part.strip() for part in text.split("+"))
        if role in ROLES[kind] and set(wanted) <= set(columns):
            _without(result, INSTEAD.get(role, ()))
            result[role] = wanted
    return result
