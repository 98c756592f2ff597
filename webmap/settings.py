"""The settings of the web map: from the caller first, then from the environment, then a default."""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass

from flask import Config, Flask

from geo.errors import SettingError

ENVIRONMENT_PREFIX = "PLANNED_WORKS"
"""`PLANNED_WORKS_BASE_MAP_URL` sets `BASE_MAP_URL`, and so on."""

DEFAULTS: Mapping[str, str | None] = {
    "WORKS_FILE": None,
    "BASE_MAP_URL": None,
    "BASE_MAP_ATTRIBUTION": None,
    "BASE_MAP_CRS": "wgs84",
    "EDIT_TOKEN": None,
}

_TILE_URL = re.compile(r"https?://[\w.{}-]+(:\d+)?/[^\s;,'\"]*")


@dataclass(frozen=True, slots=True)
class OutsideBaseMap:
    """Tiles of another server: an address with {z}, {x}, {y}, and whom to name on the map."""

    url: str
    attribution: str


def apply(app: Flask, config: Mapping[str, object] | None) -> None:
    """Fill the application's configuration and refuse what cannot be used.

    Raises
    ------
    SettingError
        With one sentence, for a setting whose value cannot be used.
    """
    app.config.from_mapping(DEFAULTS)
    app.config.from_mapping(_from_environment())
    app.config.from_mapping(config or {})
    works_file(app.config)
    outside_base_map(app.config)


def _from_environment() -> dict[str, str]:
    """Give the settings of the web map alone: keys of online geocoders are none of its business."""
    named = {name: os.environ.get(f"{ENVIRONMENT_PREFIX}_{name}") for name in DEFAULTS}
    return {name: value for name, value in named.items() if value is not None}


def works_file(config: Config) -> str:
    """Path of the GeoPackage that is served, or address of the database."""
    if not config["WORKS_FILE"]:
        raise SettingError(
            "No GeoPackage to serve is named: set WORKS_FILE to a works.gpkg or the address of a "
            "database."
        )
    return str(config["WORKS_FILE"])


def outside_base_map(config: Config) -> OutsideBaseMap | None:
    """Tiles of another server, where they are wanted; None by default."""
    url, attribution = config["BASE_MAP_URL"], config["BASE_MAP_ATTRIBUTION"]
    if not url:
        return None
    _refuse_shifted(str(config["BASE_MAP_CRS"]))
    if not _TILE_URL.fullmatch(str(url)) or not all(f"{{{axis}}}" in url for axis in "xyz"):
        raise SettingError(
            "BASE_MAP_URL is no tile address: give one such as https://tiles.example/{z}/{x}/{y}.png."
        )
    if not attribution:
        raise SettingError("BASE_MAP_ATTRIBUTION is missing: say whose map BASE_MAP_URL shows.")
    return OutsideBaseMap(str(url), str(attribution))


def _refuse_shifted(crs: str) -> None:
    if crs.lower().replace("-", "") != "wgs84":
        raise SettingError(
            f"A base map in {crs} would lie hundreds of metres beside the works: "
            "choose one in WGS-84 (BASE_MAP_CRS=wgs84)."
        )
