"""Coordinate systems by name: codes, well-known text, and names for the shifted datums."""

import re
from functools import lru_cache
from typing import Final

from pyproj import CRS
from pyproj.exceptions import ProjError

from geo.crs.shift import Datum
from geo.errors import CrsError

SHIFTED: Final[dict[Datum, str]] = {
    Datum.GCJ02: "GCJ-02 (shifted, not WGS 84)",
    Datum.BD09: "BD-09 (shifted, not WGS 84)",
}
"""What a file calls the datums that no register of coordinate systems knows."""

# A system of its own, so that no program takes the shifted positions for WGS-84 by its code.
_SHIFTED_WKT: Final = (
    'GEOGCRS["{name}",DATUM["{datum}",ELLIPSOID["WGS 84",6378137,298.257223563,'
    'LENGTHUNIT["metre",1]]],CS[ellipsoidal,2],AXIS["longitude",east],AXIS["latitude",north],'
    'ANGLEUNIT["degree",0.0174532925199433]]'
)
_OWN_WKT: Final = re.compile(r'GEOG(?:CRS|CS)\["(?:GCS_)?(GCJ-02|BD-09)[ _]\(?shifted')


@lru_cache(maxsize=64)
def datum_of(crs: str) -> Datum | None:
    """Give the datum of this name in any common spelling (GCJ-02, gcj_02, EPSG:4326), or None.

    What a file of ours calls a shifted system (`crs_of`, as well-known text) is known again.
    """
    if crs == "EPSG:4326":
        return Datum.WGS84
    own = _OWN_WKT.match(crs)
    name = "".join(filter(str.isalnum, own[1] if own else crs)).lower()
    return Datum(name) if name in set(Datum) else None


@lru_cache(maxsize=64)
def crs_of(name: str) -> CRS:
    """Give a system by whatever pyproj knows, or by the name of a datum.

    Raises
    ------
    CrsError
        When it is unknown, or measures no places: heights alone, or from the Earth's centre.
    """
    datum = datum_of(name)
    if "init=" in name:  # an old spelling, which would name a file of this machine
        raise _unknown(name)
    try:
        crs = CRS.from_user_input(_definition(datum) if datum else name)
    except ProjError as error:
        raise _unknown(name) from error
    if not (crs.is_geographic or crs.is_projected):
        raise CrsError(
            f"{name[:60]} ({crs.name[:60]}) has no plane coordinates: give one such as EPSG:4490."
        )
    return crs


def _unknown(name: str) -> CrsError:
    return CrsError(
        f"{name[:60]} is no known coordinate system: give one such as EPSG:4490 or gcj02."
    )


def _definition(datum: Datum) -> str:
    if datum not in SHIFTED:
        return "EPSG:4326"
    name = SHIFTED[datum]
    return _SHIFTED_WKT.format(name=name, datum=name.split(" (", maxsplit=1)[0])
