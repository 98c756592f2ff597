"""Coordinate systems of Chinese map data: WGS-84, GCJ-02, BD-09 and CGCS2000.

GCJ-02 (AMap, Tencent) and BD-09 (Baidu) shift every point of China by 300 to 1,500 m, each point
otherwise; they have no EPSG code and pyproj does not know them. CGCS2000 (EPSG:4490 in degrees,
EPSG:4491 to 4554 in metres) differs from WGS-84 by less than a metre, so that both are taken as
equal: the official transformation is null, with an accuracy of one metre.
"""

from geo.crs.detection import Verdict, detect_datum
from geo.crs.naming import SHIFTED, crs_of, datum_of
from geo.crs.shift import Datum, convert
from geo.crs.systems import Shapes, from_wgs84, gauss_krueger, moved, to_wgs84

__all__ = [
    "SHIFTED",
    "Datum",
    "Shapes",
    "Verdict",
    "convert",
    "crs_of",
    "datum_of",
    "detect_datum",
    "from_wgs84",
    "gauss_krueger",
    "moved",
    "to_wgs84",
]
