"""What tests of publishing share: files of invented plans, and how they are put into a database."""

from pathlib import Path

import factories
from click.testing import CliRunner, Result
from pandas.testing import assert_frame_equal

from layers.build import Plan
from layers.geopackage import WorksFile, write_geopackage
from layers.postgis import Wish, publish, read_address
from layers.tables import TABLES
from webmap.cli import main

SCHEMA = "甲市_2020"
"""The schema that the example is published to."""


def written(folder: Path, *plans: Plan, crs: str = "EPSG:4326", name: str = "works") -> Path:
    path = folder / f"{name}.gpkg"
    write_geopackage(path, plans, crs=crs)
    return path


def put(path: Path, address: str, **wish: object) -> None:
    publish(path, read_address(address), Wish(**wish))  # type: ignore[arg-type]


def command(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["publish", *map(str, arguments)])


def fewer() -> Plan:
    whole = factories.example()
    return factories.plan(whole.reading.document, whole.placed[:2])


def assert_same(one: WorksFile, other: WorksFile) -> None:
    assert list(one.layers) == list(other.layers)
    for name, frame in one.layers.items():
        assert_frame_equal(frame, other.layers[name])
        assert frame.crs == other.layers[name].crs
    for table in TABLES:
        assert_frame_equal(getattr(one, table.name), getattr(other, table.name))
