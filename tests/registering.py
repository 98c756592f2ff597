"""Registers of the invented city, for the tests of placing and summing up."""

from dataclasses import replace

import factories
from invented_city import GEOCODER, work

from geo.geocode import GazetteerGeocoder
from geo.model import (
    Confidence,
    Document,
    Locatable,
    PlacedWork,
    Precision,
    Quantity,
    Reading,
    Theme,
    Work,
)
from geo.registers import Register, listed_sites, place_sites
from geo.registers.row import Position, SiteRow

WORK_ID = "0123456789ab"
NOWHERE = Position(None, "", None, None, "a paper", "CC0-1.0")

PLANTS = replace(
    work("48座污水處理廠提標改造", Theme.SEWAGE, locatable=Locatable.CITYWIDE_QUANTITY),
    work_id=WORK_ID,
    name_hans="48座污水处理厂提标改造",
    quantities=(Quantity(48, "座", "污水處理廠", "48座"),),
)
DOCUMENT = replace(factories.document(), city="甲市")


def row(name: str, district: str = "", town: str = "", **other: object) -> SiteRow:
    values: dict[str, object] = {
        "number": 2,
        "name": name,
        "district": district,
        "town": town,
        "position": NOWHERE,
        "is_group": False,
        "count": 1,
        "quantity": None,
        "unit": "",
        "status": "",
        "confidence": Confidence.MEDIUM,
        "source": "a paper",
        "licence": "CC0-1.0",
        "note": "",
    }
    return SiteRow(**{**values, **other})  # type: ignore[arg-type]


def position(**known: object) -> Position:
    return replace(NOWHERE, **known)  # type: ignore[arg-type]


def at(geometry: object, precision: Precision, uncertainty_m: float) -> Position:
    """Coordinates of a row's own."""
    return position(geometry=geometry, precision=precision, uncertainty_m=uncertainty_m)


def register(*rows: SiteRow, name: str = "own.csv", imported: str = "2026-01-02") -> Register:
    return Register(name, WORK_ID, imported, rows)


def reading(*works: Work, document: Document = DOCUMENT) -> Reading:
    return Reading(document, works, ())


def placed(
    *registers: Register, of: Work = PLANTS, by: GazetteerGeocoder = GEOCODER
) -> list[PlacedWork]:
    """Attach registers to a counted work, and place its sites."""
    listed = listed_sites(reading(of), registers, by.gazetteer)
    return list(place_sites(listed, by.gazetteer, by))


def site(*rows: SiteRow, by: GazetteerGeocoder = GEOCODER) -> PlacedWork:
    """Place the one site that rows speak of."""
    (only,) = placed(register(*rows), by=by)
    return only
