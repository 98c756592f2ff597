"""A coordinate reference system as QGIS writes it in its documents."""

from collections.abc import Mapping
from functools import lru_cache
from xml.etree import ElementTree as ET

import pyproj
from pyproj.enums import WktVersion

_UNKNOWN_ELLIPSOID = "NONE"


def spatial_reference(crs: pyproj.CRS) -> ET.Element:
    """Give the system by its code where it has one, and by its definition."""
    root = ET.Element("spatialrefsys")
    for name, value in _facts(crs).items():
        ET.SubElement(root, name).text = value
    return root


@lru_cache(maxsize=8)
def _facts(crs: pyproj.CRS) -> Mapping[str, str]:
    return {
        "wkt": crs.to_wkt(WktVersion.WKT2_2019),
        "srid": str(_number(crs)),
        "authid": authority(crs),
        "description": crs.name,
        "ellipsoidacronym": ellipsoid(crs),
        "geographicflag": "true" if crs.is_geographic else "false",
    }


@lru_cache(maxsize=8)  # PROJ looks a system of one's own up among thousands
def authority(crs: pyproj.CRS) -> str:
    """Give the code, such as `EPSG:4549`, or "" for a system of one's own."""
    found = crs.to_authority()
    return ":".join(found) if found else ""


def ellipsoid(crs: pyproj.CRS) -> str:
    """Give the ellipsoid that lengths are measured on, by its code or its axes in metres."""
    shape = crs.ellipsoid
    if shape is None:
        return _UNKNOWN_ELLIPSOID
    code = shape.to_json_dict().get("id")
    if code:
        return f"{code['authority']}:{code['code']}"
    return f"PARAMETER:{shape.semi_major_metre:.12g}:{shape.semi_minor_metre:.12g}"


def units(crs: pyproj.CRS) -> str:
    """Give the unit of coordinates in QGIS' words."""
    return "degrees" if crs.is_geographic else "meters"


def _number(crs: pyproj.CRS) -> int:
    code = authority(crs)
    return int(code.removeprefix("EPSG:")) if code.startswith("EPSG:") else 0
