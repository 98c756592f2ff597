"""Edits a GeoPackage as QGIS does, by SQL, and takes it back; for tests that need no QGIS."""

import contextlib
import sqlite3
import struct
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import shapely
from factories import document, example, placed, plan, work
from shapely.geometry import Point
from shapely.geometry.base import BaseGeometry

from geo.model import Precision, Stage, Theme
from layers.build import Plan
from layers.edits.log import EditLog
from layers.edits.sides import now_states
from layers.edits.taking import Source, Taken, take
from layers.edits.values import Author, Change, Edit
from layers.geopackage import write_geopackage
from layers.geopackage.blobs import geometries_of

METRO, MOTORWAY, HILL, PLANTS, BRIDGE, ABROAD, TOWN = (
    f"jia-2020-{number:03}" for number in range(2, 9)
)
AUTHOR = Author("李工", "traced from the plan", "2026-11-27T08:00:00+00:00", "CC0-1.0")

_BOUNDS = ("ST_MinX", "ST_MinY", "ST_MaxX", "ST_MaxY")


@contextlib.contextmanager
def editing(path: Path) -> Iterator[sqlite3.Connection]:
    """Open a file with the functions that its spatial index calls, and commit at the end."""
    with contextlib.closing(sqlite3.connect(path)) as database, database:
        database.create_function(
            "ST_IsEmpty", 1, lambda blob: blob is None or _shape(blob).is_empty
        )
        for index, name in enumerate(_BOUNDS):
            database.create_function(name, 1, lambda one, at=index: _shape(one).bounds[at])
        yield database


def blob(shape: BaseGeometry, srs_id: int = 4326) -> bytes:
    """Give a geometry as GeoPackage stores it, without a bounding box."""
    return b"GP\x00\x01" + struct.pack("<i", srs_id) + shapely.to_wkb(shape, byte_order=1)


def move(path: Path, layer: str, work_id: str, shape: BaseGeometry | None) -> None:
    """Give a work another geometry."""
    with editing(path) as database:
        database.execute(
            f"UPDATE {layer} SET geom = ? WHERE work_id = ?",
            (shape and blob(shape), work_id),
        )


def shape_of(path: Path, layer: str, work_id: str) -> BaseGeometry:
    """Give the geometry of a work."""
    with editing(path) as database:
        query = f"SELECT geom FROM {layer} WHERE work_id = ?"
        (found,) = database.execute(query, (work_id,)).fetchone()
    return _shape(found)


def execute(path: Path, statement: str, *values: object) -> None:
    """Change a file by one statement."""
    with editing(path) as database:
        database.execute(statement, values)


def draw(path: Path, layer: str, shape: BaseGeometry, **values: object) -> None:
    """Add a feature as a person draws it: only what is given is filled in."""
    names = ", ".join(["geom", *values])
    marks = ", ".join("?" * (len(values) + 1))
    with editing(path) as database:
        database.execute(
            f"INSERT INTO {layer} ({names}) VALUES ({marks})",
            (blob(shape), *values.values()),
        )


def _shape(found: bytes) -> BaseGeometry:
    shape: BaseGeometry = geometries_of([found])[0]
    return shape


def take_back(path: Path, log: EditLog, *plans: Plan, **options: object) -> Taken:
    source = Source(path, **options)  # type: ignore[arg-type]
    return take(source, now_states(plans or (example(),)), AUTHOR, log)


def changes(edit: Edit) -> dict[str, Change]:
    return {change.field: change for change in edit.correction.changes}


def without(plan: Plan, work_id: str, **values: object) -> Plan:
    """The same plan with one work placed otherwise."""
    return replace(
        plan,
        placed=tuple(
            replace(one, **values) if one.work.work_id == work_id else one  # type: ignore[arg-type]
            for one in plan.placed
        ),
    )


def problem_of(taken: Taken) -> str:
    """Give the one sentence about what was left out."""
    (problem,) = taken.problems
    return str(problem)


def bridges(count: int) -> Plan:
    doc = document("\n".join(f"建设甲{n}桥。" for n in range(count)), "jia-2020", "无锡")
    return plan(
        doc,
        tuple(
            placed(
                work(doc, n + 1, f"甲{n}桥", Theme.BRIDGE_CROSSING, Stage.START),
                Point(120.2 + n / 100, 31.5 + (n % 3) / 100),
                Precision.STREET,
                300,
            )
            for n in range(count)
        ),
    )


def written(path: Path, plan_: Plan, crs: str = "EPSG:4326") -> Path:
    write_geopackage(path, [plan_], crs=crs)
    return path
