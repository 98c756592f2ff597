"""The settings of the web map: from the caller first, then from the environment, then a default."""

import os
from collections.abc import Mapping

from flask import Config, Flask

from geo.errors import SettingError
from webmap.outside_maps import outside_maps

ENVIRONMENT_PREFIX = "PLANNED_WORKS"
"""`PLANNED_WORKS_BASE_MAP_URL` sets `BASE_MAP_URL`, and so on."""

DEFAULTS: Mapping[str, str | None] = {
    "WORKS_FILE": None,
    "BASE_MAPS": None,
    "TIANDITU_KEY": None,
    "TIANDITU_NUMBER": "GS(2024)0568号",
    "BASE_MAP_URL": None,
    "BASE_MAP_ATTRIBUTION": None,
    "BASE_MAP_CRS": "wgs84",
    "EDIT_TOKEN": None,
    "HOSTS": None,
}


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
    app.config["TRUSTED_HOSTS"] = _names(app.config["HOSTS"])
    works_file(app.config)
    outside_maps(app.config)


def _from_environment() -> dict[str, str]:
    """Give the settings of the web map alone: keys of online geocoders are none of its business."""
    named = {name: os.environ.get(f"{ENVIRONMENT_PREFIX}_{name}") for name in DEFAULTS}
    return {name: value for name, value in named.items() if value is not None}


def _names(setting: object) -> list[str] | None:
    """Give the host names under which the server may be asked; None for any."""
    return str(setting or "").replace(",", " ").split() or None


def works_file(config: Config) -> str:
    """Path of the GeoPackage that is served, or address of the database."""
    if not config["WORKS_FILE"]:
        raise SettingError(
            "No GeoPackage to serve is named: set WORKS_FILE to a works.gpkg or the address of a "
            "database."
        )
    return str(config["WORKS_FILE"])
