"""Hand-made sites of counted works, for the tests of layers and pages."""

from dataclasses import replace

import factories
from shapely.geometry import Point
from shapely.geometry.base import BaseGeometry

from geo.model import Confidence, Locatable, PlacedWork, Precision, Site, Work
from layers.build import Plan

Where = tuple[BaseGeometry, Precision, float]


def listed(part_of: str, number: int, name: str, **other: object) -> Site:
    """Make a row of a register: a sure site of a counted work, unless it says otherwise."""
    values: dict[str, object] = {
        "site_id": f"{part_of}-s{number}",
        "part_of": part_of,
        "name": name,
        "name_hans": name,
        "is_group": False,
        "count": 1,
        "quantity": None,
        "unit": "",
        "district": "",
        "town": "",
        "status": "",
        "confidence": Confidence.HIGH,
        "source": "甲報",
        "licence": "CC0-1.0",
        "note": "",
        "register": "plants",
    }
    return Site(**{**values, **other})  # type: ignore[arg-type]


def site(counted: Work, number: int, name: str, where: Where | None, **other: object) -> PlacedWork:
    """Make a site of a counted work, on the map or (without a place) off it."""
    usual = {"district": "東區", "status": "在用"}
    known = listed(counted.work_id, number, name, **{**usual, **other})
    own = replace(
        counted,
        work_id=known.site_id,
        name=name,
        name_hans=name,
        places=(),
        locatable=Locatable.EXACT_NAMED,
        quantities=(),
    )
    if where is None:
        return replace(
            factories.unlocated(own, "no place of this name"), site=known, district=known.district
        )
    on_map = factories.placed(own, *where)
    verified = known.confidence is not Confidence.LOW
    return replace(on_map, site=known, district=known.district, verified=verified)


def with_sites(of: Plan | None = None) -> Plan:
    """Give the example with sites of its counted work: two at one place, a point, a candidate, one
    that is not located, and a group.
    """
    plan_of = of or factories.example()
    counted = next(one.work for one in plan_of.placed if one.precision is Precision.CITY)
    town: Where = (Point(120.3, 31.4).buffer(0.03), Precision.AREA, 3000)
    street: Where = (Point(119.7, 31.8), Precision.STREET, 200)
    rough: Where = (Point(119.6, 31.2), Precision.APPROXIMATE, 900)
    sites = (
        site(counted, 1, "清溪污水處理廠", street, quantity=15.0, unit="萬噸/日"),
        site(counted, 2, "白石污水處理廠", town, confidence=Confidence.MEDIUM, town="白石鎮"),
        site(counted, 3, "南塘污水處理廠", town, town="白石鎮"),
        site(counted, 4, "北塘污水處理廠", rough, confidence=Confidence.LOW),
        site(counted, 5, "遠方污水處理廠", None, district=""),
        site(counted, 6, "各鎮污水處理廠", None, is_group=True, count=21, district="西市"),
    )
    return replace(plan_of, sites=sites)
