"""Reads a GeoNames dump: tab-separated, 19 columns, one point a line."""

import math
import re
from collections.abc import Iterator
from pathlib import Path

from shapely.geometry import Point

from geo.gazetteer.importing.feature import Feature
from geo.gazetteer.importing.kinds import CodeRule, code_rule_of
from geo.gazetteer.importing.naming import naming
from geo.gazetteer.importing.report import Report
from geo.gazetteer.importing.texts import open_text
from geo.gazetteer.vocabulary import load_kinds
from geo.model import Precision

CC_BY = "CC-BY-4.0"
ATTRIBUTION = "GeoNames (geonames.org)"
COLUMNS = 19

_LONGEST_LINE = 20_000
# Names in Chinese or Latin script: plans use no other.
_FOREIGN = re.compile(r"[\u0370-\u1cff\u3040-\u30ff\uac00-\ud7af]")
_APPROXIMATE_M = 2000.0
_STREET_M = 300.0
_STEP = 2_000
# Points of one name and kind this near each other are one thing, listed twice.
_SAME_M = 500.0


def is_geonames(line: str) -> bool:
    """Whether a line is a row of a GeoNames dump."""
    fields = line.rstrip("\r\n").split("\t")
    return len(fields) == COLUMNS and fields[0].isdigit() and len(fields[6]) == 1


def read_geonames(path: Path, report: Report) -> Iterator[Feature]:
    """Yield the places of a dump whose codes `geonames_kinds.csv` knows.

    Raises
    ------
    GazetteerError
        When the file or its archive cannot be read.
    """
    size = path.stat().st_size or 1
    with open_text(path) as text:
        done = 0
        for number, line in enumerate(iter(lambda: text.readline(_LONGEST_LINE), ""), start=1):
            done += len(line)
            if number % _STEP == 0:
                report.advance(min(done / (size * (4 if path.suffix == ".zip" else 1)), 1.0))
            yield from _feature(line.rstrip("\r\n").split("\t"), number, report)


def _feature(fields: list[str], number: int, report: Report) -> Iterator[Feature]:
    if len(fields) != COLUMNS:
        report.leave_out(f"line {number} has {len(fields)} columns, not {COLUMNS}")
        return
    point = _point(fields[4], fields[5])
    names = naming(_values(fields))
    if point is None or names is None:
        report.leave_out(f"line {number} has no {'name' if point else 'coordinates'}")
        return
    rule = code_rule_of(f"{fields[6]}.{fields[7]}", names.name)
    if rule is None:
        return
    yield Feature(
        place_id=f"geonames-{fields[0][:20]}",
        name=names.name,
        aliases=names.aliases,
        kind=rule.kind,
        geometry=point,
        precision=_precision(rule),
        uncertainty_m=rule.uncertainty_m,
        note=f"GeoNames {fields[0][:20]}",
        merge_m=_SAME_M,
    )


def _values(fields: list[str]) -> Iterator[str]:
    """Yield the main name and its other ones; the dump separates those by commas."""
    for name in (fields[1], *fields[3].split(",")):
        if not _FOREIGN.search(name):
            yield name


def _point(latitude: str, longitude: str) -> Point | None:
    try:
        x, y = float(longitude), float(latitude)
    except ValueError:
        return None
    known = math.isfinite(x) and math.isfinite(y) and abs(x) <= 180 and abs(y) <= 90  # noqa: PLR2004 (degrees)
    return Point(x, y) if known else None


def _precision(rule: CodeRule) -> Precision:
    """Judge a point by what it stands for: one on a river or in a forest is no site."""
    if load_kinds()[rule.kind].extent == "line" or rule.uncertainty_m > _APPROXIMATE_M:
        return Precision.AREA
    return Precision.STREET if rule.uncertainty_m <= _STREET_M else Precision.APPROXIMATE
